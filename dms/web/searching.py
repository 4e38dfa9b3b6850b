"""The search page: one box, filters that say how many they leave, and results that lead to the marked page."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.filing import frame
from dms.search import FacetValue, Grouping, SearchRequest, SearchResult, SearchSort, search
from dms.web.current import actor, archive, localized
from dms.web.navigation import here_with
from dms.web.paging import paging_asked
from dms.web.search_address import arguments_of, is_asked, search_in

blueprint = Blueprint("searching", __name__)

HITS_PER_PAGE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFacet:
    """One facet as the page shows it; `argument` is the name that its choice has in the address."""

    argument: str
    title: str
    values: tuple[FacetValue, ...]

    @property
    def is_chosen(self) -> bool:
        """Whether one of its values narrows the result."""
        return any(value.chosen for value in self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A filter or an earlier query in force, and the address of the same search without it."""

    title: str
    value: str
    without: str


@blueprint.get("/search")
def page() -> str | Response:
    """The answer to the search in the address; tips and examples where nothing is asked."""
    paging = paging_asked(HITS_PER_PAGE)
    wanted = search_in(request.args, paging)
    changed = _changed(wanted)
    if changed is not None:
        return redirect(address_of(changed))
    result = search(actor(), wanted, archive=archive()) if is_asked(wanted) else None
    facets = _shown_facets(result) if result else ()
    return render_template(
        "pages/searching/page.html",
        wanted=wanted,
        kept=arguments_of(wanted),
        result=result,
        facets=facets,
        chips=(*_earlier_queries(wanted), *_chips(facets)),
        paging=paging,
        scheme=frame(actor(), archive=archive()),
        sorts=tuple(SearchSort),
        groupings=tuple(Grouping),
    )


def address_of(wanted: SearchRequest, **more: Any) -> str:
    """The address of the answer to a search."""
    return url_for("searching.page", **arguments_of(wanted), **more)


def _changed(wanted: SearchRequest) -> SearchRequest | None:
    """The search that a button of the form makes of the present one; None where no such button was pressed."""
    match request.args.get("switch"):
        case "tolerant":
            return replace(wanted, tolerant=not wanted.tolerant)
        case "synonyms":
            return replace(wanted, synonyms=not wanted.synonyms)
    if "in_results" not in request.args:
        return None
    earlier = request.args.get("was", "").strip()
    narrowed = earlier and earlier != wanted.query
    return replace(wanted, within=(*wanted.within, earlier)) if narrowed else wanted


def _shown_facets(result: SearchResult) -> tuple[ShownFacet, ...]:
    facets = result.facets
    return (
        ShownFacet(argument="customer", title=_("客户"), values=facets.customers),
        ShownFacet(argument="year", title=_("年度"), values=facets.years),
        ShownFacet(argument="type", title=_("资料类型"), values=facets.types),
        ShownFacet(argument="series", title=_("类目"), values=facets.series),
        ShownFacet(argument="contract", title=_("合同"), values=facets.contracts),
        ShownFacet(argument="grade", title=_("密级"), values=facets.grades),
        ShownFacet(argument="state", title=_("状态"), values=facets.states),
    )


def _chips(facets: tuple[ShownFacet, ...]) -> Iterator[Chip]:
    for facet in facets:
        stated = request.args.get(facet.argument, "").strip()
        if stated:
            names = (localized(value.label) for value in facet.values if value.chosen)
            without = here_with(**{facet.argument: None, "page": None})
            yield Chip(title=facet.title, value=next(names, stated), without=without)


def _earlier_queries(wanted: SearchRequest) -> Iterator[Chip]:
    """The queries in whose results is searched, each to be taken away by itself."""
    for at, query in enumerate(wanted.within):
        without = replace(wanted, within=wanted.within[:at] + wanted.within[at + 1 :])
        yield Chip(title=_("在结果中"), value=query, without=address_of(without))
