"""An item that is entered whole stands as it was stated, and is given back whole."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from simulators.laid_papers import add_customer, open_store

from dms.domain.item import Classification, CopyKind, Item, ItemState, Problem, Rendition, RenditionRole
from dms.errors import Bilingual
from dms.store import WholeItems

AT = datetime(2021, 4, 1, 8, 30, tzinfo=UTC)
ITEM = Item(
    key=0,
    id="a" * 20,
    state=ItemState.REVIEW,
    classification=Classification(title="合同", type_code="contract", year=2021, amount=Decimal("12.50"), grade=1),
    claim=Classification(year=2020, doc_on=date(2020, 1, 2), copy_kind=CopyKind.COPY),
    claimed_contract_no="HT-1",
    volume_id=None,
    original_filename="合同.pdf",
    media_type="application/pdf",
    size_bytes=10,
    digest="d",
    wrapped_key=b"wrapped",
    received_at=AT,
    received_by="chen",
    pages_total=3,
    pages_read=0,
    problem=None,
    doubts=("customer_unknown",),
)
PROBLEM = Problem("reader_died", Bilingual("识别程序异常退出。", "The reader died."))


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path)
    yield opened
    opened.close()


@pytest.mark.parametrize("state", ItemState)
def test_an_item_in_any_state_stands_as_it_was_stated(store, state):
    stated = replace(ITEM, state=state, problem=PROBLEM if state is ItemState.FAILED else None)
    with store.begin() as work:
        key = WholeItems(work.connection).add(stated)
        assert replace(work.items.get(key), key=0) == stated


def test_a_filed_item_lies_in_the_volume_that_is_named_in_words(store):
    with store.begin() as work:
        customer = add_customer(work, "C0001", "甲公司")
        customer_id = getattr(customer, "id", customer)
        volume_id = work.volumes.open_for(customer_id=customer_id, series_code="3", year=2021)
        whole = WholeItems(work.connection)
        key = whole.add(replace(ITEM, state=ItemState.FILED, volume_id=volume_id))
        assert work.items.get(key).volume_id == volume_id
        assert whole.volume_key(volume_id) == (customer_id, "3", 2021)


def test_everything_sealed_of_an_item_is_given_and_summed_up(store):
    with store.begin() as work:
        whole = WholeItems(work.connection)
        assert not whole.any()
        key = whole.add(ITEM)
        assert whole.any()
        renditions = [
            _rendition(role, page) for role, page in ((RenditionRole.ORIGINAL, None), (_IMAGE, 2), (_IMAGE, 1))
        ]
        for rendition in renditions:
            work.contents.add_rendition(key, rendition)
        assert whole.renditions(key) == [renditions[0], renditions[2], renditions[1]]
        assert whole.sealed_bytes({RenditionRole.ORIGINAL}) == 10
        assert whole.sealed_bytes({RenditionRole.ORIGINAL, _IMAGE}) == 30


_IMAGE = RenditionRole.PAGE_IMAGE


def _rendition(role, page):
    return Rendition(
        role=role,
        page=page,
        object_id=f"{role}-{page}",
        media_type="image/jpeg",
        size_bytes=10,
        digest="d",
        recipe="plain",
        created_at=AT,
    )
