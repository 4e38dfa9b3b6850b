"""The forms of title documents say what is there, who signed, and nothing that must not be known yet."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from dms.printing import (
    Letterhead,
    SafeOpeningLine,
    SafeOpeningsForm,
    Signed,
    StockTakeForm,
    StockTakeFormLine,
    TitleLedgerForm,
    TitleLedgerLine,
    TitleMovementLine,
    TitleMovementsForm,
    TitleSlipForm,
    TitleSlipLine,
    title_form_pdf,
    title_form_xlsx,
)
from dms.printing.listing import Listing, Showing
from dms.printing.title_lists import (
    safe_openings_listing,
    stock_take_listing,
    title_ledger_listing,
    title_movements_listing,
    title_slip_listing,
)

HEAD = Letterhead(
    company="安徽皖江重工机械有限公司", fonds_code="Q001", person="赵强", made_at=datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
)
DEED = "皖（2024）合肥市不动产权第0012345号"
SLIP = TitleSlipForm(
    letterhead=HEAD,
    number="QZYJ-2026-0001",
    customer="合肥远山商贸有限公司",
    contract_no="HT-2024-001",
    from_department="销售部",
    handed_over_on=date(2026, 3, 2),
    due_on=date(2026, 3, 3),
    lines=(
        TitleSlipLine(
            kind="客户财产权属证明",
            name="不动产权证书",
            certificate_no=DEED,
            right_holder="合肥远山商贸有限公司",
            quantity=2,
            value=Decimal("3600000.00"),
            checked="相符",
            taken_over="不符",
            difference="只有1份",
            remark="共有",
        ),
        TitleSlipLine(kind="其他", name="存单", certificate_no="1", right_holder="王建国", quantity=1),
    ),
    signatures=(
        Signed(role="移交人", name="王晓", signed_on=date(2026, 3, 2)),
        Signed(role="复核人"),
        Signed(role="接收人"),
    ),
    digest="9f" * 32,
)
LEDGER = TitleLedgerForm(
    letterhead=HEAD,
    as_of_on=date(2026, 3, 2),
    lines=(
        TitleLedgerLine(
            number="QZ-2026-0001",
            kind="他项权证",
            name="不动产登记证明",
            certificate_no=DEED,
            right_holder="本公司",
            customer="合肥远山商贸有限公司",
            contract_no="",
            quantity=2,
            in_safe=1,
            value=None,
            safe="一号保险柜",
            state="出库未还",
        ),
    ),
)
MOVEMENTS = TitleMovementsForm(
    letterhead=HEAD,
    lines=tuple(
        TitleMovementLine(
            moved_at="2026-03-02 09:00",
            number="QZ-2026-0001",
            name="不动产登记证明",
            certificate_no=DEED,
            step=step,
            change=change,
            balance=balance,
            safe="一号保险柜",
            other_party="王晓",
            request="",
            custodian="赵强",
            witness="陈芳",
            condition="破损" if change == 1 else "",
            remark="封面撕裂" if change == 1 else "",
        )
        for step, change, balance in (("首次入库", 2, 2), ("出库", -1, 1), ("归还入库", 1, 2))
    ),
)
OPENINGS = SafeOpeningsForm(
    letterhead=HEAD,
    lines=(
        SafeOpeningLine(
            number="KG-2026-0001",
            safe="一号保险柜",
            opened_at="2026-03-02 09:00",
            purpose="季度盘点",
            custodian="赵强",
            witness="陈芳",
            closed_at="（未关）",
        ),
    ),
)
TAKE = StockTakeForm(
    letterhead=HEAD,
    number="PD-2026-0001",
    safe="一号保险柜",
    planned_on=date(2026, 3, 2),
    counted_on=date(2026, 3, 2),
    state="已签字",
    lines=(
        StockTakeFormLine(
            name="不动产登记证明",
            certificate_no=DEED,
            number="QZ-2026-0001",
            expected=2,
            counted=1,
            explanation="一份在登记机关",
        ),
        StockTakeFormLine(name="旧证", certificate_no="", number="账外", expected=0, counted=1),
    ),
    signatures=(Signed(role="盘点人", name="赵强", signed_on=date(2026, 3, 2)), Signed(role="见证人", name="陈芳")),
)
FORMS = {"slip": SLIP, "ledger": LEDGER, "movements": MOVEMENTS, "openings": OPENINGS, "stock take": TAKE}
LISTINGS = (
    title_slip_listing(SLIP),
    title_ledger_listing(LEDGER),
    title_movements_listing(MOVEMENTS),
    safe_openings_listing(OPENINGS),
    stock_take_listing(TAKE),
)
LANDSCAPE_MM, PORTRAIT_MM, NARROWEST_MM = 264, 177, 28


def column(listing: Listing, name: str) -> list[object]:
    place = next(place for place, column in enumerate(listing.columns) if column.name.zh == name)
    return [row.cells[place] for row in listing.rows]


def test_the_slip_shows_what_three_parties_found():
    listing = title_slip_listing(SLIP)
    assert column(listing, "复核")[:2] == ["相符", ""]
    assert column(listing, "差异及备注")[0] == "只有1份；共有"
    assert column(listing, "份数")[-1] == 3
    assert [place.name for place in listing.signatures] == ["王晓", "", ""]
    assert any("9f9f" in note for note in listing.notes)


def test_a_draft_says_that_it_is_one():
    facts = {name.zh: value for name, value in title_slip_listing(replace(SLIP, number="")).facts}
    assert facts["移交单号"] == "（草稿）"


def test_the_ledger_and_the_movements_add_up():
    assert column(title_ledger_listing(LEDGER), "在库") == [1, 1]
    listing = title_movements_listing(MOVEMENTS)
    assert column(listing, "入库") == [2, None, 1, 3]
    assert column(listing, "出库") == [None, 1, None, 1]
    assert column(listing, "状况及备注")[2] == "破损；封面撕裂"


def test_a_count_that_is_open_tells_nothing_of_the_ledger():
    blind = tuple(replace(line, expected=None, counted=None) for line in TAKE.lines)
    listing = stock_take_listing(replace(TAKE, lines=blind))
    assert column(listing, "账面数") == column(listing, "差异") == [None, None, None]
    assert column(stock_take_listing(TAKE), "差异")[:2] == [-1, 1]


@pytest.mark.parametrize("listing", LISTINGS, ids=list(FORMS))
def test_every_form_leaves_room_for_the_name(listing):
    printed = [column for column in listing.columns if column.showing is not Showing.SHEET]
    stated = sum(column.width_mm or 0 for column in printed)
    assert [column.width_mm for column in printed].count(None) == 1
    assert (LANDSCAPE_MM if listing.landscape else PORTRAIT_MM) - stated >= NARROWEST_MM


@pytest.mark.parametrize("name", list(FORMS))
def test_every_form_is_printed_and_has_a_twin(name):
    pdf = PdfReader(io.BytesIO(title_form_pdf(FORMS[name])))
    assert len(pdf.pages) == 1
    sheet = load_workbook(io.BytesIO(title_form_xlsx(FORMS[name]))).active
    assert sheet.max_row > 1


def test_registers_without_a_line_are_printed_too():
    for form in (LEDGER, MOVEMENTS, OPENINGS):
        assert "（无）" in PdfReader(io.BytesIO(title_form_pdf(replace(form, lines=())))).pages[0].extract_text()
