"""A search that is kept is asked again exactly as it was asked."""

import json
from dataclasses import fields

import pytest

from dms.search import Grouping, SearchRequest, SearchSort
from dms.search.request_json import as_json, asks_nothing, from_json, identity

FULL = SearchRequest(
    query="违约金 NEAR/10 赔偿",
    customer_code="C0001",
    year=2023,
    type_code="contract",
    series_code="3",
    contract_no="HT-2023-00871",
    grade=2,
    state="filed",
    within=("甲方", "“货款”"),
    like_item_id="0000000000000000000a",
    tolerant=True,
    synonyms=True,
    grouping=Grouping.CONTRACT,
    sort=SearchSort.OLDEST,
)


def test_everything_that_was_asked_comes_back():
    written = json.loads(json.dumps(as_json(FULL)))
    assert from_json(written) == FULL
    shown = {"limit", "offset", "facets"}
    assert set(written) == {one.name for one in fields(SearchRequest)} - shown


def test_what_was_not_stated_is_not_written():
    assert as_json(SearchRequest()) == {}
    assert as_json(SearchRequest(query="货款", limit=200, offset=40, facets=False)) == {"query": "货款"}
    assert from_json({}) == SearchRequest()


@pytest.mark.parametrize(
    "written",
    [
        {"query": "货款", "invented_later": 5},
        {"query": "货款", "sort": "by_moonlight", "grouping": None},
        {"query": "货款", "year": {"from": 2020}},
        {"query": "货款", "__class__": "x"},
    ],
)
def test_what_another_version_wrote_is_read_as_far_as_it_is_known(written):
    assert from_json(written) == SearchRequest(query="货款")


def test_what_no_catalogue_can_hold_is_not_kept():
    kept = as_json(SearchRequest(query="款\udcff", within=("\ud800",)))
    assert kept == {"query": "款?", "within": ["?"]}
    assert len(as_json(SearchRequest(query="款" * 5000))["query"]) == 1000


def test_searches_that_ask_the_same_are_the_same_in_whatever_order_they_are_shown():
    one = SearchRequest(query="货款", year=2023)
    assert identity(one) == identity(SearchRequest(query="货款", year=2023, sort=SearchSort.DATE, offset=20))
    assert identity(one) != identity(SearchRequest(query="货款"))
    assert identity(one) != identity(SearchRequest(query="货款", year=2023, tolerant=True))


def test_switches_and_orders_alone_ask_for_nothing():
    assert asks_nothing(SearchRequest())
    assert asks_nothing(SearchRequest(tolerant=True, synonyms=True, sort=SearchSort.DATE, grouping=Grouping.CUSTOMER))
    for request in (SearchRequest(query="款"), SearchRequest(year=2023), SearchRequest(like_item_id="x"), FULL):
        assert not asks_nothing(request)
