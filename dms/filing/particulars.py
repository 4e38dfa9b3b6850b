"""What a person states about a paper beside its place: number, author, sheets, validity, and what is printed of it.

What always holds: a particular that cannot be right is refused before anything is written.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from dms.domain.day import FIRST_YEAR, LAST_YEAR
from dms.domain.item import Classification, Item, ItemMedium, PartySide
from dms.domain.one_line import one_line
from dms.errors import Bilingual
from dms.filing.errors import PaperFactInvalid, TermHeld
from dms.store import UnitOfWork

MOST_SHEETS = 9999
MAX_PARTICULAR_CHARACTERS = 200
"""Of each text: number, author, note of the year, remark."""
UNDATED_NOTE = "日期不详"
"""The note of a paper that bears no date and goes by the year in which it arrived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """The particulars of a paper as the contents list prints them; the names are those of `Classification`."""

    doc_no: str = ""
    author: str = ""
    medium: ItemMedium = ItemMedium.PAPER
    side: PartySide = PartySide.UNKNOWN
    sheets: int | None = None
    """None where nobody counted."""
    is_annex: bool = False
    year_note: str = ""
    retention_code: str | None = None
    """None for the rule of its series."""
    remark: str = ""
    valid_from_on: date | None = None
    valid_to_on: date | None = None
    """None for a paper that does not expire."""


_NAMES = tuple(Particulars.__dataclass_fields__)


def particulars_of(stated: Classification) -> Particulars:
    """The particulars among what is known of a paper."""
    return Particulars(**{name: getattr(stated, name) for name in _NAMES})


def with_particulars(stated: Classification, particulars: Particulars) -> Classification:
    """What is known of a paper, with these particulars instead of its own."""
    return replace(stated, **{name: getattr(particulars, name) for name in _NAMES})


def tidy_particulars(particulars: Particulars) -> Particulars:
    """The same on single lines, an empty retention code as none; raises `PaperFactInvalid`."""
    tidy = replace(
        particulars,
        doc_no=one_line(particulars.doc_no),
        author=one_line(particulars.author),
        year_note=one_line(particulars.year_note),
        remark=one_line(particulars.remark),
        retention_code=one_line(particulars.retention_code or "") or None,
    )
    _check_lengths((tidy.doc_no, tidy.author, tidy.year_note, tidy.remark))
    _check_sheets(tidy.sheets)
    _check_validity(tidy.valid_from_on, tidy.valid_to_on)
    return tidy


def check_retention(code: str | None, *, item: Item, work: UnitOfWork) -> None:
    """Nothing, where the archive has such a retention rule or none is stated, and the item may have it.

    Raises `PaperFactInvalid`, or `TermHeld` where it is another than before and the item lies under a hold.
    """
    if code == item.classification.retention_code:
        return
    if code is not None and work.retention.with_code(code) is None:
        known = "、".join(rule.code for rule in work.retention.all())
        raise PaperFactInvalid(
            Bilingual(zh=f"没有保管期限“{code}”。", en=f"There is no retention rule “{code}”."),
            Bilingual(zh=f"请从这些当中选择：{known}。", en=f"Choose one of {known}."),
        )
    if holds := work.holds.covering(item.key):
        raise TermHeld(hold.number for hold in holds)


def noted_year(stated: Classification) -> Classification:
    """The same with the note that its date is not known, where it bears none and nothing else is noted.

    The note goes when a date is stated.
    """
    if stated.doc_on is None:
        return replace(stated, year_note=stated.year_note or UNDATED_NOTE)
    return replace(stated, year_note="" if stated.year_note == UNDATED_NOTE else stated.year_note)


def _check_lengths(texts: Iterable[str]) -> None:
    if any(len(text) > MAX_PARTICULAR_CHARACTERS for text in texts):
        raise PaperFactInvalid(
            Bilingual("文号、责任者、年度说明或备注过长。", "A number, an author, a note or a remark is too long."),
            Bilingual(
                zh=f"每项请写在 {MAX_PARTICULAR_CHARACTERS} 字以内。",
                en=f"Each has at most {MAX_PARTICULAR_CHARACTERS} characters.",
            ),
        )


def _check_sheets(sheets: int | None) -> None:
    if sheets is not None and not 1 <= sheets <= MOST_SHEETS:
        raise PaperFactInvalid(
            Bilingual("张数不合常理。", "The number of sheets cannot be right."),
            Bilingual(
                zh=f"请填写 1 至 {MOST_SHEETS} 之间的整数；没有清点的请留空。",
                en=f"State a whole number from 1 to {MOST_SHEETS}, or nothing where nobody counted.",
            ),
        )


def _check_validity(from_on: date | None, to_on: date | None) -> None:
    impossible = any(day and not FIRST_YEAR <= day.year <= LAST_YEAR for day in (from_on, to_on))
    if impossible or (from_on and to_on and to_on < from_on):
        raise PaperFactInvalid(
            Bilingual("有效期不合常理。", "The time for which it is valid cannot be right."),
            Bilingual(
                zh=f"止日不早于起日，都在 {FIRST_YEAR} 年至 {LAST_YEAR} 年之间；长期有效的请留空止日。",
                en=f"The last day is not before the first, and both lie between {FIRST_YEAR} and {LAST_YEAR}.",
            ),
        )
