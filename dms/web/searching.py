"""The search page: one box, filters that say how many they leave, and results that lead to the marked page."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from dms.filing import frame
from dms.search import FacetValue, SearchRequest, SearchResult, SearchSort, search
from dms.web.current import actor, archive, localized
from dms.web.navigation import here_with
from dms.web.paging import Paging, paging_asked

blueprint = Blueprint("searching", __name__)

HITS_PER_PAGE = 20
_FILTERS = ("customer", "year", "type", "series", "contract")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFacet:
    """One facet as the page shows it; `argument` is the name that its choice has in the address."""

    argument: str
    title: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A filter in force, and the address of the same search without it."""

    title: str
    value: str
    without: str


@blueprint.get("/search")
def page() -> str:
    """The answer to the search in the address; tips and examples where nothing is asked."""
    paging = paging_asked(HITS_PER_PAGE)
    wanted = _request(paging)
    asked = bool(wanted.query) or any(request.args.get(name) for name in _FILTERS)
    result = search(actor(), wanted, archive=archive()) if asked else None
    facets = _shown_facets(result) if result else ()
    return render_template(
        "pages/searching/page.html",
        wanted=wanted,
        result=result,
        facets=facets,
        chips=tuple(_chips(facets)),
        paging=paging,
        type_names={kind.code: kind for kind in frame(actor(), archive=archive()).types},
        sorts=tuple(SearchSort),
    )


def _request(paging: Paging) -> SearchRequest:
    return SearchRequest(
        query=request.args.get("q", "").strip(),
        customer_code=_stated("customer"),
        year=request.args.get("year", type=int),
        type_code=_stated("type"),
        series_code=_stated("series"),
        contract_no=_stated("contract"),
        sort=_sort(),
        limit=paging.limit,
        offset=paging.offset,
    )


def _stated(name: str) -> str | None:
    return request.args.get(name, "").strip() or None


def _sort() -> SearchSort:
    return SearchSort.DATE if request.args.get("sort") == SearchSort.DATE.value else SearchSort.RELEVANCE


def _shown_facets(result: SearchResult) -> tuple[ShownFacet, ...]:
    facets = result.facets
    return (
        ShownFacet(argument="customer", title=_("客户"), values=facets.customers),
        ShownFacet(argument="year", title=_("年度"), values=facets.years),
        ShownFacet(argument="type", title=_("资料类型"), values=facets.types),
        ShownFacet(argument="series", title=_("类目"), values=facets.series),
    )


def _chips(facets: tuple[ShownFacet, ...]) -> Iterator[Chip]:
    for facet in facets:
        stated = _stated(facet.argument)
        if stated:
            names = (localized(value.label) for value in facet.values if value.value == stated)
            yield Chip(
                title=facet.title, value=next(names, stated), without=here_with(**{facet.argument: None, "page": None})
            )
    contract = _stated("contract")
    if contract:
        yield Chip(title=_("合同号"), value=contract, without=here_with(contract=None, page=None))
