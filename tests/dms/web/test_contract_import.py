"""Importing a ledger in the browser: choose, look, say yes; one bad cell and nothing is written."""

from datetime import datetime, timedelta

import pytest
from simulators.desk import Desk, part
from simulators.ledger_sheets import workbook
from simulators.scanner import add_customer

from dms.domain.actor import OPERATOR, Role
from dms.domain.contract import ContractFacts
from dms.filing.ledger import LedgerWish, contract_ledger, register_contract

GOOD = ("HT-2024-001", "钢材采购合同", "C0001", None, datetime(2024, 5, 1), None, 438000.1, "履行中")


@pytest.fixture
def desk(archive):
    add_customer(archive)
    at_desk = Desk(archive).sign_in_as(Role.ARCHIVIST)
    at_desk.get("/contracts/import")
    return at_desk


def look(desk, *rows, original_filename="台账.xlsx"):
    return desk.post("/contracts/import", {"sheet": part(workbook(*rows), original_filename)})


def token(page):
    return page.text.split('name="token" value="')[1].split('"')[0]


def total(archive):
    return contract_ledger(OPERATOR, LedgerWish(), archive=archive).total


def test_a_sheet_is_looked_at_before_anything_is_written_and_then_taken_over(archive, desk):
    page = look(desk, GOOD)
    assert page.status_code == 200
    assert "将要写入" in page.text and "HT-2024-001" in page.text and "438000.10" in page.text
    assert total(archive) == 0
    done = desk.post("/contracts/import/confirmed", {"token": token(page)})
    assert done.status_code == 302
    assert "已导入：新增 1 份合同，修改 0 份。" in desk.get(done.headers["Location"]).text
    assert total(archive) == 1
    again = look(desk, GOOD)
    assert "没有要写入的内容" in again.text


def test_a_bad_cell_is_shown_at_its_place_and_nothing_can_be_confirmed(archive, desk):
    page = look(desk, GOOD, ("HT-2", "", "C0001", None, "昨天"))
    assert page.status_code == 200
    assert ">B3</td>" in page.text and ">E3</td>" in page.text and 'name="token"' not in page.text
    assert total(archive) == 0


def test_a_preview_is_not_good_for_long(archive, desk, clock):
    first = token(look(desk, GOOD))
    assert desk.post("/contracts/import/confirmed", {"token": "wrong"}).status_code == 409
    clock.advance(timedelta(minutes=31))
    late = desk.post("/contracts/import/confirmed", {"token": first})
    assert late.status_code == 409 and "预览已经失效" in late.text
    assert total(archive) == 0


def test_a_ledger_that_moved_on_is_shown_anew(archive, desk):
    shown = token(look(desk, GOOD))
    facts = ContractFacts(number="HT-2024-001", title="别的名称", customer_id=0)
    register_contract(OPERATOR, "C0001", facts, archive=archive)
    refused = desk.post("/contracts/import/confirmed", {"token": shown})
    assert refused.status_code == 409
    assert "预览之后台账有了变化" in refused.text and "<del>别的名称</del>" in refused.text
    assert desk.post("/contracts/import/confirmed", {"token": token(refused)}).status_code == 302


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({}, 400, "还没有选择表格"),
        ({"sheet": part(b"PK", "x.xlsx")}, 422, "打不开这份表格"),
        ({"sheet": part(workbook(head=("姓名", "电话")), "x.xlsx")}, 422, "看不出这是合同台账"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_way_on(desk, sent, status, said):
    refused = desk.post("/contracts/import", sent)
    assert refused.status_code == status and said in refused.text and "认得的列" in refused.text


def test_a_body_beyond_any_spreadsheet_is_refused_before_it_is_read(desk):
    assert desk.post("/contracts/import", {"sheet": part(bytes(18 * 1024 * 1024), "x.xlsx")}).status_code == 413
