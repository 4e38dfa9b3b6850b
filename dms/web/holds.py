"""Holds: the register, one hold with its release, and placing one on a paper, a contract, a customer, a volume."""

from contextlib import suppress

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.custody.keeping import (
    SubjectNotFound,
    hold_subject,
    list_holds,
    place_hold,
    print_holds,
    release_hold,
    show_hold,
)
from dms.domain.actor import Permission
from dms.domain.hold import HoldTarget
from dms.domain.printed import PrintAs, Printed
from dms.errors import DmsError
from dms.store import HoldFilter
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.keeping_form import TypedHold, hold_typed, hold_typed_in
from dms.web.labels import label
from dms.web.paging import paging_asked
from dms.web.refusals import status_of

blueprint = Blueprint("holds", __name__, url_prefix="/holds")

HOLDS_PER_PAGE = 50
_STANDINGS = {"in_force": True, "released": False, "all": None}


@blueprint.get("")
@needs(Permission.HOLD, Permission.APPRAISE)
def index() -> str:
    """The register, by ``standing`` and ``target`` where that is asked."""
    paging = paging_asked(HOLDS_PER_PAGE)
    wanted = _wanted()
    found = list_holds(actor(), wanted, archive=archive(), limit=paging.limit, offset=paging.offset)
    return render_template(
        "pages/holds/index.html",
        found=found,
        wanted=wanted,
        standing=request.args.get("standing", "in_force"),
        targets=list(HoldTarget),
        paging=paging,
    )


@blueprint.get("/register.<ending>")
@needs(Permission.HOLD, Permission.APPRAISE)
def export(ending: str) -> Response:
    """The register as a document to take away."""
    if ending not in set(PrintAs):
        abort(404)
    return form_to_keep(print_holds(actor(), _wanted(), PrintAs(ending), archive=archive()))


@blueprint.get("/new")
@needs(Permission.HOLD)
def new() -> str:
    """The form for a hold; ``target`` and ``reference`` say on what."""
    asked = TypedHold(
        target=request.args.get("target", HoldTarget.CONTRACT.value), reference=request.args.get("reference", "")
    )
    return _form(asked, refusal=None)


@blueprint.post("/new")
@needs(Permission.HOLD)
def place() -> Response | tuple[str, int]:
    """Place a hold; the form again with the reason where that is refused."""
    typed = hold_typed_in(request.form)
    try:
        hold = place_hold(actor(), hold_typed(typed), archive=archive())
    except DmsError as refusal:
        return _form(typed, refusal=refusal), status_of(refusal)
    flash(_("已冻结，编号 %(number)s。", number=hold.number), "success")
    return redirect(url_for("holds.show", hold_id=hold.id))


@blueprint.get("/<int:hold_id>")
@needs(Permission.HOLD, Permission.APPRAISE)
def show(hold_id: int) -> str:
    """One hold, what lies under it, and the form that releases it."""
    return _page(hold_id, refusal=None)


@blueprint.post("/<int:hold_id>/release")
@needs(Permission.HOLD)
def release(hold_id: int) -> Response | tuple[str, int]:
    """Release a hold; the page again with the reason where that is refused."""
    reason, authority = request.form.get("reason", ""), request.form.get("authority", "")
    try:
        hold = release_hold(actor(), hold_id, reason=reason, authority=authority, archive=archive())
    except DmsError as refusal:
        return _page(hold_id, refusal=refusal), status_of(refusal)
    flash(_("已解除冻结 %(number)s。", number=hold.number), "success")
    return redirect(url_for("holds.show", hold_id=hold_id))


def form_to_keep(printed: Printed) -> Response:
    """A document as an answer that a browser keeps and nothing on the way does."""
    answer = Response(printed.content, content_type=printed.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=printed.suggested_name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _wanted() -> HoldFilter:
    target = next((each for each in HoldTarget if each.value == request.args.get("target")), None)
    return HoldFilter(in_force=_STANDINGS.get(request.args.get("standing", "in_force"), True), target=target)


def _page(hold_id: int, *, refusal: DmsError | None) -> str:
    shown, covered = show_hold(actor(), hold_id, archive=archive())
    return render_template("pages/holds/show.html", shown=shown, covered=covered, refusal=refusal, typed=request.form)


def _form(typed: TypedHold, *, refusal: DmsError | None) -> str:
    named = None
    if typed.reference and typed.target in set(HoldTarget):
        with suppress(SubjectNotFound):
            named = hold_subject(actor(), HoldTarget(typed.target), typed.reference, archive=archive())
    return render_template(
        "pages/holds/form.html",
        typed=typed,
        named=named,
        refusal=refusal,
        targets=[(target.value, label(target)) for target in HoldTarget],
    )
