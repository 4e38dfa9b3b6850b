"""Signing in, in one step or two, and out."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from dms.custody import SignInRefused
from dms.custody.securing import SecondFactorNeeded, SecondFactorWrong, SignInPaused, finish_sign_in
from dms.custody.securing import sign_in as sign_in_with
from dms.errors import DmsError
from dms.web.current import archive, surroundings
from dms.web.declaring import for_everyone_signed_in, for_strangers
from dms.web.errors import CodeNotAwaited, TooManyAttempts
from dms.web.navigation import same_site_path
from dms.web.openid_provider import is_openid_configured
from dms.web.refusals import status_of
from dms.web.sessions import await_code, awaited_code, end_session, start_session

blueprint = Blueprint("signing_in", __name__)

Answer = Response | tuple[str, int] | tuple[str, int, dict[str, str]]


@blueprint.get("/sign-in")
@for_strangers
def page() -> str | Response:
    """The sign-in form; who is signed in already goes on."""
    if current_user.is_authenticated:
        return redirect(onward())
    return _form(refusal=None, name="")


@blueprint.post("/sign-in")
@for_strangers
def sign_in() -> Answer:
    """Check name and password; on to where the person wanted to go, to the second step, or the form again."""
    name, password = request.form.get("name", "").strip(), request.form.get("password", "")
    address = request.remote_addr or ""
    guard = surroundings().guard
    try:
        guard.begin(name, address)
        user = sign_in_with(name, password, archive=archive())
    except SecondFactorNeeded as needed:
        guard.succeeded(name, address)
        await_code(needed.user_id, needed.epoch, after="password")
        return redirect(url_for("signing_in.code_page", next=request.args.get("next")))
    except (SignInRefused, SignInPaused, TooManyAttempts) as refusal:
        return _again(_form(refusal=refusal, name=name), refusal)
    guard.succeeded(name, address)
    start_session(user)
    return redirect(onward())


@blueprint.get("/sign-in/code")
@for_strangers
def code_page() -> str | Response:
    """The form for the code; who has nothing to prove there begins anew."""
    if awaited_code() is None:
        return redirect(url_for("signing_in.page", next=request.args.get("next")))
    return render_template("pages/signing_in/code.html", refusal=None)


@blueprint.post("/sign-in/code")
@for_strangers
def give_code() -> Answer:
    """Check the code; on to where the person wanted to go, or the form again with the reason."""
    awaited, address, guard = awaited_code(), request.remote_addr or "", surroundings().guard
    try:
        if awaited is None:
            raise CodeNotAwaited
        user_id, epoch, after = awaited
        guard.begin(f"code/{user_id}", address)
        user = finish_sign_in(user_id, epoch, request.form.get("code", ""), after=after, archive=archive())
    except (CodeNotAwaited, SignInRefused) as refusal:
        return _again(_form(refusal=refusal, name=""), refusal)
    except (SecondFactorWrong, SignInPaused, TooManyAttempts) as refusal:
        return _again(render_template("pages/signing_in/code.html", refusal=refusal), refusal)
    guard.succeeded(f"code/{user_id}", address)
    start_session(user, means=f"{after}+code")
    return redirect(onward())


@blueprint.post("/sign-out")
@for_everyone_signed_in
def sign_out() -> Response:
    """End the session."""
    end_session()
    return redirect(url_for("signing_in.page"))


def onward() -> str:
    """Where a person who has just signed in wanted to go."""
    return same_site_path(request.args.get("next")) or url_for("home.page")


def _form(*, refusal: DmsError | None, name: str) -> str:
    return render_template("pages/signing_in/page.html", refusal=refusal, name=name, has_openid=is_openid_configured())


def _again(page: str, refusal: DmsError) -> Answer:
    if isinstance(refusal, TooManyAttempts | SignInPaused):
        return page, status_of(refusal), {"Retry-After": str(refusal.wait_seconds)}
    return page, status_of(refusal)
