"""The particulars of a paper on its form: shown as known, complained of at their fields, and kept as stated."""

from datetime import date

import pytest
from simulators.desk import Desk

from dms.archive import Archive
from dms.custody import item_facts
from dms.domain.actor import OPERATOR
from dms.domain.customer import CustomerFacts
from dms.domain.item import Classification, ItemMedium, PartySide
from dms.filing import Particulars, particulars_of, register_customer
from dms.web.particulars_form import TypedParticulars, checked_particulars, particulars_typed

COMPANY = "芜湖长江泵业有限公司"
FORM = {
    "customer": f"C0007 {COMPANY}",
    "type_code": "licence",
    "doc_on": "2023年5月18日",
    "title": "营业执照",
    "copy_kind": "copy",
    "grade": "3",
}
PARTICULARS = {
    "particulars": "1",
    "doc_no": "皖工商〔2023〕7号",
    "author": "芜湖市市场监督管理局",
    "side": "customer",
    "medium": "electronic",
    "sheets": "２张",
    "is_annex": "1",
    "retention_code": "D30",
    "valid_from_on": "2023.5.18",
    "valid_to_on": "2026年5月17日",
    "year_note": "按收到年度",
    "remark": "副本第2页缺角",
}
STATED = Particulars(
    doc_no="皖工商〔2023〕7号",
    author="芜湖市市场监督管理局",
    side=PartySide.CUSTOMER,
    medium=ItemMedium.ELECTRONIC,
    sheets=2,
    is_annex=True,
    retention_code="D30",
    valid_from_on=date(2023, 5, 18),
    valid_to_on=date(2026, 5, 17),
    year_note="按收到年度",
    remark="副本第2页缺角",
)


@pytest.fixture
def desk(archive: Archive) -> Desk:
    register_customer(OPERATOR, CustomerFacts(code="C0007", name=COMPANY), archive=archive)
    return Desk(archive).sign_in()


def _stated(archive: Archive, item_id: str) -> Particulars:
    return particulars_of(item_facts(OPERATOR, item_id, archive=archive).classification)


def test_what_is_known_survives_the_form(desk: Desk) -> None:
    known = Classification(doc_no="7号", sheets=3, is_annex=True, side=PartySide.THIRD, valid_to_on=date(2026, 1, 1))
    with desk.app.test_request_context():
        meant, problems = checked_particulars(TypedParticulars(**particulars_typed(known)))
    assert (meant, problems) == (particulars_of(known), {})


def test_a_form_that_does_not_ask_for_them_states_none() -> None:
    assert checked_particulars(TypedParticulars(doc_no="7号")) == (None, {})


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("sheets", "几张"),
        ("sheets", "0"),
        ("sheets", "99999"),
        ("sheets", "1" * 9000),
        ("valid_from_on", "明年"),
        ("valid_to_on", "2023-02-30"),
        ("valid_to_on", "2022-01-01"),
        ("doc_no", "长" * 201),
        ("remark", "长" * 201),
    ],
)
def test_what_is_wrong_is_complained_of_at_its_field_alone(desk: Desk, field: str, typed: str) -> None:
    fields = TypedParticulars(**PARTICULARS | {field: typed})
    with desk.app.test_request_context():
        assert list(checked_particulars(fields)[1]) == [field]


def test_a_paper_is_filed_with_its_particulars_and_shows_them_again(desk: Desk, archive: Archive) -> None:
    item_id = desk.send("营业执照")
    assert desk.post(f"/tray/{item_id}/confirm", FORM | PARTICULARS).status_code == 302
    assert _stated(archive, item_id) == STATED
    page = desk.get(f"/tray/{item_id}").text
    assert '<details class="fold particulars" open>' in page
    assert 'name="valid_to_on" value="2026-05-17"' in page
    assert 'name="is_annex" value="1" checked' in page
    assert '<option value="D30" selected>' in page


def test_a_correction_without_them_leaves_them_alone(desk: Desk, archive: Archive) -> None:
    item_id = desk.send("营业执照")
    desk.post(f"/tray/{item_id}/confirm", FORM | PARTICULARS)
    desk.post(f"/tray/{item_id}/confirm", FORM | {"title": "营业执照副本", "seen": "filed"})
    assert _stated(archive, item_id) == STATED


def test_most_papers_need_none_and_the_fields_stay_folded_away(desk: Desk) -> None:
    page = desk.get(f"/tray/{desk.send('营业执照')}").text
    assert '<details class="fold particulars">' in page


def test_a_field_that_is_wrong_is_not_folded_away(desk: Desk) -> None:
    item_id = desk.send("营业执照")
    answer = desk.post(f"/tray/{item_id}/confirm", FORM | {"particulars": "1", "sheets": "几张"})
    assert answer.status_code == 422
    assert '<details class="fold particulars" open>' in answer.text
    assert "张数应为" in answer.text
