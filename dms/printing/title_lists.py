"""The lists of title documents, made ready to be printed."""

from collections.abc import Callable
from typing import Any

from dms.errors import Bilingual
from dms.printing.listing import Align, Cell, Column, Listing, Showing, day, listing_pdf, numbered, total
from dms.printing.listing_sheets import listing_xlsx
from dms.printing.title_facts import (
    SafeOpeningsForm,
    StockTakeForm,
    StockTakeFormLine,
    TitleLedgerForm,
    TitleMovementsForm,
    TitleSlipForm,
)

TitleForm = TitleSlipForm | TitleLedgerForm | TitleMovementsForm | SafeOpeningsForm | StockTakeForm

_NUMBER = Column(name=Bilingual("序号", "No."), width_mm=10, align=Align.CENTRE, sheet_width=6)


def _text(zh: str, en: str, width_mm: float | None, sheet_width: int = 14, showing: Showing = Showing.BOTH) -> Column:
    return Column(name=Bilingual(zh, en), width_mm=width_mm, sheet_width=sheet_width, showing=showing)


def _count(zh: str, en: str, width_mm: float = 11) -> Column:
    return Column(name=Bilingual(zh, en), width_mm=width_mm, align=Align.RIGHT, sheet_width=8)


def _money(zh: str, en: str) -> Column:
    return Column(name=Bilingual(zh, en), width_mm=25, align=Align.RIGHT, sheet_width=16)


_SLIP_COLUMNS = (
    _NUMBER,
    _text("权证种类", "Kind", 26, 22),
    _text("证名", "Title document", None, 30),
    _text("权证号", "Certificate no.", 38, 26),
    _text("权利人", "Right holder", 30, 24),
    _count("份数", "Copies"),
    _money("价值（元）", "Value (CNY)"),
    _text("发证机关", "Issued by", 24, 20),
    Column(name=Bilingual("发证日期", "Issued on"), width_mm=20, align=Align.CENTRE),
    Column(name=Bilingual("复核", "Checked"), width_mm=12, align=Align.CENTRE, sheet_width=8),
    Column(name=Bilingual("接收", "Received"), width_mm=12, align=Align.CENTRE, sheet_width=8),
    _text("差异及备注", "Differences, remarks", 24, 28),
)


def title_slip_listing(form: TitleSlipForm) -> Listing:
    """重要权证移交清单, landscape, with the places of three parties to sign."""
    rows = numbered(
        (
            *(line.kind, line.name, line.certificate_no, line.right_holder, line.quantity, line.value, line.issuer),
            *(line.issued_on, line.checked, line.taken_over, "；".join(filter(None, (line.difference, line.remark)))),
        )
        for line in form.lines
    )
    pieces = sum(line.quantity for line in form.lines)
    digest = f"清单摘要（SHA-256）：{form.digest}" if form.digest else ""
    return Listing(
        title=Bilingual("重要权证移交清单", "Slip of title documents"),
        letterhead=form.letterhead,
        facts=(
            (Bilingual("移交单号", "Slip"), form.number or "（草稿）"),
            (Bilingual("客户", "Customer"), form.customer),
            (Bilingual("合同编号", "Contract"), form.contract_no),
            (Bilingual("移交部门", "From"), form.from_department),
            (Bilingual("移交日期", "Handed over on"), day(form.handed_over_on)),
            (Bilingual("应移交日期", "Due on"), day(form.due_on)),
        ),
        columns=_SLIP_COLUMNS,
        rows=(*rows, total(f"合计 {len(rows)} 项", len(_SLIP_COLUMNS), {5: pieces})),
        notes=tuple(
            filter(None, (form.remark, "权证与档案资料分开移交；证名、权证号、份数由三方逐项核对。一式三份。", digest))
        ),
        signatures=form.signatures,
        landscape=True,
    )


_LEDGER_COLUMNS = (
    _NUMBER,
    _text("台账号", "No. of ledger", 24, 16),
    _text("权证种类", "Kind", None, 22, Showing.SHEET),
    _text("证名", "Title document", None, 30),
    _text("权证号", "Certificate no.", 38, 26),
    _text("权利人", "Right holder", 30, 24),
    _text("客户", "Customer", 30, 26),
    _text("合同编号", "Contract", 24, 20),
    _count("份数", "Copies", 10),
    _count("在库", "In safe", 10),
    _money("价值（元）", "Value (CNY)"),
    _text("保险柜", "Safe", 17),
    _text("状态", "State", 17),
    _text("备注", "Remark", None, 24, Showing.SHEET),
)


def title_ledger_listing(form: TitleLedgerForm) -> Listing:
    """权证台账, landscape."""
    rows = numbered(
        (
            *(line.number, line.kind, line.name, line.certificate_no, line.right_holder, line.customer),
            *(line.contract_no, line.quantity, line.in_safe, line.value, line.safe, line.state, line.remark),
        )
        for line in form.lines
    )
    sums: dict[int, Cell] = {
        8: sum(line.quantity for line in form.lines),
        9: sum(line.in_safe for line in form.lines),
    }
    return Listing(
        title=Bilingual("权证台账", "Ledger of title documents"),
        letterhead=form.letterhead,
        facts=((Bilingual("截至", "As of"), day(form.as_of_on)), (Bilingual("范围", "Of"), form.subject)),
        columns=_LEDGER_COLUMNS,
        rows=(*rows, total(f"合计 {len(rows)} 项", len(_LEDGER_COLUMNS), sums)) if rows else (),
        landscape=True,
    )


