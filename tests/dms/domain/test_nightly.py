"""A night is neither forgotten nor repeated, whatever restarts lie between."""

from datetime import UTC, datetime, time, timedelta

import pytest

from dms.domain.nightly import drill_is_due, is_due, latest_night

AT = time(2, 30)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def local(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute).astimezone()


@pytest.mark.parametrize(
    ("now", "night_at"),
    [
        (local(10, 2, 29), local(9, 2, 30)),
        (local(10, 2, 30), local(10, 2, 30)),
        (local(10, 14), local(10, 2, 30)),
        (local(10, 0, 0), local(9, 2, 30)),
    ],
)
def test_the_latest_night_is_the_last_moment_at_which_the_clock_of_the_machine_showed_it(now, night_at):
    assert latest_night(now.astimezone(UTC), AT) == night_at


def test_every_hour_of_a_year_has_a_night_within_a_day_before_it():
    now = datetime(2026, 1, 1, tzinfo=UTC)
    for _ in range(366 * 24):
        since = now - latest_night(now, AT)
        assert timedelta() <= since <= timedelta(hours=25)
        now += timedelta(hours=1)


@pytest.mark.parametrize(
    ("latest_at", "due"),
    [(None, True), (local(9, 2, 31), True), (local(10, 2, 30), False), (local(10, 2, 31), False)],
    ids=["never", "last night", "to the second", "tonight"],
)
def test_what_was_not_done_since_the_night_began_is_due(latest_at, due):
    night_at = latest_night(local(10, 9), AT)
    assert is_due(night_at, latest_at=latest_at, founded_at=LONG_AGO) is due


def test_an_archive_founded_today_owes_last_night_nothing():
    night_at = latest_night(local(10, 9), AT)
    assert not is_due(night_at, latest_at=None, founded_at=local(10, 8))
    assert is_due(latest_night(local(11, 9), AT), latest_at=None, founded_at=local(10, 8))


@pytest.mark.parametrize(("days", "due"), [(31, False), (32, True)])
def test_a_restore_drill_is_due_a_month_after_the_last_one_or_the_founding(days, due):
    now = local(10, 9)
    passed = now - timedelta(days=days)
    assert drill_is_due(now, latest_at=passed, founded_at=LONG_AGO) is due
    assert drill_is_due(now, latest_at=None, founded_at=passed) is due
