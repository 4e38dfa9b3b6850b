"""The amounts and dates that running text names, and those that a query asks for.

Invariants:
- Offsets are those of the raw text of the page, so that a mention can be marked where it stands.
- An amount is whole fen, low and high the same; a date is the stretch of days that it covers, as `date.toordinal`.
- What a query asks for is read by the same rules as the text, so whatever is copied off a page is asked for as meant.
- A value that the end of a line or of a page cuts in two is read whole. Of a day the pieces are then no values; of an
  amount they are, for they may be two cells.

Deliberately not read: a month and day without a year, and years of two digits unless 月 and 日 or the name of a month
stand with them; amounts with a minus; 角 and 分 in words alone; integers of fewer than four or more than nine
digits without 元 or currency sign; amounts in the one-digit boxes of forms.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias, TypeVar

from dms.domain.amount import NUMERALS
from dms.domain.criterion import Mention, MentionKind
from dms.search.amount_mention import AmountMention, amount_written, amounts_in
from dms.search.day_mention import days_in
from dms.search.day_stretch import DayMention

Stretch: TypeAlias = tuple[int, int]
_Found = TypeVar("_Found", DayMention, AmountMention)

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
# Lines of running text go on; a number that fills its cell has nothing before or behind it.
_PIECE = r"[0-9.,\-/]"
_CUT_BY_LINE = re.compile(rf"\n(?<={_PIECE}\n)(?={_PIECE})")
_PIECE_BEFORE = re.compile(rf"[^\s0-9.,\-/]{_PIECE}{{1,16}}\Z")
_PIECE_BEHIND = re.compile(rf"{_PIECE}{{1,16}}[^\s0-9.,\-/]")
_CERTAINLY_CUT = re.compile(r"[,.]\n|,[0-9]{1,2}\n|\n[,.]")
_LONGEST_PIECE = 17
_SHORTEST_BARE = 6
"""Characters of the pieces of a number, one before and one behind it included, that is a value without any sign."""
_SIGN_OF_VALUE = frozenset(",.-/¥￥元圆圓万萬亿億")
_SHORTEST_DAY = 10
"""The same of a day in eight figures."""
_MARKS_OF_DAY, _DASHES_OF_DAY = frozenset(".-/"), frozenset("-/")
_LOOK_AROUND = 24
"""Characters beside a cut in which the rest of a value stands."""
_MAY_BE_CUT = frozenset(f"0123456789０１２３４５６７８９{NUMERALS}年月日号元圆圓.,，．-－/")
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


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionedAcross:
    """A value from `start` of the page with this index to `end` of a later one, with nothing but its ends between."""

    kind: MentionKind
    low: int
    high: int
    page: int
    start: int
    next_page: int
    end: int


def mentions(text: str) -> Iterator[Mentioned]:
    """Every amount and date that the raw text of a page names, however written: dates first, then amounts.

    None of them overlap, but a number in a table may be two amounts, in yuan and in the 万元 of its head, a date in
    figures two days, and a number that may be broken both whole and in pieces. The time taken is in proportion to the
    length, whatever the text is.
    """
    narrow = half_width(text)
    cut = _cut_by_lines(narrow)
    return _named(_days(days_in(narrow), cut), _amounts(amounts_in(narrow), cut, narrow))


def mentions_asked_for(text: str, asked: Sequence[Mention]) -> Iterator[Mentioned]:
    """Those of `mentions` that are asked for, without reading what cannot be among them."""
    narrow = half_width(text)
    asked_days = [one for one in asked if one.kind is MentionKind.DAY]
    asked_amounts = [one for one in asked if one.kind is MentionKind.AMOUNT]
    cut = _cut_by_lines(narrow)
    read = amounts_in(narrow, partial(_are_met, asked_amounts)) if asked_amounts else ()
    amounts = [amount for amount in _amounts(read, cut, narrow) if _are_met(asked_amounts, amount.fen)]
    dates = _days(days_in(narrow), cut) if asked_days or amounts else []
    for found in _named(dates, amounts):
        if found.kind is MentionKind.AMOUNT or _are_met(asked_days, found.low, found.high):
            yield found


def mentions_across(pages: Sequence[str]) -> Iterator[MentionedAcross]:
    """Every value that begins at the end of one page and ends at the beginning of the next that is not empty."""
    last: int | None = None
    for page, text in enumerate(pages):
        if not text or text.isspace():
            continue
        if last is not None:
            yield from _between_pages(pages, last, page)
        last = page


def _between_pages(pages: Sequence[str], page: int, next_page: int) -> Iterator[MentionedAcross]:
    before, behind = pages[page].rstrip(), pages[next_page].lstrip()
    if before[-1] not in _MAY_BE_CUT or behind[0] not in _MAY_BE_CUT:
        return
    tail, head = half_width(before[-_LOOK_AROUND:]), half_width(behind[:_LOOK_AROUND])
    begin, shift = len(before) - len(tail), len(pages[next_page]) - len(behind) - len(tail)
    for one in _named(list(days_in(tail + head)), amounts_in(tail + head)):
        if one.start < len(tail) < one.end:
            yield MentionedAcross(
                kind=one.kind,
                low=one.low,
                high=one.high,
                page=page,
                start=begin + one.start,
                next_page=next_page,
                end=shift + one.end,
            )


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


def _cut_by_lines(narrow: str) -> list[DayMention | AmountMention]:
    """The values that the end of a line cuts in two, where text stands before and behind them."""
    return [one for cut in _CUT_BY_LINE.finditer(narrow) for one in _around(narrow, cut.start())]


def _around(narrow: str, cut: int) -> Iterator[DayMention | AmountMention]:
    before = _PIECE_BEFORE.search(narrow, max(0, cut - _LONGEST_PIECE), cut)
    behind = _PIECE_BEHIND.match(narrow, cut + 1)
    if not before or not behind:
        return
    piece = narrow[before.start() : cut] + narrow[cut + 1 : behind.end()]
    if len(piece) < _SHORTEST_BARE and _SIGN_OF_VALUE.isdisjoint(piece):
        return  # 12 台
    if piece[-1] in "年月日" and piece[1:-1].isdecimal():
        return  # which the patterns of dates bear with themselves
    begin = max(narrow.rfind("\n", 0, cut) + 1, before.start() - _LOOK_AROUND)
    tail = narrow[begin:cut]
    whole = tail + narrow[cut + 1 : behind.end() + _LOOK_AROUND].partition("\n")[0]
    for day in () if _MARKS_OF_DAY.isdisjoint(piece) and len(piece) < _SHORTEST_DAY else days_in(whole):
        if day.start < len(tail) < day.end:
            yield day._replace(start=begin + day.start, end=begin + day.end + 1)
    for amount in amounts_in(whole) if _DASHES_OF_DAY.isdisjoint(piece) else ():
        if amount.start < len(tail) < amount.end:
            yield amount._replace(start=begin + amount.start, end=begin + amount.end + 1)


def _days(read: Iterable[DayMention], cut: Sequence[DayMention | AmountMention]) -> list[DayMention]:
    """The dates of a text: those that were cut whole, and of those read line by line what is no piece of them."""
    whole = [one for one in cut if isinstance(one, DayMention)]
    stretches = sorted((one.start, one.end) for one in whole)
    return [*_apart_from(stretches, read), *whole]


def _amounts(
    read: Iterable[AmountMention], cut: Sequence[DayMention | AmountMention], narrow: str
) -> Iterator[AmountMention]:
    """The same of amounts; the pieces stay where they may be two numbers, as ``43`` and ``8,000.00`` may."""
    whole = [one for one in cut if isinstance(one, AmountMention)]
    stretches = sorted(
        (one.start, one.end) for one in whole if _CERTAINLY_CUT.search(narrow, max(0, one.start - 1), one.end)
    )
    yield from _apart_from(stretches, read)
    yield from whole


def _apart_from(stretches: Sequence[Stretch], found: Iterable[_Found]) -> Iterable[_Found]:
    if not stretches:
        return found
    return (one for one in found if not _overlaps(one.start, one.end, stretches))


def _named(dates: Sequence[DayMention], amounts: Iterable[AmountMention]) -> Iterator[Mentioned]:
    for first, last, start, end in dates:
        yield Mentioned(kind=MentionKind.DAY, low=first, high=last, start=start, end=end)
    stretches = sorted((start, end) for _, _, start, end in dates)
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
