"""The forms of a request: what a person typed, and what it means."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import request
from werkzeug.datastructures import MultiDict

from dms.custody.lending import RequestFactInvalid, RequestStated
from dms.domain.day import parse_day
from dms.domain.glyph import fold_width
from dms.domain.lending import RequestState, UseKind
from dms.errors import Bilingual
from dms.store import RequestFilter


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedRequest:
    """The form of a request as text; every attribute is the name of a field."""

    kind: str = UseKind.LOOK.value
    purpose: str = ""
    papers: str = ""
    """Ids and codes, between white space."""
    described: str = ""
    days: str = "7"
    copies: str = "1"
    department: str = ""
    outside_party: str = ""


def request_typed_in(form: MultiDict[str, str]) -> TypedRequest:
    """The form as it was sent; papers that were ticked stand beside those that were typed."""
    ticked = " ".join(form.getlist("paper"))
    fields = ("kind", "purpose", "described", "days", "copies", "department", "outside_party")
    typed = {name: form.get(name, "").strip() for name in fields}
    return TypedRequest(**typed, papers=" ".join(filter(None, (ticked, form.get("papers", "").strip()))))


def request_typed(typed: TypedRequest) -> RequestStated:
    """What the form asks for; raises `RequestFactInvalid`."""
    return RequestStated(
        kind=UseKind(typed.kind) if typed.kind in set(UseKind) else UseKind.LOOK,
        purpose=typed.purpose,
        papers=typed.papers.split(),
        described=typed.described,
        days=number_typed(typed.days),
        copies=number_typed(typed.copies or "1"),
        department=typed.department,
        outside_party=typed.outside_party,
    )


def number_typed(text: str) -> int:
    """The whole number; raises `RequestFactInvalid`."""
    folded = fold_width(text).strip()
    if not (folded.isascii() and folded.isdecimal()) or len(folded) > 6:  # more is no count of anything
        raise RequestFactInvalid(
            Bilingual(f"“{text}”不是整数。", f"“{text}” is no whole number."),
            Bilingual("请填写整数，例如 7。", "Give a whole number, for example 7."),
        )
    return int(folded)


def day_typed(text: str) -> date:
    """The day; raises `RequestFactInvalid`."""
    found = parse_day(fold_width(text))
    if found is None:
        raise RequestFactInvalid(
            Bilingual(f"“{text}”不是日期。", f"“{text}” is no date."),
            Bilingual("请按 2026-03-31 的格式填写。", "Write it as 2026-03-31."),
        )
    return found


def register_asked() -> RequestFilter:
    """Which requests the address asks for."""
    kind, year = request.args.get("kind", ""), request.args.get("year", type=int)
    states: Sequence[str] = request.args.getlist("state")
    return RequestFilter(
        kind=UseKind(kind) if kind in set(UseKind) else None,
        year=year,
        states=frozenset(RequestState(each) for each in states if each in set(RequestState)),
        words=request.args.get("words", "").strip(),
    )
