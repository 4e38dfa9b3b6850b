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


@pytest.mark.parametrize(
    "query",
    [
        "身份证号???1",
        "身份证号??????1949",
        "身份证号 近/6 1949",
        "王某 近/40 194912",
        "王某*19491231",
        "110105*002X",
        "身份证号 先/0 110105",
        "王某 11010",
        "身份证号1101",
        "(11010 或 啊) (19491 或 啊)",
        "110105~",
    ],
)
def test_no_digit_is_learned_by_what_stands_beside_it(archive, paper, query):
    assert paper not in {hit.item_id for hit in _ask(archive, query, actor=CUSTODIAN).hits}
    assert paper in {hit.item_id for hit in _ask(archive, query, actor=OPERATOR).hits}


@pytest.mark.parametrize("query", ["19491231", "1949-12-31", "日期:1949", "文中日期:1945..1949-12", "身份证号 1949"])
def test_no_day_is_read_out_of_a_masked_number(archive, query):
    with archive.begin() as work:
        key = lay(work, Paper(pages=("王某，身份证号：110105 19491231 002X，现任总经理。",)))
        item_id = work.items.get(key).id
    assert item_id not in {hit.item_id for hit in _ask(archive, query, actor=CUSTODIAN).hits}
    assert item_id in {hit.item_id for hit in _ask(archive, query, actor=OPERATOR).hits}
    denied = {hit.item_id for hit in _ask(archive, "总经理 非 文中日期:1949", actor=CUSTODIAN).hits}
    assert item_id in denied


def test_what_stands_beside_a_masked_number_or_in_the_facts_is_found_as_before(archive, paper):
    with archive.begin() as work:
        page = f"合同 HT-2023-0518，2023年5月18日，438,000元。身份证号{NUMBER}。"
        key = lay(work, Paper(pages=(page,), title="授权书 SQ-2024-77"))
        item_id = work.items.get(key).id
    for query in ("HT-2023-0518", "2023年5月18日", "43.8万元", "合同 近/9 2023", "SQ-2024-77", "SQ*77", "身份证号110"):
        assert item_id in {hit.item_id for hit in _ask(archive, query, actor=CUSTODIAN).hits}, query


def test_nothing_masked_is_marked_in_a_snippet(archive, paper):
    hits = _ask(archive, "王某 或 19491231", actor=CUSTODIAN).hits
    [hit] = [hit for hit in hits if hit.item_id == paper]
    assert [part.text for snippet in hit.snippets for part in snippet.parts if part.marked] == ["王某"]


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
