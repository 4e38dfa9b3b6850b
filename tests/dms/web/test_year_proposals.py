"""The form says which year the rules give to a paper, and why."""

import re
from dataclasses import replace
from datetime import date

import pytest
from simulators.desk import Desk

from dms.archive import Archive
from dms.custody import item_facts
from dms.domain.actor import OPERATOR
from dms.domain.contract import ContractState
from dms.domain.customer import CustomerFacts
from dms.filing import register_customer
from dms.ingest import Claim

COMPANY = "芜湖长江泵业有限公司"
CONTRACT = f"""购销合同
合同编号：HT-2023-00871
甲方（买方）：{COMPANY}
乙方（卖方）：安徽皖江重工机械有限公司
合同总价款人民币肆拾叁万捌仟元整（¥438,000.00）
签订日期：2023年5月18日"""
ACCEPTANCE = {
    "customer": "C0007",
    "type_code": "acceptance_record",
    "contract_no": "HT-2023-00871",
    "doc_on": "2023-08-01",
}


@pytest.fixture
def desk(archive: Archive) -> Desk:
    register_customer(OPERATOR, CustomerFacts(code="C0007", name=COMPANY), archive=archive)
    return Desk(archive).sign_in()


def _year(page: str) -> str:
    found = re.search(r'id="field-year" name="year" value="([^"]*)"', page)
    assert found
    return found[1]


def _note(page: str) -> str:
    found = re.search(r"data-year-note[^>]*>([^<]*)<", page)
    assert found
    return found[1]


def _file_contract(desk: Desk) -> str:
    item_id = desk.send(CONTRACT)
    form = ACCEPTANCE | {"type_code": "contract", "doc_on": "2023-05-18", "title": "购销合同"}
    assert desk.post(f"/tray/{item_id}/confirm", form).status_code == 302
    return item_id


def _close(archive: Archive, day: date) -> None:
    with archive.begin() as work:
        (contract,) = work.contracts.all()
        work.contracts.change(contract.id, replace(contract.facts, state=ContractState.PERFORMED, performed_on=day))


def test_a_paper_of_a_running_contract_waits_and_says_so(desk: Desk, archive: Archive) -> None:
    page = desk.get(f"/tray/{desk.send(CONTRACT)}").text
    assert (_year(page), "待结转" in _note(page)) == ("2023", True)
    assert item_facts(OPERATOR, _file_contract(desk), archive=archive).classification.year == 2023


def test_once_the_contract_is_closed_its_papers_come_under_that_year(desk: Desk, archive: Archive) -> None:
    _file_contract(desk)
    _close(archive, date(2024, 9, 1))
    page = desk.get(f"/tray/{desk.send(CONTRACT + ' 副本')}").text
    assert (_year(page), _note(page)) == ("2024", "按合同结束的年度归档。")


def test_an_ordinary_paper_needs_no_explanation(desk: Desk) -> None:
    page = desk.get(f"/tray/{desk.send(CONTRACT.replace('购销合同', '送货单', 1))}").text
    assert "待结转" not in page


def test_what_the_uploader_stated_stays(desk: Desk, archive: Archive) -> None:
    _file_contract(desk)
    _close(archive, date(2024, 9, 1))
    item_id = desk.send(CONTRACT + " 副本", claim=Claim(year=2021))
    assert _year(desk.get(f"/tray/{item_id}").text) != "2024"


def test_a_script_asks_for_the_year_while_the_form_is_filled_in(desk: Desk, archive: Archive) -> None:
    _file_contract(desk)
    item_id = desk.send("随手记")

    def told(**typed: str) -> dict[str, str]:
        query = "&".join(f"{name}={value}" for name, value in (ACCEPTANCE | typed).items())
        answer = desk.get(f"/tray/{item_id}/year?{query}", script=True).json
        assert isinstance(answer, dict)
        return answer

    assert told()["year"] == "2023"
    assert "待结转" in told()["note"]
    _close(archive, date(2024, 9, 1))
    assert told() == {"year": "2024", "note": "按合同结束的年度归档。"}
    assert told(type_code="delivery_voucher") == {"year": "2023", "note": ""}
    assert told(type_code="delivery_voucher", contract_no="", doc_on="")["note"].startswith("[日期不详]")
    assert told(type_code="") == {"year": "", "note": ""}
    assert told(customer="没有这家")["note"] != "按合同结束的年度归档。"
