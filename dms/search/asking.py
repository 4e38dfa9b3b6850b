"""From what a person asks to what the store is asked, in one transaction that already knows the archive's words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from dms.domain.actor import GRADES, Actor
from dms.domain.criterion import EVERYTHING, NOTHING, AllOf, Criterion, Fact, FactIs, FactRange
from dms.domain.synonym import SynonymGroups
from dms.errors import Bilingual
from dms.search import wording
from dms.search.analysis import folded
from dms.search.hiding import without_hidden
from dms.search.noting import alike_paper, too_many_earlier
from dms.search.query import Frame, ParsedQuery, parse_query
from dms.search.request import MAX_LIMIT, Grouping, SearchRequest, SearchSort
from dms.search.resembling import resembling
from dms.search.result import Explanation
from dms.store import Facet, FoundOrder, Inquiry, UnitOfWork

MAX_EARLIER_QUERIES = 16
"""Searches within results within results; what came before them is left out, and the explanation says so."""
_YEARS = range(1, 10_000)
_FURTHEST_OFFSET = 10**9

_ORDERS = {
    SearchSort.RELEVANCE: FoundOrder.RELEVANCE,
    SearchSort.DATE: FoundOrder.DATE,
    SearchSort.OLDEST: FoundOrder.OLDEST,
    SearchSort.ARRIVAL: FoundOrder.ARRIVAL,
    SearchSort.AMOUNT: FoundOrder.AMOUNT,
}
_GROUPINGS = {Grouping.CUSTOMER: Facet.CUSTOMER, Grouping.CONTRACT: Facet.CONTRACT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request understood."""

    inquiry: Inquiry
    explanation: Explanation
    frame: Frame


def ask(view: UnitOfWork, actor: Actor, request: SearchRequest) -> Asked:
    """What a request asks of the store; raises `ItemNotFound` for an example that the actor may not know of."""
    frame = frame_of(view)
    criterion, explanation = _understood(_parsed(request, frame))
    criterion = without_hidden(view, actor, criterion, beside=_chosen(request).values())
    if request.like_item_id:
        resemblance = resembling(view, actor, request.like_item_id)
        criterion = _all_of([criterion, resemblance.criterion])
        explanation = _noted(explanation, alike_paper(resemblance.title, resemblance.runs, resemblance.shared))
    if len(request.within) > MAX_EARLIER_QUERIES:
        explanation = _noted(explanation, too_many_earlier(MAX_EARLIER_QUERIES))
    return Asked(inquiry=_inquiry(criterion, actor, request), explanation=explanation, frame=frame)


def frame_of(view: UnitOfWork) -> Frame:
    """What this archive gives to the query language: the names of types and series, and its synonyms."""
    return Frame(
        types=view.scheme.all_types(), series=view.scheme.all_series(), synonyms=_synonyms(view.synonyms.groups())
    )


def criterion_of(view: UnitOfWork, request: SearchRequest) -> Criterion:
    """What the queries of a request look for, without its filters and its example."""
    return _understood(_parsed(request, frame_of(view)))[0]


def storable(request: SearchRequest) -> SearchRequest:
    """The request without halves of surrogate pairs, which no catalogue and no journal can hold."""
    return replace(
        request,
        query=_whole_characters(request.query),
        customer_code=_stated(request.customer_code),
        type_code=_stated(request.type_code),
        series_code=_stated(request.series_code),
        contract_no=_stated(request.contract_no),
        state=_stated(request.state),
        within=tuple(query for query in map(_whole_characters, request.within) if query.strip()),
        like_item_id=_stated(request.like_item_id),
    )


def _stated(text: str | None) -> str | None:
    """A filter; what cannot be stored makes it one that nothing passes, not one that is not there."""
    return (text or "").encode("utf-8", "replace").decode("utf-8") or None


def _whole_characters(text: str) -> str:
    return text.encode("utf-8", "ignore").decode("utf-8")


@lru_cache(maxsize=4)
def _synonyms(groups: SynonymGroups) -> Mapping[str, tuple[str, ...]]:
    """Each folded word to the others of its group; the same table serves every search until another is stated."""
    return {folded(word): tuple(other for other in group if other != word) for group in groups for word in group}


def _parsed(request: SearchRequest, frame: Frame) -> list[ParsedQuery]:
    """The query, and the latest of those in whose results it searches."""
    queries = (request.query, *request.within[-MAX_EARLIER_QUERIES:])
    return [parse_query(query, frame, tolerant=request.tolerant, synonyms=request.synonyms) for query in queries]


def _understood(parsed: list[ParsedQuery]) -> tuple[Criterion, Explanation]:
    explanations = [one.explanation for one in parsed]
    together = replace(
        explanations[0],
        meaning=_meaning([one for one in explanations if one.meaning.zh]),
        terms=tuple(term for one in explanations for term in one.terms),
        notes=tuple(dict.fromkeys(note for one in explanations for note in one.notes)),
        read_literally=any(one.read_literally for one in explanations),
    )
    return _all_of([one.criterion for one in parsed]), together


def _meaning(explanations: list[Explanation]) -> Bilingual:
    if len(explanations) == 1:
        return explanations[0].meaning
    grouped = (wording.bracketed(one.meaning) if len(one.terms) > 1 else one.meaning for one in explanations)
    return wording.all_of(list(grouped))


def _noted(explanation: Explanation, note: Bilingual) -> Explanation:
    return replace(explanation, notes=(*explanation.notes, note))


def _all_of(parts: list[Criterion]) -> Criterion:
    asking = [part for part in parts if part != EVERYTHING]
    return asking[0] if len(asking) == 1 else AllOf(tuple(asking))


def _inquiry(criterion: Criterion, actor: Actor, request: SearchRequest) -> Inquiry:
    return Inquiry(
        criterion=criterion,
        chosen=_chosen(request),
        actor=actor,
        order=_ORDERS[request.sort],
        limit=max(0, min(request.limit, MAX_LIMIT)),
        offset=max(0, min(request.offset, _FURTHEST_OFFSET)),
        facets=request.facets,
        grouping=_GROUPINGS[request.grouping] if request.grouping else None,
    )


def _chosen(request: SearchRequest) -> dict[Facet, Criterion]:
    return {facet: wanted for facet, wanted in _filters(request).items() if wanted is not None}


def _filters(request: SearchRequest) -> dict[Facet, Criterion | None]:
    return {
        Facet.CUSTOMER: _is(Fact.CUSTOMER_CODE, request.customer_code),
        Facet.YEAR: _within(Fact.YEAR, request.year, _YEARS),
        Facet.TYPE: _is(Fact.TYPE, request.type_code),
        Facet.SERIES: _is(Fact.SERIES, request.series_code),
        Facet.CONTRACT: _is(Fact.CONTRACT_NO, request.contract_no),
        Facet.GRADE: _within(Fact.GRADE, request.grade, GRADES),
        Facet.STATE: _is(Fact.STATE, request.state),
    }


def _is(fact: Fact, value: str | None) -> Criterion | None:
    return FactIs(fact, (value,)) if value else None


def _within(fact: Fact, value: int | None, possible: range | tuple[int, ...]) -> Criterion | None:
    if value is None:
        return None
    return FactRange(fact, value, value) if value in possible else NOTHING
