"""Confirming, correcting and rejecting papers with a browser."""

import re
from datetime import date
from decimal import Decimal

import pytest
from simulators.desk import Desk

from dms.archive import Archive
from dms.custody import item_facts
from dms.domain.actor import OPERATOR, Role
from dms.domain.customer import CustomerFacts
from dms.domain.item import CopyKind, ItemState
from dms.filing import list_customers, register_customer
from dms.ingest import Claim

COMPANY = "芜湖长江泵业有限公司"
CONTRACT = f"""购销合同
合同编号：HT-2023-00871
甲方（买方）：{COMPANY}
乙方（卖方）：安徽皖江重工机械有限公司
合同总价款人民币肆拾叁万捌仟元整（¥438,000.00）
签订日期：2023年5月18日"""
NOTE = "随手记\n金额 5,000.00\n二〇二三年五月十八日"
FORM = {
    "customer": f"C0007 {COMPANY}",
    "contract_no": "HT-2023-00871",
    "type_code": "contract",
    "series_code": "",
    "doc_on": "2023年5月18日",
    "year": "",
    "amount": "43.8万",
    "title": "水泵购销合同",
    "copy_kind": "original",
    "grade": "3",
}


@pytest.fixture
def desk(archive: Archive) -> Desk:
    register_customer(OPERATOR, CustomerFacts(code="C0007", name=COMPANY), archive=archive)
    return Desk(archive).sign_in()


def _field(page: str, name: str) -> str:
    found = re.search(rf'<input class="form-control" id="field-{name}" name="{name}" value="([^"]*)"', page)
    assert found, f"there is no field {name}"
    return found[1]


def _state(archive: Archive, item_id: str) -> ItemState:
    return item_facts(OPERATOR, item_id, archive=archive).state


def test_the_tray_lists_what_waits_what_is_read_and_what_went_wrong(desk: Desk) -> None:
    desk.send(CONTRACT, "一.pdf")
    desk.send("!refuse", "坏的.pdf")
    page = desk.get("/tray").text
    assert "HT-2023-00871" in page
    assert "坏的.pdf" in page
    assert "无法识别" in page


def test_an_empty_tray_says_what_to_do(desk: Desk) -> None:
    page = desk.get("/tray").text
    assert "全部核对完毕" in page
    assert "上传资料" in page


def test_what_is_certain_is_filled_in_beforehand(desk: Desk) -> None:
    page = desk.get(f"/tray/{desk.send(CONTRACT)}").text
    assert _field(page, "customer") == f"C0007 {COMPANY}"
    assert _field(page, "contract_no") == "HT-2023-00871"
    assert _field(page, "doc_on") == "2023-05-18"
    assert _field(page, "year") == "2023"
    assert _field(page, "amount") == "438,000.00"


def test_what_is_uncertain_is_offered_and_not_filled_in(desk: Desk, archive: Archive) -> None:
    item_id = desk.send(NOTE)
    assert "uncertain_amount" in item_facts(OPERATOR, item_id, archive=archive).doubts
    page = desk.get(f"/tray/{item_id}").text
    assert _field(page, "amount") == ""
    assert 'data-accept="amount" data-text="5,000.00"' in page


def test_without_a_script_an_offer_is_accepted_by_its_button(desk: Desk) -> None:
    item_id = desk.send(NOTE)
    page = desk.post(f"/tray/{item_id}/confirm", {"accept": "amount", "title": "写了一半"}).text
    assert _field(page, "amount") == "5,000.00"
    assert "写了一半" in page


def test_proposals_are_marked_where_they_stand_on_the_page(desk: Desk) -> None:
    page = desk.get(f"/tray/{desk.send(CONTRACT)}").text
    # "合同编号：" takes five cells of 20 pixels on the second line, and a mark is 3 pixels larger on every side.
    assert (
        '<rect class="mark mark-contract_no" data-field="contract_no" x="97" y="37" width="266" height="26"/>' in page
    )


