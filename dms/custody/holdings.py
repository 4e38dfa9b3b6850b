"""How much the archive holds, and how much waits, for the home page and the navigation."""

from dataclasses import dataclass

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.item import READABLE_STATES, ItemState
from dms.store import ItemFilter, UnitOfWork

_UNDER_WAY = frozenset({ItemState.RECEIVED, ItemState.READING})
_WAITING = frozenset({ItemState.REVIEW})
_TROUBLED = frozenset({ItemState.REFUSED, ItemState.FAILED})
_FILED = frozenset({ItemState.FILED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """Counts of what the actor may know of."""

    customers_count: int
    volumes_count: int
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
        volumes = view.volumes.list(actor=actor)
        customers_count, _ = view.customers.matching("", actor=actor, limit=0)
        return Holdings(
            customers_count=customers_count,
            volumes_count=len(volumes),
            filed_count=_count(_FILED, actor, work=view),
            pages_count=sum(volume.page_count for volume in volumes),
            searchable_pages_count=view.items.count_pages(ItemFilter(states=READABLE_STATES), actor=actor),
            waiting_count=_count(_WAITING, actor, work=view),
            under_way_count=_count(_UNDER_WAY, actor, work=view),
            troubled_count=_count(_TROUBLED, actor, work=view),
        )


def waiting_count(actor: Actor, *, archive: Archive, at_most: int | None = None) -> int:
    """How many papers wait to be confirmed by a person; `at_most` where more need not be counted."""
    actor.require(Permission.CONFIRM)
    with archive.looking() as view:
        return view.items.count(ItemFilter(states=_WAITING), actor=actor, at_most=at_most)


def _count(states: frozenset[ItemState], actor: Actor, *, work: UnitOfWork) -> int:
    return work.items.count(ItemFilter(states=states), actor=actor)
