"""Searches that a person keeps, and what is new since that person looked last.

What always holds:
- S1 A saved search is its owner's alone: for everybody else it does not exist, the operator of the machine included.
- S2 What counts as new is exact: found now, and not among what was found at the last look. Everything is asked for anew
  with the rights of this moment, so nothing is counted that the person may not see (I5).
- S3 While the index is being made anew and may miss papers, a look moves nothing: what is missed now would be new
  once more.

A saved search is no archive material; it is removed without a stub, and the journal says so.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.criterion import AllOf, Fact, FactIs
from dms.domain.one_line import one_line
from dms.search.answering import answered
from dms.search.asking import Asked, ask
from dms.search.errors import SavedNameTaken, SavedNameUnusable, SavedSearchesFull, SavedSearchNotFound
from dms.search.request import SearchRequest
from dms.search.request_json import as_json, from_json
from dms.search.result import SearchResult
from dms.search.stepping import Neighbours, beside, for_three
from dms.store import Found, Inquiry, KeptSearch, UnitOfWork

MAX_SAVED = 200
"""By one person."""
MAX_NAME_CHARACTERS = 60


class Listed(StrEnum):
    """Which of the found papers are listed."""

    ALL = "all"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """A search under a name."""

    id: int
    name: str
    request: SearchRequest
    made_at: datetime
    looked_at: datetime
    """When its owner looked last; at first the moment of saving."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a look would find."""

    total: int
    new_total: int
    """Those that were not found at the last look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedLook:
    """The answer to a saved search, with what is new in it."""

    saved: SavedSearch
    since_at: datetime
    """Since when the new ones are new: the look before this one."""
    total: int
    new_total: int
    new_item_ids: frozenset[str]
    """Of the new ones among the hits."""
    result: SearchResult
    """Of all, or of the new ones alone, whichever was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookWish:
    """Which stretch of the answer is to be shown."""

    listed: Listed = Listed.ALL
    limit: int = 20
    offset: int = 0


def save_search(actor: Actor, name: str, request: SearchRequest, *, archive: Archive) -> SavedSearch:
    """The search under its name, everything that is found in this moment counting as seen; journaled.

    Raises `SavedNameUnusable`, `SavedNameTaken`, `SavedSearchesFull`, or `ItemNotFound` for an example that the actor
    may not know of.
    """
    actor.require(Permission.CONSULT)
    stated = _named(name)
    with archive.looking() as view:
        found = view.fulltext.find(_inquiry_for_keys(ask(view, actor, _whole(request))))
    with archive.begin() as work:
        if work.saved_searches.count(actor) >= MAX_SAVED:
            raise SavedSearchesFull(MAX_SAVED)
        _refuse_taken(work, actor, stated, but=None)
        kept = work.saved_searches.add(actor, stated, as_json(request), found=found.keys, at=archive.now())
        archive.record(work, actor, "search_saved", _subject(kept.id), name=stated, query=_query(kept))
        return _saved(kept)


def saved_searches(actor: Actor, *, archive: Archive) -> tuple[SavedSearch, ...]:
    """The actor's own saved searches, by name."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        return tuple(map(_saved, view.saved_searches.of(actor)))


def news_of_saved(actor: Actor, saved_id: int, *, archive: Archive) -> News:
    """How much a look would find, without looking: nothing counts as seen; raises `SavedSearchNotFound`."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        kept = _own(view, actor, saved_id)
        found = view.fulltext.find(_inquiry_for_keys(ask(view, actor, _whole(from_json(kept.request)))))
        seen = view.saved_searches.last_look(saved_id).found
        return News(total=found.total, new_total=len(frozenset(found.keys) - seen))


def look_at_saved(actor: Actor, saved_id: int, *, archive: Archive, wish: LookWish | None = None) -> SavedLook:
    """The answer of this moment, and what is new in it since the last look; from now on it counts as seen; journaled.

    Raises `SavedSearchNotFound`, or `ItemNotFound` for an example that the actor may not know of any more.
    """
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        kept = _own(view, actor, saved_id)
        seen = view.saved_searches.last_look(saved_id).found
        look = _look(view, actor, kept, wish or LookWish(), seen=seen)
    with archive.begin() as work:
        if look.found.complete:  # S3
            _note(work, actor, look, seen=seen, at=archive.now())
        _record(work, actor, kept, look, archive=archive)
    return look.told(since_at=kept.looked_at)


def go_on_looking(actor: Actor, saved_id: int, *, archive: Archive, wish: LookWish | None = None) -> SavedLook:
    """Another stretch of the answer, or the same once more; what was new at the last look still is; journaled.

    Raises as `look_at_saved` does.
    """
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        kept = _own(view, actor, saved_id)
        last = view.saved_searches.last_look(saved_id)
        look = _look(view, actor, kept, wish or LookWish(), seen=last.found - last.new)
    with archive.begin() as work:
        _record(work, actor, kept, look, archive=archive)
    return look.told(since_at=kept.since_at)


