"""Searching the papers, as use cases: the items that fit, and the places of the hits in one of them.

Invariant: everything an answer says comes from one statement that holds the asker's visibility (I5), and every search
leaves an entry in the journal (I6).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice
from time import perf_counter

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.criterion import wanted
from dms.domain.item import READABLE_STATES, Page
from dms.search.aligning import Alignment
from dms.search.answering import answer
from dms.search.asking import MAX_EARLIER_QUERIES, criterion_of, storable
from dms.search.hiding import is_open
from dms.search.marking import Mark, MarkedPages
from dms.search.query import MAX_QUERY_CHARACTERS
from dms.search.recent import remember
from dms.search.request import SearchRequest
from dms.search.result import HitPlace, SearchResult
from dms.store import UnitOfWork

MAX_PLACES = 1000
"""Hits that are drawn on the pages of one item."""


def search(actor: Actor, request: SearchRequest, *, archive: Archive) -> SearchResult:
    """The items that fit, as far as the actor may know of them; journaled, and first among the recent searches.

    Never raises for odd queries. Raises `ActionForbidden` without the permission to consult, and `ItemNotFound` for an
    example that the actor may not know of.
    """
    actor.require(Permission.CONSULT)
    started = perf_counter()
    asked = storable(request)
    with archive.looking() as view:
        result = answer(view, actor, asked)
    with archive.begin() as work:
        archive.record(work, actor, "searched", "search", total=result.total, **_details(asked))
        remember(work, actor, asked)
    return replace(result, elapsed_ms=round((perf_counter() - started) * 1000, 1))


def hit_places(
    actor: Actor,
    item_id: str,
    query: str,
    *,
    archive: Archive,
    within: Sequence[str] = (),
    tolerant: bool = False,
    synonyms: bool = False,
) -> tuple[HitPlace, ...]:
    """Where what the queries look for stands in the page texts of one item, in order, at most `MAX_PLACES`.

    Offsets count in `Page.text`; a hit across a page end gives one place on each page. Nothing for an item that
    does not exist or that the actor may not know of. Not journaled by itself: it serves the view of an item, whose
    opening is. Raises `ActionForbidden` without the permission to consult.
    """
    actor.require(Permission.CONSULT)
    request = SearchRequest(query=query, within=tuple(within), tolerant=tolerant, synonyms=synonyms)
    with archive.looking() as view:
        return places(view, actor, item_id, storable(request))


def places(view: UnitOfWork, actor: Actor, item_id: str, request: SearchRequest) -> tuple[HitPlace, ...]:
    """`hit_places` for the queries of a request, in one transaction."""
    item = view.items.with_id(item_id, actor=actor)
    if item is None or item.state not in READABLE_STATES:
        return ()
    pages, changed = view.contents.pages(item.key), view.contents.corrections(item.key)
    corrected = {index: changed[page.number] for index, page in enumerate(pages) if page.number in changed}
    marked = MarkedPages([page.text for page in pages], wanted(criterion_of(view, request)), corrected)
    as_read = (HitPlace(pages[mark.page].number, mark.start, mark.end) for mark in marked.as_read.marks(MAX_PLACES))
    as_corrected = islice(_as_corrected(marked, pages, corrected), MAX_PLACES)
    open_to_asker = (place for place in [*as_read, *as_corrected] if is_open(actor, pages, place))
    found = sorted(open_to_asker, key=lambda place: (place.page, place.start, place.end))
    return tuple(dict.fromkeys(found))[:MAX_PLACES]


def _as_corrected(marked: MarkedPages, pages: Sequence[Page], corrected: Mapping[int, str]) -> Iterator[HitPlace]:
    """The hits that only the corrected text bears, each in the place of what was read there."""
    aligned = cache(lambda page: Alignment(corrected[page], pages[page].text))
    for mark in marked.only_as_corrected():
        number = pages[mark.page].number
        if mark.page not in corrected:
            yield HitPlace(number, mark.start, mark.end)
            continue
        start, end = aligned(mark.page).stretch(mark.start, mark.end)
        if not any(_is_same_hit(mark, known, start, end) for known in marked.as_read.on_page(mark.page)):
            yield HitPlace(number, start, end, (mark.start, mark.end))


def _is_same_hit(mark: Mark, known: Mark, start: int, end: int) -> bool:
    return known.term == mark.term and known.start < end and start < known.end


def _details(asked: SearchRequest) -> dict[str, str | int | None]:
    """What the journal keeps of a request: all that narrows or widens it, and no more of a query than was used."""
    details = {
        "query": asked.query[:MAX_QUERY_CHARACTERS],
        "within": _joined(asked.within[-MAX_EARLIER_QUERIES:]),
        "customer_code": asked.customer_code,
        "year": asked.year,
        "type_code": asked.type_code,
        "series_code": asked.series_code,
        "contract_no": asked.contract_no,
        "grade": asked.grade,
        "state": asked.state,
        "like_item_id": asked.like_item_id,
        "tolerant": asked.tolerant,
        "synonyms": asked.synonyms,
        "offset": asked.offset,
    }
    return {name: value for name, value in details.items() if value not in (None, 0)}


def _joined(queries: Sequence[str]) -> str | None:
    return " → ".join(query[:MAX_QUERY_CHARACTERS] for query in queries) or None