def test_a_paper_is_filed_as_stated_in_whatever_way_people_write(desk: Desk, archive: Archive) -> None:
    item_id = desk.send(CONTRACT)
    answer = desk.post(f"/tray/{item_id}/confirm", FORM)
    assert answer.status_code == 302
    filed = item_facts(OPERATOR, item_id, archive=archive)
    assert filed.state is ItemState.FILED
    stated = filed.classification
    assert (stated.title, stated.doc_on, stated.amount) == ("水泵购销合同", date(2023, 5, 18), Decimal(438_000))
    assert (stated.year, stated.series_code, stated.copy_kind) == (2023, "3", CopyKind.ORIGINAL)


@pytest.mark.parametrize("written", ["2023-5-18", "2023.5.18", "2023/05/18", "20230518", "二〇二三年五月十八日"])
def test_a_day_may_be_written_in_any_usual_way(desk: Desk, archive: Archive, written: str) -> None:
    item_id = desk.send(CONTRACT)
    desk.post(f"/tray/{item_id}/confirm", FORM | {"doc_on": written})
    assert item_facts(OPERATOR, item_id, archive=archive).classification.doc_on == date(2023, 5, 18)


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(desk: Desk, archive: Archive) -> None:
    item_id = desk.send(CONTRACT)
    wrong = FORM | {
        "customer": "没有这家",
        "doc_on": "五月某日",
        "amount": "很多",
        "title": "改过的题名",
        "type_code": "",
    }
    answer = desk.post(f"/tray/{item_id}/confirm", wrong)
    assert answer.status_code == 422
    page = answer.text
    assert (_field(page, "customer"), _field(page, "doc_on"), _field(page, "amount")) == (
        "没有这家",
        "五月某日",
        "很多",
    )
    assert "改过的题名" in page
    for complaint in ("没有登记过这个客户", "看不懂这个日期", "看不懂这个金额", "请选择资料类型"):
        assert complaint in page
    assert _state(archive, item_id) is ItemState.REVIEW


def test_a_paper_without_day_and_year_is_not_filed(desk: Desk) -> None:
    answer = desk.post(f"/tray/{desk.send(CONTRACT)}/confirm", FORM | {"doc_on": "", "year": ""})
    assert answer.status_code == 422
    assert "请填写年度" in answer.text


def test_a_paper_that_someone_else_decided_meanwhile_is_not_overwritten(desk: Desk, archive: Archive) -> None:
    item_id = desk.send(CONTRACT)
    desk.post(f"/tray/{item_id}/reject", {"reason": "重复"})
    answer = desk.post(f"/tray/{item_id}/confirm", FORM)
    assert answer.status_code == 409
    assert "可能已有人先处理了" in answer.text
    assert _state(archive, item_id) is ItemState.WITHDRAWN


def test_after_a_decision_the_next_paper_comes_and_the_decision_can_be_taken_back(desk: Desk, archive: Archive) -> None:
    first, second = desk.send(CONTRACT), desk.send(NOTE)
    answer = desk.post(f"/tray/{first}/confirm", FORM)
    answer = desk.get(answer.location)
    assert answer.location == f"/tray/{second}"
    page = desk.get(answer.location).text
    assert "已归档" in page
    assert f'action="/tray/{first}/bring-back"' in page
    desk.post(f"/tray/{first}/bring-back", {})
    assert _state(archive, first) is ItemState.REVIEW
    again = desk.get(f"/tray/{first}").text
    assert "水泵购销合同" in again, "what the person had stated is still there"


def test_going_on_from_the_last_paper_leads_back_to_the_tray(desk: Desk) -> None:
    assert desk.get("/tray/next").location == "/tray"


def test_a_rejected_paper_keeps_its_reason(desk: Desk, archive: Archive) -> None:
    item_id = desk.send(CONTRACT)
    desk.post(f"/tray/{item_id}/reject", {"reason": "缺页"})
    assert _state(archive, item_id) is ItemState.WITHDRAWN
    assert "缺页" in desk.get(f"/items/{item_id}").text


