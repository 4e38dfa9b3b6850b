"""Safes: what lies in them, and every opening by two persons."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.custody.titles import (
    RequestWish,
    close_safe,
    list_safes,
    list_title_requests,
    open_safe,
    show_safe,
)
from dms.domain.actor import Permission
from dms.domain.title_request import TitleRequestState
from dms.errors import DmsError
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.paging import paging_asked
from dms.web.refusals import status_of
from dms.web.title_form import said
from dms.web.title_signing import signed_by_both

blueprint = Blueprint("safes", __name__, url_prefix="/titles/safes")

OPENINGS_PER_PAGE = 20
MOST_REQUESTS_SHOWN = 200
Outcome = Response | tuple[str, int]


@blueprint.get("")
@needs(Permission.KEEP_TITLES)
def index() -> str:
    """Every safe, and whether it stands open."""
    return render_template("pages/titles/safes.html", safes=list_safes(actor(), archive=archive()))


@blueprint.get("/<code>")
@needs(Permission.KEEP_TITLES)
def show(code: str) -> str:
    """One safe: what waits to go in or out, opening and locking it, and who opened it before."""
    return _page(code)


@blueprint.post("/<code>/open")
@needs(Permission.KEEP_TITLES)
def unlock(code: str) -> Outcome:
    """Open the safe: custodian and witness sign."""

    def act() -> None:
        custodian, witness = signed_by_both()
        open_safe(custodian, witness, code, said("purpose"), archive=archive())

    return _done(code, act, _("已登记开柜；办理完毕后请登记关柜。"))


@blueprint.post("/<code>/close")
@needs(Permission.KEEP_TITLES)
def lock(code: str) -> Outcome:
    """Lock the safe: custodian and witness sign."""

    def act() -> None:
        custodian, witness = signed_by_both()
        close_safe(custodian, witness, code, remark=said("remark"), archive=archive())

    return _done(code, act, _("已登记关柜。"))


def _page(code: str, *, refusal: DmsError | None = None) -> str:
    asking = actor()
    paging = paging_asked(OPENINGS_PER_PAGE)
    shown = show_safe(asking, code, limit=paging.limit, offset=paging.offset, archive=archive())
    going = frozenset({TitleRequestState.APPROVED, TitleRequestState.OUT})
    found = list_title_requests(asking, RequestWish(states=going, limit=MOST_REQUESTS_SHOWN), archive=archive())
    here = [each for each in found.requests if found.titles[each.title_id].location_id == shown.safe.id]
    return render_template(
        "pages/titles/safe.html",
        shown=shown,
        requests=here,
        found=found,
        paging=paging,
        typed=request.form,
        refusal=refusal,
    )


def _done(code: str, act: Callable[[], object], told: str) -> Outcome:
    try:
        act()
    except DmsError as refusal:
        return _page(code, refusal=refusal), status_of(refusal)
    flash(told, "success")
    return redirect(url_for("safes.show", code=code))
