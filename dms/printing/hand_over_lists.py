"""The lists of handing over, made ready to be printed."""

from dms.errors import Bilingual
from dms.printing.hand_over_facts import AccessionRegister, HandedLine, TransferList
from dms.printing.listing import Align, Cell, Column, Listing, day, numbered, total

_NUMBER = Column(name=Bilingual("序号", "No."), width_mm=10, align=Align.CENTRE, sheet_width=6)


def _text(zh: str, en: str, width_mm: float | None, sheet_width: int = 14) -> Column:
    return Column(name=Bilingual(zh, en), width_mm=width_mm, sheet_width=sheet_width)


def _count(zh: str, en: str) -> Column:
    return Column(name=Bilingual(zh, en), width_mm=11, align=Align.RIGHT, sheet_width=8)


_TRANSFER_COLUMNS = (
    _NUMBER,
    _text("档号", "Reference code", 40, 28),
    _text("题名", "Title", None, 48),
    _text("合同编号", "Contract", 34, 24),
    _count("件数", "Papers"),
    _count("页数", "Pages"),
    _count("张数", "Sheets"),
    _text("保管期限", "Kept for", 18),
    _text("密级", "Grade", 12),
    _text("稿本", "Copy", 15),
    _text("载体", "Medium", 14),
    Column(name=Bilingual("核对", "Check"), width_mm=11, align=Align.CENTRE, sheet_width=8),
    _text("差异", "Difference", 28, 28),
    _text("备注", "Remark", 18, 24),
)


def transfer_listing(form: TransferList) -> Listing:
    """移交清单, landscape, with places to sign."""
    rows = numbered(_handed_cells(line) for line in form.lines)
    sums = {
        4: sum(line.items for line in form.lines),
        5: sum(line.pages or 0 for line in form.lines),
        6: sum(line.sheets or 0 for line in form.lines),
    }
    return Listing(
        title=Bilingual("档案移交清单", "Transfer list"),
        letterhead=form.letterhead,
        facts=(
            (Bilingual("批次号", "Batch"), form.number or "（草稿）"),
            (Bilingual("年度", "Year"), str(form.year)),
            (Bilingual("移交部门", "From"), form.from_department),
            (Bilingual("交接日期", "Handed over on"), day(form.handed_over_on)),
            (Bilingual("移交期限", "Due on"), day(form.due_on)),
            (Bilingual("延期", "Extended"), form.extension),
        ),
        columns=_TRANSFER_COLUMNS,
        rows=(*rows, total(f"合计 {len(rows)} 行", len(_TRANSFER_COLUMNS), dict(sums))),
        notes=tuple(filter(None, (form.remark, _copies(form.copies), _digest(form.digest)))),
        signatures=form.signatures,
        landscape=True,
    )


_ACCESSION_COLUMNS = (
    _NUMBER,
    _text("登记号", "Number", 30, 20),
    Column(name=Bilingual("接收日期", "Received on"), width_mm=20, align=Align.CENTRE),
    _text("批次号", "Batch", 30, 20),
    _text("移交部门", "From", None, 24),
    _text("移交人", "Handed over by", 24),
    _text("接收人", "Received by", 22),
    _text("年度", "Year", 13),
    _count("件数", "Papers"),
    _count("页数", "Pages"),
    _count("张数", "Sheets"),
    _count("差异", "Differ"),
    _text("备注", "Remark", 40, 36),
)


def accession_listing(form: AccessionRegister) -> Listing:
    """接收登记簿, landscape."""
    rows = numbered(
        (
            *(line.number, line.received_on, line.batch, line.from_department, line.from_person, line.received_by),
            *(line.year, line.items, line.pages, line.sheets, line.differences, line.remark),
        )
        for line in form.lines
    )
    sums = {
        8: sum(line.items for line in form.lines),
        9: sum(line.pages for line in form.lines),
        10: sum(line.sheets for line in form.lines),
        11: sum(line.differences for line in form.lines),
    }
    return Listing(
        title=Bilingual("接收登记簿", "Accession register"),
        letterhead=form.letterhead,
        facts=((Bilingual("范围", "What"), form.subject),),
        columns=_ACCESSION_COLUMNS,
        rows=(*rows, total(f"合计 {len(rows)} 批", len(_ACCESSION_COLUMNS), dict(sums))),
        landscape=True,
    )


def _handed_cells(line: HandedLine) -> tuple[Cell, ...]:
    ticks = {True: "√", False: "缺", None: ""}
    return (
        *(line.reference_code, line.title, line.contract_no, line.items, line.pages, line.sheets),
        *(line.retention, line.grade, line.copy_kind, line.medium, ticks[line.ticked], line.difference, line.remark),
    )


def _copies(copies: int) -> str:
    return f"本清单一式{_COPIES.get(copies, str(copies))}份，签字后交接各方各执一份。"


def _digest(digest: str) -> str:
    return f"清单摘要 SHA-256：{digest}" if digest else ""


_COPIES = {2: "两", 3: "三", 4: "四"}
