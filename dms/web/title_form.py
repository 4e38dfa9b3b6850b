"""The forms of title documents: what a person typed, and what it means."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from flask import request
from werkzeug.datastructures import MultiDict

from dms.custody.titles import (
    Count,
    FoundBesides,
    LineChecked,
    TitleFactInvalid,
    TitleRequestStated,
    TitleStated,
)
from dms.domain.amount import parse_amount
from dms.domain.day import parse_day
from dms.domain.glyph import fold_width
from dms.domain.safe import StockTakeLine
from dms.domain.title_document import TitleFacts
from dms.domain.title_request import TitleUse
from dms.domain.title_slip import LineCheck, SlipLine
from dms.errors import Bilingual

ALL_AGREE = "all"
"""The button which says of every line that it agrees, unless something else is ticked."""
BESIDES = 3
"""How many things found besides one form takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedTitle:
    """The form of a title document as text; every attribute is the name of a field."""

    kind_code: str = ""
    name: str = ""
    certificate_no: str = ""
    right_holder: str = ""
    quantity: str = "1"
    value: str = ""
    issuer: str = ""
    issued_on: str = ""
    remark: str = ""
    item_id: str = ""


def title_typed_in(form: MultiDict[str, str]) -> TypedTitle:
    """The form of a title document as it was sent."""
    return TypedTitle(**{field.name: form.get(field.name, "").strip() for field in fields(TypedTitle)})


def title_typed(typed: TypedTitle) -> TitleStated:
    """What was typed, as it is meant; raises `TitleFactInvalid` for what cannot be read."""
    facts = TitleFacts(
        kind_code=typed.kind_code,
        name=typed.name,
        certificate_no=typed.certificate_no,
        right_holder=typed.right_holder,
        quantity=whole(typed.quantity, "份数", "quantity"),
        value=_amount(typed.value),
        issuer=typed.issuer,
        issued_on=day_typed(typed.issued_on, "发证日期", "day of issue"),
        remark=typed.remark,
    )
    return TitleStated(facts=facts, item_id=typed.item_id)


def request_typed() -> TitleRequestStated:
    """The request that was typed; raises `TitleFactInvalid` for what cannot be read."""
    use = request.form.get("use", "")
    return TitleRequestStated(
        use=TitleUse(use) if use in set(TitleUse) else TitleUse.OUTSIDE,
        purpose=said("purpose"),
        recipient=said("recipient"),
        quantity=whole(said("quantity"), "份数", "quantity"),
        due_on=day_typed(said("due_on"), "归还日期", "day by which it is back"),
    )


def checks_typed(lines: tuple[SlipLine, ...]) -> list[LineChecked]:
    """What was ticked of each line; a line of which nothing was said is left out."""
    everything = request.form.get("checks") == ALL_AGREE
    found = ((line, _check_typed(line.id, everything=everything)) for line in lines)
    return [LineChecked(line_id=line.id, check=check) for line, check in found if check is not None]


def count_typed(lines: tuple[StockTakeLine, ...]) -> Count:
    """What was counted of each line, and what lay there besides; raises `TitleFactInvalid` for no number."""
    counted = {line.id: said(f"counted-{line.id}") for line in lines}
    besides = [
        FoundBesides(
            name=said(f"besides-name-{row}"),
            certificate_no=said(f"besides-number-{row}"),
            counted=whole(said(f"besides-counted-{row}") or "1", "实有数", "number counted"),
        )
        for row in range(1, BESIDES + 1)
        if said(f"besides-name-{row}") or said(f"besides-number-{row}")
    ]
    read = {line_id: whole(text, "实有数", "number counted") for line_id, text in counted.items() if text}
    return Count(counted=read, besides=besides)


def explanations_typed(lines: tuple[StockTakeLine, ...]) -> dict[int, str]:
    """What was said of each difference, by id of the line."""
    asked = (line for line in lines if f"explanation-{line.id}" in request.form)
    return {line.id: said(f"explanation-{line.id}") for line in asked}


def said(name: str) -> str:
    """A field as it was sent, without blanks around it."""
    return request.form.get(name, "").strip()


def whole(text: str, zh: str, en: str) -> int:
    """A whole number; raises `TitleFactInvalid`."""
    return _read(int, fold_width(text), zh, en, "整数", "a whole number")


def day_typed(text: str, zh: str, en: str) -> date | None:
    """A day, None for an empty field; raises `TitleFactInvalid`."""
    if not text:
        return None
    read = parse_day(fold_width(text))
    if read is None:
        raise _unreadable(zh, en, "日期，例如 2026-03-06", "a day such as 2026-03-06")
    return read


def _check_typed(line_id: int, *, everything: bool) -> LineCheck | None:
    said_of = request.form.get(f"check-{line_id}", "agrees" if everything else "")
    if not said_of:
        return None
    wrong = set(request.form.getlist(f"wrong-{line_id}")) if said_of == "differs" else set()
    nothing_named = said_of == "differs" and not wrong
    return LineCheck(
        name="name" not in wrong,
        number="number" not in wrong,
        quantity="quantity" not in wrong and not nothing_named,
        difference=said(f"difference-{line_id}"),
    )


def _amount(text: str) -> Decimal | None:
    if not text:
        return None
    read = parse_amount(text)
    if read is None:
        raise _unreadable("价值", "value", "金额，例如 3,600,000.00 或 360万", "an amount such as 3,600,000.00")
    return read


def _read(reader: Callable[[str], int], text: str, zh: str, en: str, wanted_zh: str, wanted_en: str) -> int:
    try:
        return reader(text)
    except ValueError as error:
        raise _unreadable(zh, en, wanted_zh, wanted_en) from error


def _unreadable(zh: str, en: str, wanted_zh: str, wanted_en: str) -> TitleFactInvalid:
    return TitleFactInvalid(
        Bilingual(f"看不懂{zh}。", f"The {en} cannot be read."),
        Bilingual(f"请填写{wanted_zh}。", f"Give {wanted_en}."),
    )
