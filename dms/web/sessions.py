"""Who is signed in: the account behind the token in the cookie, checked anew on every request.

What always holds:
- The token is worth nothing once its session was ended, from here or from anywhere else; see `dms.custody.securing`.
- Every address asks for a sign-in unless its view declares that it is for strangers; see `dms.web.declaring`.
- Whoever's role asks for a second factor gets no further than to setting it up.
"""

from datetime import datetime, timedelta
from typing import Any, cast

from flask import Flask, redirect, request, session, url_for
from flask_login import LoginManager, current_user, login_user
from werkzeug.wrappers import Response

from dms.custody.securing import BY_PASSWORD, Present, Visit, begin_session, present_person
from dms.custody.securing import end_session as end_session_of
from dms.domain.user import User
from dms.web.admitting import is_for_strangers
from dms.web.current import LANGUAGE_KEY, archive, language, wants_json
from dms.web.devices import device_name
from dms.web.errors import SecondFactorToSetUp, SignInRequired

WHILE_SETTING_UP = frozenset(
    {"own_account.factor", "own_account.confirm", "signing_in.sign_out", "static", "bootstrap.static"}
)
"""What is open to somebody who has to set up his second factor first."""
PROVING_FOR = timedelta(minutes=5)
"""How long the second step of a sign-in may take."""
_PROVING_KEY = "proving"


class SignedIn:
    """A person who is signed in, as flask-login wants to see him."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, token: str, user: User, present: Present | None = None) -> None:
        self.token, self.user, self.present = token, user, present

    def get_id(self) -> str:
        """What the session cookie keeps."""
        return self.token


def keep_sessions(app: Flask) -> None:
    """Load the account of every request, and let nobody past without one."""
    manager = LoginManager(app)
    manager.session_protection = None  # it would sign people out whenever a phone changes its network
    manager.user_loader(_signed_in)
    app.before_request(_require_sign_in)


def start_session(user: User, *, means: str = BY_PASSWORD) -> None:
    """Begin a session for a user who has just proved to be the one; nothing of the session before survives."""
    chosen = language()
    visit = Visit(address=request.remote_addr or "", device=device_name(request.user_agent.string))
    token = begin_session(user, visit, means=means, archive=archive())
    session.clear()
    session[LANGUAGE_KEY] = chosen
    session.permanent = True
    login_user(SignedIn(token, user))


def end_session() -> None:
    """Sign out for good, whoever else holds a copy of the cookie."""
    chosen = language()
    if current_user.is_authenticated:
        end_session_of(session_token(), archive=archive())
    session.clear()
    session[LANGUAGE_KEY] = chosen


def session_token() -> str:
    """The token of the session of this request; raises `SignInRequired`."""
    if not current_user.is_authenticated:
        raise SignInRequired
    return cast(SignedIn, current_user).token


def present() -> Present | None:
    """Who is signed in, and in which session; None where nobody is, or the session began with this very request."""
    return cast(SignedIn, current_user).present if current_user.is_authenticated else None


def await_code(user_id: int, epoch: int, *, after: str) -> None:
    """Remember in the cookie that this browser proved the first factor of an account a moment ago."""
    session[_PROVING_KEY] = {"user": user_id, "epoch": epoch, "at": archive().now().isoformat(), "after": after}


def awaited_code() -> tuple[int, int, str] | None:
    """Account, epoch and first factor of the sign-in that waits for its code in this browser; None without one."""
    kept: dict[str, Any] | None = session.get(_PROVING_KEY)
    if kept is None or archive().now() - datetime.fromisoformat(kept["at"]) > PROVING_FOR:
        return None
    return int(kept["user"]), int(kept["epoch"]), str(kept["after"])


def _signed_in(token: str) -> SignedIn | None:
    found = present_person(token, request.remote_addr or "", archive=archive())
    return SignedIn(token, found.user, found) if found else None


def _require_sign_in() -> Response | None:
    if is_for_strangers(request.endpoint):
        return None
    if not current_user.is_authenticated:
        raise SignInRequired
    here = present()
    if here is None or not here.must_set_up_factor or request.endpoint in WHILE_SETTING_UP:
        return None
    if wants_json():
        raise SecondFactorToSetUp
    return redirect(url_for("own_account.factor"))
