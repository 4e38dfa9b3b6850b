"""Which snapshots of a place are kept: the latest of each of the last so many days, weeks, months and years.

Invariant: the newest snapshot is always kept, and so is one that claims to come from the future, since a clock that
was set back must not cost a backup.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dms.domain.backup import BackupRetention


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A snapshot and its moment."""

    snapshot_id: str
    made_at: datetime


def kept(snapshots: Iterable[Dated], retention: BackupRetention, *, now: datetime) -> frozenset[str]:
    """The ids of the snapshots to keep; periods are counted in UTC, the present one being the first.

    Of two made in the same moment the one that comes later in `snapshots` is the later one.
    """
    by_age = sorted(snapshots, key=lambda dated: dated.made_at)
    keep = {dated.snapshot_id for dated in by_age if dated.made_at > now} | {by_age[-1].snapshot_id if by_age else ""}
    for period_of, count in (
        (_day, retention.days),
        (_week, retention.weeks),
        (_month, retention.months),
        (_year, retention.years),
    ):
        latest = {period_of(dated.made_at): dated.snapshot_id for dated in by_age}
        keep |= {snapshot_id for period, snapshot_id in latest.items() if 0 <= period_of(now) - period < count}
    return frozenset(keep - {""})


def _day(moment: datetime) -> int:
    return moment.astimezone(UTC).date().toordinal()


def _week(moment: datetime) -> int:
    utc = moment.astimezone(UTC)
    return (utc - timedelta(days=utc.weekday())).date().toordinal() // 7


def _month(moment: datetime) -> int:
    utc = moment.astimezone(UTC)
    return utc.year * 12 + utc.month


def _year(moment: datetime) -> int:
    return moment.astimezone(UTC).year
