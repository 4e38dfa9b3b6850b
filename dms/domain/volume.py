"""Volumes (案卷): the papers of one customer, one series and one year."""

from dataclasses import dataclass
from enum import StrEnum


class VolumeState(StrEnum):
    """Only an open volume accepts items."""

    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """The loose-leaf (活页) volume that items of one customer, series and year lie in."""

    id: int
    customer_id: int
    series_code: str
    year: int
    state: VolumeState
    item_count: int
    page_count: int
    """Pages that bear writing; blank sides are kept but not counted."""
