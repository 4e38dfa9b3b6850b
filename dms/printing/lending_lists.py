"""The forms of lending, made ready to be printed: the register, one request, and the originals that are out.

Everything is a plain value, worded as it is to be printed; empty text and None leave their place empty.
"""

from dataclasses import dataclass
from datetime import date

from dms.errors import Bilingual
from dms.printing.letterhead import Letterhead, Signed
from dms.printing.listing import Align, Cell, Column, Listing, Showing, day, listing_pdf, numbered
from dms.printing.listing_sheets import listing_xlsx


@dataclass(frozen=True, slots=True, kw_only=True)
class UseLine:
    """One paper of one request: a line of the register 借阅登记."""

    number: str
    asked_on: date
    person: str
    department: str = ""
    outside_party: str = ""
    """外来单位、介绍信或证件"""
    reference_code: str = ""
    title: str
    customer: str = ""
    grade: str = ""
    kind: str
    """利用方式"""
    purpose: str
    deciders: str = ""
    opinions: str = ""
    out_on: date | None = None
    due_on: date | None = None
    copies: int | None = None
    pages: int | None = None
    signed_by: str = ""
    """借阅人签字"""
    returned_on: date | None = None
    condition: str = ""
    handled_by: str = ""
    effect: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UseRegister:
    """借阅登记"""

    letterhead: Letterhead
    lines: tuple[UseLine, ...]
    subject: str = ""
    """``2026年 借出原件``"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSlip:
    """借阅单: one request with its papers, what was decided, and places to sign."""

    letterhead: Letterhead
    number: str
    facts: tuple[tuple[Bilingual, str], ...]
    lines: tuple[UseLine, ...]
    decisions: tuple[str, ...]
    """``总经理 王总：同意 2026-03-02``"""
    borrower: str
    handed_out_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanList:
    """借出原件清单, of all that are out or of those overdue."""

    letterhead: Letterhead
    lines: tuple[UseLine, ...]
    as_of_on: date
    overdue_only: bool = False


LendingForm = UseRegister | RequestSlip | LoanList

_NUMBER = Column(name=Bilingual("序号", "No."), width_mm=8, align=Align.CENTRE, sheet_width=6)


def lending_form_pdf(form: LendingForm) -> bytes:
    """The form as PDF/A-2b; raises `FontMissing`, `CharacterMissing`, `ListTooLong` or `FormNotPrinted`."""
    return listing_pdf(_listing(form))


def lending_form_xlsx(form: LendingForm) -> bytes:
    """The form as a workbook of one sheet."""
    return listing_xlsx(_listing(form))


def _listing(form: LendingForm) -> Listing:
    match form:
        case UseRegister():
            return _register(form)
        case RequestSlip():
            return _slip(form)
        case LoanList():
            return _loans(form)


def _text(
    zh: str, en: str, width_mm: float | None, sheet_width: int = 14, *, showing: Showing = Showing.BOTH
) -> Column:
    return Column(name=Bilingual(zh, en), width_mm=width_mm, sheet_width=sheet_width, showing=showing)


def _sheet(zh: str, en: str, sheet_width: int = 14) -> Column:
    return _text(zh, en, 10, sheet_width, showing=Showing.SHEET)


def _paper(zh: str, en: str, width_mm: float | None) -> Column:
    return _text(zh, en, width_mm, showing=Showing.PAPER)


_REGISTER = (
    _NUMBER,
    _sheet("借阅单号", "Request", 16),
    _text("申请日期", "Asked on", 18.5, 12),
    _paper("申请人 部门", "Who", 22),
    _sheet("申请人", "Who"),
    _sheet("部门/单位", "Department"),
    _sheet("外来单位、介绍信或证件", "From outside", 24),
    _paper("档号 题名", "Paper", None),
    _sheet("档号", "Reference code", 28),
    _sheet("题名", "Title", 44),
    _text("客户", "Customer", 24, 30),
    _text("密级", "Grade", 9, 8),
    _text("方式", "Use", 9, 10),
    _text("利用目的", "Purpose", 23, 30),
    _paper("审批人 审批意见", "Decided", 25),
    _sheet("审批人", "Decided by", 20),
    _sheet("审批意见", "Opinion", 30),
    _paper("借出时间 应还日期", "Out, due", 18.5),
    _sheet("借出时间", "Out on", 12),
    _sheet("应还日期", "Due on", 12),
    _paper("份数 页数", "Copies, pages", 11),
    _sheet("份数", "Copies", 8),
    _sheet("页数", "Pages", 8),
    _text("借阅人 签字", "Signed", 15, 14),
    _paper("归还日期 检查 经办人", "Returned", 20),
    _sheet("归还日期", "Returned on", 12),
    _sheet("归还检查", "Condition", 12),
    _sheet("经办人", "Handled by", 14),
    _text("利用效果", "Effect", 20, 30),
    _text("备注", "Remark", 14, 24),
)


def _register(form: UseRegister) -> Listing:
    return Listing(
        title=Bilingual("档案借阅登记", "Register of use"),
        letterhead=form.letterhead,
        facts=((Bilingual("范围", "What"), form.subject),),
        columns=_REGISTER,
        rows=numbered(_register_cells(line) for line in form.lines),
        landscape=True,
    )


def _register_cells(line: UseLine) -> tuple[Cell, ...]:
    return (
        line.number,
        line.asked_on,
        _joined(line.person, line.department, line.outside_party),
        *(line.person, line.department, line.outside_party),
        _joined(line.reference_code, line.title),
        *(line.reference_code, line.title),
        *(line.customer, line.grade, line.kind, line.purpose),
        _joined(line.deciders, line.opinions),
        *(line.deciders, line.opinions),
        _joined(day(line.out_on), day(line.due_on)),
        *(line.out_on, line.due_on),
        _joined(_counted(line.copies, "份"), _counted(line.pages, "页")),
        *(line.copies, line.pages),
        line.signed_by,
        _joined(day(line.returned_on), line.condition, line.handled_by),
        *(line.returned_on, line.condition, line.handled_by),
        *(line.effect, line.remark),
    )


_SLIP = (
    _NUMBER,
    _text("档号", "Reference code", 38, 28),
    _text("题名", "Title", None, 44),
    _text("客户", "Customer", 36, 30),
    _text("密级", "Grade", 13, 8),
    Column(name=Bilingual("页数", "Pages"), width_mm=12, align=Align.RIGHT, sheet_width=8),
    _text("借出时间", "Out on", 21, 12),
    _text("应还日期", "Due on", 21, 12),
    _text("归还检查", "Returned", 24, 16),
)


def _slip(form: RequestSlip) -> Listing:
    rows = numbered(
        (
            *(line.reference_code, line.title, line.customer, line.grade, line.pages, line.out_on, line.due_on),
            _joined(day(line.returned_on), line.condition),
        )
        for line in form.lines
    )
    signed = Signed(role="借阅人", name=form.borrower if any(line.signed_by for line in form.lines) else "")
    return Listing(
        title=Bilingual("档案利用申请单", "Request for use"),
        letterhead=form.letterhead,
        facts=((Bilingual("借阅单号", "Number"), form.number), *form.facts),
        columns=_SLIP,
        rows=rows,
        landscape=True,
        notes=tuple(f"审批：{each}" for each in form.decisions),
        signatures=(signed, Signed(role="经办人（档案员）", name=form.handed_out_by), Signed(role="归还验收人")),
    )


_LOANS = (
    _NUMBER,
    _text("借阅单号", "Request", 28, 16),
    _text("档号", "Reference code", 40, 28),
    _text("题名", "Title", None, 44),
    _text("借阅人", "Borrower", 26, 16),
    _text("部门", "Department", 30, 16),
    _text("借出时间", "Out on", 22, 12),
    _text("应还日期", "Due on", 22, 12),
    _text("备注", "Remark", 40, 24),
)


def _loans(form: LoanList) -> Listing:
    rows = numbered(
        (
            *(line.number, line.reference_code, line.title, line.person, line.department),
            *(line.out_on, line.due_on, line.remark),
        )
        for line in form.lines
    )
    late, out = Bilingual("逾期未还清单", "Overdue originals"), Bilingual("借出原件清单", "Originals out")
    return Listing(
        title=late if form.overdue_only else out,
        letterhead=form.letterhead,
        facts=((Bilingual("截至", "As of"), day(form.as_of_on)),),
        columns=_LOANS,
        rows=rows,
        landscape=True,
    )


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))


def _counted(count: int | None, unit: str) -> str:
    return f"{count}{unit}" if count is not None else ""