def test_nothing_is_rejected_without_a_reason(desk: Desk, archive: Archive) -> None:
    item_id = desk.send(CONTRACT)
    desk.post(f"/tray/{item_id}/reject", {"reason": "  "})
    assert _state(archive, item_id) is ItemState.REVIEW


def test_a_filed_paper_can_be_corrected_on_the_same_form(desk: Desk, archive: Archive) -> None:
    item_id = desk.send(CONTRACT)
    desk.post(f"/tray/{item_id}/confirm", FORM)
    assert _field(desk.get(f"/tray/{item_id}").text, "amount") == "438,000.00"
    answer = desk.post(f"/tray/{item_id}/confirm", FORM | {"amount": "438,000.50", "seen": "filed"})
    assert answer.location == f"/items/{item_id}"
    assert item_facts(OPERATOR, item_id, archive=archive).classification.amount == Decimal("438000.50")


def test_a_customer_that_the_paper_names_is_registered_without_leaving_it(desk: Desk, archive: Archive) -> None:
    answer = desk.post("/tray/customers", {"name": "铜陵新材料有限公司", "uscc": "", "code": ""}, script=True)
    assert answer.status_code == 201
    assert answer.json["customer"].endswith(" 铜陵新材料有限公司")
    assert list_customers(OPERATOR, archive=archive, words="铜陵").total == 1
    again = desk.post("/tray/customers", {"name": "铜陵新材料有限公司"}, script=True)
    assert (again.status_code, again.json["error"]["code"]) == (409, "customer_already_known")


def test_the_customer_field_finds_by_code_name_and_credit_code(desk: Desk) -> None:
    for words in ("C0007", "长江泵"):
        (found,) = desk.get(f"/tray/customers?q={words}", script=True).json["customers"]
        assert found == {"code": "C0007", "name": COMPANY, "uscc": ""}


def test_a_claim_that_the_paper_contradicts_is_said_in_words(desk: Desk) -> None:
    item_id = desk.send(CONTRACT, claim=Claim(type_code="invoice"))
    assert "读到的资料类型与上传时填写的不一致" in desk.get(f"/tray/{item_id}").text


def test_the_tray_tells_a_script_how_far_everything_has_come(desk: Desk) -> None:
    desk.send(CONTRACT)
    refused = desk.send("!refuse")
    answer = desk.get("/tray/progress", script=True).json
    assert answer == {"waiting_count": 1, "under_way": [], "troubled": [refused]}


def test_a_lawyer_may_look_but_not_file(archive: Archive) -> None:
    desk = Desk(archive)
    item_id = desk.send(CONTRACT)
    desk.sign_in_as(Role.LAWYER)
    assert desk.get("/tray").status_code == 403
    assert desk.post(f"/tray/{item_id}/confirm", FORM).status_code == 403
    assert _state(archive, item_id) is ItemState.REVIEW


def test_who_may_not_register_customers_is_not_offered_to(archive: Archive) -> None:
    desk = Desk(archive)
    item_id = desk.send(CONTRACT)
    desk.sign_in_as(Role.CLERK)
    page = desk.get(f"/tray/{item_id}").text
    assert "尚未登记" in page
    assert "登记为新客户</a>" not in page
    assert desk.post("/tray/customers", {"name": "铜陵新材料有限公司"}, script=True).status_code == 403


def test_an_undated_paper_is_offered_the_year_in_which_it_arrived(desk: Desk, archive: Archive) -> None:
    item_id = desk.send("营业执照\n名称：芜湖长江泵业有限公司")
    page = desk.get(f"/tray/{item_id}").text
    assert _field(page, "year") == ""
    assert 'data-accept="year" data-text="2026"' in page
    assert 'data-accept="year"' not in desk.get(f"/tray/{desk.send(CONTRACT)}").text
