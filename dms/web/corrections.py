"""The text of a page as a person corrected it: the form beside the image, and what was stated before.

What always holds: what was read stays beside every correction, and nothing typed is lost when it is refused.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms import custody
from dms.custody import PageNotFound
from dms.domain.actor import Permission
from dms.domain.correction import PageCorrection
from dms.domain.item import Page
from dms.errors import DmsError
from dms.filing import correct_page, corrections_of
from dms.search import HitPlace
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.formatting import moment
from dms.web.page_view import Part, parts_of
from dms.web.paging import Paging
from dms.web.refusals import status_of
from dms.web.search_address import Arguments, arguments_of, search_in

blueprint = Blueprint("corrections", __name__, url_prefix="/items/<item_id>/pages/<int:number>")


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """The correction of a page that counts."""

    text: str
    parts: list[Part]
    """The text cut at the edges of the hits that stand only in it."""
    by: str
    at: str


@blueprint.get("/correct")
@needs(Permission.CONFIRM)
def form(item_id: str, number: int) -> str:
    """The form with the text that counts now, beside the image of the page."""
    actor().require(Permission.CONFIRM)
    page, history = _page(item_id, number), corrections_of(actor(), item_id, archive=archive())
    counting = in_force(history, number)
    return _form(item_id, page, counting.text if counting else page.text, refusal=None)


@blueprint.post("/correct")
@needs(Permission.CONFIRM)
def state(item_id: str, number: int) -> Response | tuple[str, int]:
    """State what stands on the page; the form again with the reason where that is refused."""
    typed = request.form.get("text", "")
    try:
        correct_page(actor(), item_id, number, typed, archive=archive())
    except DmsError as refusal:
        return _form(item_id, _page(item_id, number), typed, refusal=refusal), status_of(refusal)
    flash(_("第 %(n)d 页的文字已更正，检索随即按更正后的文字查找。", n=number), "success")
    return redirect(_shown(item_id, number))


@blueprint.post("/correct/take-back")
@needs(Permission.CONFIRM)
def take_back(item_id: str, number: int) -> Response:
    """Let what was read count again; the corrections stay in the history."""
    correct_page(actor(), item_id, number, None, archive=archive())
    flash(_("已撤销第 %(n)d 页的更正，恢复为识别的文字。", n=number), "success")
    return redirect(_shown(item_id, number))


def in_force(history: Iterable[PageCorrection], number: int, places: Iterable[HitPlace] = ()) -> InForce | None:
    """The correction of a page that counts; None where what was read does."""
    last = next((each for each in reversed(tuple(history)) if each.page_number == number), None)
    if last is None or last.text is None:
        return None
    hits = [place.corrected for place in places if place.page == number and place.corrected]
    return InForce(
        text=last.text,
        parts=parts_of(last.text, [range(*hit) for hit in hits]),
        by=last.corrected_by,
        at=moment(last.corrected_at),
    )


def _shown(item_id: str, number: int) -> str:
    return url_for("items.show", item_id=item_id, page=number, **_asking(), _anchor="page-text")


def _asking() -> Arguments:
    """The search that led to the page, to be gone on with afterwards."""
    return {**arguments_of(search_in(request.args, Paging(page=1, limit=1))), "at": request.args.get("at", type=int)}


def _page(item_id: str, number: int) -> Page:
    pages = {page.number: page for page in custody.open_item(actor(), item_id, archive=archive()).pages}
    if number not in pages:
        raise PageNotFound(number)
    return pages[number]


def _form(item_id: str, page: Page, typed: str, *, refusal: DmsError | None) -> str:
    history = corrections_of(actor(), item_id, archive=archive())
    return render_template(
        "pages/corrections/form.html",
        item=custody.item_facts(actor(), item_id, archive=archive()),
        page=page,
        typed=typed,
        counting=in_force(history, page.number),
        history=[each for each in reversed(history) if each.page_number == page.number],
        refusal=refusal,
        asking=_asking(),
        back=_shown(item_id, page.number),
    )
