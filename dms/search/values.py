"""Reading the values that people write after a field name: years, days, amounts, and ranges of them.

Invariants:
- Every reader returns the stretch of values that is meant, or None where the text is no such value; the caller then
  takes it literally.
- Amounts and days are read in every form in which `dms.search.mentioning` finds them in running text.
- 以上, 以下 and 以内 include the value itself, 超过 and 不满 do not (Civil Code, article 1259); nor do 前 and 后.
- A minus before a value makes it no value: what is below nought is not recorded, and is no range without a beginning.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Generic, TypeVar

from dms.search.amount_mention import amount_written
from dms.search.day_mention import days_in
from dms.search.figures import FEN_A_YUAN

Value = TypeVar("Value", int, Decimal, date)

FEN = Decimal("0.01")
LONGEST_VALUE = 64
"""Characters; nothing that is a value is longer."""

_COMPARISON = re.compile(r"(>=|<=|=>|=<|[≥≧⩾]|[≤≦⩽]|>|<|=)(.+)")
_COMPARISON_IN_WORDS = (
    (
        ">=",
        re.compile(
            r"(?:不低于|不少于|不小于|不早于|大于或?等于|至少)(.+)|自?(.+?)(?:及?(?:\(含\))?以上|起(?:至今)?|以后|以来|至今)"
        ),
    ),
    (
        "<=",
        re.compile(
            r"(?:不超过|不高于|不多于|不大于|不晚于|小于或?等于|至多|最多|截[至止])(.+)|(.+?)(?:及?(?:\(含\))?以[下内]|止|以前)"
        ),
    ),
    (">", re.compile(r"(?:超过|高于|多于|大于|晚于)(.+)|(.+?)之?后")),
    ("<", re.compile(r"(?:低于|少于|小于|早于|不足|不满|未满)(.+)|(.+?)之?前")),
)
_DOTS = re.compile(r"\.{2,}")
_BETWEEN = re.compile(r"\.{2,}|至|到|~|∼|[—–]+")
_HYPHEN = re.compile(r"(?<!\A)-")
_COUNT = re.compile(r"([0-9]{1,6})页?")
_YEAR = re.compile(r"([0-9]{4})(?:年度?)?")
_DAY = re.compile(
    r"(?P<year>[0-9]{4})(?:(?P<mark>[-/.年])(?P<month>[0-9]{1,2})(?:(?:(?P=mark)|月)(?P<day>[0-9]{1,2})日?|月份?)?|年)?"
)
_MONTHS_OF_YEAR = re.compile(
    r"(?P<year>[0-9]{4})[./年](?P<month>[0-9]{1,2})月?(?:[-~∼–—]|至|到)(?P<last>[0-9]{1,2})(?:月份?)?"
)
_COMPACT_DAY = re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})?")


@dataclass(frozen=True, slots=True)
class Interval(Generic[Value]):
    """First and last value, both included; None leaves a side open."""

    low: Value | None
    high: Value | None


def read_years(written: str) -> Interval[int] | None:
    """``2023``, ``2023年度``, ``2021..2023``, ``2021-2023``, ``>=2021``, ``..2023``."""
    return _read(written, _YEARS)


def read_counts(written: str) -> Interval[int] | None:
    """``12``, ``12页``, ``10..20``, ``>100``."""
    return _read(written, _COUNTS)


def read_amounts(written: str) -> Interval[Decimal] | None:
    """``438,000.00``, ``10万..50万``, ``>=1.5亿元``, ``¥10000至20000``, ``十万元至五十万元``, ``10-50万元``; in yuan.

    Except between two points, the first number of a range has the 万 of the last: ``10至50万`` is 100,000 to 500,000.
    """
    return _read(written.replace(",", "").replace("，", ""), _AMOUNTS)


def read_days(written: str) -> Interval[date] | None:
    """``2023``, ``2023-05``, ``二〇二三年五月十八日``, ``20230518``, ``>2023-05-18``, ``2023-05..2023-08``.

    A year and a month stand for all of their days; the end of a range may leave out the year: ``2023年5月至8月``.
    """
    return _read(written, _DAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind(Generic[Value]):
    single: Callable[[str], Interval[Value] | None]
    """One value as a stretch with both ends: a year of days, a month of days, one amount."""
    before: Callable[[Value], Value]
    after: Callable[[Value], Value]
    separators: tuple[re.Pattern[str], ...]
    with_unit_of: Callable[[str, str], str] = lambda first, last: first
    """The first end of a range, with the unit that stands behind the last one only."""


def _read(written: str, kind: _Kind[Value]) -> Interval[Value] | None:
    if len(written) > LONGEST_VALUE:
        return None
    plain = "".join(unicodedata.normalize("NFKC", written.replace("…", "..")).casefold().split())
    plain = plain.removeprefix("从") if "到" in plain or "至" in plain else plain
    sign, value = _comparison(plain)
    return _compared(sign, kind.single(value), kind) if sign else kind.single(plain) or _between(plain, kind)


def _comparison(plain: str) -> tuple[str, str]:
    """The sign of a comparison, in signs or in words, and the value compared with; no sign for anything else."""
    in_signs = _COMPARISON.fullmatch(plain)
    if in_signs:
        return in_signs[1], in_signs[2]
    for sign, words in _COMPARISON_IN_WORDS:
        in_words = words.fullmatch(plain)
        if in_words:
            return sign, in_words[1] or in_words[2]
    return "", plain


def _compared(sign: str, value: Interval[Value] | None, kind: _Kind[Value]) -> Interval[Value] | None:
    if value is None or value.low is None or value.high is None:
        return None
    match sign:
        case ">":
            return Interval(kind.after(value.high), None)
        case "<":
            return Interval(None, kind.before(value.low))
        case ">=" | "=>" | "≥" | "≧" | "⩾":
            return Interval(value.low, None)
        case "<=" | "=<" | "≤" | "≦" | "⩽":
            return Interval(None, value.high)
        case _:
            return value


def _between(plain: str, kind: _Kind[Value]) -> Interval[Value] | None:
    for separator in kind.separators:
        ends = separator.split(plain)
        if len(ends) == 2:
            first = ends[0] if _DOTS.search(plain) else kind.with_unit_of(*ends)
            return _from_to(first, ends[1], kind)
    return None


def _from_to(first: str, last: str, kind: _Kind[Value]) -> Interval[Value] | None:
    low, high = kind.single(first), kind.single(last)
    if (first and not low) or (last and not high) or not (first or last):
        return None
    if low and high and _is_after(low, high):
        low, high = high, low
    return Interval(low.low if low else None, high.high if high else None)


def _is_after(first: Interval[Value], second: Interval[Value]) -> bool:
    return first.low is not None and second.low is not None and first.low > second.low


def _year(plain: str) -> Interval[int] | None:
    match = _YEAR.fullmatch(plain)
    return Interval(int(match[1]), int(match[1])) if match else None


def _count(plain: str) -> Interval[int] | None:
    match = _COUNT.fullmatch(plain)
    return Interval(int(match[1]), int(match[1])) if match else None


def _amount(plain: str) -> Interval[Decimal] | None:
    fen = amount_written(plain)
    if fen is None:
        return None
    amount = (Decimal(fen) / FEN_A_YUAN).quantize(FEN)
    return Interval(amount, amount)


def _with_scale_of(first: str, last: str) -> str:
    """``10`` with the 万元 of ``50万元``, unless it would then be the greater one: in ``5000至1万`` it has none."""
    scale = _SCALE_AT_END.search(last)
    scaled, end = amount_written(first + scale[0]) if scale else None, amount_written(last)
    is_meant = scale and _BARE_NUMBER.fullmatch(first) and scaled is not None and end is not None and scaled <= end
    return first + scale[0] if scale and is_meant else first


_SCALE_AT_END = re.compile(r"(?:万亿|[百千]?万|亿|千)元?")
_BARE_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?|[一二两三四五六七八九十]+")


def _days(plain: str) -> Interval[date] | None:
    months = _MONTHS_OF_YEAR.fullmatch(plain)
    if months:
        ends = (_days(f"{months['year']}-{months[month]}") for month in ("month", "last"))
        return _from_first_to_last(*ends)
    match = _COMPACT_DAY.fullmatch(plain) or _DAY.fullmatch(plain)
    if not match:
        return _days_as_in_text(plain)
    year, month, day = (int(part) if part else None for part in match.group("year", "month", "day"))
    try:
        return _calendar_days(year or 0, month, day)
    except ValueError:
        return None


def _from_first_to_last(first: Interval[date] | None, last: Interval[date] | None) -> Interval[date] | None:
    return Interval(first.low, last.high) if first and last and not _is_after(first, last) else None


def _days_as_in_text(plain: str) -> Interval[date] | None:
    """A date in any form that running text has, or two of them as first and last: ``2023年5月18日至6月1日``."""
    found = list(days_in(plain))
    if not found or found[0].start or found[-1].end != len(plain) or len(found) > 2:
        return None
    if len(found) == 2 and not _LINK.fullmatch(plain, found[0].end, found[1].start):
        return None
    return Interval(date.fromordinal(found[0].first), date.fromordinal(found[-1].last))


_LINK = re.compile(r"起?(?:至|到|[-~∼—]+)[同当本次翌]?年?")


def _calendar_days(year: int, month: int | None, day: int | None) -> Interval[date]:
    """The days of a year, a month or one day; raises ValueError for what no calendar has."""
    if month is None:
        return Interval(date(year, 1, 1), date(year, 12, 31))
    if day is None:
        first = date(year, month, 1)
        return Interval(first, first.replace(day=monthrange(year, month)[1]))
    return Interval(date(year, month, day), date(year, month, day))


def _day_after(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)


def _day_before(day: date) -> date:
    return day if day == date.min else day - timedelta(days=1)


_YEARS: _Kind[int] = _Kind(
    single=_year, before=lambda year: year - 1, after=lambda year: year + 1, separators=(_BETWEEN, _HYPHEN)
)
_COUNTS: _Kind[int] = _Kind(
    single=_count, before=lambda count: count - 1, after=lambda count: count + 1, separators=(_BETWEEN, _HYPHEN)
)
_AMOUNTS: _Kind[Decimal] = _Kind(
    single=_amount,
    before=lambda sum_: sum_ - FEN,
    after=lambda sum_: sum_ + FEN,
    separators=(_BETWEEN, _HYPHEN),
    with_unit_of=_with_scale_of,
)
_DAYS: _Kind[date] = _Kind(single=_days, before=_day_before, after=_day_after, separators=(_BETWEEN, _HYPHEN))
