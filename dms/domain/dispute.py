"""Disputes 争议: what is quarrelled about, with whom, and which contracts and papers are in it.

What always holds:
- While a dispute is open, no term of its papers ends; when it is closed, its closing day is one of those that start it.
- Contracts and papers are taken out of a dispute, never struck from its record.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeFacts:
    """What a person states about a dispute."""

    number: str
    """The number of the case 案号, or one that the company gives it."""
    title: str
    parties: tuple[str, ...] = ()
    """Who stands against whom, as names."""
    opened_on: date
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A dispute as the register knows it."""

    id: int
    facts: DisputeFacts
    closed_on: date | None = None
    """None while it is open."""
    outcome: str = ""
    """How it ended: judgment, settlement, withdrawal."""
    contract_ids: frozenset[int] = frozenset()
    item_keys: frozenset[int] = frozenset()
    """Single papers that are in it besides those of its contracts."""

    @property
    def is_open(self) -> bool:
        """Whether it goes on."""
        return self.closed_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeSubject:
    """One contract or one paper in a dispute; exactly one of the two is stated."""

    contract_id: int | None = None
    item_key: int | None = None
    added_by: str
    added_at: datetime
    removed_by: str = ""
    removed_at: datetime | None = None
    """None while it is in it."""
