"""The way through an answer: from one paper on to the one before or behind it, and back to the list."""

from dataclasses import dataclass

from flask import url_for

from dms.search import SearchRequest, neighbours
from dms.web.current import actor, archive
from dms.web.search_address import arguments_of, is_asked

HITS_PER_PAGE = 20
MOST_SAVED_ID = 2**63 - 1
"""No number beyond is ever given, and no catalogue could be asked for it."""


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


def way_through(wanted: SearchRequest, place: int | None, *, saved_id: int | None = None) -> Way | None:
    """The way from the paper at this place, counted from 1; None where no search led there.

    `saved_id` is the saved search that was opened, to whose page the way back leads.
    """
    if not place or place < 1 or not is_asked(wanted):
        return None
    around = neighbours(actor(), wanted, place - 1, archive=archive())
    return Way(
        place=place,
        total=around.total,
        previous=_paper(wanted, around.previous_item_id, place - 1, saved_id),
        next=_paper(wanted, around.next_item_id, place + 1, saved_id),
        back=_list(wanted, place, saved_id),
    )


def _paper(wanted: SearchRequest, item_id: str | None, place: int, saved_id: int | None) -> str | None:
    if item_id is None:
        return None
    return url_for("items.show", item_id=item_id, **arguments_of(wanted), at=place, saved=saved_id)


def _list(wanted: SearchRequest, place: int, saved_id: int | None) -> str:
    """The page of the list on which the paper stands, at that very entry."""
    number = (place - 1) // HITS_PER_PAGE + 1
    page, entry = number if number > 1 else None, f"hit-{place}"
    if saved_id is not None and 0 < saved_id <= MOST_SAVED_ID:
        return url_for("saved_searches.show", saved_id=saved_id, page=page, _anchor=entry)
    return url_for("searching.page", **arguments_of(wanted), page=page, _anchor=entry)