def neighbours_of_new(actor: Actor, saved_id: int, offset: int, *, archive: Archive) -> Neighbours:
    """As `dms.search.stepping.neighbours`, in the answer of those alone that were new at the last look.

    Raises as `look_at_saved` does.
    """
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        asked = ask(view, actor, for_three(from_json(_own(view, actor, saved_id).request), offset))
        last = view.saved_searches.last_look(saved_id)
        found = view.fulltext.find(_inquiry_for_keys(asked))
        new = frozenset(found.keys) - (last.found - last.new)
        return beside(view, actor, _among(asked, new).inquiry, max(0, offset))


def rename_saved(actor: Actor, saved_id: int, name: str, *, archive: Archive) -> SavedSearch:
    """The search under its new name; journaled.

    Raises `SavedSearchNotFound`, `SavedNameUnusable` or `SavedNameTaken`.
    """
    actor.require(Permission.CONSULT)
    stated = _named(name)
    with archive.begin() as work:
        kept = _own(work, actor, saved_id)
        _refuse_taken(work, actor, stated, but=saved_id)
        work.saved_searches.rename(actor, saved_id, stated)
        archive.record(work, actor, "saved_search_renamed", _subject(saved_id), name=stated, former_name=kept.name)
        return replace(_saved(kept), name=stated)


def forget_saved(actor: Actor, saved_id: int, *, archive: Archive) -> None:
    """Remove the search; journaled; raises `SavedSearchNotFound`."""
    actor.require(Permission.CONSULT)
    with archive.begin() as work:
        kept = _own(work, actor, saved_id)
        work.saved_searches.forget(actor, saved_id)
        archive.record(work, actor, "saved_search_removed", _subject(saved_id), name=kept.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """One look, before it is told."""

    kept: KeptSearch
    found: Found
    new: frozenset[int]
    new_item_ids: frozenset[str]
    result: SearchResult

    def told(self, *, since_at: datetime) -> SavedLook:
        """The look as its owner is told of it."""
        return SavedLook(
            saved=_saved(self.kept),
            since_at=since_at,
            total=self.found.total,
            new_total=len(self.new),
            new_item_ids=self.new_item_ids,
            result=self.result,
        )


def _look(view: UnitOfWork, actor: Actor, kept: KeptSearch, wish: LookWish, *, seen: frozenset[int]) -> _Look:
    request = replace(from_json(kept.request), limit=wish.limit, offset=wish.offset)
    asked = ask(view, actor, request)
    found = view.fulltext.find(replace(asked.inquiry, wants_keys=True))
    new = frozenset(found.keys) - seen
    shown = found
    if wish.listed is Listed.NEW:
        asked = _among(asked, new)
        shown = view.fulltext.find(asked.inquiry)
    marked = view.fulltext.items((key for key in shown.ranks if key in new), actor=actor)
    return _Look(
        kept=kept,
        found=found,
        new=new,
        new_item_ids=frozenset(item.id for item in marked.values()),
        result=answered(view, actor, request, asked=asked, found=shown),
    )


def _note(work: UnitOfWork, actor: Actor, look: _Look, *, seen: frozenset[int], at: datetime) -> None:
    """What was found counts as seen, and so does what the same person saw meanwhile on another screen."""
    saved_id = _own(work, actor, look.kept.id).id
    elsewhere = work.saved_searches.last_look(saved_id).found - seen
    work.saved_searches.looked(actor, saved_id, found=elsewhere.union(look.found.keys), new=look.new, at=at)


def _among(asked: Asked, keys: frozenset[int]) -> Asked:
    """The same asked of these papers alone."""
    among = FactIs(Fact.ITEM, tuple(map(str, sorted(keys))))
    inquiry = asked.inquiry
    return replace(asked, inquiry=replace(inquiry, criterion=AllOf((inquiry.criterion, among))))


def _inquiry_for_keys(asked: Asked) -> Inquiry:
    return replace(asked.inquiry, wants_keys=True, facets=False, limit=0, grouping=None)


def _whole(request: SearchRequest) -> SearchRequest:
    return replace(from_json(as_json(request)), facets=False)


def _own(view: UnitOfWork, actor: Actor, saved_id: int) -> KeptSearch:
    kept = view.saved_searches.get(actor, saved_id)  # S1
    if kept is None:
        raise SavedSearchNotFound(saved_id)
    return kept


def _refuse_taken(work: UnitOfWork, actor: Actor, name: str, *, but: int | None) -> None:
    same = work.saved_searches.named(actor, name)
    if same is not None and same.id != but:
        raise SavedNameTaken(name)


def _named(untrusted_name: str) -> str:
    name = one_line(untrusted_name)
    if not 1 <= len(name) <= MAX_NAME_CHARACTERS:
        raise SavedNameUnusable(MAX_NAME_CHARACTERS)
    return name


def _saved(kept: KeptSearch) -> SavedSearch:
    return SavedSearch(
        id=kept.id,
        name=kept.name,
        request=from_json(kept.request),
        made_at=kept.made_at,
        looked_at=kept.looked_at,
    )


def _record(work: UnitOfWork, actor: Actor, kept: KeptSearch, look: _Look, *, archive: Archive) -> None:
    counts = {"total": look.found.total, "new_total": len(look.new)}
    archive.record(work, actor, "saved_search_opened", _subject(kept.id), name=kept.name, query=_query(kept), **counts)


def _query(kept: KeptSearch) -> str:
    return from_json(kept.request).query


def _subject(saved_id: int) -> str:
    return f"saved/{saved_id}"
