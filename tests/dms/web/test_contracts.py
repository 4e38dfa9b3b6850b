"""The contract ledger as a person meets it in a browser without a script."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from simulators.desk import Desk
from simulators.scanner import add_customer, file_paper, statement

from dms.domain.actor import OPERATOR, Role
from dms.domain.contract import ContractFacts, ContractState
from dms.filing.ledger import LedgerWish, contract_ledger, register_contract


@pytest.fixture
def desk(archive):
    return Desk(archive).sign_in_as(Role.ARCHIVIST)


def _entered(archive, number="HT-2024-007", **facts):
    stated = ContractFacts(number=number, title="轴承采购合同", customer_id=0, **facts)
    return register_contract(OPERATOR, "C0001", stated, archive=archive)


def test_an_empty_ledger_says_how_contracts_come_into_it(archive, desk):
    page = desk.get("/contracts")
    assert page.status_code == 200
    assert "台账中还没有合同" in page.text and "导入 XLSX" in page.text


def test_the_ledger_lists_contracts_with_and_without_papers_and_counts_their_amounts(archive, desk):
    add_customer(archive)
    file_paper(archive, "合同")
    _entered(archive, signed_on=date(2025, 1, 2))
    page = desk.get("/contracts")
    assert "HT-2024-001" in page.text and "HT-2024-007" in page.text
    assert "共 2 份" in page.text and "¥438,000.00" in page.text
    assert "HT-2024-007" not in desk.get("/contracts?q=HT-2024-001").text
    assert "没有符合条件的合同" in desk.get("/contracts?state=disputed").text
    assert "HT-2024-001" not in desk.get("/contracts?year=2025&order=amount&page=1").text


def test_a_contract_is_entered_by_the_form_and_nothing_typed_is_lost_when_it_is_refused(archive, desk):
    add_customer(archive)
    desk.get("/contracts/new")
    wrong = {"number": "HT-9", "customer": "C0001", "title": "运输合同", "signed_on": "去年", "amount": "很多"}
    refused = desk.post("/contracts/new", wrong)
    assert refused.status_code == 422
    assert "看不懂这个日期" in refused.text and "看不懂这个金额" in refused.text and 'value="运输合同"' in refused.text
    unknown = desk.post("/contracts/new", wrong | {"customer": "没有的公司", "signed_on": "", "amount": ""})
    assert unknown.status_code == 422 and "请填写已登记的客户" in unknown.text
    right = wrong | {
        "signed_on": "2024年3月1日",
        "amount": "1,200.50",
        "state": "running",
        "parties": "甲方：甲公司\n乙公司",
    }
    done = desk.post("/contracts/new", right)
    assert done.status_code == 302
    page = desk.get(done.headers["Location"])
    assert "运输合同" in page.text and "¥1,200.50" in page.text and "甲方：甲公司；乙公司" in page.text


def test_a_contract_that_cannot_be_right_is_complained_of_at_its_fields(archive, desk):
    add_customer(archive)
    desk.get("/contracts/new")
    form = {
        "number": "HT-9",
        "customer": "C0001",
        "title": "运输",
        "effective_on": "2024-05-01",
        "ends_on": "2024-01-01",
    }
    refused = desk.post("/contracts/new", form | {"state": "performed"})
    assert refused.status_code == 422
    assert "早于" in refused.text and "却没有履行完毕日期或结清日期" in refused.text


def test_the_page_of_a_contract_shows_its_papers_of_all_years_and_what_is_missing(archive, desk):
    add_customer(archive)
    file_paper(archive, "合同")
    file_paper(archive, "送货", type_code="delivery_voucher", title="送货单", doc_on=date(2025, 2, 1))
    (entry,) = contract_ledger(OPERATOR, LedgerWish(), archive=archive).entries
    page = desk.get(f"/contracts/{entry.contract.id}")
    assert page.text.index("钢材采购合同") < page.text.index("送货单")
    assert "验收记录" in page.text and "签约授权委托书" in page.text
    assert "2025 年活页" in page.text
    listed = desk.get("/contracts/missing")
    assert "有效的营业执照" in listed.text and "部门未定（3）" in listed.text
    assert "没有缺少的资料" in desk.get("/contracts/missing?why=expired").text


def test_a_state_is_changed_with_its_day_and_says_why_it_runs_again(archive, desk):
    add_customer(archive)
    contract = _entered(archive)
    desk.get(f"/contracts/{contract.id}")
    path = f"/contracts/{contract.id}/state"
    assert "请选择新的状态" in desk.post(path, {"becomes": ""}).text
    assert desk.post(path, {"becomes": "performed"}).status_code == 422
    assert desk.post(path, {"becomes": "performed", "happened_on": "2025-06-30"}).status_code == 302
    assert "履行完毕" in desk.get(f"/contracts/{contract.id}").text
    assert "请说明原因" in desk.post(path, {"becomes": "running"}).text
    assert desk.post(path, {"becomes": "running", "reason": "续签一年"}).status_code == 302
    assert desk.post(path, {"becomes": "negotiating"}).status_code == 409


def test_what_is_known_of_a_contract_is_changed_and_its_number_stays(archive, desk):
    add_customer(archive)
    contract = _entered(archive, state=ContractState.NEGOTIATING)
    page = desk.get(f"/contracts/{contract.id}/edit")
    assert 'value="轴承采购合同"' in page.text
    done = desk.post(
        f"/contracts/{contract.id}/edit", {"title": "轴承与密封件采购合同", "number": "别的", "handler": "王五"}
    )
    assert done.status_code == 302
    page = desk.get(f"/contracts/{contract.id}")
    assert "轴承与密封件采购合同" in page.text and "HT-2024-007" in page.text and "谈判" in page.text


def test_the_ledger_and_what_is_missing_are_taken_away_as_workbooks(archive, desk):
    add_customer(archive)
    file_paper(archive, "合同")
    book = load_workbook(BytesIO(desk.get("/contracts/ledger.xlsx").data))
    assert [cell.value for cell in book.active[2]][:3] == ["HT-2024-001", "钢材采购合同", "C0001"]
    missing = load_workbook(BytesIO(desk.get("/contracts/missing.xlsx?customer=C0001").data))
    assert missing.active.max_row == 3


def test_who_may_only_look_is_offered_nothing_to_change(archive):
    add_customer(archive)
    contract = _entered(archive)
    lawyer = Desk(archive).sign_in_as(Role.LAWYER)
    page = lawyer.get(f"/contracts/{contract.id}")
    assert page.status_code == 200 and "变更状态" not in page.text
    assert lawyer.get("/contracts/new").status_code == 403
    assert lawyer.post("/contracts/new", {"number": "X"}).status_code == 403
    assert lawyer.get("/contracts/import").status_code == 403


def test_a_contract_of_secret_papers_is_not_there_for_others(archive):
    add_customer(archive)
    file_paper(archive, "机密", grade=1)
    (entry,) = contract_ledger(OPERATOR, LedgerWish(), archive=archive).entries
    clerk = Desk(archive).sign_in_as(Role.CLERK)
    barred, missing = clerk.get(f"/contracts/{entry.contract.id}"), clerk.get("/contracts/99999")
    assert (barred.status_code, missing.status_code) == (404, 404)
    assert "HT-2024-001" not in clerk.get("/contracts").text
    assert "HT-2024-001" not in clerk.get("/contracts/missing").text


def test_relations_among_the_papers_are_told_on_the_page_of_the_contract(archive, desk):
    from dms.domain.item import RelationKind
    from dms.filing import relate

    add_customer(archive)
    main = file_paper(archive, "合同")
    later = file_paper(archive, "补充", **{"type_code": "amendment", "title": "补充协议一"})
    relate(OPERATOR, later.id, RelationKind.AMENDS, main.id, archive=archive)
    (entry,) = contract_ledger(OPERATOR, LedgerWish(), archive=archive).entries
    assert "资料之间的关系" in desk.get(f"/contracts/{entry.contract.id}").text
    assert statement().contract_no == "HT-2024-001"
