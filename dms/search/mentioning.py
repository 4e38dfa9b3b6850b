"""The amounts and dates that running text names, and those that a query asks for.

Invariants:
- Offsets are those of the raw text of the page, so that a mention can be marked where it stands.
- An amount is whole fen, low and high the same; a date is the stretch of days that it covers, as `date.toordinal`.
- What a query asks for is read by the same rules as the text, so whatever is copied off a page is asked for as meant.

Deliberately not read: a month and day without a year, and years of two digits unless 月 and 日 or the name of a month
stand with them; amounts with a minus; sums below one yuan in words alone; integers of fewer than four or more than nine
digits without 元 or currency sign; amounts in the one-digit boxes of forms.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from dms.domain.criterion import Mention, MentionKind
from dms.search.amount_mention import AmountMention, amount_written, amounts_in
from dms.search.day_mention import days_in
from dms.search.day_stretch import DayMention

Stretch: TypeAlias = tuple[int, int]

LONGEST_ASKED = 64
"""Characters; no amount or date that a person asks for is longer."""

# Text layers of PDF files put the radical where 月 or 日 itself is meant.
_RADICALS = dict(zip("⼀⼆⼋⼗⽇⽉⺝", "一二八十日月月", strict=True))
_DASHES = "−‐‑﹣─━ー"
_NARROWED = re.compile(f"[０-９．／－％Ａ-Ｚａ-ｚ{_DASHES}{''.join(_RADICALS)}]+")
_TO_HALF_WIDTH = (
    {wide: chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}
    | dict.fromkeys(map(ord, _DASHES), "-")
    | str.maketrans(_RADICALS)
)
_MAY_BEGIN_A_NAME = re.compile("[一二两三四五六七八九十][元圆]")
_CLEARLY_AN_AMOUNT = re.compile(r"[0-9]+\.[0-9]{1,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentioned:
    """A value that stands at ``[start, end)`` of a text."""

    kind: MentionKind
    low: int
    high: int
    start: int
    end: int


def mentions(text: str) -> Iterator[Mentioned]:
    """Every amount and date that the raw text of a page names, however written: dates first, then amounts.

    None of them overlap, but a number in a table may be two amounts, in yuan and in the 万元 of its head, and a date in
    figures two days. The time taken is in proportion to the length, whatever the text is.
    """
    narrow = half_width(text)
    return _named(list(days_in(narrow)), amounts_in(narrow))


def mentions_asked_for(text: str, asked: Sequence[Mention]) -> Iterator[Mentioned]:
    """Those of `mentions` that are asked for, without reading what cannot be among them."""
    narrow = half_width(text)
    asked_days = [one for one in asked if one.kind is MentionKind.DAY]
    asked_amounts = [one for one in asked if one.kind is MentionKind.AMOUNT]
    amounts = list(amounts_in(narrow, partial(_are_met, asked_amounts))) if asked_amounts else []
    dates = list(days_in(narrow)) if asked_days or amounts else []
    for found in _named(dates, amounts):
        if found.kind is MentionKind.AMOUNT or _are_met(asked_days, found.low, found.high):
            yield found


def mention_asked(written: str) -> Mention | None:
    """What a whole term asks for if it is an amount or a date, however written; None where it may be anything else.

    A bare year, a bare integer below 1000, what has the shape of a telephone or an account, one numeral with 元 (三元
    begins many names), and figures that are one day to some and another day to others (``05/06/2023``) are no mention.
    """
    term = half_width(written.strip())
    if len(term) > LONGEST_ASKED or _MAY_BEGIN_A_NAME.fullmatch(term):
        return None
    found = [one for one in mentions(term) if (one.start, one.end) == (0, len(term))]
    meant = {Mention(one.kind, one.low, one.high) for one in found}
    if meant:
        return meant.pop() if len(meant) == 1 else None
    fen = amount_written(term) if _CLEARLY_AN_AMOUNT.fullmatch(term) else None
    return None if fen is None else Mention(MentionKind.AMOUNT, fen, fen)


def _named(dates: Sequence[DayMention], amounts: Iterable[AmountMention]) -> Iterator[Mentioned]:
    for first, last, start, end in dates:
        yield Mentioned(kind=MentionKind.DAY, low=first, high=last, start=start, end=end)
    stretches = [(start, end) for _, _, start, end in dates]
    for fen, start, end in amounts:
        if not _overlaps(start, end, stretches):
            yield Mentioned(kind=MentionKind.AMOUNT, low=fen, high=fen, start=start, end=end)


def _are_met(asked: Sequence[Mention], low: int, high: int | None = None) -> bool:
    """Whether a value, or a stretch of values, lies within one of those asked for."""
    return any(one.low <= low and (low if high is None else high) <= one.high for one in asked)


def _overlaps(start: int, end: int, dates: Sequence[Stretch]) -> bool:
    """Whether part of a date was read as an amount: the ``12.31`` of ``2023.12.1至12.31``."""
    following = bisect_right(dates, (start, end))
    return (following < len(dates) and dates[following][0] < end) or (following > 0 and dates[following - 1][1] > start)


def half_width(text: str) -> str:
    """The text with full-width digits, letters and signs made half-width, and dashes of one kind; same length."""
    # Few pages have many of them; translating every character would take as long as reading the numbers.
    return _NARROWED.sub(lambda run: run.group().translate(_TO_HALF_WIDTH), text)
