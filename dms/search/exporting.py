"""Taking the whole result of a search out of the archive: a numbered list on paper, or its twin as a spreadsheet.

Invariants:
- All hits of one list come from one transaction, so the list is the result of one moment, none twice and none missing.
- A list says what was asked, by whom and when; the journal keeps the digest of the very bytes that were given (I6).
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.item import STATE_NAMES, ItemState
from dms.errors import Bilingual
from dms.search.answering import answer
from dms.search.asking import storable
from dms.search.errors import ResultTooLong
from dms.search.query import MAX_QUERY_CHARACTERS
from dms.search.request import MAX_LIMIT, Grouping, SearchRequest, SearchSort
from dms.search.result import CodeNames, Hit, SearchResult
from dms.store import UnitOfWork

if TYPE_CHECKING:
    from dms.printing import ListedResult, ResultList

MOST_EXPORTED: Final = 5_000
"""Hits in one list; whoever has more of them narrows the search, or takes the whole archive out."""
_ORDER_NAMES: Final = {
    SearchSort.RELEVANCE: Bilingual("按相关度", "the best first"),
    SearchSort.DATE: Bilingual("日期从新到旧", "the latest paper first"),
    SearchSort.OLDEST: Bilingual("日期从旧到新", "the earliest paper first"),
    SearchSort.ARRIVAL: Bilingual("最近收到的在前", "what came in last first"),
    SearchSort.AMOUNT: Bilingual("金额从大到小", "the largest amount first"),
}
_GROUPING_NAMES: Final = {
    Grouping.CUSTOMER: Bilingual("，同一客户的排在一起", ", by customer"),
    Grouping.CONTRACT: Bilingual("，同一合同的排在一起", ", by contract"),
}
_STATE_NAMES: Final = {state.value: STATE_NAMES[state] for state in ItemState}


class ExportForm(StrEnum):
    """What a list is made as; the value is the ending of its name."""

    PDF = "pdf"
    """PDF/A-2b."""
    XLSX = "xlsx"


def export_results(
    actor: Actor, request: SearchRequest, form: ExportForm, *, archive: Archive, most: int = MOST_EXPORTED
) -> bytes:
    """Every hit of the request, in its order, as a list in the form; `limit` and `offset` do not count. Journaled.

    Raises `ActionForbidden`, `ResultTooLong` beyond so many hits as `most`, `ItemNotFound` for an example that the
    actor may not know of, or `FontMissing` and `FormNotPrinted` of the printing.
    """
    actor.require(Permission.CONSULT)
    asked = replace(storable(request), facets=False, limit=MAX_LIMIT, offset=0)
    with archive.looking() as view:
        first = answer(view, actor, asked)
        if first.total > most:
            raise ResultTooLong(first.total, most)
        listed = _listed(actor, asked, first, archive.now(), view=view)
    exported = _printed(listed, form)
    with archive.begin() as work:
        archive.record(work, actor, "search_exported", "search", **_details(asked, listed, form, exported))
    return exported


def _listed(
    actor: Actor, asked: SearchRequest, first: SearchResult, made_at: datetime, *, view: UnitOfWork
) -> "ResultList":
    from dms.printing import ResultList  # loaded when a list is asked for: few commands need it

    names = first.names
    hits = [*first.hits, *_further(actor, asked, first, view=view)]
    pages = view.items.page_totals((hit.item_id for hit in hits), actor=actor)
    return ResultList(
        company=(view.scheme.own_names() or ("",))[0],
        fonds_code=view.scheme.fonds_code(),
        query=asked.query,
        meaning=first.explanation.meaning,
        filters=tuple(_filters(actor, asked, names, view=view)),
        order=_order(asked),
        notes=first.explanation.notes,
        person=actor.name,
        made_at=made_at,
        results=tuple(_result(hit, names, pages.get(hit.item_id)) for hit in hits),
    )


def _further(actor: Actor, asked: SearchRequest, first: SearchResult, *, view: UnitOfWork) -> Iterator[Hit]:
    """The hits beyond one answer's bound, answer by answer, all as one transaction sees them."""
    for offset in range(MAX_LIMIT, first.total, MAX_LIMIT):
        yield from answer(view, actor, replace(asked, offset=offset)).hits


