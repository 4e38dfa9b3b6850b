"""Duties that come back by the calendar: statistics on 10 January and 10 July, what departments hand in each month.

A last day that is no working day gives way to the next one (民法典 §203).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from dms.domain.actor import Role
from dms.domain.duty import Duty, DutyKind
from dms.domain.working_days import IsWorkingDay, after_months, first_working_day
from dms.errors import Bilingual

EVERY_MONTH: Final = tuple(range(1, 13))
LAST_COMMON_DAY: Final = 28
"""The latest day that every month has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurringDuty:
    """Who owes what by which day of which months."""

    code: str
    kind: DutyKind
    """`STATISTICS` or `SUPPLY`."""
    zh: str
    en: str
    day: int
    """Of the month, 1 to 28."""
    months: tuple[int, ...] = EVERY_MONTH
    department: str = ""
    """Who owes it; empty where it falls to the role."""
    role: Role | None = None
    since_on: date
    """Nothing is owed by a day before this one."""


def occurrences(
    rule: RecurringDuty, *, done: frozenset[str], until_on: date, is_working_day: IsWorkingDay
) -> Iterator[Duty]:
    """What is owed by the rule up to a day, oldest first; `done` names the subjects that were settled."""
    month_on = rule.since_on.replace(day=1)
    while month_on <= until_on:
        day = month_on.replace(day=rule.day)
        subject = subject_of(rule, day)
        wanted = day.month in rule.months and rule.since_on <= day <= until_on
        if wanted and subject not in done:
            yield Duty(
                kind=rule.kind,
                subject=subject,
                what=_sentence(rule, day),
                due_on=first_working_day(day, is_working_day),
                department=rule.department,
                role=rule.role,
            )
        month_on = after_months(month_on, 1)


def subject_of(rule: RecurringDuty, day: date) -> str:
    """What a single occurrence is called: ``supply/sales_contracts/2026-11``."""
    return f"{rule.kind.value}/{rule.code}/{day:%Y-%m}"


def _sentence(rule: RecurringDuty, day: date) -> Bilingual:
    told_zh = f"{day.year} 年 {day.month} 月 {day.day} 日前报送：{rule.zh}"
    return Bilingual(told_zh, f"{rule.en}, by {day.isoformat()}")
