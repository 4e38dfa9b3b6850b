"""The frame of an archive: whose it is, its series and its document types."""

import pytest
from store_parts import state_frame

from dms.domain.document_type import DEFAULT_DOCUMENT_TYPES, DEFAULT_SERIES, DocumentType, Series


@pytest.fixture
def work(store):
    with store.begin() as begun:
        yield begun


def test_the_frame_comes_back_in_its_order(work):
    state_frame(work)
    assert tuple(work.scheme.all_series()) == DEFAULT_SERIES
    assert tuple(work.scheme.all_types()) == DEFAULT_DOCUMENT_TYPES


def test_stating_the_frame_again_changes_nothing(work):
    state_frame(work)
    state_frame(work)
    assert tuple(work.scheme.all_types()) == DEFAULT_DOCUMENT_TYPES


def test_a_company_may_add_a_type_and_rename_one(work):
    state_frame(work)
    work.scheme.state_type(DocumentType(code="weighbill", zh="磅单", en="Weighbill", series="3"))
    work.scheme.state_type(DocumentType(code="contract", zh="买卖合同", en="Sales contract", series="2"))
    work.scheme.state_series(Series(code="5", zh="其他", en="Other", position=0))
    types = work.scheme.all_types()
    assert (types[0].zh, types[0].series, types[-1].code) == ("买卖合同", "2", "weighbill")
    assert work.scheme.all_series()[0].code == "5"


def test_a_company_is_known_by_its_present_and_former_names(work):
    assert work.scheme.own_names() == ()
    work.scheme.state_fonds(code="Q001", name="")
    assert work.scheme.own_names() == ()
    work.scheme.state_fonds(code="Q002", name="皖江重工", former_names=("皖江机械厂",))
    assert work.scheme.own_names() == ("皖江重工", "皖江机械厂")
    assert work.scheme.fonds_code() == "Q002"
