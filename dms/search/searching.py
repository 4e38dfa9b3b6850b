"""Searching the papers, as a use case."""

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.proposal import Place
from dms.search.request import SearchRequest
from dms.search.result import SearchResult


def search(actor: Actor, request: SearchRequest, *, archive: Archive) -> SearchResult:
    """The items that fit, as far as the actor may know of them; never raises for odd queries; journaled.

    Raises `ActionForbidden` without the permission to consult.
    """
    actor.require(Permission.CONSULT)
    raise NotImplementedError


def hit_places(actor: Actor, item_id: str, query: str, *, archive: Archive) -> tuple[Place, ...]:
    """Where the words of the query stand in the page texts of one item, in order, at most `MAX_PLACES`.

    Offsets count in `Page.text`; a hit across a page end gives one place on each page. Nothing for an item that
    does not exist or that the actor may not know of. Raises `ActionForbidden` without the permission to consult.
    """
    actor.require(Permission.CONSULT)
    raise NotImplementedError
