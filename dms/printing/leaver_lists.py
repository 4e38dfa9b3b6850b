"""离职交接清单: what a leaver hands over, with places for three signatures, on paper and as a spreadsheet."""

from dataclasses import dataclass
from datetime import date

from dms.errors import Bilingual
from dms.printing.letterhead import Letterhead, Signed
from dms.printing.listing import Align, Column, Listing, day, listing_pdf, numbered, total
from dms.printing.listing_sheets import listing_xlsx


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaverLine:
    """One thing on the list, worded as it is to be printed."""

    kind: str
    what: str
    passing: str
    """``移交`` or ``须先办结``."""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaverList:
    """离职交接清单 of one person."""

    letterhead: Letterhead
    number: int
    leaver: str
    successor: str
    reason: str
    drawn_up_on: date
    leaves_on: date
    lines: tuple[LeaverLine, ...]
    signatures: tuple[Signed, ...]
    digest: str
    """SHA-256 (hex) of what passes on, which the signatures stand under."""


_COLUMNS = (
    Column(name=Bilingual("序号", "No."), width_mm=11, align=Align.CENTRE, sheet_width=6),
    Column(name=Bilingual("种类", "Kind"), width_mm=28, sheet_width=16),
    Column(name=Bilingual("交接事项", "What"), sheet_width=60),
    Column(name=Bilingual("处理", "Settled by"), width_mm=24, sheet_width=14),
    Column(name=Bilingual("备注", "Remark"), width_mm=38, sheet_width=30),
)


def leaver_list_pdf(form: LeaverList) -> bytes:
    """The list as PDF/A-2b; raises what `listing_pdf` raises."""
    return listing_pdf(_listing(form))


def leaver_list_xlsx(form: LeaverList) -> bytes:
    """The list as a workbook of one sheet."""
    return listing_xlsx(_listing(form))


def _listing(form: LeaverList) -> Listing:
    rows = numbered((line.kind, line.what, line.passing, line.remark) for line in form.lines)
    return Listing(
        title=Bilingual("离职交接清单", "Hand-over of a leaver"),
        letterhead=form.letterhead,
        facts=(
            (Bilingual("编号", "Number"), str(form.number)),
            (Bilingual("移交人", "From"), form.leaver),
            (Bilingual("接收人", "To"), form.successor),
            (Bilingual("交接原因", "Reason"), form.reason),
            (Bilingual("开列日期", "Drawn up on"), day(form.drawn_up_on)),
            (Bilingual("交接期限", "By"), day(form.leaves_on)),
        ),
        columns=_COLUMNS,
        rows=(*rows, total(f"合计 {len(form.lines)} 项", len(_COLUMNS), {})),
        notes=(
            "移交人经办或保管的上列事项，自三方签字之日起由接收人负责；移交人不得擅自留存、带走或销毁有关资料。",
            "本清单一式三份，移交人、接收人、档案部门各执一份。",
            f"清单摘要 SHA-256：{form.digest}",
        ),
        signatures=form.signatures,
    )
