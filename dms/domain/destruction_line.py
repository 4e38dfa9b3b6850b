"""One line of a destruction list: what it says of a paper, how that paper stands when it would go, what became of it.

Invariant: whatever was signed, a paper is spared for what stands against it at the very moment at which it would go.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Outcome(StrEnum):
    """What became of one line."""

    PENDING = "pending"
    DESTROYED = "destroyed"
    SPARED = "spared"
    """未销毁: it was left out when the list was carried out, and why stands beside it."""


class SpareReason(StrEnum):
    """Why a line is left out when the list is carried out."""

    HELD = "held"
    """冻结"""
    NOT_DUE = "not_due"
    """The facts changed: its term has not ended, or nobody can say when it does."""
    UNSETTLED = "unsettled"
    """未了事项: its contract is not closed, or a dispute about it is open."""
    LENT = "lent"
    """The original is out."""
    TITLE = "title"
    """A title document 权证 that is still kept."""
    GONE = "gone"
    """It had been destroyed before."""
    STOPPED = "stopped"
    """The approval was withdrawn while the list was being carried out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DestructionLine:
    """One paper of a list, with what the printed list says of it."""

    id: int
    """0 for one that is not in the catalogue yet."""
    list_id: int
    position: int
    item_key: int
    case_number: str
    """The appraisal that put it up."""
    reference_code: str
    title: str
    volume_code: str
    """案卷号; empty for loose papers."""
    pages: int | None
    sheets: int | None
    year: int | None
    term: str
    """应保管期限, in words."""
    due_on: date
    kept_years: int | None
    """已保管期限; None where no date of the paper is known."""
    grade: int
    medium: str
    reason: str
    """销毁原因"""
    outcome: Outcome = Outcome.PENDING
    spared: SpareReason | None = None
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a paper stands at the very moment at which it would be destroyed."""

    is_destroyed: bool = False
    is_held: bool = False
    due_on: date | None
    """The last day of its term as the facts give it now; None where no term ends."""
    is_unsettled: bool = False
    is_lent: bool = False
    is_title: bool = False


def spare_reason(standing: Standing, on: date) -> SpareReason | None:
    """Why a paper may not be destroyed on this day, whatever was signed; None where it may."""
    asked = (
        (standing.is_destroyed, SpareReason.GONE),
        (standing.is_held, SpareReason.HELD),
        (standing.due_on is None or standing.due_on >= on, SpareReason.NOT_DUE),
        (standing.is_unsettled, SpareReason.UNSETTLED),
        (standing.is_lent, SpareReason.LENT),
        (standing.is_title, SpareReason.TITLE),
    )
    return next((reason for holds, reason in asked if holds), None)
