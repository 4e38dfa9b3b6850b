"""A deadline in working days leaves out whatever the calendar says is none."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms.domain.transfer import DEFAULT_DEADLINE_RULES, due_on
from dms.domain.working_days import (
    after_months,
    after_working_days,
    first_working_day,
    is_weekday,
    working_days_between,
)

DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)
RULES = {rule.code: rule for rule in DEFAULT_DEADLINE_RULES}


def test_the_weekend_is_passed_over():
    assert [is_weekday(FRIDAY + timedelta(days=ahead)) for ahead in range(4)] == [True, False, False, True]
    assert after_working_days(FRIDAY, 1, is_weekday) == MONDAY
    assert first_working_day(FRIDAY + timedelta(days=1), is_weekday) == MONDAY
    assert first_working_day(FRIDAY, is_weekday) == FRIDAY


@given(start_on=DAYS, count=st.integers(0, 60))
def test_counting_on_and_counting_back_agree(start_on, count):
    end_on = after_working_days(start_on, count, is_weekday)
    assert working_days_between(start_on, end_on, is_weekday) == count
    assert working_days_between(end_on, start_on, is_weekday) == -count
    assert count == 0 or is_weekday(end_on)


@given(start_on=DAYS, count=st.integers(-60, 60))
def test_months_later_is_the_same_day_or_the_last_one_of_a_shorter_month(start_on, count):
    later = after_months(start_on, count)
    assert (later.year * 12 + later.month) - (start_on.year * 12 + start_on.month) == count
    assert later.day == start_on.day or (later.day < start_on.day and (later + timedelta(days=1)).day == 1)


def test_a_calendar_without_working_days_is_refused():
    with pytest.raises(ValueError, match="without working days"):
        first_working_day(FRIDAY, lambda _: False)


@pytest.mark.parametrize(
    ("code", "begun_on", "last"),
    [
        ("month", date(2026, 1, 31), date(2026, 3, 2)),  # 28 February is a Saturday
        ("five_days", date(2026, 11, 16), date(2026, 11, 23)),
        ("three_working_days", FRIDAY, date(2026, 11, 25)),
        ("two_working_days", FRIDAY, date(2026, 11, 24)),
    ],
)
def test_a_deadline_ends_on_a_working_day(code, begun_on, last):
    assert due_on(RULES[code], begun_on, is_weekday) == last


@given(begun_on=DAYS, rule=st.sampled_from(DEFAULT_DEADLINE_RULES))
def test_no_deadline_ends_before_it_began_or_on_a_free_day(begun_on, rule):
    last = due_on(rule, begun_on, is_weekday)
    assert last > begun_on
    assert is_weekday(last)
