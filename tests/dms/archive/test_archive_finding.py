"""What a person names is found, or is said not to be there in the same words for everyone."""

from dataclasses import replace

import pytest
from simulators.people import CLEARED_ARCHIVIST, CLERK
from simulators.scanner import add_customer, hand_in

from dms.archive import (
    CustomerNotFound,
    ItemNotFound,
    SeriesNotFound,
    TypeNotFound,
    customer_for,
    item_for,
    series_with_code,
    type_with_code,
)
from dms.domain.actor import OPERATOR


def test_a_secret_paper_is_missing_in_the_same_words_as_one_that_does_not_exist(archive):
    item = hand_in(archive, "绝密")
    with archive.begin() as work:
        work.items.classify(item.key, replace(item.classification, grade=1))
    refusals = []
    with archive.looking() as view:
        for item_id in (item.id, "f" * 20):
            with pytest.raises(ItemNotFound) as caught:
                item_for(CLERK, item_id, work=view)
            refusals.append(caught.value.message.zh.replace(item_id, "…"))
        assert item_for(CLEARED_ARCHIVIST, item.id, work=view).id == item.id
    assert refusals[0] == refusals[1]


@pytest.mark.parametrize("item_id", ["", "没有", "\udcff", "\x00", "x" * 10_000, "%", "' OR 1=1 --"])
def test_an_id_that_cannot_be_one_is_simply_not_found(archive, item_id):
    with archive.looking() as view, pytest.raises(ItemNotFound):
        item_for(CLERK, item_id, work=view)


@pytest.mark.parametrize("code", ["C0001", " c0001 "])
def test_a_customer_is_found_by_its_code(archive, code):
    add_customer(archive)
    with archive.looking() as view:
        assert customer_for(OPERATOR, code, work=view).code == "C0001"


@pytest.mark.parametrize("code", ["", "C9", "客户", "\udcff"])
def test_an_unknown_customer_is_named_in_the_refusal(archive, code):
    with archive.looking() as view, pytest.raises(CustomerNotFound) as caught:
        customer_for(OPERATOR, code, work=view)
    assert code in caught.value.message.zh


def test_an_unknown_type_or_series_is_answered_with_those_that_there_are(archive):
    with archive.looking() as view:
        with pytest.raises(TypeNotFound, match="contract, amendment"):
            type_with_code("Contract", work=view)
        with pytest.raises(SeriesNotFound, match="1, 2, 3, 4"):
            series_with_code("9", work=view)
        assert type_with_code("receipt", work=view).series == "2"
        assert series_with_code("3", work=view).zh == "交易状况"
