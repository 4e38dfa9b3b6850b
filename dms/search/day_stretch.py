"""The stretch of days that a date covers: a day, a third of a month, a month, a quarter, half a year, a year.

Invariant: a stretch is first and last `date.toordinal`; only what the calendar has is one, and only of the years that
papers are from (`FIRST_YEAR` to `LAST_YEAR`).
"""

from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from dms.domain.day import FIRST_YEAR, LAST_YEAR

MONTHS = 12
MOST_DAYS = 31
MONTHS_A_QUARTER, MONTHS_A_HALF = 3, 6
THIRDS_OF_MONTHS = {"上": (1, 10), "中": (11, 20), "下": (21, None)}
"""First and last day of each 旬; None is the last day of the month."""
_PIVOT = 50

Days: TypeAlias = tuple[int, int]
"""First and last `date.toordinal`, both included."""


class DayMention(NamedTuple):
    """A day, or a stretch of days, that stands at ``[start, end)``, with its first and last day."""

    first: int
    last: int
    start: int
    end: int


@lru_cache(maxsize=4096)
def days_of(year: int, month: int | None, day: int | None) -> Days | None:
    """The days of a year, a month or one day; None for what no calendar or paper has."""
    if not FIRST_YEAR <= year <= LAST_YEAR or month == 0 or day == 0 or (month or 0) > MONTHS:
        return None
    last = day or monthrange(year, month or MONTHS)[1]
    if last > monthrange(year, month or MONTHS)[1]:
        return None
    return date(year, month or 1, day or 1).toordinal(), date(year, month or MONTHS, last).toordinal()


def days_of_months(year: int, number: int, months: int) -> Days | None:
    """The days of the `number`-th stretch of so many months of a year, counted from 1: its second quarter."""
    first, last = days_of(year, (number - 1) * months + 1, None), days_of(year, number * months, None)
    return (first[0], last[1]) if first and last else None


def days_of_third(year: int, month: int | None, third: str) -> Days | None:
    """The days of the 上旬, 中旬 or 下旬 of a month."""
    first_day, last_day = THIRDS_OF_MONTHS[third]
    first, last = days_of(year, month, first_day), days_of(year, month, last_day)
    return (first[0], last[1]) if first and last else None


def year_of_two_figures(year: int) -> int:
    """The year that its last two figures mean on a paper: 23 is 2023, 98 is 1998."""
    return year + (2000 if year < _PIVOT else 1900)
