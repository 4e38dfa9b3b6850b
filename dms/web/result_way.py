"""The way through an answer: from one paper on to the one before or behind it, and back to the list."""

from dataclasses import dataclass

from flask import url_for
from werkzeug.datastructures import MultiDict

from dms.search import Listed, Neighbours, SavedSearchNotFound, SearchRequest, neighbours, neighbours_of_new
from dms.web.current import actor, archive
from dms.web.search_address import Arguments, arguments_of, is_asked

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The saved search that led to a paper, and whether its new papers alone were listed."""

    saved_id: int
    listed: Listed

    @property
    def arguments(self) -> Arguments:
        """As an address has it."""
        return {"saved": self.saved_id, "only": self.listed.value if self.listed is Listed.NEW else None}


def opened_in(arguments: MultiDict[str, str]) -> Opened | None:
    """The saved search that an address names, if it does."""
    saved_id = arguments.get("saved", type=int)
    if saved_id is None or not 0 < saved_id <= MOST_SAVED_ID:
        return None
    return Opened(saved_id=saved_id, listed=Listed.NEW if arguments.get("only") == Listed.NEW.value else Listed.ALL)


def way_through(wanted: SearchRequest, place: int | None, *, opened: Opened | None = None) -> Way | None:
    """The way from the paper at this place, counted from 1; None where no search led there, or none does any more.

    `opened` is the saved search to whose page the way back leads.
    """
    if not place or place < 1 or not is_asked(wanted):
        return None
    try:
        around = _around(wanted, place - 1, opened)
    except SavedSearchNotFound:
        return None
    return Way(
        place=place,
        total=around.total,
        previous=_paper(wanted, around.previous_item_id, place - 1, opened),
        next=_paper(wanted, around.next_item_id, place + 1, opened),
        back=_list(wanted, place, opened),
    )


def _around(wanted: SearchRequest, offset: int, opened: Opened | None) -> Neighbours:
    if opened and opened.listed is Listed.NEW:
        return neighbours_of_new(actor(), opened.saved_id, offset, archive=archive())
    return neighbours(actor(), wanted, offset, archive=archive())


def _paper(wanted: SearchRequest, item_id: str | None, place: int, opened: Opened | None) -> str | None:
    if item_id is None:
        return None
    origin = opened.arguments if opened else {}
    return url_for("items.show", item_id=item_id, **arguments_of(wanted), at=place, **origin)


def _list(wanted: SearchRequest, place: int, opened: Opened | None) -> str:
    """The page of the list on which the paper stands, at that very entry."""
    number = (place - 1) // HITS_PER_PAGE + 1
    page, entry = number if number > 1 else None, f"hit-{place}"
    if opened:
        origin = opened.arguments
        return url_for("saved_searches.show", saved_id=origin["saved"], only=origin["only"], page=page, _anchor=entry)
    return url_for("searching.page", **arguments_of(wanted), page=page, _anchor=entry)
