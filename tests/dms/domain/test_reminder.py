"""When somebody is reminded: before the day, on it, again and again, and at last whoever is above; on working days."""

from datetime import date, timedelta

import pytest

from dms.archive import is_working_day
from dms.domain.reminder import ESCALATED, ReminderRule, ReminderStep, earliest_step_on, last_working_day, steps_due

RULE = ReminderRule(before_days=(30, 7), every_working_days=5, escalate_after_working_days=10)
FRIDAY = date(2026, 3, 20)


def codes(due_on: date, on: date, rule: ReminderRule = RULE) -> list[str]:
    return [step.code for step in steps_due(rule, due_on, on, is_working_day)]


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (date(2026, 2, 13), []),
        (date(2026, 2, 14), ["before:30"]),
        (date(2026, 3, 12), ["before:30"]),
        (date(2026, 3, 13), ["before:7"]),
        (date(2026, 3, 19), ["before:7"]),
        (date(2026, 3, 20), ["due"]),
        (date(2026, 3, 26), ["due"]),
        (date(2026, 3, 27), ["after:1"]),
        (date(2026, 4, 3), ["after:2", ESCALATED]),
        (date(2026, 4, 13), ["after:3", ESCALATED]),
    ],
    ids=str,
)
def test_of_all_that_has_fallen_due_the_latest_is_told(on, told):
    assert codes(FRIDAY, on) == told


def test_the_last_day_on_a_sunday_is_reminded_of_on_the_friday_before():
    sunday = date(2026, 3, 22)
    (step,) = steps_due(RULE, sunday, date(2026, 3, 20), is_working_day)
    assert step == ReminderStep(code="due", falls_on=date(2026, 3, 20))


def test_before_the_national_day_week_people_are_told_on_its_eve():
    in_the_holidays = date(2026, 10, 5)
    (step,) = steps_due(RULE, in_the_holidays, date(2026, 9, 30), is_working_day)
    assert (step.code, step.falls_on) == ("due", date(2026, 9, 30))


def test_of_two_steps_on_one_working_day_the_later_one_is_told():
    rule = ReminderRule(before_days=(1,), every_working_days=0, escalate_after_working_days=0)
    assert codes(date(2026, 3, 22), date(2026, 3, 20), rule) == ["due"]


def test_a_saturday_that_is_worked_in_exchange_counts_as_a_working_day():
    worked_saturday = date(2026, 2, 14)
    assert is_working_day(worked_saturday)
    assert codes(worked_saturday, worked_saturday) == ["due"]


def test_nothing_is_told_by_a_rule_that_says_never():
    never = ReminderRule(before_days=(), on_the_day=False, every_working_days=0, escalate_after_working_days=0)
    assert all(codes(FRIDAY, FRIDAY + timedelta(days=days), never) == [] for days in range(-60, 200))


def test_no_step_falls_before_the_earliest_day_that_is_looked_at():
    for offset in range(365):
        due_on = date(2026, 1, 1) + timedelta(days=offset)
        eve = earliest_step_on(RULE, due_on) - timedelta(days=1)
        assert codes(due_on, eve) == []


def test_every_step_falls_on_a_working_day_and_each_code_on_one_day_only():
    for offset in range(365):
        due_on = date(2026, 1, 1) + timedelta(days=offset)
        fell: dict[str, set[date]] = {}
        for ahead in range(-45, 90):
            for step in steps_due(RULE, due_on, due_on + timedelta(days=ahead), is_working_day):
                fell.setdefault(step.code, set()).add(step.falls_on)
        assert all(len(days) == 1 and all(map(is_working_day, days)) for days in fell.values())


def test_the_last_working_day_is_the_day_itself_or_one_before():
    assert last_working_day(FRIDAY, is_working_day) == FRIDAY
    assert last_working_day(date(2026, 3, 22), is_working_day) == FRIDAY
