import pytest
from simulators.laid_papers import Paper, lay

from dms.domain.actor import OPERATOR
from dms.domain.criterion import EVERYTHING, NOTHING, AllOf, AnyOf, Fact, FactIs, FactRange, Phrase
from dms.search import Grouping, SearchRequest, SearchSort
from dms.search.asking import MAX_EARLIER_QUERIES, ask, criterion_of, frame_of, storable
from dms.store import Facet, FoundOrder


@pytest.fixture
def view(archive):
    with archive.looking() as looked:
        yield looked


def _asked(view, **asked):
    return ask(view, OPERATOR, SearchRequest(**asked))


def test_a_plain_query_is_asked_as_it_is(view):
    assert _asked(view, query="违约金").inquiry.criterion == Phrase("违约金")
    assert _asked(view).inquiry.criterion == EVERYTHING


def test_searches_within_results_must_all_fit(view):
    asked = _asked(view, query="定金", within=("违约金 OR 罚金", "货款"))
    assert asked.inquiry.criterion == AllOf((Phrase("定金"), AnyOf((Phrase("违约金"), Phrase("罚金"))), Phrase("货款")))
    assert asked.explanation.meaning.zh == "“定金” 且 （“违约金” 或 “罚金”） 且 “货款”"
    assert asked.explanation.meaning.en == "“定金” and (“违约金” or “罚金”) and “货款”"


def test_within_results_alone_can_be_asked_for(view):
    asked = _asked(view, within=("违约金",))
    assert asked.inquiry.criterion == Phrase("违约金")
    assert asked.explanation.meaning.zh == "“违约金”"


def test_the_last_of_too_many_searches_within_results_count_and_the_answer_says_so(view):
    earlier = tuple(f"第{number}次" for number in range(MAX_EARLIER_QUERIES + 1))
    asked = _asked(view, query="定金", within=earlier)
    assert Phrase("第0次") not in asked.inquiry.criterion.parts
    assert Phrase("第1次") in asked.inquiry.criterion.parts
    assert str(MAX_EARLIER_QUERIES) in asked.explanation.notes[-1].en
    assert not _asked(view, query="定金", within=earlier[1:]).explanation.notes


def test_every_filter_is_chosen_under_its_own_facet(view):
    filters = {"customer_code": "C1", "year": 2021, "type_code": "t", "series_code": "3", "contract_no": "HT"}
    assert _asked(view, grade=2, state="filed", **filters).inquiry.chosen == {
        Facet.CUSTOMER: FactIs(Fact.CUSTOMER_CODE, ("C1",)),
        Facet.YEAR: FactRange(Fact.YEAR, 2021, 2021),
        Facet.TYPE: FactIs(Fact.TYPE, ("t",)),
        Facet.SERIES: FactIs(Fact.SERIES, ("3",)),
        Facet.CONTRACT: FactIs(Fact.CONTRACT_NO, ("HT",)),
        Facet.GRADE: FactRange(Fact.GRADE, 2, 2),
        Facet.STATE: FactIs(Fact.STATE, ("filed",)),
    }


@pytest.mark.parametrize(("name", "value"), [("year", 0), ("year", 10**30), ("grade", 0), ("grade", 4)])
def test_a_year_or_grade_that_cannot_be_lets_nothing_pass(view, name, value):
    assert list(_asked(view, **{name: value}).inquiry.chosen.values()) == [NOTHING]


def test_order_grouping_and_stretch_are_passed_on_within_bounds(view):
    asked = SearchRequest(sort=SearchSort.AMOUNT, grouping=Grouping.CONTRACT, facets=False, limit=10**9, offset=10**30)
    inquiry = ask(view, OPERATOR, asked).inquiry
    assert (inquiry.order, inquiry.grouping, inquiry.facets) == (FoundOrder.AMOUNT, Facet.CONTRACT, False)
    assert (inquiry.limit, inquiry.offset) == (200, 10**9)
    assert {ask(view, OPERATOR, SearchRequest(sort=sort)).inquiry.order.value for sort in SearchSort} == set(SearchSort)


def test_tolerance_and_synonyms_hold_for_the_query_and_what_it_searches_within(archive):
    with archive.begin() as work:
        work.synonyms.state([["违约金", "滞纳金"]])
    with archive.looking() as view:
        request = SearchRequest(query="违约金", within=("货款",), tolerant=True, synonyms=True)
        either = AnyOf((Phrase("违约金", tolerant=True), Phrase("滞纳金", tolerant=True)))
        assert criterion_of(view, request) == AllOf((either, Phrase("货款", tolerant=True)))


def test_the_frame_knows_each_word_by_its_folded_form(archive):
    with archive.begin() as work:
        work.synonyms.state([["違約金", "滞纳金", "罚 金"]])
    with archive.looking() as view:
        assert frame_of(view).synonyms == {
            "违约金": ("滞纳金", "罚 金"),
            "滞纳金": ("違約金", "罚 金"),
            "罚金": ("違約金", "滞纳金"),
        }


def test_an_example_is_asked_for_besides_the_query(archive):
    with archive.begin() as work:
        keys = [lay(work, Paper(pages=("收到货款",))) for _ in range(2)]
        example = work.items.get(keys[0]).id
    with archive.looking() as view:
        asked = _asked(view, query="货款", like_item_id=example)
        assert Phrase("货款") in asked.inquiry.criterion.parts
        assert set(view.fulltext.find(asked.inquiry).ranks) == {keys[1]}


def test_halves_of_characters_are_left_out_of_queries_and_let_no_filter_pass():
    asked = storable(SearchRequest(query="违\ud800约", within=("\udfff", "定金"), customer_code="\ud800", year=2021))
    assert (asked.query, asked.within, asked.customer_code, asked.year) == ("违约", ("定金",), "?", 2021)
    assert storable(SearchRequest(state="", like_item_id="")) == SearchRequest()
