"""The lists of customers and contracts hold every line once and add up."""

from datetime import date
from decimal import Decimal

from sample_forms import CARRIED, CUSTOMERS, LEDGER, LONG_NAME, MISSING

from dms.printing.ledger_lists import carry_forward_listing, customer_listing, ledger_listing, missing_listing
from dms.printing.listing import Listing, RowKind, Showing


def named(listing: Listing, row: int) -> dict[str, object]:
    names = [column.name.zh for column in listing.columns]
    return dict(zip(names, listing.rows[row].cells, strict=True))


def test_customers_are_listed_with_what_the_archive_holds_of_them():
    listing = customer_listing(CUSTOMERS)
    assert named(listing, 1)["客户名称"] == LONG_NAME
    assert named(listing, -1)["序号"] == "合计 2 家"
    assert [named(listing, -1)[name] for name in ("合同", "案卷", "件数")] == [13, 6, 124]


def test_missing_papers_stand_under_the_department_that_owes_them_numbered_through():
    listing = missing_listing(MISSING)
    assert [(row.kind, row.cells[0]) for row in listing.rows] == [
        (RowKind.GROUP, "销售一部　2 项"),
        (RowKind.LINE, 1),
        (RowKind.LINE, 2),
        (RowKind.GROUP, "（未定部门）　1 项"),
        (RowKind.LINE, 3),
    ]
    assert named(listing, 4)["责任部门"] == "（未定部门）"
    assert named(listing, 4)["所缺资料"] == "营业执照"


def test_what_is_carried_forward_says_why():
    listing = carry_forward_listing(CARRIED)
    assert listing.title.zh == "2025年度结转清单"
    assert named(listing, 0)["结转原因"] == "质保期至 2026-08-31"
    assert [named(listing, -1)[name] for name in ("件数", "页数")] == [4, 33]


def test_the_ledger_tells_its_dates_together_on_paper_and_apart_in_the_spreadsheet():
    listing = ledger_listing(LEDGER)
    first = named(listing, 0)
    assert first["履行期限"] == "2025-03-05–\n2026-09-01"
    assert first["办结情况"] == "完毕 2025-09-01\n质保 2026-09-02"
    assert (first["生效日期"], first["结清日期"]) == (date(2025, 3, 5), None)
    shown = {column.name.zh: column.showing for column in listing.columns}
    assert shown["履行期限"] is Showing.PAPER
    assert shown["生效日期"] is Showing.SHEET


def test_the_ledger_adds_up_amounts_to_the_cent():
    whole = named(ledger_listing(LEDGER), -1)
    assert whole["金额（元）"] == Decimal("1373080.50")
    assert (whole["件数"], whole["缺件"]) == (5, 2)


def test_on_paper_every_list_leaves_room_for_its_widest_column():
    for listing in map_listings():
        fixed_mm = sum(column.width_mm or 0 for column in listing.columns if column.showing is not Showing.SHEET)
        assert 264 - fixed_mm >= 25


def map_listings() -> tuple[Listing, ...]:
    return customer_listing(CUSTOMERS), missing_listing(MISSING), carry_forward_listing(CARRIED), ledger_listing(LEDGER)
