"""Customers in the browser: finding, registering, changing, and the file at a glance."""

from datetime import date

import pytest
from simulators.laid_papers import Paper, lay

from dms.domain.actor import OPERATOR, Role
from dms.domain.customer import CustomerFacts
from dms.domain.item import CopyKind
from dms.filing import Confirmation, confirm, register_customer

NAME = "苏州瑞泰精密机械有限公司"


@pytest.fixture
def mill(archive):
    return register_customer(OPERATOR, CustomerFacts(code="C0001", name=NAME), archive=archive)


def file(archive, *, title: str, type_code: str, year: int = 2023, contract_no: str = "") -> None:
    with archive.begin() as work:
        item = work.items.get(lay(work, Paper(pages=("text",))))
    stated = Confirmation(
        customer_code="C0001",
        contract_no=contract_no,
        type_code=type_code,
        series_code="",
        year=year,
        title=title,
        doc_on=date(year, 5, 18),
        amount=None,
        copy_kind=CopyKind.ORIGINAL,
        grade=3,
    )
    confirm(OPERATOR, item.id, stated, archive=archive)


def test_an_archive_without_customers_invites_to_register_the_first(office):
    assert "登记第一个客户" in office.get("/customers").text


def test_a_customer_is_registered_with_an_automatic_code(office):
    office.get("/new-customer")
    answer = office.post("/new-customer", {"name": NAME, "sides": ["customer", "supplier"], "grade": "important"})
    assert answer.location == "/customers/C0001"
    page = office.get("/customers/C0001").text
    assert NAME in page
    assert "客户 · 供应商" in page
    assert "已登记客户" in page


def test_a_refused_form_comes_back_with_everything_that_was_typed(office, mill):
    office.get("/new-customer")
    answer = office.post("/new-customer", {"name": NAME, "uscc": "123", "former_names": "旧厂"})
    assert answer.status_code == 422
    assert "格式不对" in answer.text
    assert f'value="{NAME}"' in answer.text
    assert "旧厂</textarea>" in answer.text


def test_one_customer_has_one_file(office, mill):
    office.get("/new-customer")
    answer = office.post("/new-customer", {"name": NAME})
    assert answer.status_code == 409
    assert "已经登记" in answer.text


def test_a_changed_name_is_kept_as_a_former_one(office, mill):
    office.get("/customers/C0001/edit")
    office.post("/customers/C0001/edit", {"name": "苏州瑞泰智能装备有限公司"})
    page = office.get("/customers/C0001").text
    assert "苏州瑞泰智能装备有限公司" in page
    assert NAME in page
    assert "C0001" in office.get(f"/customers?q={NAME}").text


def test_the_list_finds_by_any_part_and_offers_to_register_what_is_missing(office, mill):
    assert NAME in office.get("/customers?q=瑞泰").text
    missing = office.get("/customers?q=不存在的公司").text
    assert "没有符合的客户" in missing
    assert "/new-customer?name=" in missing


def test_the_file_shows_years_by_series_contracts_and_what_is_missing(office, archive, mill):
    file(archive, title="数控机床买卖合同", type_code="contract", contract_no="HT-2023-00871")
    file(archive, title="送货单", type_code="delivery_voucher", contract_no="HT-2023-00871")
    file(archive, title="付款凭证", type_code="receipt", year=2024)
    page = office.get("/customers/C0001").text
    assert 'href="/customers/C0001?series=3&amp;year=2023#items"' in page
    assert "客户档案尚缺：<" in page
    assert "HT-2023-00871" in page
    assert "授权委托书</span>" in page
    assert "验收记录</span>" in page


def test_a_cell_of_the_table_lists_its_volume_only(office, archive, mill):
    file(archive, title="数控机床买卖合同", type_code="contract")
    file(archive, title="付款凭证", type_code="receipt")
    listed = office.get("/customers/C0001?series=3&year=2023").text.split('id="items"')[1]
    assert "数控机床买卖合同" in listed
    assert "付款凭证" not in listed


def test_the_papers_sort_and_filter_by_address(office, archive, mill):
    file(archive, title="甲", type_code="contract", year=2021)
    file(archive, title="乙", type_code="contract", year=2024)
    newest = office.get("/customers/C0001").text.split('id="items"')[1]
    oldest = office.get("/customers/C0001?order=oldest_paper").text.split('id="items"')[1]
    assert newest.index(">乙<") < newest.index(">甲<")
    assert oldest.index(">甲<") < oldest.index(">乙<")
    assert "没有资料" in office.get("/customers/C0001?state=withdrawn").text
    assert office.get("/customers/C0001?state=x&order=y&year=z&contract=q&page=-1").status_code == 200


def test_the_way_to_the_upload_takes_the_customer_along(office, mill):
    assert 'href="/upload?customer=C0001"' in office.get("/customers/C0001").text
    assert 'name="customer" value="C0001"' in office.get("/upload?customer=C0001").text


def test_a_customer_that_does_not_exist_is_refused_clearly(office):
    assert office.get("/customers/NOBODY").status_code == 404
    assert office.get("/customers/NOBODY/edit").status_code == 404


def test_a_lawyer_reads_the_file_but_cannot_change_it(desk, mill):
    desk.sign_in_as(Role.LAWYER)
    page = desk.get("/customers/C0001").text
    assert "/edit" not in page
    assert "/upload" not in page
    assert desk.get("/new-customer").status_code == 403
    assert desk.get("/customers/C0001/edit").status_code == 403
    assert desk.post("/customers/C0001/edit", {"name": "改名"}).status_code == 403


CARD = {
    "card": "1",
    "status": "old",
    "nature": "government",
    "volume_axis": "main",
    "legal_representative": "王建国",
    "address": "苏州市吴中区长桥路 8 号",
    "contacts": "李四，0512-6000，采购经理\n王五",
    "risk_reason": "欠款未清",
}


def test_the_card_is_kept_shown_and_offered_for_change_again(office, mill):
    office.get("/customers/C0001/edit")
    office.post("/customers/C0001/edit", {"name": NAME} | CARD)
    page = office.get("/customers/C0001").text
    for text in ("老客户 · 政府机构 · 主力客户", "王建国", "长桥路", "采购经理", "欠款未清"):
        assert text in page
    form = office.get("/customers/C0001/edit").text
    assert "李四，0512-6000，采购经理\n王五</textarea>" in form
    office.post("/customers/C0001/edit", {"name": NAME})
    assert "王建国" in office.get("/customers/C0001").text
    assert "风险" in office.get("/customers").text


def test_a_customer_is_merged_only_after_it_was_confirmed(office, archive, mill):
    register_customer(OPERATOR, CustomerFacts(code="C0002", name="瑞泰机械"), archive=archive)
    file(archive, title="数控机床买卖合同", type_code="contract")
    office.get("/customers/C0001/merge")
    assert "没有登记过这个客户" in office.post("/customers/C0001/merge", {"into": "nobody"}).text
    asked = office.post("/customers/C0001/merge", {"into": "瑞泰机械"})
    assert "并入 C0002 瑞泰机械？" in asked.text
    assert "该客户已并入" not in office.get("/customers/C0001").text
    done = office.post("/customers/C0001/merge", {"into": "C0002", "confirmed": "C0002"})
    assert done.location == "/customers/C0002"
    assert "数控机床买卖合同" in office.get("/customers/C0002").text
    assert "该客户已并入" in office.get("/customers/C0001").text
    again = office.post("/customers/C0001/merge", {"into": "C0002", "confirmed": "C0002"})
    assert again.status_code == 409
