"""The accounts, and whose customers' papers each may see, for administrators."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.custody import (
    GrantFactInvalid,
    NewAccount,
    add_user,
    departments_in_use,
    disable_user,
    enable_user,
    end_grant,
    generated_password,
    grant_access,
    grants_in_force,
    grants_of,
    list_users,
    reset_password,
    set_departments,
)
from dms.custody.entitling import department_register
from dms.custody.securing import invitations_open, pauses
from dms.domain.actor import LOWEST_GRADE, Permission, Role
from dms.errors import Bilingual, DmsError
from dms.web.accounts import invitation_page
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.labels import grade_label, label
from dms.web.reading_rights import (
    TypedGrant,
    departments_named,
    departments_typed,
    grant_typed_in,
    is_day_unusable,
    wish_typed,
)
from dms.web.refusals import status_of

blueprint = Blueprint("users", __name__, url_prefix="/users")

GRADES = range(1, LOWEST_GRADE + 1)


@blueprint.get("")
@needs(Permission.MANAGE_USERS)
def index() -> str:
    """Every account, and the form for a new one."""
    return _page(refusal=None)


@blueprint.post("")
@needs(Permission.MANAGE_USERS)
def add() -> Response | tuple[str, int]:
    """Add an account, and show once the code of its invitation or a generated password."""
    password = generated_password()
    account = NewAccount(
        name=request.form.get("name", ""),
        display_name=request.form.get("display_name", ""),
        password=password,
        roles=frozenset(role for role in Role if role.value in request.form.getlist("roles")),
        clearance=_clearance(),
        departments=departments_named(request.form.get("departments", "")) or None,
    )
    try:
        user = add_user(actor(), account, archive=archive())
    except DmsError as refusal:
        return _page(refusal=refusal), status_of(refusal)
    if request.form.get("by") == "invitation":
        return make_response(invitation_page(user.name))
    return _new_password(user.name, password)


@blueprint.post("/<name>/password")
@needs(Permission.MANAGE_USERS)
def reset(name: str) -> Response:
    """Give the account a generated password, which is shown once."""
    return _new_password(name, reset_password(actor(), name, archive=archive()))


@blueprint.post("/<name>/disable")
@needs(Permission.MANAGE_USERS)
def disable(name: str) -> Response:
    """Lock the account."""
    disable_user(actor(), name, archive=archive())
    flash(_("已停用用户 %(name)s，其登录立即失效。", name=name), "success")
    return redirect(url_for("users.index"))


@blueprint.post("/<name>/enable")
@needs(Permission.MANAGE_USERS)
def enable(name: str) -> Response:
    """Unlock the account."""
    enable_user(actor(), name, archive=archive())
    flash(_("已启用用户 %(name)s。", name=name), "success")
    return redirect(url_for("users.index"))


@blueprint.get("/<name>/rights")
@needs(Permission.MANAGE_USERS)
def rights(name: str) -> str:
    """The departments of an account, everything that was ever granted to it, and the forms for both."""
    return _rights_page(name, TypedGrant(), refusal=None)


@blueprint.post("/<name>/departments")
@needs(Permission.MANAGE_USERS)
def change_departments(name: str) -> Response:
    """Let the account see the customers of other departments than before."""
    set_departments(actor(), name, departments_typed(request.form), archive=archive())
    flash(_("已保存 %(name)s 的查阅范围。", name=name), "success")
    return redirect(url_for("users.rights", name=name))


@blueprint.post("/<name>/grants")
@needs(Permission.MANAGE_USERS)
def grant(name: str) -> Response | tuple[str, int]:
    """Grant a customer's papers or one paper; the form again with the reason where that is refused."""
    typed = grant_typed_in(request.form)
    try:
        _refuse_unusable_day(typed)
        grant_access(actor(), name, wish_typed(typed), archive=archive())
    except DmsError as refusal:
        return _rights_page(name, typed, refusal=refusal), status_of(refusal)
    flash(_("已授权 %(name)s 查阅。", name=name), "success")
    return redirect(url_for("users.rights", name=name))


@blueprint.get("/<name>/grants/<int:grant_id>/end")
@needs(Permission.MANAGE_USERS)
def ask_ending(name: str, grant_id: int) -> str | Response:
    """Ask before a grant is ended; one that is not in force leads back to the list."""
    shown = grants_of(actor(), name, archive=archive())
    chosen = next((each for each in shown.grants if each.grant.id == grant_id and each.in_force), None)
    if chosen is None:
        return redirect(url_for("users.rights", name=name))
    return render_template("pages/users/end_grant.html", user=shown.user, shown=chosen)


@blueprint.post("/<name>/grants/<int:grant_id>/end")
@needs(Permission.MANAGE_USERS)
def end(name: str, grant_id: int) -> Response:
    """End a grant before its last day."""
    end_grant(actor(), grant_id, archive=archive())
    flash(_("已终止授权 %(number)s。", number=grant_id), "success")
    return redirect(url_for("users.rights", name=name))


def _refuse_unusable_day(typed: TypedGrant) -> None:
    if is_day_unusable(typed):
        raise GrantFactInvalid(
            Bilingual(f"截止日期“{typed.until_on}”不是一个日期。", f"“{typed.until_on}” is no day."),
            Bilingual("请按 2026-12-31 的样子填写，或留空。", "Write it like 2026-12-31, or leave it empty."),
        )


def _rights_page(name: str, typed: TypedGrant, *, refusal: DmsError | None) -> str:
    shown = grants_of(actor(), name, archive=archive())
    return render_template(
        "pages/users/rights.html",
        user=shown.user,
        role_choices=[(role.value, label(role)) for role in Role],
        grades=[(grade, grade_label(grade)) for grade in GRADES],
        homes=_homes(shown.user.home_department),
        grants=shown.grants,
        department_choices=[(each, each) for each in departments_in_use(actor(), archive=archive())],
        typed=typed,
        refusal=refusal,
    )


def _homes(present: str) -> list[tuple[str, str]]:
    """The departments that somebody may be said to belong to, and the one he belongs to."""
    register = department_register(actor(), archive=archive())
    working = {each.department.name for each in register.departments if each.is_open}
    return [(name, name) for name in sorted(working | ({present} - {""}))]


def _page(*, refusal: DmsError | None) -> str:
    return render_template(
        "pages/users/index.html",
        users=list_users(actor(), archive=archive()),
        refusal=refusal,
        paused=pauses(actor(), archive=archive()),
        invited=invitations_open(actor(), archive=archive()),
        grant_counts=grants_in_force(actor(), archive=archive()),
        role_choices=[(role.value, label(role)) for role in Role],
        grades=[(grade, grade_label(grade)) for grade in GRADES],
    )


def _new_password(name: str, password: str) -> Response:
    # Shown in the answer itself: a redirect would carry the password in the cookie of the message.
    return make_response(render_template("pages/users/new_password.html", name=name, password=password))


def _clearance() -> int:
    stated = request.form.get("clearance", type=int)
    return stated if stated is not None and stated in GRADES else LOWEST_GRADE
