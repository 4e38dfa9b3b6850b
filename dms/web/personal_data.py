"""个人信息: all papers about one person, the register of requests with its answers, and papers kept in store only.

A number that is looked for is sent in the body of a form, so that it stands in no address and no log.
"""

from datetime import date
from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.custody.protecting import (
    FOUND_BY_NAMES,
    PersonFound,
    PersonSought,
    RequestStated,
    RestrictionReasonMissing,
    RestrictionUnchanged,
    answer_document,
    answer_request,
    enter_request,
    find_person,
    lift_restriction,
    list_requests,
    restrict_item,
    restricted_papers,
    show_request,
)
from dms.domain.actor import Actor, Permission
from dms.domain.clock import local_day
from dms.domain.day import parse_day
from dms.domain.personal_data import masked_number
from dms.domain.subject_request import SubjectRequestKind
from dms.errors import DmsError
from dms.search import items_bearing
from dms.store import UnitOfWork
from dms.web.current import actor, archive, localized
from dms.web.declaring import needs
from dms.web.navigation import same_site_path
from dms.web.paging import paging_asked
from dms.web.refusals import status_of

blueprint = Blueprint("personal_data", __name__, url_prefix="/personal-data")

REQUESTS_PER_PAGE = 50


@blueprint.get("")
@needs(Permission.MANAGE_PERSONAL_DATA)
def index() -> str:
    """Looking for a person, the register of requests, and the papers in store only."""
    return _index(PersonSought(), found=None, refusal=None)


@blueprint.post("/search")
@needs(Permission.MANAGE_PERSONAL_DATA)
def search() -> str | tuple[str, int]:
    """The papers about a person; the form again with the reason where that is refused."""
    sought = _sought()
    try:
        found = find_person(actor(), sought, bearing=_bearing, archive=archive())
    except DmsError as refusal:
        return _index(sought, found=None, refusal=refusal), status_of(refusal)
    return _index(sought, found=found, refusal=None)


@blueprint.get("/requests/new")
@needs(Permission.MANAGE_PERSONAL_DATA)
def new() -> str:
    """The form for a request that came in."""
    return _form({}, refusal=None)


@blueprint.post("/requests/new")
@needs(Permission.MANAGE_PERSONAL_DATA)
def enter() -> Response | tuple[str, int]:
    """Enter a request; the form again with the reason where that is refused."""
    typed = {name: request.form.get(name, "").strip() for name in _TYPED}
    kind = typed["kind"] if typed["kind"] in set(SubjectRequestKind) else SubjectRequestKind.ACCESS.value
    stated = RequestStated(
        kind=SubjectRequestKind(kind),
        person=typed["person"],
        identity_number=typed["identity_number"],
        contact=typed["contact"],
        received_on=_day(typed["received_on"]),
        identity_checked=typed["identity_checked"],
        remark=typed["remark"],
    )
    try:
        entered = enter_request(actor(), stated, archive=archive())
    except DmsError as refusal:
        return _form(typed, refusal=refusal), status_of(refusal)
    return redirect(url_for("personal_data.show", request_id=entered.id))


@blueprint.get("/requests/<int:request_id>")
@needs(Permission.MANAGE_PERSONAL_DATA)
def show(request_id: int) -> str:
    """One request: until it is answered with the papers about the person to choose from, then with its answer."""
    return _request_page(request_id, refusal=None)


@blueprint.post("/requests/<int:request_id>/answer")
@needs(Permission.MANAGE_PERSONAL_DATA)
def answer(request_id: int) -> Response | tuple[str, int]:
    """Answer a request with the chosen papers; the page again with the reason where that is refused."""
    try:
        answer_request(
            actor(), request_id, request.form.get("answer", ""), request.form.getlist("papers"), archive=archive()
        )
    except DmsError as refusal:
        return _request_page(request_id, refusal=refusal), status_of(refusal)
    flash(_("已答复，可以打印答复书。"), "success")
    return redirect(url_for("personal_data.show", request_id=request_id))


@blueprint.get("/requests/<int:request_id>/answer.pdf")
@needs(Permission.MANAGE_PERSONAL_DATA)
def document(request_id: int) -> Response:
    """The answer as PDF."""
    content = answer_document(actor(), request_id, archive=archive())
    given = send_file(
        BytesIO(content),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=f"个人信息请求答复书-{request_id}.pdf",
    )
    given.headers["Cache-Control"] = "no-store"
    return given


@blueprint.post("/items/<item_id>/restrict")
@needs(Permission.MANAGE_PERSONAL_DATA)
def restrict(item_id: str) -> Response:
    """Put a paper into store only."""
    return _restriction(item_id, restricted=True)


@blueprint.post("/items/<item_id>/lift")
@needs(Permission.MANAGE_PERSONAL_DATA)
def lift(item_id: str) -> Response:
    """Let a paper be used again."""
    return _restriction(item_id, restricted=False)


_TYPED = ("kind", "person", "identity_number", "contact", "received_on", "identity_checked", "remark")


def _restriction(item_id: str, *, restricted: bool) -> Response:
    act = restrict_item if restricted else lift_restriction
    try:
        act(actor(), item_id, request.form.get("reason", ""), archive=archive())
    except (RestrictionReasonMissing, RestrictionUnchanged) as refusal:
        flash(localized(refusal.message), "warning")
    else:
        flash(_("已转为仅存储。") if restricted else _("已解除仅存储。"), "success")
    back = same_site_path(request.form.get("back")) or url_for("items.show", item_id=item_id)
    return redirect(back)


def _index(sought: PersonSought, *, found: PersonFound | None, refusal: DmsError | None) -> str:
    paging = paging_asked(REQUESTS_PER_PAGE)
    open_only = request.args.get("open") == "1"
    register = list_requests(actor(), archive=archive(), open_only=open_only, limit=paging.limit, offset=paging.offset)
    return render_template(
        "pages/personal_data/index.html",
        sought=sought,
        found=found,
        found_by=FOUND_BY_NAMES,
        register=register,
        open_only=open_only,
        restricted=restricted_papers(actor(), archive=archive()),
        paging=paging,
        refusal=refusal,
    )


def _form(typed: dict[str, str], *, refusal: DmsError | None) -> str:
    blank = dict.fromkeys(_TYPED, "") | {"received_on": local_day(archive().now()).isoformat()}
    return render_template(
        "pages/personal_data/form.html",
        typed=blank | typed,
        kinds=[(kind.value, kind) for kind in SubjectRequestKind],
        refusal=refusal,
    )


def _request_page(request_id: int, *, refusal: DmsError | None) -> str:
    shown = show_request(actor(), request_id, archive=archive())
    asked = shown.request
    sought = PersonSought(name=asked.person, identity_number=asked.identity_number, contact=asked.contact)
    found = None if asked.answered_at else find_person(actor(), sought, bearing=_bearing, archive=archive())
    return render_template(
        "pages/personal_data/request.html",
        shown=shown,
        found=found,
        found_by=FOUND_BY_NAMES,
        number=masked_number(asked.identity_number),
        today=local_day(archive().now()),
        refusal=refusal,
    )


def _sought() -> PersonSought:
    return PersonSought(
        name=request.form.get("name", ""),
        identity_number=request.form.get("identity_number", ""),
        contact=request.form.get("contact", ""),
    )


def _bearing(asking: Actor, text: str, view: UnitOfWork) -> tuple[int, tuple[int, ...]]:
    return items_bearing(asking, text, view=view)


def _day(text: str) -> date:
    """The day that was typed; today where it is none, which the form shows."""
    return parse_day(text) or local_day(archive().now())
