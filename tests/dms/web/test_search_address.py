"""A search survives being written into an address and read again."""

import pytest
from werkzeug.datastructures import MultiDict

from dms.search import Grouping, SearchRequest, SearchSort
from dms.web.paging import Paging
from dms.web.search_address import MAX_EARLIER_QUERIES, arguments_of, is_asked, search_in

FIRST = Paging(page=1, limit=20)
EVERYTHING_SAID = SearchRequest(
    query='"违约金"~ 非 发票',
    customer_code="C0001",
    year=2023,
    type_code="contract",
    series_code="3",
    contract_no="HT/2023-001",
    grade=2,
    state="filed",
    within=("保证金", "逾期 & 罚款"),
    like_item_id="item1",
    tolerant=True,
    synonyms=True,
    grouping=Grouping.CONTRACT,
    sort=SearchSort.AMOUNT,
)


@pytest.mark.parametrize("wanted", [SearchRequest(), SearchRequest(query="a"), EVERYTHING_SAID])
def test_what_an_address_says_is_read_as_the_same_search(wanted):
    assert search_in(MultiDict(arguments_of(wanted)), FIRST) == wanted


def test_an_address_says_nothing_of_what_was_not_chosen():
    assert arguments_of(SearchRequest(query="违约金")) == {"q": "违约金"}


@pytest.mark.parametrize(
    "said", ["year=abc", "grade=x", "sort=nonsense", "group=nonsense", "tolerant=maybe", "within="]
)
def test_what_makes_no_sense_counts_as_not_said(said):
    name, _, value = said.partition("=")
    assert search_in(MultiDict({name: value}), FIRST) == SearchRequest()


def test_only_the_last_of_very_many_earlier_queries_are_kept():
    queries = [str(number) for number in range(20)]
    assert search_in(MultiDict({"within": queries}), FIRST).within == tuple(queries[-MAX_EARLIER_QUERIES:])


@pytest.mark.parametrize(
    ("wanted", "asked"),
    [
        (SearchRequest(), False),
        (SearchRequest(tolerant=True, synonyms=True, sort=SearchSort.DATE, grouping=Grouping.CUSTOMER), False),
        (SearchRequest(query="a"), True),
        (SearchRequest(year=2023), True),
        (SearchRequest(like_item_id="item1"), True),
    ],
)
def test_switches_and_orders_alone_ask_for_nothing(wanted, asked):
    assert is_asked(wanted) is asked
