"""Going from one hit to the next while looking at the papers themselves."""

from dataclasses import dataclass, replace

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.search.asking import ask, storable
from dms.search.request import SearchRequest
from dms.store import Inquiry, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """Where one stands in an answer, and what stands beside."""

    previous_item_id: str | None
    """None at the beginning of the answer."""
    item_id: str | None
    """The one at the offset; None where the answer has become shorter."""
    next_item_id: str | None
    """None at the end of the answer."""
    place: int
    """From 1, as people count."""
    total: int


def neighbours(actor: Actor, request: SearchRequest, offset: int, *, archive: Archive) -> Neighbours:
    """The items before, at and behind an offset, from 0, in the answer to a request as it is now.

    Not journaled by itself: it serves the view of an item, whose opening is. Raises `ActionForbidden` without the
    permission to consult, and `ItemNotFound` for an example that the actor may not know of.
    """
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        return beside(view, actor, ask(view, actor, for_three(storable(request), offset)).inquiry, max(0, offset))


def for_three(request: SearchRequest, offset: int) -> SearchRequest:
    """The request for what stands before, at and behind an offset."""
    first = max(0, offset - 1)
    return replace(request, offset=first, limit=max(0, offset) - first + 2, facets=False)


def beside(view: UnitOfWork, actor: Actor, inquiry: Inquiry, offset: int) -> Neighbours:
    """The neighbours in the answer to an inquiry for three."""
    found = view.fulltext.find(inquiry)
    items = view.fulltext.items(found.ranks, actor=actor)
    ids = {inquiry.offset + index: items[key].id for index, key in enumerate(found.ranks) if key in items}
    return Neighbours(
        previous_item_id=ids.get(offset - 1),
        item_id=ids.get(offset),
        next_item_id=ids.get(offset + 1),
        place=offset + 1,
        total=found.total,
    )
