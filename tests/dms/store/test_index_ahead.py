"""A thread reads the rows that a search will ask of later segments, and changes nothing of what the search finds."""

import time
from threading import enumerate as running_threads

import pytest

from dms.index import Family, IndexMemory, Row
from dms.store.index_ahead import ReadingAhead
from dms.store.index_rows import IndexRows

SEGMENTS = (1, 2, 3, 4, 5)
TERM = 7
PATIENCE_S = 10


@pytest.fixture
def laid(store):
    """Five segments with one row each, but the fourth without."""
    with store.begin() as work:
        rows = IndexRows(work.connection, IndexMemory())
        for segment in SEGMENTS:
            held = [Row(Family.GROUP, TERM, bytes([segment]))] if segment != 4 else []
            rows.put_segment(segment, held, [b""])
    return store


def threads():
    return [thread for thread in running_threads() if thread.name == "reading ahead"]


def until(is_so):
    ends = time.monotonic() + PATIENCE_S
    while not is_so() and time.monotonic() < ends:
        time.sleep(0.001)
    return is_so()


def asked(view, memory, segments):
    """The rows of so many segments from the first, and whether the last one was read ahead in the end."""
    with ReadingAhead(view.connection, memory) as ahead:
        rows = IndexRows(view.connection, memory, ahead=ahead)
        rows.foresee(SEGMENTS)
        found = [rows.row(segment, Family.GROUP, TERM) for segment in SEGMENTS[:segments]]
        read = until(lambda: not any(thread.is_alive() for thread in threads()))
    return found, read


def test_what_the_first_segment_was_asked_for_is_read_of_the_last_ones_too(laid):
    memory = IndexMemory()
    with laid.looking() as view:
        assert asked(view, memory, 2) == ([b"\x01", b"\x02"], True)
    assert memory.row((5, Family.GROUP, TERM), lambda: b"read again") == b"\x05"
    assert memory.row((3, Family.GROUP, TERM), lambda: b"read again") == b"\x03"


def test_a_row_that_the_thread_did_not_find_is_told_to_nobody(laid):
    memory = IndexMemory()
    with laid.looking() as view:
        asked(view, memory, 2)
    assert not memory.knows_row((4, Family.GROUP, TERM))


def test_nothing_is_read_ahead_where_all_was_in_memory(laid):
    memory = IndexMemory()
    memory.keep_row((1, Family.GROUP, TERM), b"\x01")
    with laid.looking() as view:
        asked(view, memory, 2)
    assert not memory.knows_row((5, Family.GROUP, TERM))


def test_the_search_finds_the_same_whichever_of_both_was_first(laid):
    with laid.looking() as view:
        found, _ = asked(view, IndexMemory(), 5)
    assert found == [b"\x01", b"\x02", b"\x03", None, b"\x05"]


def test_no_thread_outlives_its_search(laid):
    with laid.looking() as view:
        asked(view, IndexMemory(), 3)
    assert threads() == []
