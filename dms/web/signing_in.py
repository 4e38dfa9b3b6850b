"""Signing in and out."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from dms.custody import SignInRefused
from dms.custody import sign_in as sign_in_with
from dms.web.current import archive, surroundings
from dms.web.errors import TooManyAttempts
from dms.web.navigation import same_site_path
from dms.web.refusals import status_of
from dms.web.sessions import end_session, start_session

blueprint = Blueprint("signing_in", __name__)


@blueprint.get("/sign-in")
def page() -> str | Response:
    """The sign-in form; who is signed in already goes on."""
    if current_user.is_authenticated:
        return redirect(_onward())
    return render_template("pages/signing_in/page.html", refusal=None, name="")


@blueprint.post("/sign-in")
def sign_in() -> Response | tuple[str, int] | tuple[str, int, dict[str, str]]:
    """Check name and password; on to where the person wanted to go, or the form again with the reason."""
    name, password = request.form.get("name", "").strip(), request.form.get("password", "")
    address = request.remote_addr or ""
    guard = surroundings().guard
    try:
        guard.begin(name, address)
        user = sign_in_with(name, password, archive=archive())
    except (SignInRefused, TooManyAttempts) as refusal:
        return _form_again(refusal, name)
    guard.succeeded(name, address)
    start_session(user)
    return redirect(_onward())


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End the session."""
    end_session()
    return redirect(url_for("signing_in.page"))


def _form_again(
    refusal: SignInRefused | TooManyAttempts, name: str
) -> tuple[str, int] | tuple[str, int, dict[str, str]]:
    page = render_template("pages/signing_in/page.html", refusal=refusal, name=name)
    if isinstance(refusal, TooManyAttempts):
        return page, status_of(refusal), {"Retry-After": str(refusal.wait_seconds)}
    return page, status_of(refusal)


def _onward() -> str:
    return same_site_path(request.args.get("next")) or url_for("home.page")
