"""The search page: one box, filters that say how many they leave, and results that lead to the marked page."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from dms.custody import item_facts
from dms.domain.actor import Permission
from dms.filing import bearer_of_code
from dms.search import (
    CodeNames,
    ExportForm,
    FacetValue,
    Grouping,
    QueryForm,
    SearchRequest,
    SearchResult,
    SearchSort,
    Suggestion,
    clear_recent_searches,
    compose_query,
    export_results,
    form_of_query,
    recent_searches,
    saved_searches,
    search,
    suggest,
)
from dms.web.current import actor, archive, localized
from dms.web.declaring import needs
from dms.web.labels import label
from dms.web.navigation import here_with
from dms.web.paging import Paging, paging_asked
from dms.web.query_form import form_in
from dms.web.result_way import HITS_PER_PAGE
from dms.web.saved_searches import kept_with_news
from dms.web.search_address import arguments_of, is_asked, search_in
from dms.web.search_words import filter_in_words, in_words, present_names

blueprint = Blueprint("searching", __name__)

RECENT_SHOWN = 10
SAVED_SHOWN = 8
"""On the page before anything is asked."""


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
class ListedSearch:
    """A search in a list of searches: in words, and its address."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A filter or an earlier query in force, and the address of the same search without it."""

    title: str
    value: str
    without: str


@blueprint.get("/search")
@needs(Permission.CONSULT)
def page() -> str | BaseResponse:
    """The answer to the search in the address; tips and examples where nothing is asked."""
    paging = paging_asked(HITS_PER_PAGE)
    wanted = search_in(request.args, paging)
    changed = _changed(wanted)
    if changed is not None:
        return redirect(url_for(".page", **arguments_of(changed)))
    named = _named(wanted)
    if named is not None:
        return redirect(named)
    result = search(actor(), wanted, archive=archive()) if is_asked(wanted) else None
    if result and result.total and paging.page > (last := paging.pages_total(result.total)):
        return redirect(url_for(".page", **arguments_of(wanted), page=last if last > 1 else None))
    facets = _shown_facets(result) if result else ()
    return render_template(
        "pages/searching/page.html",
        wanted=wanted,
        kept=arguments_of(wanted),
        form=form_of_query(wanted.query),
        empty_form=QueryForm(),
        recent=() if result else _recent(),
        saved=() if result else kept_with_news(saved_searches(actor(), archive=archive())[:SAVED_SHOWN]),
        words=in_words(wanted, result.names) if result else "",
        result=result,
        facets=facets,
        chips=(*_example(wanted), *_earlier_queries(wanted), *(_chips(facets, result.names) if result else ())),
        cleared=arguments_of(_cleared(wanted)),
        paging=paging,
        sorts=tuple(SearchSort),
        groupings=tuple(Grouping),
    )


@blueprint.get("/search/export.<any(xlsx, pdf):ending>")
@needs(Permission.CONSULT)
def export(ending: str) -> BaseResponse:
    """The whole result of the search in the address as a list to keep."""
    wanted = search_in(request.args, Paging(page=1, limit=HITS_PER_PAGE))
    exported = export_results(actor(), wanted, ExportForm(ending), archive=archive())
    name = f"{_('检索结果')} {archive().now().astimezone():%Y-%m-%d %H%M}.{ending}"
    answer = send_file(BytesIO(exported), as_attachment=True, download_name=name, etag=False)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/search/composed")
@needs(Permission.CONSULT)
def composed_query() -> Response:
    """The query that the form means, while it is being filled in."""
    actor().require(Permission.CONSULT)
    return jsonify(query=compose_query(form_in(request.args)))


@blueprint.get("/search/suggestions")
@needs(Permission.CONSULT)
def suggestions() -> Response:
    """What may be meant by ``q``, while it is being typed."""
    found = suggest(actor(), request.args.get("q", ""), archive=archive())
    return jsonify(suggestions=[_offered(suggestion) for suggestion in found])


