"""The forms of a hand-over: what a person typed about a batch, a line or the check, and what it means."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from werkzeug.datastructures import MultiDict

from dms.domain.day import parse_day
from dms.domain.glyph import fold_width
from dms.domain.item import CopyKind, ItemMedium
from dms.domain.transfer import DeadlineRule, TransferBatch, TransferLine
from dms.errors import Bilingual
from dms.filing.transferring import LineStated, LineTick, TransferFactInvalid, TransferStated

THERE, MISSING = "there", "missing"
ALL_THERE = "all"
"""The button that ticks every line which nobody has ticked yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedTransfer:
    """The form of a batch as text; every attribute is the name of a field."""

    from_department: str = ""
    from_person: str = ""
    rule_code: str = ""
    begun_on: str = ""
    year: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedLine:
    """The form of a line as text; every attribute is the name of a field."""

    title: str = ""
    contract_no: str = ""
    copy_kind: str = CopyKind.UNKNOWN.value
    pages: str = ""
    sheets: str = ""
    medium: str = ItemMedium.PAPER.value


def transfer_typed_in(form: MultiDict[str, str]) -> TypedTransfer:
    """The form of a batch as it was sent."""
    return TypedTransfer(**{field.name: form.get(field.name, "").strip() for field in fields(TypedTransfer)})


def transfer_as_typed(batch: TransferBatch) -> TypedTransfer:
    """The form of a batch filled with what is known."""
    return TypedTransfer(
        from_department=batch.from_department,
        from_person=batch.from_person,
        rule_code=batch.rule_code,
        begun_on=batch.begun_on.isoformat(),
        year=str(batch.year),
        remark=batch.remark,
    )


def transfer_typed(typed: TypedTransfer) -> TransferStated:
    """What the form of a batch means; raises `TransferFactInvalid` for a day or a year that is none."""
    return TransferStated(
        from_department=typed.from_department,
        from_person=typed.from_person,
        rule_code=typed.rule_code,
        begun_on=day_typed(typed.begun_on) if typed.begun_on else None,
        year=_count(typed.year),
        remark=typed.remark,
    )


def line_typed_in(form: MultiDict[str, str]) -> TypedLine:
    """The form of a line as it was sent."""
    return TypedLine(**{field.name: form.get(field.name, "").strip() for field in fields(TypedLine)})


def line_typed(typed: TypedLine) -> LineStated:
    """What the form of a line means; raises `TransferFactInvalid` for a count that is none."""
    return LineStated(
        title=typed.title,
        contract_no=typed.contract_no,
        copy_kind=CopyKind(typed.copy_kind) if typed.copy_kind in set(CopyKind) else CopyKind.UNKNOWN,
        pages=_count(typed.pages),
        sheets=_count(typed.sheets),
        medium=ItemMedium(typed.medium) if typed.medium in set(ItemMedium) else ItemMedium.PAPER,
    )


def ticks_typed(form: MultiDict[str, str], lines: Sequence[TransferLine]) -> list[LineTick]:
    """What the form of a check says about each line that it asks about."""
    all_there = form.get("ticks") == ALL_THERE
    return [
        LineTick(line_id=line.id, ticked=_tick(form, line, all_there=all_there), difference=_said(form, line))
        for line in lines
    ]


def rule_typed(form: MultiDict[str, str]) -> DeadlineRule:
    """The deadline rule that a form means; raises `TransferFactInvalid` for a count that is none."""
    span = _count(form.get("span", "")) or 0
    unit = form.get("unit", "")
    return DeadlineRule(
        code=form.get("code", ""),
        zh=form.get("zh", ""),
        en=form.get("en", "") or form.get("zh", ""),
        months=span if unit == "months" else 0,
        days=span if unit == "days" else 0,
        working_days=span if unit == "working_days" else 0,
    )


def day_typed(text: str) -> date:
    """The day that was typed; raises `TransferFactInvalid`."""
    day = parse_day(text)
    if day is None:
        raise TransferFactInvalid(
            Bilingual(f"“{text}”不是一个日期。", f"“{text}” is no day."),
            Bilingual("请按 2026-12-31 的样子填写。", "Write it like 2026-12-31."),
        )
    return day


def _tick(form: MultiDict[str, str], line: TransferLine, *, all_there: bool) -> bool | None:
    said = form.get(f"tick-{line.id}", "")
    if said in {THERE, MISSING}:
        return said == THERE
    return True if all_there else None


def _count(text: str) -> int | None:
    folded = fold_width(text).strip()
    if folded and not (folded.isascii() and folded.isdecimal() and len(folded) < 10):
        raise TransferFactInvalid(
            Bilingual(f"“{text}”不是一个整数。", f"“{text}” is no whole number."),
            Bilingual("请只填数字。", "Give digits only."),
        )
    return int(folded) if folded else None


def _said(form: MultiDict[str, str], line: TransferLine) -> str:
    return form.get(f"difference-{line.id}", "")
