"""Making the answer to one search out of what one transaction of the catalogue shows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dms.archive import sees_personal_data
from dms.domain.actor import Actor
from dms.domain.criterion import Mention, TextPart, Wanted, wanted
from dms.domain.item import ItemState
from dms.search.asking import Asked, ask
from dms.search.faceting import facets, groups
from dms.search.highlighting import MAX_SNIPPETS, body_snippets, fact_snippets, lead_snippet, marks_needed
from dms.search.marking import MarkedPages, blotted, without_blots
from dms.search.noting import INDEX_INCOMPLETE, TOLERANCE_BOUNDED
from dms.search.request import Grouping, SearchRequest
from dms.search.result import CodeNames, Explanation, Hit, SearchResult, Snippet
from dms.store import Found, FoundItem, UnitOfWork


def answer(view: UnitOfWork, actor: Actor, request: SearchRequest) -> SearchResult:
    """The result of a request in one transaction; `elapsed_ms` is left 0 for the use case to fill in.

    Raises `ItemNotFound` for an example that the actor may not know of.
    """
    asked = ask(view, actor, request)
    return answered(view, actor, request, asked=asked, found=view.fulltext.find(asked.inquiry))


def answered(view: UnitOfWork, actor: Actor, request: SearchRequest, *, asked: Asked, found: Found) -> SearchResult:
    """The result of a request that was understood and found already; `elapsed_ms` is left 0."""
    names = CodeNames.of(asked.frame.types, asked.frame.series)
    return SearchResult(
        total=found.total,
        exact_total=found.exact_total,
        tolerance_bounded=found.bounded,
        index_complete=found.complete,
        groups=groups(view, found, request),
        elapsed_ms=0.0,
        hits=tuple(_hits(view, actor, found, wanted(asked.inquiry.criterion), request.grouping)),
        facets=facets(view, found, names, request),
        explanation=_with_what_is_missing(asked.explanation, found),
        names=names,
    )


def _with_what_is_missing(explanation: Explanation, found: Found) -> Explanation:
    bounded = [TOLERANCE_BOUNDED] if found.bounded else []
    incomplete = [] if found.complete else [INDEX_INCOMPLETE]
    return replace(explanation, notes=(*explanation.notes, *bounded, *incomplete))


def _hits(
    view: UnitOfWork, actor: Actor, found: Found, sought: Sequence[Wanted], grouping: Grouping | None
) -> Iterator[Hit]:
    items = view.fulltext.items(found.ranks, actor=actor)
    pages = view.fulltext.page_texts(found.ranks)
    corrections = view.contents.corrections_of_all(found.ranks)
    # Asked for under the same visibility once more: what the index and the catalogue see differently is not told (I5).
    for key, rank in ((key, rank) for key, rank in found.ranks.items() if key in items):
        score = round(rank / found.best_rank, 3) if found.best_rank else 0.0
        written = _written_for(actor, pages[key], corrections.get(key, {}), sought)
        yield _hit(items[key], written, score=score, tolerated=key in found.tolerated, grouping=grouping)


class _Written:
    """What stands on the pages of one item, and where what is sought stands there."""

    def __init__(
        self, pages: Sequence[tuple[int, str]], corrections: Mapping[int, str], sought: Sequence[Wanted]
    ) -> None:
        self.sought = sought
        self.numbers = [number for number, _ in pages]
        texts = [text for _, text in pages]
        corrected = {self.numbers.index(number): text for number, text in corrections.items() if number in self.numbers}
        self.present = [corrected.get(page, text) for page, text in enumerate(texts)]
        self.marked = MarkedPages(texts, sought, corrected, most_on_page=marks_needed(len(sought)))

    def show_blots(self) -> None:
        """Show what was blotted as masked; marks stay where they are."""
        self.present = [without_blots(text) for text in self.present]
        self.marked.show_blots()


def _written_for(
    actor: Actor, pages: Sequence[tuple[int, str]], corrections: Mapping[int, str], sought: Sequence[Wanted]
) -> _Written:
    """The pages as the actor may read them: nothing is marked on what is masked."""
    if sees_personal_data(actor):
        return _Written(pages, corrections, sought)
    open_pages = [(number, blotted(text)) for number, text in pages]
    open_corrections = {number: blotted(text) for number, text in corrections.items()}
    written = _Written(open_pages, open_corrections, sought)
    written.show_blots()
    return written


def _hit(item: FoundItem, written: _Written, *, score: float, tolerated: bool, grouping: Grouping | None) -> Hit:
    pages_with_hits = tuple(written.numbers[page] for page in written.marked.pages)
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
        amount=item.amount,
        grade=item.grade,
        confirmed=item.state is ItemState.FILED,
        page=pages_with_hits[0] if pages_with_hits else None,
        pages_with_hits=pages_with_hits,
        snippets=_snippets(item, written),
        score=score,
        tolerated=tolerated,
        contract_title=item.contract_title,
        reference_code=item.reference_code,
        group=_group(item, grouping),
    )


def _group(item: FoundItem, grouping: Grouping | None) -> str | None:
    match grouping:
        case Grouping.CUSTOMER:
            return item.customer_code
        case Grouping.CONTRACT:
            return item.contract_no
        case None:
            return None


def _snippets(item: FoundItem, written: _Written) -> tuple[Snippet, ...]:
    """Of the pages first; of the facts for what stands on no page; the beginning of the paper if nothing is marked."""
    on_pages = written.marked.first_pages
    elsewhere = [one for term, one in enumerate(written.sought) if term not in on_pages]
    snippets = (*body_snippets(written.marked, written.numbers), *_snippets_of_facts(item, elsewhere))
    return snippets[:MAX_SNIPPETS] or lead_snippet(written.present, written.numbers)


def _snippets_of_facts(item: FoundItem, sought: Sequence[Wanted]) -> Iterator[Snippet]:
    facts: dict[TextPart, list[str | None]] = {
        TextPart.TITLE: [item.title, item.original_filename],
        TextPart.CUSTOMER: [item.customer_code, item.customer_name, *item.former_names, item.uscc],
        TextPart.CONTRACT: [item.contract_no, item.contract_title, item.claimed_contract_no],
    }
    for part, texts in facts.items():
        here = [one for one in sought if _is_looked_for(one, part)]
        yield from fact_snippets([text for text in texts if text], here) if here else ()


def _is_looked_for(one: Wanted, part: TextPart) -> bool:
    return not isinstance(one, Mention) and one.part in (TextPart.ANYWHERE, TextPart.FACTS, part)
