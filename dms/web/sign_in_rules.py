"""What the company decided about signing in, for administrators."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.custody.securing import (
    IDLE_MINUTES,
    INVITATION_DAYS,
    SESSION_HOURS,
    openid_secret,
    sign_in_rules,
    state_openid_secret,
    state_sign_in_rules,
)
from dms.domain.actor import Permission, Role
from dms.domain.sign_in import SignInRules
from dms.errors import DmsError
from dms.web.current import actor, archive, surroundings
from dms.web.declaring import needs
from dms.web.labels import label
from dms.web.refusals import status_of

blueprint = Blueprint("sign_in_rules", __name__, url_prefix="/sign-in-rules")


@blueprint.get("")
@needs(Permission.MANAGE_USERS)
def page() -> str:
    """The rules in force, as a form."""
    return _form(sign_in_rules(actor(), archive=archive()), refusal=None)


@blueprint.post("")
@needs(Permission.MANAGE_USERS)
def change() -> Response | tuple[str, int]:
    """Set the rules; the form again with the reason where they make no sense."""
    stated = SignInRules(
        second_factor_roles=frozenset(role for role in Role if role.value in request.form.getlist("roles")),
        idle_for=timedelta(minutes=_number("idle_minutes")),
        session_for=timedelta(hours=_number("session_hours")),
        invitation_for=timedelta(days=_number("invitation_days")),
    )
    try:
        state_sign_in_rules(actor(), stated, archive=archive())
    except DmsError as refusal:
        return _form(stated, refusal=refusal), status_of(refusal)
    flash(_("登录规则已保存，立即生效。"), "success")
    return redirect(url_for("sign_in_rules.page"))


@blueprint.post("/openid-secret")
@needs(Permission.MANAGE_USERS)
def change_secret() -> Response:
    """Keep the secret that is shared with the company's sign-in service."""
    state_openid_secret(actor(), request.form.get("secret", ""), archive=archive())
    flash(_("统一登录的密钥已保存。"), "success")
    return redirect(url_for("sign_in_rules.page"))


def _number(name: str) -> int:
    return request.form.get(name, 0, type=int)


def _form(rules: SignInRules, *, refusal: DmsError | None) -> str:
    return render_template(
        "pages/sign_in_rules/page.html",
        refusal=refusal,
        rules=rules,
        idle_minutes=rules.idle_for // timedelta(minutes=1),
        session_hours=rules.session_for // timedelta(hours=1),
        invitation_days=rules.invitation_for // timedelta(days=1),
        possible={"idle": IDLE_MINUTES, "hours": SESSION_HOURS, "days": INVITATION_DAYS},
        role_choices=[(role.value, label(role)) for role in Role],
        openid=surroundings().openid_address,
        has_secret=bool(openid_secret(archive=archive())),
    )