_MOVEMENT_COLUMNS = (
    _NUMBER,
    _text("时间", "Moment", 27, 18),
    _text("台账号", "No. of ledger", 24, 16),
    _text("证名、权证号", "Title document", None, 30, Showing.PAPER),
    _text("证名", "Title document", None, 30, Showing.SHEET),
    _text("权证号", "Certificate no.", None, 26, Showing.SHEET),
    _text("类别", "Step", 17),
    _count("入库", "In", 10),
    _count("出库", "Out", 10),
    _count("结存", "Balance", 11),
    _text("保险柜", "Safe", 17),
    _text("交件/领件人", "Brought or taken by", 20),
    _text("申请号", "Request", 27, 18),
    _text("权证管理员", "Custodian", 19),
    _text("见证人", "Witness", 17),
    _text("状况及备注", "Condition, remarks", 21, 28),
)


def title_movements_listing(form: TitleMovementsForm) -> Listing:
    """权证出入库登记, landscape."""
    rows = numbered(
        (
            *(
                line.moved_at,
                line.number,
                f"{line.name} {line.certificate_no}",
                line.name,
                line.certificate_no,
                line.step,
            ),
            *(max(line.change, 0) or None, -min(line.change, 0) or None, line.balance, line.safe, line.other_party),
            *(line.request, line.custodian, line.witness, "；".join(filter(None, (line.condition, line.remark)))),
        )
        for line in form.lines
    )
    sums: dict[int, Cell] = {
        7: sum(max(line.change, 0) for line in form.lines),
        8: -sum(min(line.change, 0) for line in form.lines),
    }
    return Listing(
        title=Bilingual("权证出入库登记", "Title documents in and out"),
        letterhead=form.letterhead,
        facts=((Bilingual("范围", "Of"), form.subject),),
        columns=_MOVEMENT_COLUMNS,
        rows=(*rows, total(f"合计 {len(rows)} 笔", len(_MOVEMENT_COLUMNS), sums)) if rows else (),
        landscape=True,
    )


_OPENING_COLUMNS = (
    _NUMBER,
    _text("编号", "No.", 26, 16),
    _text("保险柜", "Safe", 22, 18),
    _text("开柜时间", "Opened", 27, 18),
    _text("事由", "Purpose", None, 36),
    _text("权证管理员", "Custodian", 20),
    _text("见证人", "Witness", 18),
    _text("关柜时间", "Locked", 27, 18),
    _text("关柜人", "Locked by", 20),
    _text("关柜见证人", "Witness of locking", 20),
    _text("备注", "Remark", 20, 28),
)


def safe_openings_listing(form: SafeOpeningsForm) -> Listing:
    """保险柜开启登记, landscape."""
    rows = numbered(
        (
            *(line.number, line.safe, line.opened_at, line.purpose, line.custodian, line.witness),
            *(line.closed_at, line.closed_by, line.closing_witness, line.remark),
        )
        for line in form.lines
    )
    return Listing(
        title=Bilingual("保险柜开启登记", "Openings of safes"),
        letterhead=form.letterhead,
        facts=((Bilingual("范围", "Of"), form.subject),),
        columns=_OPENING_COLUMNS,
        rows=rows,
        notes=("每次开柜由权证管理员和见证人两人到场，各以本人密码签字。",),
        landscape=True,
    )


_STOCK_COLUMNS = (
    _NUMBER,
    _text("台账号", "No. of ledger", 25, 16),
    _text("证名", "Title document", None, 34),
    _text("权证号", "Certificate no.", 36, 28),
    _count("账面数", "Ledger", 12),
    _count("实有数", "Found", 12),
    _count("差异", "Differs", 12),
    _text("说明", "Explanation", 36, 36),
)


def stock_take_listing(form: StockTakeForm) -> Listing:
    """权证盘点表; while it is counted the column of the ledger stays empty."""
    rows = numbered(
        (line.number, line.name, line.certificate_no, line.expected, line.counted, _difference(line), line.explanation)
        for line in form.lines
    )
    known = [line for line in form.lines if line.expected is not None]
    found = [line.counted for line in form.lines if line.counted is not None]
    sums: dict[int, Cell] = {4: sum(line.expected or 0 for line in known) if known else None}
    sums |= {5: sum(found) if found else None}
    return Listing(
        title=Bilingual("权证盘点表", "Stock-take of title documents"),
        letterhead=form.letterhead,
        facts=(
            (Bilingual("盘点号", "Stock-take"), form.number),
            (Bilingual("保险柜", "Safe"), form.safe),
            (Bilingual("计划日期", "Planned for"), day(form.planned_on)),
            (Bilingual("盘点日期", "Counted on"), day(form.counted_on)),
            (Bilingual("状态", "State"), form.state),
        ),
        columns=_STOCK_COLUMNS,
        rows=(*rows, total(f"合计 {len(rows)} 项", len(_STOCK_COLUMNS), sums)) if rows else (),
        notes=tuple(filter(None, (form.remark, "盘点时不看账面数，逐件清点后比对；账实不符须说明原因和处理意见。"))),
        signatures=form.signatures,
    )


_LISTINGS: dict[type[Any], Callable[[Any], Listing]] = {
    TitleSlipForm: title_slip_listing,
    TitleLedgerForm: title_ledger_listing,
    TitleMovementsForm: title_movements_listing,
    SafeOpeningsForm: safe_openings_listing,
    StockTakeForm: stock_take_listing,
}


def title_form_pdf(form: TitleForm) -> bytes:
    """The form as PDF/A-2b; raises `FontMissing`, `CharacterMissing`, `ListTooLong` or `FormNotPrinted`."""
    return listing_pdf(_LISTINGS[type(form)](form))


def title_form_xlsx(form: TitleForm) -> bytes:
    """The form as a workbook of one sheet."""
    return listing_xlsx(_LISTINGS[type(form)](form))


def _difference(line: StockTakeFormLine) -> Cell:
    return None if line.expected is None or line.counted is None else line.counted - line.expected
