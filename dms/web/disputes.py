"""Disputes: the register, one dispute with its contracts, papers and holds, and what may be done about it."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.custody.keeping import (
    change_dispute,
    close_dispute,
    list_disputes,
    open_dispute,
    put_into_dispute,
    reopen_dispute,
    show_dispute,
    take_out_of_dispute,
)
from dms.domain.actor import Permission
from dms.errors import DmsError
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.keeping_form import TypedDispute, dispute_as_typed, dispute_day, dispute_typed, dispute_typed_in
from dms.web.paging import paging_asked
from dms.web.refusals import status_of

blueprint = Blueprint("disputes", __name__, url_prefix="/disputes")

DISPUTES_PER_PAGE = 50
_STANDINGS = {"open": True, "closed": False, "all": None}


@blueprint.get("")
@needs(Permission.HOLD, Permission.APPRAISE)
def index() -> str:
    """The register, by ``standing`` where that is asked."""
    paging = paging_asked(DISPUTES_PER_PAGE)
    standing = request.args.get("standing", "all")
    total, disputes = list_disputes(
        actor(), is_open=_STANDINGS.get(standing), archive=archive(), limit=paging.limit, offset=paging.offset
    )
    return render_template(
        "pages/disputes/index.html", total=total, disputes=disputes, standing=standing, paging=paging
    )


@blueprint.get("/new")
@needs(Permission.HOLD)
def new() -> str:
    """The form for a new dispute."""
    return _form(TypedDispute(), dispute_id=None, refusal=None)


@blueprint.post("/new")
@needs(Permission.HOLD)
def begin() -> Response | tuple[str, int]:
    """Register a dispute; the form again with the reason where that is refused."""
    typed = dispute_typed_in(request.form)
    try:
        dispute = open_dispute(actor(), dispute_typed(typed), archive=archive())
    except DmsError as refusal:
        return _form(typed, dispute_id=None, refusal=refusal), status_of(refusal)
    return redirect(url_for("disputes.show", dispute_id=dispute.id))


@blueprint.get("/<int:dispute_id>")
@needs(Permission.HOLD, Permission.APPRAISE)
def show(dispute_id: int) -> str:
    """One dispute."""
    return _page(dispute_id, refusal=None)


@blueprint.get("/<int:dispute_id>/edit")
@needs(Permission.HOLD)
def edit(dispute_id: int) -> str:
    """The form for changing a dispute."""
    shown = show_dispute(actor(), str(dispute_id), archive=archive())
    return _form(dispute_as_typed(shown.dispute.facts), dispute_id=dispute_id, refusal=None)


@blueprint.post("/<int:dispute_id>/edit")
@needs(Permission.HOLD)
def change(dispute_id: int) -> Response | tuple[str, int]:
    """Change what is stated of a dispute; the form again with the reason where that is refused."""
    typed = dispute_typed_in(request.form)
    try:
        change_dispute(actor(), str(dispute_id), dispute_typed(typed), archive=archive())
    except DmsError as refusal:
        return _form(typed, dispute_id=dispute_id, refusal=refusal), status_of(refusal)
    flash(_("争议信息已保存。"), "success")
    return redirect(url_for("disputes.show", dispute_id=dispute_id))


@blueprint.post("/<int:dispute_id>/subjects")
@needs(Permission.HOLD)
def add_subject(dispute_id: int) -> Response | tuple[str, int]:
    """Put a contract or a paper into the dispute."""
    return _done(
        dispute_id,
        lambda: put_into_dispute(
            actor(), str(dispute_id), contract=_said("contract"), paper=_said("paper"), archive=archive()
        ),
    )


@blueprint.post("/<int:dispute_id>/subjects/remove")
@needs(Permission.HOLD)
def remove_subject(dispute_id: int) -> Response | tuple[str, int]:
    """Take a contract or a paper out of the dispute."""
    return _done(
        dispute_id,
        lambda: take_out_of_dispute(
            actor(), str(dispute_id), contract=_said("contract"), paper=_said("paper"), archive=archive()
        ),
    )


@blueprint.post("/<int:dispute_id>/close")
@needs(Permission.HOLD)
def close(dispute_id: int) -> Response | tuple[str, int]:
    """State how and when the dispute ended."""
    return _done(
        dispute_id,
        lambda: close_dispute(
            actor(), str(dispute_id), on=dispute_day(_said("closed_on")), outcome=_said("outcome"), archive=archive()
        ),
    )


@blueprint.post("/<int:dispute_id>/reopen")
@needs(Permission.HOLD)
def reopen(dispute_id: int) -> Response | tuple[str, int]:
    """Open a closed dispute again."""
    return _done(
        dispute_id, lambda: reopen_dispute(actor(), str(dispute_id), reason=_said("reason"), archive=archive())
    )


def _said(name: str) -> str:
    return request.form.get(name, "")


def _done(dispute_id: int, act: Callable[[], object]) -> Response | tuple[str, int]:
    """Back at the dispute after the act; the page with the reason where that was refused."""
    try:
        act()
    except DmsError as refusal:
        return _page(dispute_id, refusal=refusal), status_of(refusal)
    return redirect(url_for("disputes.show", dispute_id=dispute_id))


def _page(dispute_id: int, *, refusal: DmsError | None) -> str:
    shown = show_dispute(actor(), str(dispute_id), archive=archive())
    return render_template("pages/disputes/show.html", shown=shown, refusal=refusal, typed=request.form)


def _form(typed: TypedDispute, *, dispute_id: int | None, refusal: DmsError | None) -> str:
    return render_template("pages/disputes/form.html", typed=typed, dispute_id=dispute_id, refusal=refusal)
