"""Whose papers lie together: a search among those of one customer need not ask every segment."""

from collections import defaultdict

import pytest
from simulators.laid_papers import Paper, add_customer, lay, open_shelf

from dms.bootstrap.index_keeping import needs_making
from dms.domain.actor import OPERATOR
from dms.index import asking
from dms.search import SearchRequest, check_index, indexing, rebuild_index, search, take_in_changes
from dms.store import index_upkeep

CUSTOMERS = 4
ROUNDS = 6
SENTENCE = "本合同的违约金按日计算，"


@pytest.fixture
def archive(tmp_path, clock, monkeypatch):
    """Papers of some customers and of none, as they came in, one of each after the other; six fill a segment."""
    monkeypatch.setattr(indexing, "SEGMENT_UNITS", 6 * 1000)
    opened = open_shelf(tmp_path, clock=clock)
    with opened.begin() as work:
        customers = [None, *(add_customer(work, f"C{number:04d}", "客户") for number in range(CUSTOMERS))]
        for _ in range(ROUNDS):
            for customer in customers:
                lay(work, Paper(pages=(SENTENCE * 75,), customer_id=customer))
    yield opened
    opened.close()


def lay_more(archive, papers):
    with archive.begin() as work:
        for _ in range(papers):
            lay(work, Paper(pages=(SENTENCE,)))


def homes(archive):
    """The customer of each paper, to the segments in which his papers lie."""
    found = defaultdict(list)
    query = "SELECT i.customer_id, d.segment FROM index_document AS d JOIN item AS i ON i.key = d.item_key"
    with archive.looking() as view:
        for customer, segment in view.connection.exec_driver_sql(query):
            found[customer].append(segment)
    return found


def test_an_index_made_anew_has_the_papers_of_a_customer_together(archive):
    rebuild_index(archive)
    together = homes(archive)
    assert len(together) == CUSTOMERS + 1
    assert all(len(segments) == ROUNDS for segments in together.values())
    assert max(len(set(segments)) for segments in together.values()) <= 2 < len(set().union(*together.values()))
    assert check_index(archive).agrees


def test_cut_off_after_every_segment_it_goes_on_and_doubles_nothing(archive):
    cut_off = 0
    while needs_making(archive) or not cut_off:
        assert rebuild_index(archive, should_stop=lambda: True) == ROUNDS * (CUSTOMERS + 1)
        cut_off += 1
    assert cut_off > 3
    with archive.looking() as view:
        documents = view.connection.exec_driver_sql("SELECT sum(documents) FROM index_segment").scalar_one()
    assert documents == ROUNDS * (CUSTOMERS + 1)
    assert check_index(archive).agrees


def test_an_index_that_has_grown_to_twice_of_what_it_was_made_of_is_made_anew(archive, monkeypatch):
    monkeypatch.setattr(index_upkeep, "SCATTERED_FROM", 10)
    monkeypatch.setattr(index_upkeep, "FRESH_BYTES", 0)
    rebuild_index(archive)
    assert not needs_making(archive)
    lay_more(archive, ROUNDS * (CUSTOMERS + 1) - 1)
    indexing.settle_index(archive)
    assert not needs_making(archive)
    lay_more(archive, 1)
    indexing.settle_index(archive)
    assert needs_making(archive)
    rebuild_index(archive)
    assert not needs_making(archive)


def test_a_small_index_stays_as_it_came(archive, monkeypatch):
    monkeypatch.setattr(index_upkeep, "FRESH_BYTES", 0)
    rebuild_index(archive)
    lay_more(archive, 3 * ROUNDS * (CUSTOMERS + 1))
    indexing.settle_index(archive)
    assert not needs_making(archive)


def test_who_searches_after_the_changes_were_taken_in_loads_nothing_of_all_papers(archive):
    rebuild_index(archive)
    take_in_changes(archive)
    memory = archive.store._memory
    taken_in, heads = memory.moment, dict(memory._heads)
    assert len(heads) > 3
    assert search(OPERATOR, SearchRequest(query="违约金"), archive=archive).total == ROUNDS * (CUSTOMERS + 1)
    assert memory.moment is taken_in
    assert memory._heads == heads


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_segments_without_papers_that_count_are_passed_over_and_no_paper_with_them(archive, monkeypatch, share):
    rebuild_index(archive)
    lay_more(archive, 2)  # of no customer, and in no segment yet
    monkeypatch.setattr(asking, "FEW_OF_ALL", share)
    found = {
        code: search(OPERATOR, SearchRequest(query="违约金按日", customer_code=code), archive=archive).total
        for code in (*(f"C{number:04d}" for number in range(CUSTOMERS)), "C9999", None)
    }
    each = {f"C{number:04d}": ROUNDS for number in range(CUSTOMERS)}
    assert found == each | {"C9999": 0, None: ROUNDS * (CUSTOMERS + 1) + 2}
