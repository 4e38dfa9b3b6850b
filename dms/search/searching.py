"""Searching the papers, as use cases: the items that fit, and the places of the hits in one of them.

Invariant: everything an answer says comes from one statement that holds the asker's visibility (I5), and every search
leaves an entry in the journal (I6).
"""

from dataclasses import replace
from time import perf_counter

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.criterion import wanted_phrases
from dms.domain.item import READABLE_STATES
from dms.domain.proposal import Place
from dms.search.answering import answer, body_phrases, frame_of
from dms.search.marking import MarkedPages
from dms.search.query import MAX_QUERY_CHARACTERS, parse_query
from dms.search.request import SearchRequest
from dms.search.result import SearchResult
from dms.store import UnitOfWork

MAX_PLACES = 1000
"""Hits that are drawn on the pages of one item."""


def search(actor: Actor, request: SearchRequest, *, archive: Archive) -> SearchResult:
    """The items that fit, as far as the actor may know of them; never raises for odd queries; journaled.

    Raises `ActionForbidden` without the permission to consult.
    """
    actor.require(Permission.CONSULT)
    started = perf_counter()
    asked = _storable(request)
    with archive.looking() as view:
        result = answer(view, actor, asked)
    with archive.begin() as work:
        archive.record(work, actor, "searched", "search", total=result.total, **_details(asked))
    return replace(result, elapsed_ms=round((perf_counter() - started) * 1000, 1))


def hit_places(actor: Actor, item_id: str, query: str, *, archive: Archive) -> tuple[Place, ...]:
    """Where the words of the query stand in the page texts of one item, in order, at most `MAX_PLACES`.

    Offsets count in `Page.text`; a hit across a page end gives one place on each page. Nothing for an item that
    does not exist or that the actor may not know of. Not journaled by itself: it serves the view of an item, whose
    opening is. Raises `ActionForbidden` without the permission to consult.
    """
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        return places(view, actor, item_id, query)


def places(view: UnitOfWork, actor: Actor, item_id: str, query: str) -> tuple[Place, ...]:
    """`hit_places` in one transaction."""
    item = view.items.with_id(item_id, actor=actor)
    if item is None or item.state not in READABLE_STATES:
        return ()
    wanted = wanted_phrases(parse_query(query, frame_of(view)).criterion)
    pages = view.contents.pages(item.key)
    marked = MarkedPages([page.text for page in pages], body_phrases(wanted))
    return tuple(Place(pages[mark.page].number, mark.start, mark.end) for mark in marked.marks(MAX_PLACES))


def _storable(request: SearchRequest) -> SearchRequest:
    """The request without halves of surrogate pairs, which no catalogue and no journal can hold."""
    return replace(
        request,
        query=_whole_characters(request.query),
        customer_code=_whole_characters(request.customer_code or "") or None,
        type_code=_whole_characters(request.type_code or "") or None,
        series_code=_whole_characters(request.series_code or "") or None,
        contract_no=_whole_characters(request.contract_no or "") or None,
    )


def _whole_characters(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _details(asked: SearchRequest) -> dict[str, str | int | None]:
    """What the journal keeps of a request: the filters that were set, and no more of the query than was used."""
    filters = {
        "query": asked.query[:MAX_QUERY_CHARACTERS],
        "customer_code": asked.customer_code,
        "year": asked.year,
        "type_code": asked.type_code,
        "series_code": asked.series_code,
        "contract_no": asked.contract_no,
        "offset": asked.offset,
    }
    return {name: value for name, value in filters.items() if value not in (None, 0)}
