"""Whoever may not read identity numbers learns none by searching, and finds everything else as before."""

import pytest
from simulators.laid_papers import Paper, lay

from dms.domain.actor import OPERATOR, Actor, Origin, Role
from dms.search import SearchRequest, hit_places, search

CUSTODIAN = Actor(user_id=9, name="keeper", roles=frozenset({Role.CUSTODIAN}), clearance=1, origin=Origin.WEB)
NUMBER = "11010519491231002X"


@pytest.fixture
def paper(archive):
    with archive.begin() as work:
        key = lay(work, Paper(pages=(f"法定代表人身份证明\n王某，身份证号{NUMBER}，现任总经理。",)))
        lay(work, Paper(pages=("别的合同，编号19491231。",)))
        return work.items.get(key).id


def _ask(archive, query, *, actor):
    return search(actor, SearchRequest(query=query), archive=archive)


@pytest.mark.parametrize(
    "query", [NUMBER, "110105", "1101 0519 4912 3100", f"{NUMBER} OR 不存在的字", "11010?19491231", "1949*1002X"]
)
def test_no_query_finds_a_paper_by_digits_that_are_masked(archive, paper, query):
    found = _ask(archive, query, actor=CUSTODIAN)
    assert paper not in {hit.item_id for hit in found.hits}
    assert found.total == len(found.hits)


def test_whoever_may_read_the_number_finds_the_paper_by_it(archive, paper):
    [hit] = _ask(archive, NUMBER, actor=OPERATOR).hits
    assert hit.item_id == paper
    assert NUMBER in hit.snippets[0].text


def test_words_find_the_paper_and_the_number_is_masked_in_the_snippet(archive, paper):
    [hit] = _ask(archive, "现任总经理", actor=CUSTODIAN).hits
    assert hit.item_id == paper
    assert NUMBER not in hit.snippets[0].text
    assert "110***********002X" in hit.snippets[0].text


def test_the_same_digits_find_a_paper_on_which_they_stand_in_the_open(archive, paper):
    [hit] = _ask(archive, "19491231", actor=CUSTODIAN).hits
    assert hit.item_id != paper


def test_nothing_is_marked_on_masked_characters(archive, paper):
    assert hit_places(CUSTODIAN, paper, "1949123", archive=archive) == ()
    assert len(hit_places(OPERATOR, paper, "1949123", archive=archive)) == 1
