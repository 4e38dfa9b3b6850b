"""Title documents: the ledger, one of them with every step it took, asking for it, and the forms."""

from collections.abc import Callable
from io import BytesIO

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from dms.custody.titles import (
    TitleFormName,
    TitleFormWish,
    TitleWish,
    list_safes,
    list_titles,
    move_to_safe,
    print_title_form,
    put_in,
    request_title,
    show_title,
)
from dms.domain.actor import Permission
from dms.domain.printed import PrintAs
from dms.domain.title_document import TitleState
from dms.domain.title_request import COMES_BACK, TitleUse
from dms.errors import DmsError
from dms.store import TitleOrder
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.errors import AddressUnknown
from dms.web.labels import label
from dms.web.paging import paging_asked
from dms.web.refusals import status_of
from dms.web.title_form import day_typed, request_typed, said

blueprint = Blueprint("titles", __name__, url_prefix="/titles")

TITLES_PER_PAGE = 50


@blueprint.get("")
@needs(Permission.CONSULT)
def index() -> str:
    """The ledger, by ``state``, ``kind``, ``safe`` and words where that is asked, in the order asked for."""
    paging = paging_asked(TITLES_PER_PAGE)
    state = next((each for each in TitleState if each.value == request.args.get("state")), None)
    order = next((each for each in TitleOrder if each.value == request.args.get("order")), TitleOrder.NUMBER)
    wish = TitleWish(
        states=frozenset({state} if state else ()),
        kind_code=request.args.get("kind", ""),
        customer_code=request.args.get("customer", ""),
        safe_code=request.args.get("safe", ""),
        words=request.args.get("words", ""),
        order=order,
        limit=paging.limit,
        offset=paging.offset,
    )
    found = list_titles(actor(), wish, archive=archive())
    return render_template(
        "pages/titles/index.html",
        found=found,
        wish=wish,
        state=state,
        states=list(TitleState),
        orders=list(TitleOrder),
        paging=paging,
    )


@blueprint.get("/<int:title_id>")
@needs(Permission.CONSULT)
def show(title_id: int) -> str:
    """One title document: its facts, its ledger, its requests, and what may be done next."""
    return _page(title_id)


@blueprint.get("/<int:title_id>/request")
@needs(Permission.REQUEST_USE)
def ask(title_id: int) -> str:
    """The form for asking that it leaves its safe."""
    return _request_form(title_id, refusal=None)


@blueprint.post("/<int:title_id>/request")
@needs(Permission.REQUEST_USE)
def send_request(title_id: int) -> BaseResponse | tuple[str, int]:
    """Ask for it; the form again with the reason where that is refused."""
    try:
        made = request_title(actor(), title_id, request_typed(), archive=archive())
    except DmsError as refusal:
        return _request_form(title_id, refusal=refusal), status_of(refusal)
    flash(_("已提交申请 %(number)s，等待审批。", number=made.number), "success")
    return redirect(url_for("title_requests.show", request_id=made.id))


@blueprint.post("/<int:title_id>/put-in")
@needs(Permission.KEEP_TITLES)
def put(title_id: int) -> BaseResponse | tuple[str, int]:
    """Record that it lies in its safe now."""
    return _done(
        title_id,
        lambda: put_in(actor(), title_id, remark=said("remark"), archive=archive()),
        _("已入库，并记入台账。"),
    )


@blueprint.post("/<int:title_id>/move")
@needs(Permission.KEEP_TITLES)
def move(title_id: int) -> BaseResponse | tuple[str, int]:
    """Record that it lies in another safe now."""
    return _done(title_id, lambda: move_to_safe(actor(), title_id, said("safe"), archive=archive()), _("已移柜。"))


@blueprint.get("/forms/<form_name>.<ending>")
@needs(Permission.CONSULT)
def document(form_name: str, ending: str) -> Response:
    """A form as a document to keep, ``about`` something, ``since`` a day ``until`` another where that is asked."""
    if form_name not in set(TitleFormName) or ending not in set(PrintAs):
        raise AddressUnknown
    wish = TitleFormWish(
        form=TitleFormName(form_name),
        about=request.args.get("about", "").strip(),
        since_on=day_typed(request.args.get("since", ""), "起始日期", "first day"),
        until_on=day_typed(request.args.get("until", ""), "截止日期", "last day"),
    )
    printed = print_title_form(actor(), wish, PrintAs(ending), archive=archive())
    answer = send_file(
        BytesIO(printed.content),
        mimetype=printed.media_type,
        as_attachment=True,
        download_name=printed.suggested_name,
        etag=False,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _page(title_id: int, *, refusal: DmsError | None = None) -> str:
    asking = actor()
    keeps = asking.may(Permission.KEEP_TITLES)
    return render_template(
        "pages/titles/show.html",
        shown=show_title(asking, title_id, archive=archive()),
        refusal=refusal,
        safes=list_safes(asking, archive=archive()) if keeps else (),
    )


def _request_form(title_id: int, *, refusal: DmsError | None) -> str:
    return render_template(
        "pages/titles/request.html",
        shown=show_title(actor(), title_id, archive=archive()),
        uses=[(use.value, label(use)) for use in TitleUse],
        comes_back=[use.value for use in COMES_BACK],
        typed=request.form,
        refusal=refusal,
    )


def _done(title_id: int, act: Callable[[], object], told: str) -> BaseResponse | tuple[str, int]:
    try:
        act()
    except DmsError as refusal:
        return _page(title_id, refusal=refusal), status_of(refusal)
    flash(told, "success")
    return redirect(url_for("titles.show", title_id=title_id))
