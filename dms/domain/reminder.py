"""Reminders of duties: before the day, on it, and again until it is done, at last to whoever is above.

What always holds:
- A reminder falls on a working day: those before and on the day give way to the working day before, so that nobody
  hears of a thing too late; those afterwards are counted in working days.
- Of all reminders that have fallen due only the latest is given, so a service that stood still does not make up for
  every day of it.
- A duty that moves to another day is reminded of anew, since the step of a reminder belongs to its day.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from dms.domain.duty import Duty, DutyKind
from dms.domain.working_days import IsWorkingDay, after_working_days, working_days_between

_ONE_DAY = timedelta(days=1)
_LONGEST_HOLIDAY_DAYS = 31
LONGEST_AHEAD_DAYS: Final = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderRule:
    """When somebody is reminded of one kind of duty."""

    before_days: tuple[int, ...] = (3,)
    """Calendar days before the last day, any number of times."""
    on_the_day: bool = True
    every_working_days: int = 5
    """After the day, again and again every so many working days; 0 for never."""
    escalate_after_working_days: int = 5
    """When whoever is above is told, once; 0 for never."""


DEFAULT_RULE: Final = ReminderRule()
DEFAULT_RULES: Final[Mapping[DutyKind, ReminderRule]] = MappingProxyType(
    {
        DutyKind.DECISION: ReminderRule(before_days=(), every_working_days=2, escalate_after_working_days=3),
        DutyKind.RETURN: ReminderRule(before_days=(2,), every_working_days=3, escalate_after_working_days=5),
        DutyKind.EXPIRY: ReminderRule(before_days=(30, 7), every_working_days=10, escalate_after_working_days=10),
        DutyKind.REVIEW: ReminderRule(before_days=(7,), every_working_days=5, escalate_after_working_days=10),
        DutyKind.STATISTICS: ReminderRule(before_days=(10, 3), every_working_days=2, escalate_after_working_days=3),
        DutyKind.MISSING_PAPER: ReminderRule(before_days=(7,), every_working_days=10, escalate_after_working_days=10),
    }
)
"""Every other kind has `DEFAULT_RULE`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderStep:
    """One point of a rule, for one duty."""

    code: str
    """``before:7``, ``due``, ``after:1`` and so on, or ``escalated``; never twice for the same duty and day."""
    falls_on: date

    @property
    def is_escalation(self) -> bool:
        """Whether it goes to whoever is above."""
        return self.code == ESCALATED


ESCALATED: Final = "escalated"


class RequestOutcome(StrEnum):
    """What became of a request, told at once to whoever asked; it stands in place of a step."""

    APPROVED = "approved"
    REFUSED = "refused"
    REVOKED = "revoked"
    """The approval was taken back."""
    LAPSED = "lapsed"
    """Not decided, or not used, in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """What one person was told of one duty, or of what became of his request; a line of his inbox."""

    id: int
    """0 for one that is not in the catalogue yet."""
    user_id: int
    duty: Duty
    """As it was when he was told."""
    step: str
    told_on: date
    told_at: datetime
    read_at: datetime | None = None
    """When he marked it as read; None until then."""

    @property
    def outcome(self) -> RequestOutcome | None:
        """What became of a request, where it tells of that."""
        return next((outcome for outcome in RequestOutcome if outcome.value == self.step), None)


def steps_due(rule: ReminderRule, due_on: date, on: date, is_working_day: IsWorkingDay) -> tuple[ReminderStep, ...]:
    """What is to be told on this day or was to be told before: the latest step, and the escalation where it has come.

    Empty before the first step.
    """
    reached = [step for step in _ahead(rule, due_on, is_working_day) if step.falls_on <= on]
    late_working_days = working_days_between(due_on, on, is_working_day) if on > due_on else 0
    if rule.every_working_days and late_working_days >= rule.every_working_days:
        reached.append(_afterwards(rule, due_on, late_working_days, is_working_day))
    # Of two that give way to the same working day the later one of the rule is told.
    latest = max(enumerate(reached), key=lambda numbered: (numbered[1].falls_on, numbered[0]), default=None)
    steps = () if latest is None else (latest[1],)
    if not rule.escalate_after_working_days or late_working_days < rule.escalate_after_working_days:
        return steps
    told_on = after_working_days(due_on, rule.escalate_after_working_days, is_working_day)
    return (*steps, ReminderStep(code=ESCALATED, falls_on=told_on))


def earliest_step_on(rule: ReminderRule, due_on: date) -> date:
    """No reminder of the duty falls before this day, whatever the calendar."""
    ahead = max(rule.before_days, default=0)
    return due_on - timedelta(days=ahead + _LONGEST_HOLIDAY_DAYS)


def last_working_day(on: date, is_working_day: IsWorkingDay) -> date:
    """The day itself if it is a working day, else the latest one before it."""
    days = (on - back * _ONE_DAY for back in range(_LONGEST_HOLIDAY_DAYS))
    return next((day for day in days if is_working_day(day)), on)


def _ahead(rule: ReminderRule, due_on: date, is_working_day: IsWorkingDay) -> Iterator[ReminderStep]:
    for days in sorted(rule.before_days, reverse=True):
        falls_on = last_working_day(due_on - days * _ONE_DAY, is_working_day)
        yield ReminderStep(code=f"before:{days}", falls_on=falls_on)
    if rule.on_the_day:
        yield ReminderStep(code="due", falls_on=last_working_day(due_on, is_working_day))


def _afterwards(rule: ReminderRule, due_on: date, late_working_days: int, is_working_day: IsWorkingDay) -> ReminderStep:
    times = late_working_days // rule.every_working_days
    falls_on = after_working_days(due_on, times * rule.every_working_days, is_working_day)
    return ReminderStep(code=f"after:{times}", falls_on=falls_on)
