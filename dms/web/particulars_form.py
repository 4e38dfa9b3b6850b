"""The particulars of a paper as fields of a form, and what they mean.

What always holds: a form that does not ask for the particulars changes none of them.
"""

from dataclasses import dataclass, fields
from datetime import date
from typing import TypeVar

from flask_babel import gettext as _

from dms.domain.day import parse_day
from dms.domain.glyph import fold_width
from dms.domain.item import Classification, ItemMedium, PartySide
from dms.filing import MAX_PARTICULAR_CHARACTERS, MOST_SHEETS, Particulars, particulars_of

_Choice = TypeVar("_Choice", ItemMedium, PartySide)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedParticulars:
    """The fields as text; every attribute is the name of a field."""

    particulars: str = ""
    """Not empty where the form asks for them."""
    doc_no: str = ""
    author: str = ""
    side: str = ""
    medium: str = ""
    sheets: str = ""
    is_annex: str = ""
    """Not empty where it is ticked."""
    retention_code: str = ""
    valid_from_on: str = ""
    valid_to_on: str = ""
    year_note: str = ""
    remark: str = ""

    @property
    def anything(self) -> bool:
        """Whether anything is stated beyond what holds of most papers."""
        usual = {"particulars": self.particulars, "side": PartySide.UNKNOWN.value, "medium": ItemMedium.PAPER.value}
        return any(getattr(self, each.name) not in ("", usual.get(each.name)) for each in fields(TypedParticulars))


_TEXTS = ("doc_no", "author", "year_note", "remark")


def particulars_typed(stated: Classification) -> dict[str, str]:
    """The fields filled with what is known of a paper, by name."""
    known = particulars_of(stated)
    return {
        "particulars": "1",
        "doc_no": known.doc_no,
        "author": known.author,
        "side": known.side.value,
        "medium": known.medium.value,
        "sheets": "" if known.sheets is None else str(known.sheets),
        "is_annex": "1" if known.is_annex else "",
        "retention_code": known.retention_code or "",
        "valid_from_on": _day(known.valid_from_on),
        "valid_to_on": _day(known.valid_to_on),
        "year_note": known.year_note,
        "remark": known.remark,
    }


def checked_particulars(typed: TypedParticulars) -> tuple[Particulars | None, dict[str, str]]:
    """What the fields mean, None where the form does not ask for them; and what is wrong, field by field."""
    if not typed.particulars:
        return None, {}
    sheets = _sheets(typed.sheets)
    from_on, to_on = parse_day(typed.valid_from_on), parse_day(typed.valid_to_on)
    problems = {
        name: _("请写在 %(most)d 字以内。", most=MAX_PARTICULAR_CHARACTERS)
        for name in _TEXTS
        if len(getattr(typed, name)) > MAX_PARTICULAR_CHARACTERS
    }
    if typed.sheets and sheets is None:
        problems["sheets"] = _("张数应为 1 至 %(most)d 的整数。", most=MOST_SHEETS)
    problems |= {
        name: _("看不懂这个日期，请写成 2023-05-18 或 2023年5月18日。")
        for name, text, meant in (
            ("valid_from_on", typed.valid_from_on, from_on),
            ("valid_to_on", typed.valid_to_on, to_on),
        )
        if text and meant is None
    }
    if from_on and to_on and to_on < from_on:
        problems["valid_to_on"] = _("有效期止日早于起日。")
    return _meant(typed, sheets, from_on, to_on), problems


def _meant(typed: TypedParticulars, sheets: int | None, from_on: date | None, to_on: date | None) -> Particulars:
    return Particulars(
        doc_no=typed.doc_no,
        author=typed.author,
        side=_chosen(PartySide.UNKNOWN, typed.side),
        medium=_chosen(ItemMedium.PAPER, typed.medium),
        sheets=sheets,
        is_annex=bool(typed.is_annex),
        retention_code=typed.retention_code or None,
        valid_from_on=from_on,
        valid_to_on=to_on,
        year_note=typed.year_note,
        remark=typed.remark,
    )


def _sheets(typed: str) -> int | None:
    digits = fold_width(typed).strip().removesuffix("张").strip()
    return int(digits) if digits.isdecimal() and len(digits) <= len(str(MOST_SHEETS)) and int(digits) >= 1 else None


def _chosen(otherwise: _Choice, typed: str) -> _Choice:
    return next((choice for choice in type(otherwise) if choice.value == typed), otherwise)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
