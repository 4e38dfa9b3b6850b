"""Changing one's own password."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.custody import MIN_PASSWORD_CHARACTERS, change_password
from dms.errors import DmsError
from dms.web.current import actor, archive
from dms.web.declaring import for_everyone_signed_in
from dms.web.errors import PasswordsDiffer
from dms.web.refusals import status_of
from dms.web.sessions import start_session

blueprint = Blueprint("own_password", __name__)


@blueprint.get("/password")
@for_everyone_signed_in
def page() -> str:
    """The form."""
    return _form(refusal=None)


@blueprint.post("/password")
@for_everyone_signed_in
def change() -> Response | tuple[str, int]:
    """Set the new password; every other session of the account ends, this one goes on."""
    new_password = request.form.get("new_password", "")
    try:
        if new_password != request.form.get("repeated", ""):
            raise PasswordsDiffer
        user = change_password(
            actor(),
            current_password=request.form.get("current_password", ""),
            new_password=new_password,
            archive=archive(),
        )
    except DmsError as refusal:
        return _form(refusal=refusal), status_of(refusal)
    start_session(user)
    flash(_("密码已修改，其他设备上的登录已失效。"), "success")
    return redirect(url_for("home.page"))


def _form(*, refusal: DmsError | None) -> str:
    return render_template("pages/own_password/page.html", refusal=refusal, min_characters=MIN_PASSWORD_CHARACTERS)
