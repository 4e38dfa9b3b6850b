"""When a customer is due for its next review."""

from datetime import date

import pytest

from dms.archive import is_working_day
from dms.domain.customer import CustomerGrade
from dms.domain.review import ReviewRhythm, next_review_on


@pytest.mark.parametrize(
    ("last_on", "months", "due_on"),
    [
        (date(2026, 3, 2), 2, date(2026, 5, 6)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2026, 1, 5), 1, date(2026, 2, 5)),
        (date(2026, 8, 1), 2, date(2026, 10, 8)),
    ],
    ids=["labour day", "end of february, worked in exchange", "plain", "national day"],
)
def test_the_next_review_is_due_so_many_months_later_or_on_the_next_working_day(last_on, months, due_on):
    assert next_review_on(last_on, months, is_working_day) == due_on


def test_a_customer_on_the_watch_list_comes_sooner_but_never_later():
    rhythm = ReviewRhythm(months={CustomerGrade.IMPORTANT: 2, CustomerGrade.ORDINARY: 6, CustomerGrade.SPECIAL: 0})
    assert rhythm.months_for(CustomerGrade.ORDINARY, is_watched=False) == 6
    assert rhythm.months_for(CustomerGrade.ORDINARY, is_watched=True) == 1
    assert rhythm.months_for(CustomerGrade.SPECIAL, is_watched=True) == 0
