"""The accounts, for administrators."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.custody import NewAccount, add_user, disable_user, enable_user, generated_password, list_users, reset_password
from dms.domain.actor import LOWEST_GRADE, Role
from dms.errors import DmsError
from dms.web.current import actor, archive
from dms.web.labels import grade_label, label
from dms.web.refusals import status_of

blueprint = Blueprint("users", __name__, url_prefix="/users")

GRADES = range(1, LOWEST_GRADE + 1)


@blueprint.get("")
def index() -> str:
    """Every account, and the form for a new one."""
    return _page(refusal=None)


@blueprint.post("")
def add() -> Response | tuple[str, int]:
    """Add an account with a generated password, which is shown once."""
    password = generated_password()
    account = NewAccount(
        name=request.form.get("name", ""),
        display_name=request.form.get("display_name", ""),
        password=password,
        roles=frozenset(role for role in Role if role.value in request.form.getlist("roles")),
        clearance=_clearance(),
    )
    try:
        user = add_user(actor(), account, archive=archive())
    except DmsError as refusal:
        return _page(refusal=refusal), status_of(refusal)
    return _new_password(user.name, password)


@blueprint.post("/<name>/password")
def reset(name: str) -> Response:
    """Give the account a generated password, which is shown once."""
    return _new_password(name, reset_password(actor(), name, archive=archive()))


@blueprint.post("/<name>/disable")
def disable(name: str) -> Response:
    """Lock the account."""
    disable_user(actor(), name, archive=archive())
    flash(_("已停用用户 %(name)s，其登录立即失效。", name=name), "success")
    return redirect(url_for("users.index"))


@blueprint.post("/<name>/enable")
def enable(name: str) -> Response:
    """Unlock the account."""
    enable_user(actor(), name, archive=archive())
    flash(_("已启用用户 %(name)s。", name=name), "success")
    return redirect(url_for("users.index"))


def _page(*, refusal: DmsError | None) -> str:
    return render_template(
        "pages/users/index.html",
        users=list_users(actor(), archive=archive()),
        refusal=refusal,
        role_choices=[(role.value, label(role)) for role in Role],
        grades=[(grade, grade_label(grade)) for grade in GRADES],
    )


def _new_password(name: str, password: str) -> Response:
    # Shown in the answer itself: a redirect would carry the password in the cookie of the message.
    return make_response(render_template("pages/users/new_password.html", name=name, password=password))


def _clearance() -> int:
    stated = request.form.get("clearance", type=int)
    return stated if stated is not None and stated in GRADES else LOWEST_GRADE
