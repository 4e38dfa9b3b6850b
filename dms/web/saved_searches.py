"""One's own saved searches: what is new in each, opening, renaming, removing; and saving another.

What always holds: opening counts everything found as seen, once; turning the page or loading it again does not.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.domain.actor import Permission
from dms.errors import DmsError
from dms.search import (
    CodeNames,
    Listed,
    LookWish,
    News,
    SavedSearch,
    forget_saved,
    go_on_looking,
    look_at_saved,
    news_of_saved,
    rename_saved,
    save_search,
    saved_searches,
)
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.paging import Paging, paging_asked
from dms.web.refusals import status_of
from dms.web.result_way import HITS_PER_PAGE, MOST_SAVED_ID, Opened
from dms.web.search_address import Arguments, arguments_of, search_in
from dms.web.search_words import in_words, present_names

blueprint = Blueprint("saved_searches", __name__, url_prefix="/search/saved")

SEARCHES_PER_PAGE = 20
"""Each is asked anew for its news."""
_ONE = f"<int(max={MOST_SAVED_ID}):saved_id>"
_FROM_THE_START = Paging(page=1, limit=HITS_PER_PAGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A saved search as a list shows it."""

    saved: SavedSearch
    words: str
    news: News | None
    """None where it cannot be asked any more, because what it is like is gone."""
    address: str
    """Where it is opened."""


@blueprint.get("")
@needs(Permission.CONSULT)
def index() -> str:
    """One's own saved searches, with what is new in each."""
    paging = paging_asked(SEARCHES_PER_PAGE)
    saved = saved_searches(actor(), archive=archive())
    shown = saved[paging.offset : paging.offset + paging.limit]
    return render_template("pages/saved/index.html", kept=kept_with_news(shown), total=len(saved), paging=paging)


@blueprint.post("")
@needs(Permission.CONSULT)
def save() -> Response | tuple[str, int]:
    """Save the search of the form under its name; the form again with the reason where that is refused."""
    wanted = search_in(request.form, _FROM_THE_START)
    name = request.form.get("name", "")
    try:
        saved = save_search(actor(), name, wanted, archive=archive())
    except DmsError as refusal:
        return _form(name, refusal, address=url_for(".save"), carried=arguments_of(wanted)), status_of(refusal)
    flash(_("已保存检索“%(name)s”。以后有新的资料符合，会在“已存检索”里提示。", name=saved.name), "success")
    return redirect(url_for("searching.page", **arguments_of(wanted)))


@blueprint.get(f"/{_ONE}/open")
@needs(Permission.CONSULT)
def look(saved_id: int) -> Response:
    """Look at it: from now on everything found counts as seen."""
    look_at_saved(actor(), saved_id, wish=LookWish(limit=0), archive=archive())
    return redirect(url_for(".show", saved_id=saved_id, only=request.args.get("only")))


@blueprint.get(f"/{_ONE}")
@needs(Permission.CONSULT)
def show(saved_id: int) -> str:
    """Its answer, with those marked that were new at the last look; ``only=new`` lists these alone."""
    paging = paging_asked(HITS_PER_PAGE)
    listed = Listed.NEW if request.args.get("only") == Listed.NEW.value else Listed.ALL
    origin = Opened(saved_id=saved_id, listed=listed).arguments
    wish = LookWish(listed=listed, limit=paging.limit, offset=paging.offset)
    seen = go_on_looking(actor(), saved_id, wish=wish, archive=archive())
    return render_template(
        "pages/saved/show.html",
        look=seen,
        listed=listed,
        wanted=seen.saved.request,
        kept=arguments_of(seen.saved.request),
        origin={name: value for name, value in origin.items() if value is not None},
        words=in_words(seen.saved.request, seen.result.names),
        paging=paging,
    )


@blueprint.post(f"/{_ONE}/rename")
@needs(Permission.CONSULT)
def rename(saved_id: int) -> Response | tuple[str, int]:
    """Give it another name; the form again with the reason where that is refused."""
    name = request.form.get("name", "")
    try:
        rename_saved(actor(), saved_id, name, archive=archive())
    except DmsError as refusal:
        return _form(name, refusal, address=url_for(".rename", saved_id=saved_id), carried={}), status_of(refusal)
    flash(_("名称已修改。"), "success")
    return redirect(url_for(".index"))


@blueprint.post(f"/{_ONE}/remove")
@needs(Permission.CONSULT)
def remove(saved_id: int) -> Response:
    """Remove it for good."""
    forget_saved(actor(), saved_id, archive=archive())
    flash(_("已删除这个检索。"), "success")
    return redirect(url_for(".index"))


def kept_with_news(saved: Iterable[SavedSearch]) -> tuple[Kept, ...]:
    """Each as a list shows it."""
    names = present_names()
    return tuple(_kept(one, names) for one in saved)


def _kept(saved: SavedSearch, names: CodeNames) -> Kept:
    return Kept(
        saved=saved,
        words=in_words(saved.request, names),
        news=_news(saved),
        address=url_for("saved_searches.look", saved_id=saved.id),
    )


def _news(saved: SavedSearch) -> News | None:
    try:
        return news_of_saved(actor(), saved.id, archive=archive())
    except DmsError:
        return None


def _form(name: str, refusal: DmsError, *, address: str, carried: Arguments) -> str:
    return render_template("pages/saved/form.html", name=name, refusal=refusal, address=address, carried=carried)
