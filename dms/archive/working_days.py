"""The calendar of Chinese public holidays and of the days worked in exchange for them.

The State Council announces each year's days late in the year before; beyond the years that are known, Monday to Friday
count, and `is_calendar_known` says so.
"""

from datetime import date
from functools import cache, lru_cache

import chinese_calendar

from dms.domain.working_days import is_weekday

DAYS_KEPT_IN_MIND = 20_000
"""Lists of deadlines ask for the same days over and over."""


@lru_cache(maxsize=DAYS_KEPT_IN_MIND)
def is_working_day(day: date) -> bool:
    """Whether it is a working day in China; where the year's holidays are not known, whether it is a weekday."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return is_weekday(day)


@cache
def is_calendar_known(year: int) -> bool:
    """Whether the public holidays of this year are known; deadlines in any other year are by weekdays alone."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True
