"""A period starts on New Year's Day after its trigger, and the longest one holds."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms.domain.retention import (
    DEFAULT_RETENTION_RULES,
    RetentionRule,
    RetentionVocabulary,
    longest,
    retention_ends_on,
    retention_starts_on,
)

RULES = {rule.code: rule for rule in DEFAULT_RETENTION_RULES}
DAYS = st.dates(date(1949, 1, 1), date(2100, 12, 31))


def of_years(years: int | None) -> RetentionRule:
    return RetentionRule(code=f"D{years}", vocabulary=RetentionVocabulary.CURRENT, zh="", en="", years=years)


@pytest.mark.parametrize(
    ("code", "trigger_on", "ends_on"),
    [
        ("D10", date(2024, 5, 3), date(2034, 12, 31)),
        ("D10", date(2024, 1, 1), date(2034, 12, 31)),
        ("D10", date(2024, 12, 31), date(2034, 12, 31)),
        ("D30", date(2024, 2, 29), date(2054, 12, 31)),
        ("LD", date(1987, 12, 4), date(2002, 12, 31)),
        ("LC", date(1987, 12, 4), date(2037, 12, 31)),
        ("Y", date(2024, 5, 3), None),
        ("LY", date(1987, 12, 4), None),
        ("D10", None, None),
    ],
)
def test_the_last_day_of_a_period(code, trigger_on, ends_on):
    assert retention_ends_on(RULES[code], trigger_on) == ends_on


@given(years=st.integers(1, 100), trigger_on=DAYS)
def test_a_period_is_so_many_whole_years_that_come_after_the_trigger(years, trigger_on):
    starts_on, ends_on = retention_starts_on(trigger_on), retention_ends_on(of_years(years), trigger_on)
    assert starts_on > trigger_on
    assert ends_on + timedelta(days=1) == date(starts_on.year + years, 1, 1)


@given(years=st.integers(1, 100), earlier=DAYS, later=DAYS)
def test_a_later_trigger_never_ends_earlier(years, earlier, later):
    earlier, later = sorted((earlier, later))
    assert retention_ends_on(of_years(years), earlier) <= retention_ends_on(of_years(years), later)


def test_a_period_beyond_the_calendar_ends_with_it():
    assert retention_ends_on(of_years(9000), date(2024, 1, 1)) == date.max


@given(st.lists(st.none() | st.integers(1, 100), min_size=1))
def test_where_terms_lie_together_the_longest_holds(terms):
    kept = longest(of_years(years) for years in terms)
    assert kept.permanent == (None in terms)
    assert kept.permanent or kept.years == max(terms)


def test_without_any_rule_there_is_no_longest_one():
    with pytest.raises(ValueError, match="empty"):
        longest([])


def test_shipped_rules_have_codes_of_their_own():
    assert len(RULES) == len(DEFAULT_RETENTION_RULES)
    assert all(rule.zh and rule.en and rule.mandate_zh for rule in DEFAULT_RETENTION_RULES)
