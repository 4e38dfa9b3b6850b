"""The intake tray as a page shows it: what waits, what is under way, and one paper with its proposals."""

from dataclasses import dataclass

from dms.archive import Archive, item_for, note_visit, pages_for, proposals_for
from dms.domain.actor import Actor, Permission
from dms.domain.contract import Contract
from dms.domain.customer import Customer
from dms.domain.item import Item, ItemState, Page
from dms.domain.proposal import FieldName, Proposal
from dms.store import ItemFilter, ItemOrder, UnitOfWork

UNDER_WAY = frozenset({ItemState.RECEIVED, ItemState.READING})
TROUBLED = frozenset({ItemState.REFUSED, ItemState.FAILED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tray:
    """What lies in the tray."""

    waiting_count: int
    waiting: tuple[Item, ...]
    """One page of the papers to be confirmed, oldest arrival first."""
    under_way: tuple[Item, ...]
    """Papers being read or waiting for it."""
    troubled: tuple[Item, ...]
    """Papers that were refused or whose reading failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperInTray:
    """One paper with everything a person needs to confirm it."""

    item: Item
    pages: tuple[Page, ...]
    proposals: dict[FieldName, Proposal]
    customer: Customer | None
    """The customer it is believed to belong to."""
    contract: Contract | None
    position: int
    """Its place among the waiting papers, from 1; 0 if it is not waiting."""
    waiting_count: int


def tray(actor: Actor, *, archive: Archive, limit: int = 50, offset: int = 0) -> Tray:
    """What lies in the tray that the actor may see."""
    actor.require(Permission.CONFIRM)
    with archive.looking() as view:
        waiting = ItemFilter(states=frozenset({ItemState.REVIEW}))
        order = ItemOrder.OLDEST_ARRIVAL
        return Tray(
            waiting_count=view.items.count(waiting, actor=actor),
            waiting=tuple(view.items.list(waiting, actor=actor, order=order, limit=limit, offset=offset)),
            under_way=tuple(view.items.list(ItemFilter(states=UNDER_WAY), actor=actor, order=order, limit=200)),
            troubled=tuple(view.items.list(ItemFilter(states=TROUBLED), actor=actor, limit=100)),
        )


def paper_in_tray(actor: Actor, item_id: str, *, archive: Archive) -> PaperInTray:
    """One paper of the tray, the visit journaled; raises `ItemNotFound`."""
    actor.require(Permission.CONFIRM)
    with archive.looking() as view:
        item = item_for(actor, item_id, work=view)
        paper = _paper(actor, item, view=view)
    note_visit(actor, item, archive=archive)
    return paper


def next_in_tray(actor: Actor, *, after: str | None, archive: Archive) -> Item | None:
    """The paper to look at next, going round after the given one; None when the tray is empty."""
    actor.require(Permission.CONFIRM)
    with archive.looking() as view:
        last = view.items.with_id(after, actor=actor) if after else None
        return view.items.next_in_tray(after_key=last.key if last else 0, actor=actor)


def _paper(actor: Actor, item: Item, *, view: UnitOfWork) -> PaperInTray:
    stated = item.classification
    waiting = ItemFilter(states=frozenset({ItemState.REVIEW}))
    return PaperInTray(
        item=item,
        pages=tuple(pages_for(actor, view.contents.pages(item.key))),
        proposals=proposals_for(actor, item, work=view),
        customer=view.customers.get(stated.customer_id) if stated.customer_id else None,
        contract=view.contracts.get(stated.contract_id) if stated.contract_id else None,
        position=view.items.tray_position(item.key, actor=actor),
        waiting_count=view.items.count(waiting, actor=actor),
    )
