"""Asking the product: the whole result of a query, past the lists that show twenty at a time."""

from collections.abc import Sequence

from dms.archive import Archive
from dms.cli.measuring_search.brute_force import item_id
from dms.domain.actor import OPERATOR
from dms.search import SearchRequest, parse_query, search
from dms.store import Found, FoundOrder, Inquiry


def found_ids(archive: Archive, query: str, *, tolerant: bool = False) -> frozenset[str]:
    """The ids of every paper that a query finds."""
    return frozenset(ids_of(_found(archive, query, tolerant=tolerant, limit=0).keys))


def first_ids(archive: Archive, query: str, *, tolerant: bool = False, limit: int = 10) -> tuple[str, ...]:
    """The ids of the first papers that a query finds, the best first."""
    return ids_of(list(_found(archive, query, tolerant=tolerant, limit=limit).ranks))


def total_told(archive: Archive, query: str, *, tolerant: bool = False) -> int:
    """How many papers the search says that there are."""
    request = SearchRequest(query=query, tolerant=tolerant, limit=0, facets=False)
    return search(OPERATOR, request, archive=archive).total


def ids_of(keys: Sequence[int]) -> tuple[str, ...]:
    """The ids of papers by their keys, which were given in the order in which the papers were laid."""
    return tuple(item_id(key - 1) for key in keys)


def _found(archive: Archive, query: str, *, tolerant: bool, limit: int) -> Found:
    inquiry = Inquiry(
        criterion=parse_query(query, tolerant=tolerant).criterion,
        chosen={},
        actor=OPERATOR,
        order=FoundOrder.RELEVANCE,
        limit=limit,
        offset=0,
        facets=False,
        wants_keys=not limit,
    )
    with archive.looking() as view:
        return view.fulltext.find(inquiry)
