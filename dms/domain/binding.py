"""The yearly binding run 年度清理装订: what one run covers, and how far it has come."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class BindingState(StrEnum):
    """Where a run, or one line of it, stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CARRIED = "carried"
    """结转: everything on the line stays loose, for its contracts run on."""
    ABANDONED = "abandoned"
    """Given up: of a run, what was bound before stays bound; of a line, nothing was numbered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BindingRun:
    """One run over one year."""

    id: int
    year: int
    cut_off_on: date
    """What arrived after this day waits for the next run."""
    state: BindingState
    begun_at: datetime
    begun_by: str
    ended_at: datetime | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What it came to: counts and lists, as plain JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BindingLine:
    """The loose papers of one customer and series, as one piece of a run's work."""

    run_id: int
    position: int
    customer_id: int | None
    """None for the papers of customers that share collective volumes."""
    series_code: str
    state: BindingState
    facts: Mapping[str, Any] = field(default_factory=dict)
