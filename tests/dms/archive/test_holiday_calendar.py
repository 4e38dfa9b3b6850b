"""Public holidays of China are free, the days worked in exchange are not, and beyond what is known weekdays count."""

from datetime import date

import pytest

from dms.archive import is_calendar_known, is_working_day
from dms.domain.working_days import after_working_days


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2024, 10, 1), False),  # National Day, a Tuesday
        (date(2024, 9, 29), True),  # a Sunday worked in exchange
        (date(2024, 2, 12), False),  # Spring Festival, a Monday
        (date(2024, 3, 4), True),
        (date(2024, 3, 3), False),
    ],
)
def test_the_days_that_the_state_council_announced(day, works):
    assert is_working_day(day) is works


def test_three_working_days_across_the_national_holiday():
    assert after_working_days(date(2024, 9, 30), 3, is_working_day) == date(2024, 10, 10)


def test_a_far_year_is_not_known_and_goes_by_weekdays():
    assert is_calendar_known(2024)
    assert not is_calendar_known(2199)
    assert [is_working_day(date(2199, 10, day)) for day in (4, 5)] == [True, False]  # a Friday and a Saturday
