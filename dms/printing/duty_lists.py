"""The lists of duties and reviews, made ready to be printed: plain values, worded as they are to stand on paper."""

from dataclasses import dataclass
from datetime import date

from dms.errors import Bilingual
from dms.printing.letterhead import Letterhead, Signed
from dms.printing.listing import Align, Cell, Column, Listing, Row, day, listing_pdf, numbered, total
from dms.printing.listing_sheets import listing_xlsx


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyLine:
    """One duty."""

    due_on: date
    kind: str
    what: str
    department: str
    owner: str
    """The person, or the role that it falls to."""
    late_working_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyListForm:
    """待办事项清单"""

    letterhead: Letterhead
    subject: str
    """Whose duties, as ``本人`` or ``全公司``."""
    asked_on: date
    lines: tuple[DutyLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerLine:
    """What one person, department or role owes."""

    department: str
    owner: str
    overdue: int
    soon: int
    later: int
    worst_late_working_days: int
    kinds: str
    """``待复核客户 3、待移交 1``"""


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyOverviewForm:
    """待办督办表: who owes what, by department."""

    letterhead: Letterhead
    asked_on: date
    lines: tuple[OwnerLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """One review of one customer."""

    customer_code: str
    customer_name: str
    department: str
    reviewed_on: date
    reviewer: str
    former_grade: str
    grade: str
    outlook: str
    risks: str
    is_watched: bool
    opinion: str
    next_on: date | None
    """None where no further review is due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewReportForm:
    """客户复核报告: the reviews of a period, or of one customer."""

    letterhead: Letterhead
    subject: str
    lines: tuple[ReviewLine, ...]
    overdue: int | None = None
    """Customers whose review is overdue; None where that was not asked."""


_NUMBER = Column(name=Bilingual("序号", "No."), width_mm=10, align=Align.CENTRE, sheet_width=6)


def _text(zh: str, en: str, width_mm: float | None, sheet_width: int = 14) -> Column:
    return Column(name=Bilingual(zh, en), width_mm=width_mm, sheet_width=sheet_width)


def _day(zh: str, en: str) -> Column:
    return Column(name=Bilingual(zh, en), width_mm=19, align=Align.CENTRE, sheet_width=12)


def _count(zh: str, en: str, width_mm: float = 15) -> Column:
    return Column(name=Bilingual(zh, en), width_mm=width_mm, align=Align.RIGHT, sheet_width=10)


_DUTY_COLUMNS = (
    _NUMBER,
    _day("期限", "Due on"),
    _text("类别", "Kind", 26, 16),
    _text("事项", "What", None, 60),
    _text("责任部门", "Department", 26, 16),
    _text("责任人", "Owner", 24, 16),
    _count("逾期工作日", "Working days late", 20),
)


def duty_listing(form: DutyListForm) -> Listing:
    """待办事项清单, landscape."""
    rows = numbered(
        (line.due_on, line.kind, line.what, line.department, line.owner, line.late_working_days or None)
        for line in form.lines
    )
    return Listing(
        title=Bilingual("待办事项清单", "List of duties"),
        letterhead=form.letterhead,
        facts=((Bilingual("范围", "Whose"), form.subject), (Bilingual("截至", "As of"), day(form.asked_on))),
        columns=_DUTY_COLUMNS,
        rows=rows,
        landscape=True,
    )


_OVERVIEW_COLUMNS = (
    Column(name=Bilingual("部门", "Department"), width_mm=30, sheet_width=16),
    _text("责任人", "Owner", 26, 16),
    _count("逾期", "Overdue"),
    _count("一周内", "In a week"),
    _count("以后", "Later"),
    _count("合计", "In all"),
    _count("最长逾期工作日", "Longest late", 27),
    _text("事项", "What", None, 60),
)


def duty_overview_listing(form: DutyOverviewForm) -> Listing:
    """待办督办表, landscape, with a line of sums and places to sign."""
    rows = tuple(Row(cells=_owner_cells(line)) for line in form.lines)
    overdue, soon, later = (sum(getattr(line, name) for line in form.lines) for name in ("overdue", "soon", "later"))
    sums: dict[int, Cell] = {2: overdue, 3: soon, 4: later, 5: overdue + soon + later}
    return Listing(
        title=Bilingual("待办督办表", "Who owes what"),
        letterhead=form.letterhead,
        facts=((Bilingual("截至", "As of"), day(form.asked_on)),),
        columns=_OVERVIEW_COLUMNS,
        rows=(*rows, total("合计", len(_OVERVIEW_COLUMNS), sums)) if rows else (),
        signatures=(Signed(role="编制人"), Signed(role="督办人")),
        landscape=True,
    )


_REVIEW_COLUMNS = (
    _NUMBER,
    _text("客户代码", "Code", 20, 12),
    _text("客户名称", "Customer", 36, 30),
    _text("部门", "Department", 18, 14),
    _day("复核日期", "Reviewed on"),
    _text("复核人", "By", 18, 12),
    _text("上次结果", "Before", 15, 10),
    _text("本次结果", "Result", 15, 10),
    _text("动态", "Outlook", 14, 10),
    _text("风险原因", "Risks", 27, 24),
    Column(name=Bilingual("另作观察", "Watched"), width_mm=17, align=Align.CENTRE, sheet_width=10),
    _text("意见", "Opinion", None, 40),
    _day("下次复核", "Next by"),
)


def review_listing(form: ReviewReportForm) -> Listing:
    """客户复核报告, landscape; customers under watch are named under the table."""
    rows = numbered(_review_cells(line) for line in form.lines)
    watched = sorted({f"{line.customer_code} {line.customer_name}" for line in form.lines if line.is_watched})
    changed = sum(line.grade != line.former_grade for line in form.lines)
    notes = [
        f"本期复核 {len(form.lines)} 次，其中结果变动 {changed} 次。",
        f"另作观察：{'、'.join(watched)}。" if watched else "",
        f"逾期未复核的客户 {form.overdue} 家。" if form.overdue else "",
    ]
    return Listing(
        title=Bilingual("客户复核报告", "Review of customers"),
        letterhead=form.letterhead,
        facts=((Bilingual("范围", "What"), form.subject),),
        columns=_REVIEW_COLUMNS,
        rows=rows,
        notes=tuple(filter(None, notes)) if form.lines else (),
        signatures=(Signed(role="编制人"), Signed(role="审核人")),
        landscape=True,
    )


def duty_form_pdf(form: DutyListForm | DutyOverviewForm | ReviewReportForm) -> bytes:
    """The form as PDF/A-2b; raises what `listing_pdf` raises."""
    return listing_pdf(_listing(form))


def duty_form_xlsx(form: DutyListForm | DutyOverviewForm | ReviewReportForm) -> bytes:
    """The form as a workbook of one sheet."""
    return listing_xlsx(_listing(form))


def _listing(form: DutyListForm | DutyOverviewForm | ReviewReportForm) -> Listing:
    match form:
        case DutyListForm():
            return duty_listing(form)
        case DutyOverviewForm():
            return duty_overview_listing(form)
        case ReviewReportForm():
            return review_listing(form)


def _owner_cells(line: OwnerLine) -> tuple[Cell, ...]:
    in_all = line.overdue + line.soon + line.later
    late = line.worst_late_working_days or None
    return (line.department, line.owner, line.overdue, line.soon, line.later, in_all, late, line.kinds)


def _review_cells(line: ReviewLine) -> tuple[Cell, ...]:
    return (
        *(line.customer_code, line.customer_name, line.department, line.reviewed_on, line.reviewer),
        *(line.former_grade, line.grade, line.outlook, line.risks, "√" if line.is_watched else ""),
        *(line.opinion, line.next_on),
    )
