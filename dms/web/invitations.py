"""The door for those who were invited: the code, and a password of one's own."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.custody import MIN_PASSWORD_CHARACTERS
from dms.custody.securing import InvitationNotOpen, accept_invitation, invited_person
from dms.domain.user import User
from dms.errors import DmsError
from dms.web.current import archive, surroundings
from dms.web.declaring import for_strangers
from dms.web.errors import PasswordsDiffer
from dms.web.refusals import status_of

blueprint = Blueprint("invitations", __name__, url_prefix="/invitation")

MANY_CODES = "invitation"
"""In the place of an account, where the guard counts attempts by address."""


@blueprint.get("")
@for_strangers
def page() -> str | tuple[str, int]:
    """The form for the code, or, where the link holds a good one, for the password."""
    code = request.args.get("code", "")
    if not code:
        return _form("", None, refusal=None)
    try:
        return _form(code, _person(code), refusal=None)
    except DmsError as refusal:
        return _form("", None, refusal=refusal), status_of(refusal)


@blueprint.post("")
@for_strangers
def accept() -> Response | str | tuple[str, int]:
    """Set the password, and on to the sign-in; the form again with the reason where that is refused."""
    code, password = request.form.get("code", ""), request.form.get("new_password", "")
    person: User | None = None
    try:
        person = _person(code)
        if not password:
            return _form(code, person, refusal=None)
        if password != request.form.get("repeated", ""):
            raise PasswordsDiffer
        user = accept_invitation(code, password, archive=archive())
    except DmsError as refusal:
        return _form(code, person, refusal=refusal), status_of(refusal)
    flash(_("密码已设置，请用用户名 %(name)s 登录。", name=user.name), "success")
    return redirect(url_for("signing_in.page"))


def _person(code: str) -> User:
    """For whom the code is; codes cannot be tried one after the other from one address."""
    address, guard = request.remote_addr or "", surroundings().guard
    guard.begin(f"{MANY_CODES}/{address}", address)
    person = invited_person(code, archive=archive())
    guard.succeeded(f"{MANY_CODES}/{address}", address)
    return person


def _form(code: str, person: User | None, *, refusal: DmsError | None) -> str:
    return render_template(
        "pages/invitations/page.html",
        refusal=refusal,
        code="" if isinstance(refusal, InvitationNotOpen) else code,
        person=person,
        min_characters=MIN_PASSWORD_CHARACTERS,
    )
