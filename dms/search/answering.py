"""Making the answer to one search out of what one transaction of the catalogue shows."""

from collections.abc import Iterator, Mapping, Sequence

from dms.domain.actor import Actor
from dms.domain.criterion import (
    NOTHING,
    AllOf,
    Criterion,
    Fact,
    FactIs,
    FactRange,
    Phrase,
    TextPart,
    wanted_phrases,
)
from dms.domain.item import ItemState
from dms.errors import Bilingual
from dms.search.highlighting import MAX_SNIPPETS, body_snippets, fact_snippets, lead_snippet
from dms.search.marking import MarkedPages
from dms.search.query import Frame, ParsedQuery, parse_query
from dms.search.request import MAX_LIMIT, SearchRequest, SearchSort
from dms.search.result import Facets, FacetValue, Hit, SearchResult, Snippet
from dms.store import Facet, Found, FoundItem, FoundOrder, Inquiry, UnitOfWork

MAX_FACET_CUSTOMERS = 50
_YEARS = range(1, 10_000)
_FURTHEST_OFFSET = 10**9

_ORDERS = {SearchSort.RELEVANCE: FoundOrder.RELEVANCE, SearchSort.DATE: FoundOrder.DATE}


def answer(view: UnitOfWork, actor: Actor, request: SearchRequest) -> SearchResult:
    """The result of a request in one transaction; `elapsed_ms` is left 0 for the use case to fill in."""
    frame = frame_of(view)
    parsed = parse_query(request.query, frame)
    found = view.fulltext.find(_inquiry(parsed, actor, request))
    return SearchResult(
        total=found.total,
        exact_total=found.exact_total,
        tolerance_bounded=found.bounded,
        index_complete=found.complete,
        groups=(),
        elapsed_ms=0.0,
        hits=tuple(_hits(view, actor, found, wanted_phrases(parsed.criterion))),
        facets=_facets(view, found, frame, request),
        explanation=parsed.explanation,
    )


def frame_of(view: UnitOfWork) -> Frame:
    """The names of types and series in this archive."""
    return Frame(types=view.scheme.all_types(), series=view.scheme.all_series())


def body_phrases(phrases: Sequence[Phrase]) -> list[str]:
    """The folded phrases that may stand on a page."""
    return _of_parts(phrases, TextPart.ANYWHERE, TextPart.BODY)


def _of_parts(phrases: Sequence[Phrase], *parts: TextPart) -> list[str]:
    return list(dict.fromkeys(phrase.folded for phrase in phrases if phrase.part in parts))


def _inquiry(parsed: ParsedQuery, actor: Actor, request: SearchRequest) -> Inquiry:
    filters: dict[Facet, Criterion | None] = {
        Facet.CUSTOMER: FactIs(Fact.CUSTOMER_CODE, (request.customer_code,)) if request.customer_code else None,
        Facet.TYPE: FactIs(Fact.TYPE, (request.type_code,)) if request.type_code else None,
        Facet.SERIES: FactIs(Fact.SERIES, (request.series_code,)) if request.series_code else None,
        Facet.YEAR: _year_filter(request.year),
    }
    return Inquiry(
        criterion=_within_contract(parsed.criterion, request.contract_no),
        chosen={facet: wanted for facet, wanted in filters.items() if wanted is not None},
        actor=actor,
        order=_ORDERS[request.sort],
        limit=max(0, min(request.limit, MAX_LIMIT)),
        offset=max(0, min(request.offset, _FURTHEST_OFFSET)),
    )


def _year_filter(year: int | None) -> Criterion | None:
    if year is None:
        return None
    return FactRange(Fact.YEAR, year, year) if year in _YEARS else NOTHING


def _within_contract(criterion: Criterion, contract_no: str | None) -> Criterion:
    return AllOf((criterion, FactIs(Fact.CONTRACT_NO, (contract_no,)))) if contract_no else criterion


def _hits(view: UnitOfWork, actor: Actor, found: Found, phrases: Sequence[Phrase]) -> Iterator[Hit]:
    items = view.fulltext.items(found.ranks, actor=actor)
    pages = view.fulltext.page_texts(found.ranks)
    for key, rank in found.ranks.items():
        score = round(rank / found.best_rank, 3) if found.best_rank else 0.0
        yield _hit(items[key], pages[key], phrases, score)