def _result(hit: Hit, names: CodeNames, pages: int | None) -> "ListedResult":
    from dms.printing import ListedResult

    kind = names.types.get(hit.type_code or "")
    return ListedResult(
        item_id=hit.item_id,
        reference_code=hit.reference_code or "",
        volume=f"{hit.customer_code}-{hit.series_code}-{hit.year}" if hit.confirmed else "",
        title=hit.title,
        customer=" ".join(filter(None, (hit.customer_code, hit.customer_name))),
        contract_no=hit.contract_no or "",
        year=hit.year,
        type_name=kind.zh if kind else "",
        doc_on=hit.doc_on,
        amount=hit.amount,
        pages=pages,
        pages_with_hits=hit.pages_with_hits,
        grade=hit.grade,
        tolerated=hit.tolerated,
    )


def _filters(actor: Actor, asked: SearchRequest, names: CodeNames, *, view: UnitOfWork) -> Iterator[Bilingual]:
    """The filters that were set, in words."""
    chosen = {
        Bilingual("客户", "customer"): _customer(actor, asked.customer_code, view=view),
        Bilingual("年度", "year"): _same(asked.year),
        Bilingual("类型", "type"): _called(asked.type_code, names.types),
        Bilingual("类目", "series"): _called(asked.series_code, names.series),
        Bilingual("合同编号", "contract"): _same(asked.contract_no),
        Bilingual("密级", "grade"): _same(asked.grade),
        Bilingual("状态", "state"): _called(asked.state, _STATE_NAMES),
        Bilingual("相似于", "like"): _same(asked.like_item_id),
    }
    for query in asked.within:
        yield Bilingual(f"在结果中检索：{query}", f"within the results of: {query}")
    for name, value in chosen.items():
        if value is not None:
            yield Bilingual(f"{name.zh}：{value.zh}", f"{name.en}: {value.en}")
    if asked.tolerant:
        yield Bilingual("容许识别误差", "misread characters borne with")
    if asked.synonyms:
        yield Bilingual("含同义词", "synonyms too")


def _order(asked: SearchRequest) -> Bilingual:
    order = _ORDER_NAMES[asked.sort]
    grouped = _GROUPING_NAMES[asked.grouping] if asked.grouping else Bilingual("", "")
    return Bilingual(order.zh + grouped.zh, order.en + grouped.en)


def _customer(actor: Actor, code: str | None, *, view: UnitOfWork) -> Bilingual | None:
    customer = view.customers.known_with_code(code, actor=actor) if code else None
    return _same(f"{customer.code} {customer.name}" if customer else code)


def _called(code: str | None, names: Mapping[str, Bilingual]) -> Bilingual | None:
    return names.get(code, Bilingual(code, code)) if code else None


def _same(value: str | int | None) -> Bilingual | None:
    return None if value is None else Bilingual(str(value), str(value))


def _printed(listed: "ResultList", form: ExportForm) -> bytes:
    from dms.printing import result_list_pdf, result_list_xlsx

    match form:
        case ExportForm.PDF:
            return result_list_pdf(listed)
        case ExportForm.XLSX:
            return result_list_xlsx(listed)


def _details(
    asked: SearchRequest, listed: "ResultList", form: ExportForm, exported: bytes
) -> dict[str, str | int | None]:
    return {
        "query": asked.query[:MAX_QUERY_CHARACTERS],
        "filters": "；".join(told.zh for told in listed.filters),
        "form": form.value,
        "total": len(listed.results),
        "sha256": hashlib.sha256(exported).hexdigest(),
    }
