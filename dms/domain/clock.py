"""Time is passed in, so every rule can be tested for any date."""

from datetime import UTC, date, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the moment."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC)


def local_day(moment: datetime) -> date:
    """The calendar day of a moment where the archive stands (the time zone of the machine)."""
    return moment.astimezone().date()
