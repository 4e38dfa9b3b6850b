"""Deadlines in working days and months; which day is a working day is asked of whoever knows the calendar.

The last day of a period that is no working day gives way to the next one (民法典 §203).
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

IsWorkingDay = Callable[[date], bool]
_FRIDAY = 5
_MONTHS_A_YEAR = 12
_ONE_DAY = timedelta(days=1)
_LONGEST_HOLIDAY_DAYS = 366


def is_weekday(day: date) -> bool:
    """Whether it is one of Monday to Friday: what is taken for a working day where no calendar is known."""
    return day.isoweekday() <= _FRIDAY


def first_working_day(on: date, is_working_day: IsWorkingDay) -> date:
    """The day itself if it is a working day, else the next one that is; `ValueError` where a year has none."""
    for ahead in range(_LONGEST_HOLIDAY_DAYS):
        if is_working_day(day := on + ahead * _ONE_DAY):
            return day
    raise ValueError("a calendar without working days")


def after_working_days(start_on: date, count: int, is_working_day: IsWorkingDay) -> date:
    """The working day that is the `count`-th after the start, which itself is not counted; the start for none."""
    day = start_on
    for _ in range(count):
        day = first_working_day(day + _ONE_DAY, is_working_day)
    return day


def working_days_between(start_on: date, end_on: date, is_working_day: IsWorkingDay) -> int:
    """How many working days come after the start, up to and with the end; below nought where the end is earlier."""
    if end_on < start_on:
        return -working_days_between(end_on, start_on, is_working_day)
    return sum(is_working_day(start_on + ahead * _ONE_DAY) for ahead in range(1, (end_on - start_on).days + 1))


def after_months(start_on: date, count: int) -> date:
    """The same day so many months later, or the last day of a month that is too short for it."""
    years, month = divmod(start_on.year * _MONTHS_A_YEAR + start_on.month - 1 + count, _MONTHS_A_YEAR)
    return date(years, month + 1, min(start_on.day, monthrange(years, month + 1)[1]))
