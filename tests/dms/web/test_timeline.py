"""The time line of a contract: every paper of it by its own date, and what the ledger knows."""

import re
from datetime import date
from decimal import Decimal

import pytest
from simulators.laid_papers import Paper, add_contract, add_customer, lay


@pytest.fixture
def shelf(office, archive):
    with archive.begin() as work:
        mill = add_customer(work, "C0001", "苏州瑞泰精密机械有限公司")
        add_customer(work, "C0002", "上海浦江国际贸易有限公司")
        contract = add_contract(work, "HT-2023/00871", "数控机床买卖合同", mill)
        common = {"customer_id": mill, "contract_id": contract, "series_code": "3"}
        lay(work, Paper(title="没有日期的清单", pages=("清单",), **common))
        lay(work, Paper(title="补充协议", pages=("延期",), doc_on=date(2024, 1, 8), **common))
        lay(
            work,
            Paper(
                title="机床合同",
                pages=("甲方乙方", "价款"),
                doc_on=date(2023, 5, 18),
                amount=Decimal("438000"),
                type_code="contract",
                **common,
            ),
        )
        lay(work, Paper(title="别的合同的发票", pages=("价税",), customer_id=mill, doc_on=date(2023, 6, 1)))
    return office


def titles(page: str) -> list[str]:
    return re.findall(r'<h3><a data-list-entry href="[^"]+">([^<]+)</a>', page)


def test_papers_stand_by_their_date_and_those_without_one_at_the_end(shelf):
    page = shelf.get("/customers/C0001/timeline?contract=HT-2023/00871").text
    assert titles(page) == ["机床合同", "补充协议", "没有日期的清单"]
    assert re.findall(r'class="timeline-year" id="year-(\w+)"', page) == ["2023", "2024", "none"]


def test_each_paper_tells_its_type_amount_and_pages(shelf):
    page = shelf.get("/customers/C0001/timeline?contract=ht-2023/00871").text
    card = page.split("机床合同</a>")[1].split("</article>")[0]
    assert "合同" in card
    assert "¥438,000.00" in card
    assert "2 页" in card


@pytest.mark.parametrize(
    "address", ["C0001/timeline?contract=没有", "C0001/timeline", "C0002/timeline?contract=HT-2023/00871"]
)
def test_a_contract_that_the_customer_does_not_have_is_not_found(shelf, address):
    assert shelf.get(f"/customers/{address}").status_code == 404


def test_the_customer_page_and_the_hits_lead_there(shelf):
    address = "/customers/C0001/timeline?contract=HT-2023/00871"
    assert address in shelf.get("/customers/C0001").text
    assert address in shelf.get("/search?q=甲方").text
    assert address not in shelf.get("/search?q=价税").text
