"""Access granted to a person beyond his department or his grade: to one customer's papers, or to one paper.

Invariant: a grant is never taken out of the catalogue, only ended, for the journal and whoever audits it look back.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dms.domain.clock import local_day


class GrantedUse(StrEnum):
    """How far a grant reaches."""

    LOOK = "look"
    """On screen; nothing is given out."""
    TAKE = "take"
    """On screen and as a copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessGrant:
    """One grant; exactly one of `customer_id` and `item_key` is stated."""

    id: int
    user_id: int
    customer_id: int | None
    """Whose papers, up to the person's own grade; None where it is for one paper."""
    item_key: int | None
    """The paper, whatever its grade; None where it is for a customer's papers."""
    reason: str
    granted_by: str
    granted_at: datetime
    until_on: date | None
    """The last day on which it holds, where the archive stands; None for one that holds until it is ended."""
    ended_at: datetime | None
    """When somebody ended it before its time; None where nobody did."""
    uses: GrantedUse = GrantedUse.LOOK
    until_at: datetime | None = None
    """The moment from which it holds no more; None where only its last day counts."""

    def is_in_force(self, at: datetime) -> bool:
        """Whether it holds at this moment."""
        on_time = self.until_at is None or at < self.until_at
        return self.ended_at is None and on_time and (self.until_on is None or local_day(at) <= self.until_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """What the grants in force add up to for one person at one moment."""

    customers: frozenset[int] = frozenset()
    """Ids of customers."""
    items: frozenset[int] = frozenset()
    """Keys of items."""
    customers_to_take: frozenset[int] = frozenset()
    """Those of `customers` whose papers may be taken as copies."""
    items_to_take: frozenset[int] = frozenset()
    """Those of `items` that may be taken as copies."""


NOTHING_GRANTED = Granted()
