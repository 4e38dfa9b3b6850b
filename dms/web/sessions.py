"""Who is signed in: the account behind the session cookie, checked anew on every request.

What always holds:
- A session is worth nothing once its account is locked, its password changed (`User.session_epoch`), or its owner
  signed out; signing out is remembered here for as long as the cookie could live, for a copied cookie outlives it.
- Every address asks for a sign-in unless it is named in `OPEN_ENDPOINTS`.
"""

import secrets
from collections import OrderedDict
from threading import Lock
from typing import cast

from flask import Flask, current_app, request, session
from flask_login import LoginManager, current_user, login_user

from dms.custody import user_in_session
from dms.domain.user import User
from dms.web.current import LANGUAGE_KEY, archive, language
from dms.web.errors import SignInRequired

OPEN_ENDPOINTS = frozenset({"health.healthz", "signing_in.page", "signing_in.sign_in", "static", "bootstrap.static"})
MAX_ENDED_SESSIONS = 50_000
_EXTENSION = "anjuan-ended-sessions"
_SESSION_ID_KEY = "session_id"


class SignedIn:
    """An account as flask-login wants to see it."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, user: User) -> None:
        self.user = user

    def get_id(self) -> str:
        """What the session cookie keeps: the account and the epoch in which it signed in."""
        return f"{self.user.id}.{self.user.session_epoch}"


class EndedSessions:
    """The ids of sessions that were signed out, the latest ones; safe to share between threads."""

    def __init__(self) -> None:
        self._ids: OrderedDict[str, None] = OrderedDict()
        self._lock = Lock()

    def add(self, session_id: str) -> None:
        """Remember one, forgetting the oldest beyond the bound."""
        with self._lock:
            self._ids[session_id] = None
            if len(self._ids) > MAX_ENDED_SESSIONS:
                self._ids.popitem(last=False)

    def __contains__(self, session_id: str) -> bool:
        with self._lock:
            return session_id in self._ids


def keep_sessions(app: Flask) -> None:
    """Load the account of every request, and let nobody past without one."""
    app.extensions[_EXTENSION] = EndedSessions()
    manager = LoginManager(app)
    manager.session_protection = None  # it would sign people out whenever a phone changes its network
    manager.user_loader(_signed_in)
    app.before_request(_require_sign_in)


def start_session(user: User) -> None:
    """Begin a session for a user who has just proved to be the one; nothing of the session before survives."""
    chosen = language()
    session.clear()
    session[LANGUAGE_KEY] = chosen
    session[_SESSION_ID_KEY] = secrets.token_hex(16)
    session.permanent = True
    login_user(SignedIn(user))


def end_session() -> None:
    """Sign out for good, whoever else holds a copy of the cookie."""
    chosen = language()
    _ended().add(str(session.get(_SESSION_ID_KEY)))
    session.clear()
    session[LANGUAGE_KEY] = chosen


def _ended() -> EndedSessions:
    return cast(EndedSessions, current_app.extensions[_EXTENSION])


def _signed_in(cookie_id: str) -> SignedIn | None:
    user_id, _, epoch = cookie_id.partition(".")
    if not (user_id.isdecimal() and epoch.isdecimal()) or str(session.get(_SESSION_ID_KEY)) in _ended():
        return None
    user = user_in_session(int(user_id), int(epoch), archive=archive())
    return SignedIn(user) if user else None


def _require_sign_in() -> None:
    if request.endpoint not in OPEN_ENDPOINTS and not current_user.is_authenticated:
        raise SignInRequired
