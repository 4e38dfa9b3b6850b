"""What a night asks for: verification, backups, and a reminder of the restore drill.

Everything follows from what is recorded and from the time that is passed in, so a restart neither forgets nor repeats.
"""

from datetime import datetime, time, timedelta

SAMPLE_PARTS = 30
"""A thirtieth of all content is decrypted each night, all of it in thirty nights."""
DRILL_EVERY = timedelta(days=31)


def latest_night(now: datetime, at: time) -> datetime:
    """The most recent moment at which the machine's own clock showed `at`; `now` itself counts."""
    today = now.astimezone().date()
    # Combined anew for each day: in the night in which clocks are changed a day has another length.
    moments = (datetime.combine(today - timedelta(days=back), at).astimezone() for back in range(3))
    return next(moment for moment in moments if moment <= now)


def is_due(night_at: datetime, *, latest_at: datetime | None, founded_at: datetime) -> bool:
    """Whether what was last done at `latest_at` is to be done for this night; what is younger owes it nothing."""
    return max(latest_at or founded_at, founded_at) < night_at


def drill_is_due(now: datetime, *, latest_at: datetime | None, founded_at: datetime) -> bool:
    """Whether the last successful restore drill, or the founding where there was none, is more than a month ago."""
    return now - (latest_at or founded_at) > DRILL_EVERY
