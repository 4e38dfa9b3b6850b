"""What stands before an account, for administrators: invitation, sessions, second factor, pause, address."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.custody.securing import (
    account_overview,
    end_pause,
    invite,
    reset_factor,
    revoke_session,
    revoke_sessions,
    set_email,
    untie_identities,
    withdraw_invitation,
)
from dms.domain.actor import Permission
from dms.errors import DmsError
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.openid_provider import is_openid_configured
from dms.web.refusals import status_of

blueprint = Blueprint("accounts", __name__, url_prefix="/users/<name>")


@blueprint.get("/account")
@needs(Permission.MANAGE_USERS)
def page(name: str) -> str:
    """How the account stands."""
    return _page(name, refusal=None)


@blueprint.post("/invitation")
@needs(Permission.MANAGE_USERS)
def make_invitation(name: str) -> str:
    """Invite the person, and show the code once."""
    return invitation_page(name)


def invitation_page(name: str) -> str:
    """The page that shows the code of a new invitation of an account, once."""
    invited = invite(actor(), name, archive=archive())
    # Shown in the answer itself: a redirect would carry the code in the cookie of a message.
    return render_template(
        "pages/accounts/invitation.html",
        invited=invited,
        address=url_for("invitations.page", code=invited.code, _external=True),
    )


@blueprint.post("/invitation/withdraw")
@needs(Permission.MANAGE_USERS)
def take_back_invitation(name: str) -> Response:
    """Let the invitation open nothing any more."""
    withdraw_invitation(actor(), name, archive=archive())
    return _back(name, _("邀请已作废。"))


@blueprint.post("/sessions/end")
@needs(Permission.MANAGE_USERS)
def end_all(name: str) -> Response:
    """End every session of the account."""
    ended = revoke_sessions(actor(), name, archive=archive())
    return _back(name, _("已结束 %(count)d 处登录。", count=ended))


@blueprint.post("/sessions/<int:session_id>/end")
@needs(Permission.MANAGE_USERS)
def end_one(name: str, session_id: int) -> Response:
    """End one session of the account."""
    revoke_session(actor(), name, session_id, archive=archive())
    return _back(name, _("该处登录已结束。"))


@blueprint.post("/unpause")
@needs(Permission.MANAGE_USERS)
def unpause(name: str) -> Response:
    """Let the person try to sign in again at once."""
    end_pause(actor(), name, archive=archive())
    return _back(name, _("已解除暂停，可以立即登录。"))


@blueprint.get("/second-factor/reset")
@needs(Permission.MANAGE_USERS)
def ask_resetting(name: str) -> str:
    """Ask before the second factor is taken away."""
    return render_template(
        "pages/accounts/reset_factor.html", user=account_overview(actor(), name, archive=archive()).user
    )


@blueprint.post("/second-factor/reset")
@needs(Permission.MANAGE_USERS)
def reset(name: str) -> Response:
    """Take the second factor away, for a person who lost it."""
    reset_factor(actor(), name, archive=archive())
    return _back(name, _("两步验证已重置，其登录已全部结束。"))


@blueprint.post("/email")
@needs(Permission.MANAGE_USERS)
def change_email(name: str) -> Response | tuple[str, int]:
    """Set where mail reaches the person."""
    try:
        set_email(actor(), name, request.form.get("email", ""), archive=archive())
    except DmsError as refusal:
        return _page(name, refusal=refusal), status_of(refusal)
    return _back(name, _("邮箱已保存。"))


@blueprint.post("/identity/untie")
@needs(Permission.MANAGE_USERS)
def untie(name: str) -> Response:
    """Let the company's sign-in service open this account no more."""
    untie_identities(actor(), name, archive=archive())
    return _back(name, _("已解除与统一登录的关联。"))


def _back(name: str, said: str) -> Response:
    flash(said, "success")
    return redirect(url_for("accounts.page", name=name))


def _page(name: str, *, refusal: DmsError | None) -> str:
    return render_template(
        "pages/accounts/page.html",
        shown=account_overview(actor(), name, archive=archive()),
        refusal=refusal,
        email=request.form.get("email"),
        has_openid=is_openid_configured(),
    )