@blueprint.post("/search/recent/clear")
@needs(Permission.CONSULT)
def clear_recent() -> BaseResponse:
    """Forget one's own recent searches."""
    clear_recent_searches(actor(), archive=archive())
    flash(_("最近检索已清除。"), "success")
    return redirect(url_for(".page"))


def _named(wanted: SearchRequest) -> str | None:
    """The address of what bears the reference code in the box, where nothing else is asked; None for any other."""
    if wanted != SearchRequest(query=wanted.query, limit=wanted.limit):
        return None
    bearer = bearer_of_code(actor(), wanted.query, archive=archive())
    if bearer is None:
        return None
    if bearer.item_id:
        return url_for("items.show", item_id=bearer.item_id)
    return url_for("volumes.show", volume_id=bearer.volume_id)


def _recent() -> tuple[ListedSearch, ...]:
    asked, names = recent_searches(actor(), archive=archive())[:RECENT_SHOWN], present_names()
    return tuple(
        ListedSearch(name=in_words(one, names), address=url_for(".page", **arguments_of(one))) for one in asked
    )


def _offered(suggestion: Suggestion) -> dict[str, str | None]:
    """A suggestion for the script: its ``kind`` as code and in words, what it says, what it puts into the box, and the
    ``address`` of a whole search.
    """
    asked = suggestion.request
    return {
        "kind": suggestion.kind.value,
        "named": label(suggestion.kind),
        "label": localized(suggestion.label),
        "text": suggestion.text,
        "address": url_for(".page", **arguments_of(asked)) if asked else None,
    }


def _changed(wanted: SearchRequest) -> SearchRequest | None:
    """The search that a button and the tick of the form make of the present one; None where neither was used."""
    pressed = _pressed(wanted)
    return _narrowed(pressed or wanted) if "in_results" in request.args else pressed


def _pressed(wanted: SearchRequest) -> SearchRequest | None:
    match request.args.get("press"):
        case "tolerant":
            return replace(wanted, tolerant=not wanted.tolerant)
        case "synonyms":
            return replace(wanted, synonyms=not wanted.synonyms)
        case "compose":
            return replace(wanted, query=compose_query(form_in(request.args)))
    return None


def _narrowed(wanted: SearchRequest) -> SearchRequest:
    """The search within the results of the query that was in the box before."""
    earlier = request.args.get("was", "").strip()
    return replace(wanted, within=(*wanted.within, earlier)) if earlier not in ("", wanted.query) else wanted


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


def _cleared(wanted: SearchRequest) -> SearchRequest:
    """The same query with its switches and its order, without filters and earlier queries."""
    return SearchRequest(
        query=wanted.query,
        tolerant=wanted.tolerant,
        synonyms=wanted.synonyms,
        grouping=wanted.grouping,
        sort=wanted.sort,
    )


def _chips(facets: tuple[ShownFacet, ...], called: CodeNames) -> Iterator[Chip]:
    for facet in facets:
        stated = request.args.get(facet.argument, "").strip()
        if stated:
            names = (localized(value.label) for value in facet.values if value.chosen)
            without = here_with(**{facet.argument: None, "page": None})
            value = next(names, None) or filter_in_words(facet.argument, stated, called)
            yield Chip(title=facet.title, value=value, without=without)


def _earlier_queries(wanted: SearchRequest) -> Iterator[Chip]:
    """The queries in whose results is searched, each to be taken away by itself."""
    for at, query in enumerate(wanted.within):
        without = replace(wanted, within=wanted.within[:at] + wanted.within[at + 1 :])
        yield Chip(title=_("在结果中"), value=query, without=url_for(".page", **arguments_of(without)))


def _example(wanted: SearchRequest) -> Iterator[Chip]:
    """The paper to which the found ones are similar."""
    if wanted.like_item_id:
        example = item_facts(actor(), wanted.like_item_id, archive=archive())
        without = url_for(".page", **arguments_of(replace(wanted, like_item_id=None)))
        yield Chip(title=_("相似于"), value=example.title, without=without)
