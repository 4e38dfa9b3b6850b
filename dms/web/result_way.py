"""The way through an answer: from one paper on to the one before or behind it, and back to the list."""

from dataclasses import dataclass

from flask import url_for

from dms.search import SearchRequest, neighbours
from dms.web.current import actor, archive
from dms.web.search_address import arguments_of, is_asked

HITS_PER_PAGE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where a paper stands in the answer that led to it, and the addresses around it."""

    place: int
    """From 1."""
    total: int
    previous: str | None
    """None for the first paper."""
    next: str | None
    """None for the last paper."""
    back: str


def way_through(wanted: SearchRequest, place: int | None) -> Way | None:
    """The way from the paper at this place, counted from 1; None where no search led there."""
    if not place or place < 1 or not is_asked(wanted):
        return None
    around = neighbours(actor(), wanted, place - 1, archive=archive())
    return Way(
        place=place,
        total=around.total,
        previous=_paper(wanted, around.previous_item_id, place - 1),
        next=_paper(wanted, around.next_item_id, place + 1),
        back=_list(wanted, place),
    )


def _paper(wanted: SearchRequest, item_id: str | None, place: int) -> str | None:
    return url_for("items.show", item_id=item_id, **arguments_of(wanted), at=place) if item_id else None


def _list(wanted: SearchRequest, place: int) -> str:
    """The page of the list on which the paper stands, at that very entry."""
    page = (place - 1) // HITS_PER_PAGE + 1
    return url_for("searching.page", **arguments_of(wanted), page=page if page > 1 else None, _anchor=f"hit-{place}")
