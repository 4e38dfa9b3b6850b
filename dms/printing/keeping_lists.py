"""The lists of keeping, made ready to be printed: what is due, the company's schedule, the register of holds.

Everything is a plain value, worded as it is to stand on paper.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from dms.errors import Bilingual
from dms.printing.letterhead import Letterhead, Signed
from dms.printing.listing import Align, Cell, Column, Listing, Showing, day, listing_pdf, numbered, total
from dms.printing.listing_sheets import listing_xlsx


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiredLine:
    """One paper whose term has ended."""

    reference_code: str
    volume_code: str
    title: str
    customer: str
    contract_no: str
    year: int | None
    doc_on: date | None
    pages: int
    term: str
    """``30年（D30）``"""
    counted_from_on: date | None
    due_on: date
    grade: str
    medium: str
    remark: str
    """``已冻结`` where a hold lies on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiredList:
    """保管期满清单"""

    letterhead: Letterhead
    by_on: date
    """By which day the terms have ended."""
    subject: str
    lines: tuple[ExpiredLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleClass:
    """One class of the schedule with its five columns (C9-06)."""

    code: str
    name: str
    custody_form: str
    term: str
    department: str
    grade: str
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleForm:
    """《档案分类分级管理目录》"""

    letterhead: Letterhead
    version: int | None
    """None for a draft that nobody approved."""
    approved_by: str
    approved_on: date | None
    valid_from_on: date | None
    remark: str
    classes: tuple[ScheduleClass, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldLine:
    """One hold in the register."""

    number: str
    target: str
    subject: str
    reason: str
    authority: str
    placed_by: str
    placed_on: date
    released_on: date | None
    released_by: str
    release_reason: str
    release_authority: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRegister:
    """档案冻结登记簿"""

    letterhead: Letterhead
    subject: str
    lines: tuple[HoldLine, ...]


KeepingForm = ExpiredList | ScheduleForm | HoldRegister

GRADE_MARKS: Final[Mapping[int, str]] = {1: "一级", 2: "二级", 3: "三级"}


def _text(zh: str, en: str, width_mm: float | None, sheet_width: int = 12) -> Column:
    return Column(name=Bilingual(zh, en), width_mm=width_mm, sheet_width=sheet_width)


def _centred(zh: str, en: str, width_mm: float, sheet_width: int = 12) -> Column:
    return Column(name=Bilingual(zh, en), width_mm=width_mm, align=Align.CENTRE, sheet_width=sheet_width)


_NUMBER = Column(name=Bilingual("序号", "No."), width_mm=11, align=Align.CENTRE, sheet_width=6)
_EXPIRED_COLUMNS = (
    _NUMBER,
    _text("档号", "Reference", 34, 28),
    Column(name=Bilingual("案卷号", "Volume"), sheet_width=24, showing=Showing.SHEET),
    _text("题名", "Title", None, 40),
    _text("客户", "Customer", 28, 26),
    _text("合同编号", "Contract", 22, 18),
    _centred("年度", "Year", 11, 8),
    _centred("文件日期", "Dated", 19),
    Column(name=Bilingual("页数", "Pages"), width_mm=10, align=Align.RIGHT, sheet_width=8),
    _text("保管期限", "Term", 20, 14),
    _centred("起算日期", "Counted from", 19),
    _centred("期满日期", "Ended on", 19),
    _centred("密级", "Grade", 11, 8),
    _text("备注", "Remark", 14, 14),
)


def expired_listing(form: ExpiredList) -> Listing:
    """保管期满清单, landscape."""
    rows = numbered(_expired_cells(line) for line in form.lines)
    held = sum(bool(line.remark) for line in form.lines)
    sums: dict[int, Cell] = {8: sum(line.pages for line in form.lines)}
    return Listing(
        title=Bilingual("保管期满档案清单", "Papers whose term has ended"),
        letterhead=form.letterhead,
        facts=(
            (Bilingual("截至", "By"), day(form.by_on)),
            (Bilingual("范围", "What"), form.subject),
        ),
        columns=_EXPIRED_COLUMNS,
        rows=(*rows, total(f"合计 {len(rows)} 件", len(_EXPIRED_COLUMNS), sums)) if rows else (),
        notes=tuple(
            filter(
                None,
                (
                    "期满只表示应当鉴定，不得据此自行销毁。",
                    f"其中已冻结 {held} 件，解除冻结前不得销毁。" if held else "",
                ),
            )
        ),
        signatures=(Signed(role="编制人"), Signed(role="审核人")),
        landscape=True,
        nothing=Bilingual("（没有保管期满的档案）", "(nothing is due)"),
    )


_SCHEDULE_COLUMNS = (
    _NUMBER,
    _centred("类目代码", "Code", 18),
    _text("档案类别", "Class", None, 30),
    _text("保管方式", "Custody", 46, 30),
    _centred("保管期限", "Term", 26, 16),
    _text("移交责任部门", "Handed over by", 32, 20),
    _centred("密级", "Grade", 14, 8),
    _text("备注", "Remark", 34, 28),
)


def schedule_listing(form: ScheduleForm) -> Listing:
    """《档案分类分级管理目录》, landscape, with its approval."""
    rows = numbered(
        (line.code, line.name, line.custody_form, line.term, line.department, line.grade, line.remark)
        for line in form.classes
    )
    edition = f"第 {form.version} 版" if form.version else "草案，未经批准"
    approval = Signed(role="批准人", name=form.approved_by, signed_on=form.approved_on)
    return Listing(
        title=Bilingual("档案分类分级管理目录", "Schedule of classes, terms and grades"),
        letterhead=form.letterhead,
        edition=edition,
        facts=(
            (Bilingual("批准日期", "Approved on"), day(form.approved_on)),
            (Bilingual("施行日期", "In force from"), day(form.valid_from_on)),
        ),
        columns=_SCHEDULE_COLUMNS,
        rows=rows,
        notes=tuple(
            filter(None, (form.remark, "保管期限自期限起算之日的次年1月1日起计算；期满须经鉴定，方可续存或销毁。"))
        ),
        signatures=(Signed(role="编制部门"), Signed(role="审核人"), approval),
        landscape=True,
    )


_HOLD_COLUMNS = (
    _NUMBER,
    _text("编号", "Number", 24, 16),
    _centred("对象", "On", 12, 8),
    _text("名称", "What", 40, 36),
    _text("冻结理由", "Reason", None, 36),
    _text("依据", "Authority", 32, 30),
    _text("冻结人", "Placed by", 17, 12),
    _centred("冻结日期", "Placed on", 19),
    _centred("解除日期", "Released on", 19),
    _text("解除人", "By", 17, 12),
    _text("解除理由和依据", "Why released", 34, 36),
)


def hold_listing(form: HoldRegister) -> Listing:
    """档案冻结登记簿, landscape."""
    in_force = sum(line.released_on is None for line in form.lines)
    return Listing(
        title=Bilingual("档案冻结登记簿", "Register of holds"),
        letterhead=form.letterhead,
        facts=((Bilingual("范围", "What"), form.subject),),
        columns=_HOLD_COLUMNS,
        rows=numbered(_hold_cells(line) for line in form.lines),
        notes=(f"共 {len(form.lines)} 项，现行有效 {in_force} 项。",) if form.lines else (),
        landscape=True,
    )


def keeping_form_pdf(form: KeepingForm) -> bytes:
    """The form as PDF/A-2b; raises what `listing_pdf` raises."""
    return listing_pdf(_listing(form))


def keeping_form_xlsx(form: KeepingForm) -> bytes:
    """The form as a workbook of one sheet."""
    return listing_xlsx(_listing(form))


def _listing(form: KeepingForm) -> Listing:
    match form:
        case ExpiredList():
            return expired_listing(form)
        case ScheduleForm():
            return schedule_listing(form)
        case HoldRegister():
            return hold_listing(form)


def _expired_cells(line: ExpiredLine) -> tuple[Cell, ...]:
    return (
        *(line.reference_code, line.volume_code, line.title, line.customer, line.contract_no, line.year),
        *(line.doc_on, line.pages, line.term, line.counted_from_on, line.due_on, line.grade, line.remark),
    )


def _hold_cells(line: HoldLine) -> tuple[Cell, ...]:
    released = "；".join(filter(None, (line.release_reason, line.release_authority)))
    return (
        *(line.number, line.target, line.subject, line.reason, line.authority, line.placed_by, line.placed_on),
        *(line.released_on, line.released_by, released),
    )
