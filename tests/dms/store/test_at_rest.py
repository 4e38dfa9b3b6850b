"""The catalogue's bytes can be taken while others write, and exchanged for bytes under another key."""

import os
import subprocess
import sys
import threading

import pytest
from simulators.crowded_disk import DiskWithoutRoom
from store_parts import KEY, NOW, add_item, page_of

from dms.domain.actor import SYSTEM
from dms.store import CatalogueBusy, CatalogueUnreadable, Store

PAGE_BYTES = 4096
NEW_KEY = bytes(range(1, 33))
ANOTHER_PROCESS = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from dms.domain.actor import SYSTEM
from dms.store import Store
keys = [bytes(range(1, 33)), bytes(range(32))]
store = Store.open(Path(sys.argv[1]), lambda: keys)
for line in sys.stdin:
    with store.begin() as work:
        work.journal.record(SYSTEM, "counted", "x", at=datetime.now(UTC), details={})
    with store.looking() as view:
        print(view.journal.count(), flush=True)
store.close()
"""


def fill(store: Store, items: int = 40) -> None:
    with store.begin() as work:
        for _ in range(items):
            item = add_item(work)
            work.contents.add_page(item.key, page_of("采购合同正文" * 300))


def write_one(store: Store) -> None:
    with store.begin() as work:
        work.journal.record(SYSTEM, "counted", "x", at=NOW, details={})


@pytest.fixture
def with_both_keys(catalogue, store):
    fill(store)
    store.close()
    opened = Store.open(catalogue, lambda: (NEW_KEY, KEY))
    yield opened
    opened.close()


def test_the_frozen_bytes_are_a_whole_catalogue_of_that_very_moment(store, tmp_path):
    fill(store)
    write_one(store)
    with store.frozen() as frozen:
        write_one(store)
        taken = b"".join(frozen.pieces())
        write_one(store)
        assert frozen.view.journal.count() == 1
    copy = tmp_path / "copy.db"
    copy.write_bytes(taken)
    copied = Store.open(copy, KEY)
    assert copied.damage() == ()
    with copied.looking() as view:
        assert view.journal.count() == 1
    copied.close()
    with store.looking() as view:
        assert view.journal.count() == 3


def test_freezing_beside_busy_writers_always_gives_a_whole_catalogue(store, tmp_path):
    fill(store)
    stop = threading.Event()

    def write_on():
        while not stop.is_set():
            fill(store, items=1)
            write_one(store)

    writers = [threading.Thread(target=write_on) for _ in range(2)]
    for writer in writers:
        writer.start()
    try:
        for number in range(5):
            with store.frozen() as frozen:
                count = frozen.view.journal.count()
                copy = tmp_path / f"copy{number}.db"
                copy.write_bytes(b"".join(frozen.pieces()))
            copied = Store.open(copy, KEY)
            assert copied.damage() == ()
            with copied.looking() as view:
                assert view.journal.count() == count
            copied.close()
    finally:
        stop.set()
        for writer in writers:
            writer.join()


def test_what_did_not_change_has_the_same_bytes_the_next_time(store):
    fill(store, items=200)
    with store.frozen() as frozen:
        before = list(frozen.pieces())
    write_one(store)
    with store.frozen() as frozen:
        after = list(frozen.pieces())
    assert len(before) > 1
    assert sum(one != other for one, other in zip(before, after, strict=False)) < len(before)


def test_a_newer_moment_cannot_be_frozen_while_an_older_one_is(store, catalogue):
    with store.frozen():
        write_one(store)
        with pytest.raises(CatalogueBusy), store.frozen():
            pass
        with pytest.raises(CatalogueBusy):
            Store.open(catalogue, lambda: (NEW_KEY, KEY)).rekey()
        write_one(store)
    with store.frozen() as frozen:
        assert frozen.view.journal.count() == 2


def test_a_catalogue_that_shall_stand_still_is_not_exchanged_although_nobody_wrote(store, catalogue):
    fill(store)
    rekeying = Store.open(catalogue, lambda: (NEW_KEY, KEY))
    with store.frozen() as frozen:
        taken = list(frozen.pieces())
        with pytest.raises(CatalogueBusy):
            rekeying.rekey()
        assert list(frozen.pieces()) == taken
    assert rekeying.rekey()
    assert rekeying.has_newest_key()
    rekeying.close()


def test_a_rekeyed_catalogue_opens_under_the_new_key_alone_and_holds_the_same(with_both_keys, catalogue):
    with with_both_keys.looking() as view:
        before = view.items.ids(limit=100)
    with_both_keys.rekey()
    with with_both_keys.looking() as view:
        assert view.items.ids(limit=100) == before
    assert with_both_keys.damage() == ()
    with_both_keys.close()
    with pytest.raises(CatalogueUnreadable):
        Store.open(catalogue, KEY)
    Store.open(catalogue, NEW_KEY).close()


def test_a_second_rekeying_to_the_same_key_changes_nothing(with_both_keys, catalogue):
    with_both_keys.rekey()
    with_both_keys.close()
    before = catalogue.read_bytes()
    again = Store.open(catalogue, lambda: (NEW_KEY, KEY))
    again.rekey()
    again.close()
    assert catalogue.read_bytes() == before


def test_another_process_goes_on_across_the_exchange_and_nothing_it_wrote_is_lost(with_both_keys, catalogue):
    command = [sys.executable, "-c", ANOTHER_PROCESS, str(catalogue)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as other:

        def ask():
            other.stdin.write("\n")
            return int(other.stdout.readline())

        assert ask() == 1
        with_both_keys.rekey()
        write_one(with_both_keys)
        assert ask() == 3
        write_one(with_both_keys)
        with_both_keys.close()
        assert ask() == 5
        other.stdin.close()
    reopened = Store.open(catalogue, NEW_KEY)
    with reopened.looking() as view:
        assert view.journal.count() == 5
    assert reopened.damage() == ()
    reopened.close()


def test_writers_go_on_while_the_catalogue_is_rekeyed(with_both_keys):
    written = []
    stop = threading.Event()

    def write_on():
        while not stop.is_set():
            write_one(with_both_keys)
            written.append(1)

    writers = [threading.Thread(target=write_on) for _ in range(3)]
    for writer in writers:
        writer.start()
    with_both_keys.rekey()
    stop.set()
    for writer in writers:
        writer.join()
    with with_both_keys.looking() as view:
        assert view.journal.count() == len(written)


def test_a_rekeying_without_room_leaves_the_catalogue_as_it_was(catalogue, store):
    fill(store)
    store.close()
    cramped = Store.open(catalogue, lambda: (NEW_KEY, KEY), disk=DiskWithoutRoom())
    with pytest.raises(Exception, match="full"):
        cramped.rekey()
    with cramped.looking() as view:
        assert len(view.items.ids(limit=100)) == 40
    cramped.close()
    assert not list(catalogue.parent.glob("*.part"))
    roomy = Store.open(catalogue, lambda: (NEW_KEY, KEY))
    roomy.rekey()
    roomy.close()
    assert {path.name for path in catalogue.parent.iterdir()} == {
        "catalogue.db",
        "catalogue.db.lock",
        "catalogue.db.still",
        "catalogue.db.turnstile",
    }


def test_damage_of_the_catalogue_is_told(catalogue, store):
    fill(store)
    assert store.damage() == ()
    store.close()
    content = bytearray(catalogue.read_bytes())
    content[20 * 4096 + 100] ^= 1
    catalogue.write_bytes(content)
    damaged = Store.open(catalogue, KEY)
    assert damaged.damage()
    damaged.close()


def lies_in_memory(path, size_bytes):
    """Whether the machine answers for the first bytes of a file at once, page by page (preadv2(2))."""
    with path.open("rb") as taken:
        for offset in range(0, size_bytes, PAGE_BYTES):
            try:
                os.preadv(taken.fileno(), [bytearray(1)], offset, os.RWF_NOWAIT)
            except BlockingIOError:
                return False
    return True


def forgets_nothing(path, size_bytes):
    try:
        return lies_in_memory(path, size_bytes)
    except OSError:
        return True


@pytest.mark.skipif(not hasattr(os, "RWF_NOWAIT"), reason="asks Linux what lies in its memory")
def test_a_catalogue_is_read_ahead_as_far_as_asked_for_and_no_further_once_it_is_stopped(catalogue, store):
    fill(store)
    store.close()
    size_bytes = catalogue.stat().st_size
    with catalogue.open("rb+") as given_up:
        os.fsync(given_up.fileno())
        os.posix_fadvise(given_up.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    if forgets_nothing(catalogue, size_bytes):
        pytest.skip("this file system keeps what it was told to forget, or does not tell")
    assert store.read_catalogue_ahead(most_bytes=size_bytes, should_stop=lambda: True) == 0
    assert store.read_catalogue_ahead(most_bytes=PAGE_BYTES, should_stop=lambda: False) == PAGE_BYTES
    assert lies_in_memory(catalogue, PAGE_BYTES)
    assert store.read_catalogue_ahead(most_bytes=size_bytes * 2, should_stop=lambda: False) == size_bytes
    assert lies_in_memory(catalogue, size_bytes)


def test_a_catalogue_that_cannot_be_read_ahead_costs_nobody_anything(catalogue, store):
    store.close()
    catalogue.unlink()
    assert store.read_catalogue_ahead(most_bytes=PAGE_BYTES, should_stop=lambda: False) == 0
