"""Reading the values that people write after a field name: years, days, amounts, and ranges of them.

Every reader returns the stretch of values that is meant, or None where the text is no such value; the caller then
takes it literally.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Generic, TypeVar

Value = TypeVar("Value", int, Decimal, date)

FEN = Decimal("0.01")
LONGEST_VALUE = 64
"""Characters; nothing that is a value is longer."""

_COMPARISON = re.compile(r"(>=|<=|=>|=<|≥|≤|>|<|=)(.+)")
_BETWEEN = re.compile(r"\.{2,}|至|到|~|∼|—+")
_HYPHEN = re.compile(r"-")
_COUNT = re.compile(r"([0-9]{1,6})页?")
_YEAR = re.compile(r"([0-9]{4})(?:年度?)?")
_AMOUNT = re.compile(r"(?:¥|rmb|cny)?([0-9]{1,15}(?:\.[0-9]{1,6})?)(万亿|亿|万|千)?(?:元|圆|yuan)?")
_MULTIPLES = {None: 1, "千": 1_000, "万": 10_000, "亿": 100_000_000, "万亿": 1_000_000_000_000}
_DAY = re.compile(r"([0-9]{4})(?:[-/.年]([0-9]{1,2})(?:[-/.月]([0-9]{1,2})日?|月)?|年)?")
_COMPACT_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})?")


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
    """``438,000.00``, ``10万..50万``, ``>=1.5亿元``, ``¥10000至20000``; in yuan."""
    return _read(written.replace(",", "").replace("，", ""), _AMOUNTS)


def read_days(written: str) -> Interval[date] | None:
    """``2023``, ``2023-05``, ``2023年5月18日``, ``20230518``, ``2023-05..2023-08``, ``>2023-05-18``."""
    return _read(written, _DAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind(Generic[Value]):
    single: Callable[[str], Interval[Value] | None]
    """One value as a stretch with both ends: a year of days, a month of days, one amount."""
    before: Callable[[Value], Value]
    after: Callable[[Value], Value]
    separators: tuple[re.Pattern[str], ...]


def _read(written: str, kind: _Kind[Value]) -> Interval[Value] | None:
    if len(written) > LONGEST_VALUE:
        return None
    plain = "".join(unicodedata.normalize("NFKC", written.replace("…", "..")).casefold().split())
    compared = _COMPARISON.fullmatch(plain)
    if compared:
        return _compared(compared[1], kind.single(compared[2]), kind)
    return kind.single(plain) or _between(plain, kind)


def _compared(sign: str, value: Interval[Value] | None, kind: _Kind[Value]) -> Interval[Value] | None:
    if value is None or value.low is None or value.high is None:
        return None
    match sign:
        case ">":
            return Interval(kind.after(value.high), None)
        case "<":
            return Interval(None, kind.before(value.low))
        case ">=" | "=>" | "≥":
            return Interval(value.low, None)
        case "<=" | "=<" | "≤":
            return Interval(None, value.high)
        case _:
            return value


def _between(plain: str, kind: _Kind[Value]) -> Interval[Value] | None:
    for separator in kind.separators:
        ends = separator.split(plain)
        if len(ends) == 2:
            return _from_to(ends[0], ends[1], kind)
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
    match = _AMOUNT.fullmatch(plain)
    if not match:
        return None
    amount = (Decimal(match[1]) * _MULTIPLES[match[2]]).quantize(FEN)
    return Interval(amount, amount) if amount < _MORE_THAN_ANYONE_HAS else None


_MORE_THAN_ANYONE_HAS = Decimal(10) ** 16
"""Amounts are stored as whole fen in 64 bits."""


def _days(plain: str) -> Interval[date] | None:
    match = _COMPACT_DAY.fullmatch(plain) or _DAY.fullmatch(plain)
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        return _calendar_days(year or 0, month, day)
    except ValueError:
        return None


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
    single=_amount, before=lambda sum_: sum_ - FEN, after=lambda sum_: sum_ + FEN, separators=(_BETWEEN, _HYPHEN)
)
_DAYS: _Kind[date] = _Kind(single=_days, before=_day_before, after=_day_after, separators=(_BETWEEN,))
