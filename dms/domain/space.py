"""Room on the disk: how much is left, for how long it lasts, and whether somebody should act."""

from dataclasses import dataclass
from enum import StrEnum

LOW_DAYS = 30
CRITICAL_DAYS = 7
LOW_TIMES_RESERVE = 5
CRITICAL_TIMES_RESERVE = 2
FAR_DAYS = 3650
"""Beyond ten years no estimate is worth showing."""


class SpaceState(StrEnum):
    """Whether somebody should act."""

    AMPLE = "ample"
    LOW = "low"
    """Order more room in the next weeks."""
    CRITICAL = "critical"
    """Within days nothing more will be accepted, or that is so already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceOutlook:
    """How the disk of the archive stands."""

    state: SpaceState
    free_bytes: int
    total_bytes: int
    reserve_bytes: int
    """Uploads are refused when less than this would stay free."""
    growth_bytes_per_day: int
    days_left: int | None
    """Days until uploads are refused, if the archive goes on growing as of late; None where that is far or unknown."""


def space_outlook(*, free_bytes: int, total_bytes: int, reserve_bytes: int, growth_bytes_per_day: int) -> SpaceOutlook:
    """What the figures of a disk mean: by days left, and by multiples of the reserve where nothing grows yet."""
    days_left = _days_left(free_bytes - reserve_bytes, growth_bytes_per_day)
    return SpaceOutlook(
        state=_state(free_bytes, reserve_bytes, days_left),
        free_bytes=free_bytes,
        total_bytes=total_bytes,
        reserve_bytes=reserve_bytes,
        growth_bytes_per_day=growth_bytes_per_day,
        days_left=days_left,
    )


def _days_left(usable_bytes: int, growth_bytes_per_day: int) -> int | None:
    if usable_bytes <= 0:
        return 0
    if growth_bytes_per_day <= 0:
        return None
    days = max(1, usable_bytes // growth_bytes_per_day)
    return days if days <= FAR_DAYS else None


def _state(free_bytes: int, reserve_bytes: int, days_left: int | None) -> SpaceState:
    soon = days_left if days_left is not None else FAR_DAYS
    if soon < CRITICAL_DAYS or free_bytes < CRITICAL_TIMES_RESERVE * reserve_bytes:
        return SpaceState.CRITICAL
    if soon < LOW_DAYS or free_bytes < LOW_TIMES_RESERVE * reserve_bytes:
        return SpaceState.LOW
    return SpaceState.AMPLE
