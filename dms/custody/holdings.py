"""How much the archive holds, and how much waits, for the home page and the navigation.

Invariant: nothing here goes through the papers; the catalogue keeps the counts itself.
"""

from dataclasses import dataclass

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.item import READABLE_STATES, ItemState
from dms.store import UnitOfWork

_UNDER_WAY = (ItemState.RECEIVED, ItemState.READING)
_TROUBLED = (ItemState.REFUSED, ItemState.FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """Counts of what the actor may know of."""

    customers_count: int
    filed_count: int
    pages_count: int
    """Pages that bear writing, in the volumes."""
    searchable_pages_count: int
    """Pages that bear writing and are found by a search, in volumes or in the tray."""
    waiting_count: int
    """Papers that wait to be confirmed."""
    under_way_count: int
    """Papers being read or waiting for it."""
    troubled_count: int
    """Papers that were refused or whose reading failed."""


def holdings(actor: Actor, *, archive: Archive) -> Holdings:
    """What the archive holds at this moment."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        return counted_holdings(actor, view=view)


def waiting_count(actor: Actor, *, archive: Archive) -> int:
    """How many papers wait to be confirmed by a person."""
    actor.require(Permission.CONFIRM)
    with archive.looking() as view:
        return view.held_counts.by_state(actor=actor, states=(ItemState.REVIEW,))[ItemState.REVIEW].items


def counted_holdings(actor: Actor, *, view: UnitOfWork) -> Holdings:
    """The counts as one transaction shows them."""
    counted = view.held_counts.by_state(actor=actor)
    customers_count, _ = view.customers.matching("", actor=actor, limit=0)
    return Holdings(
        customers_count=customers_count,
        filed_count=counted[ItemState.FILED].items,
        pages_count=counted[ItemState.FILED].pages,
        searchable_pages_count=sum(counted[state].pages for state in READABLE_STATES),
        waiting_count=counted[ItemState.REVIEW].items,
        under_way_count=sum(counted[state].items for state in _UNDER_WAY),
        troubled_count=sum(counted[state].items for state in _TROUBLED),
    )