def _hit(item: FoundItem, pages: Sequence[tuple[int, str]], phrases: Sequence[Phrase], score: float) -> Hit:
    numbers, texts = [number for number, _ in pages], [text for _, text in pages]
    marked = MarkedPages(texts, body_phrases(phrases))
    pages_with_hits = tuple(numbers[page] for page in marked.pages)
    return Hit(
        item_id=item.id,
        title=item.title or item.original_filename,
        customer_code=item.customer_code,
        customer_name=item.customer_name,
        year=item.year,
        type_code=item.type_code,
        series_code=item.series_code,
        contract_no=item.contract_no or item.claimed_contract_no or None,
        doc_on=item.doc_on,
        grade=item.grade,
        confirmed=item.state is ItemState.FILED,
        page=pages_with_hits[0] if pages_with_hits else None,
        pages_with_hits=pages_with_hits,
        snippets=_snippets(item, marked, texts, numbers, phrases),
        score=score,
        tolerated=False,
        contract_title=item.contract_title,
        group=None,
    )


def _snippets(
    item: FoundItem, marked: MarkedPages, texts: Sequence[str], numbers: Sequence[int], phrases: Sequence[Phrase]
) -> tuple[Snippet, ...]:
    """Of the pages first; of the facts for what stands on no page; the beginning of the paper if nothing is marked."""
    on_pages = marked.phrases()
    elsewhere = [phrase for phrase in phrases if phrase.folded not in on_pages]
    snippets = (*body_snippets(marked, texts, numbers), *_snippets_of_facts(item, elsewhere))
    return snippets[:MAX_SNIPPETS] or lead_snippet(texts, numbers)


def _snippets_of_facts(item: FoundItem, phrases: Sequence[Phrase]) -> Iterator[Snippet]:
    facts: dict[TextPart, list[str | None]] = {
        TextPart.TITLE: [item.title, item.original_filename],
        TextPart.CUSTOMER: [item.customer_code, item.customer_name, *item.former_names, item.uscc],
        TextPart.CONTRACT: [item.contract_no, item.contract_title, item.claimed_contract_no],
    }
    for part, texts in facts.items():
        wanted = _of_parts(phrases, TextPart.ANYWHERE, TextPart.FACTS, part)
        yield from fact_snippets([text for text in texts if text], wanted)


def _facets(view: UnitOfWork, found: Found, frame: Frame, request: SearchRequest) -> Facets:
    types = {one.code: Bilingual(one.zh, one.en) for one in frame.types}
    series = {one.code: Bilingual(one.zh, one.en) for one in frame.series}
    of_type, of_series = found.counts[Facet.TYPE], found.counts[Facet.SERIES]
    return Facets(
        customers=_customer_facet(view, found.counts[Facet.CUSTOMER], request.customer_code),
        years=tuple(_year_value(year, count, request) for year, count in _latest_first(found.counts[Facet.YEAR])),
        types=tuple(
            _value(str(code), types[str(code)], of_type[code], request.type_code)
            for code in sorted(of_type, key=lambda code: (-of_type[code], str(code)))
        ),
        series=tuple(
            _value(code, label, of_series[code], request.series_code)
            for code, label in series.items()
            if code in of_series
        ),
        contracts=(),
        grades=(),
        states=(),
    )


def _latest_first(counts: Mapping[str | int, int]) -> list[tuple[str | int, int]]:
    return sorted(counts.items(), key=lambda pair: -int(pair[0]))


def _year_value(year: str | int, count: int, request: SearchRequest) -> FacetValue:
    return _value(str(year), Bilingual(str(year), str(year)), count, str(request.year))


def _customer_facet(view: UnitOfWork, counts: Mapping[str | int, int], chosen: str | None) -> tuple[FacetValue, ...]:
    frequent = sorted(counts, key=lambda customer_id: (-counts[customer_id], customer_id))[:MAX_FACET_CUSTOMERS]
    customer = view.customers.with_code(chosen) if chosen else None
    shown = {*frequent, customer.id} if customer and customer.id in counts else {*frequent}
    names = view.fulltext.customer_names(int(customer_id) for customer_id in shown)
    values = [
        _value(code, Bilingual(name, name), counts[customer_id], chosen) for customer_id, (code, name) in names.items()
    ]
    return tuple(sorted(values, key=lambda value: (-value.count, value.value)))


def _value(value: str, label: Bilingual, count: int, chosen: str | None) -> FacetValue:
    return FacetValue(
        value=value, label=label, count=count, chosen=chosen is not None and value.upper() == chosen.upper()
    )
