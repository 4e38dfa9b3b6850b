"""One's own account: the second factor, the recovery codes, and the browsers in which one is signed in."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from dms.custody.securing import (
    SecondFactorPresent,
    confirm_factor,
    factor_standing,
    offer_factor,
    own_sessions,
    remove_own_factor,
    renew_recovery_codes,
    revoke_other_sessions,
    revoke_own_session,
)
from dms.errors import DmsError
from dms.printing import qr_svg
from dms.web.current import actor, archive
from dms.web.declaring import for_everyone_signed_in
from dms.web.refusals import status_of
from dms.web.sessions import present, session_token

blueprint = Blueprint("own_account", __name__, url_prefix="/account")


@blueprint.get("")
@for_everyone_signed_in
def page() -> str:
    """How one's own account stands, and where one is signed in."""
    return _page(refusal=None)


@blueprint.get("/second-factor")
@for_everyone_signed_in
def factor() -> str | Response:
    """The secret to be taken over to the telephone; who has a second factor already goes back."""
    try:
        return _factor_page(refusal=None)
    except SecondFactorPresent:
        return redirect(url_for("own_account.page"))


@blueprint.post("/second-factor")
@for_everyone_signed_in
def confirm() -> str | tuple[str, int]:
    """Take the first code, and show the recovery codes once; the form again where it does not fit."""
    try:
        codes = confirm_factor(actor(), request.form.get("code", ""), archive=archive())
    except SecondFactorPresent:
        raise
    except DmsError as refusal:
        return _factor_page(refusal=refusal), status_of(refusal)
    return _codes_page(codes)


@blueprint.post("/second-factor/remove")
@for_everyone_signed_in
def remove() -> Response | tuple[str, int]:
    """Ask for no second factor any more."""
    try:
        remove_own_factor(actor(), password=request.form.get("password", ""), archive=archive())
    except DmsError as refusal:
        return _page(refusal=refusal), status_of(refusal)
    flash(_("两步验证已停用。"), "success")
    return redirect(url_for("own_account.page"))


@blueprint.post("/recovery-codes")
@for_everyone_signed_in
def renew_codes() -> str | tuple[str, int]:
    """New recovery codes, shown once."""
    try:
        codes = renew_recovery_codes(actor(), password=request.form.get("password", ""), archive=archive())
    except DmsError as refusal:
        return _page(refusal=refusal), status_of(refusal)
    return _codes_page(codes)


@blueprint.post("/sessions/<int:session_id>/end")
@for_everyone_signed_in
def end_one(session_id: int) -> Response:
    """Sign out elsewhere."""
    revoke_own_session(actor(), session_id, archive=archive())
    flash(_("该处登录已退出。"), "success")
    return redirect(url_for("own_account.page"))


@blueprint.post("/sessions/end")
@for_everyone_signed_in
def end_others() -> Response:
    """Sign out everywhere but here."""
    ended = revoke_other_sessions(actor(), session_token(), archive=archive())
    flash(_("已退出其他 %(count)d 处登录。", count=ended), "success")
    return redirect(url_for("own_account.page"))


def _page(*, refusal: DmsError | None) -> str:
    here = present()
    sessions = [shown for shown in own_sessions(actor(), archive=archive()) if shown.is_open]
    return render_template(
        "pages/own_account/page.html",
        refusal=refusal,
        factor=factor_standing(actor(), archive=archive()),
        sessions=sessions,
        present_id=here.session.id if here else None,
    )


def _factor_page(*, refusal: DmsError | None) -> str:
    here, offer = present(), offer_factor(actor(), archive=archive())
    return render_template(
        "pages/own_account/factor.html",
        refusal=refusal,
        secret=" ".join(offer.secret[start : start + 4] for start in range(0, len(offer.secret), 4)),
        picture=Markup(qr_svg(offer.address)),  # noqa: S704 -- drawn by us, of lines only
        must=here is not None and here.must_set_up_factor,
    )


def _codes_page(codes: tuple[str, ...]) -> str:
    # Shown in the answer itself: a redirect would carry the codes in the cookie of a message.
    return render_template("pages/own_account/codes.html", codes=codes)
