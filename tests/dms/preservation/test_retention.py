"""Which snapshots stay: the latest of each day, week, month and year that is asked for."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms.domain.backup import BackupRetention
from dms.preservation.retention import Dated, kept

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def keeping(days: int = 0, weeks: int = 0, months: int = 0, years: int = 0) -> BackupRetention:
    return BackupRetention(days=days, weeks=weeks, months=months, years=years)


def nightly(nights: int) -> list[Dated]:
    """One snapshot a night, numbered by how many nights ago it was made."""
    return [Dated(snapshot_id=str(age), made_at=NOW - timedelta(days=age)) for age in range(nights)]


@pytest.mark.parametrize(
    ("retention", "expected"),
    [
        (keeping(), {"0"}),
        (keeping(days=3), {"0", "1", "2"}),
        (keeping(weeks=3), {"0", "1", "8"}),  # the second of March 2026 is a Monday
        (keeping(months=3), {"0", "2", "30"}),
        (keeping(years=2), {"0", "61"}),
        (keeping(days=2, months=2), {"0", "1", "2"}),
    ],
)
def test_the_latest_of_each_period_is_kept(retention: BackupRetention, expected: set[str]):
    assert kept(nightly(100), retention, now=NOW) == expected


def test_of_several_on_one_day_the_latest_is_kept():
    morning = Dated(snapshot_id="morning", made_at=NOW - timedelta(hours=3))
    assert kept([*nightly(1), morning], keeping(days=5), now=NOW) == {"0"}


def test_the_newest_is_kept_however_old_it_is():
    old = Dated(snapshot_id="old", made_at=NOW - timedelta(days=5000))
    assert kept([old], keeping(), now=NOW) == {"old"}


def test_a_clock_that_was_set_back_costs_no_snapshot():
    future = [Dated(snapshot_id=f"+{day}", made_at=NOW + timedelta(days=day)) for day in (1, 2)]
    assert kept([*nightly(3), *future], keeping(days=1), now=NOW) == {"0", "+1", "+2"}


def test_where_there_is_nothing_nothing_is_kept():
    assert kept([], keeping(days=1), now=NOW) == frozenset()


@given(
    ages=st.lists(st.integers(0, 5000), max_size=60),
    counts=st.tuples(*[st.integers(0, 20)] * 4),
)
def test_no_more_is_kept_than_was_asked_for_and_nothing_is_made_up(ages: list[int], counts: tuple[int, ...]):
    snapshots = [Dated(snapshot_id=str(n), made_at=NOW - timedelta(hours=age)) for n, age in enumerate(ages)]
    retention = keeping(*counts)
    chosen = kept(snapshots, retention, now=NOW)
    assert chosen <= {dated.snapshot_id for dated in snapshots}
    assert len(chosen) <= sum(counts) + 1
    # What is kept today is enough: applied to what was kept, the same rule keeps all of it.
    again = kept([dated for dated in snapshots if dated.snapshot_id in chosen], retention, now=NOW)
    assert again == chosen
