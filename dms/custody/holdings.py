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


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaiting:
    """What waits for one person, as every page says it."""

    to_confirm_count: int
    """Papers that he may confirm, as far as they were counted; 0 for who may not."""
    unread_count: int
    """What he was told and has not read; 0 for one without an account."""


def holdings(actor: Actor, *, archive: Archive) -> Holdings:
    """What the archive holds at this moment."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        return counted_holdings(actor, view=view)


def awaiting(actor: Actor, *, archive: Archive, count_up_to: int) -> Awaiting:
    """What waits for the actor at this moment; of papers no more than so many are counted, for every page asks."""
    with archive.looking() as view:
        return Awaiting(
            to_confirm_count=_to_confirm_count(actor, count_up_to, view=view),
            unread_count=0 if actor.user_id is None else view.reminders.unread_count(actor.user_id),
        )


def _to_confirm_count(actor: Actor, most: int, *, view: UnitOfWork) -> int:
    may_confirm = actor.may(Permission.CONFIRM)
    return view.held_counts.items_up_to(most, actor=actor, state=ItemState.REVIEW) if may_confirm else 0


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
