"""Sessions: the browsers in which people are signed in, seen and ended from anywhere.

What always holds:
- A session is worth nothing once it was ended, its account locked, or its epoch is past (`User.session_epoch`).
- The catalogue keeps the digest of a browser's token, so whoever reads it cannot take a session over.
"""

import hashlib
import secrets
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

from dms.archive import Archive
from dms.custody.errors import UserNotFound
from dms.custody.securing.errors import SessionUnknown
from dms.custody.securing.pausing import folded_name
from dms.custody.securing.rules import rules_in
from dms.custody.securing.second_factors import must_set_up_factor
from dms.domain.actor import Actor, Permission
from dms.domain.sign_in import SEEN_WITHIN, WebSession
from dms.domain.user import User
from dms.store import CatalogueBusy, UnitOfWork

MAX_DEVICE_CHARACTERS = 80
MAX_ADDRESS_CHARACTERS = 64
KEPT_FOR = timedelta(days=90)
"""How long an ended session is still shown; the journal keeps who signed in for good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """From where somebody comes."""

    address: str
    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """Somebody who is signed in."""

    user: User
    session: WebSession
    must_set_up_factor: bool
    """Whether nothing but setting up a second factor is open to him yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionShown:
    """A session as a person reads it."""

    session: WebSession
    is_open: bool


def begin_session(user: User, visit: Visit, *, means: str, archive: Archive) -> str:
    """The token of a new session of somebody who has just proved who he is; nothing else opens it."""
    token = secrets.token_urlsafe(32)
    with archive.begin() as work:
        now = archive.now()
        work.web_sessions.forget_before(now - KEPT_FOR)
        work.web_sessions.add(
            user_id=user.id,
            token_digest=_digest(token),
            epoch=user.session_epoch,
            at=now,
            address=visit.address[:MAX_ADDRESS_CHARACTERS],
            device=visit.device[:MAX_DEVICE_CHARACTERS],
            means=means,
        )
    return token


def present_person(token: str, address: str, *, archive: Archive) -> Present | None:
    """Whoever is signed in with this token, with what is granted to him now; None where it opens nothing any more."""
    with archive.looking() as view:
        session = view.web_sessions.with_digest(_digest(token))
        user = view.users.get(session.user_id) if session else None
        if session is None or user is None or not _holds(session, user, view=view, archive=archive):
            return None
        granted = view.grants.in_force(user.id, at=archive.now())
        present = Present(
            user=replace(user, password_hash="", granted=granted),
            session=session,
            must_set_up_factor=must_set_up_factor(user, view=view),
        )
    _note_seen(session, address, archive=archive)
    return present


def end_session(token: str, *, archive: Archive) -> None:
    """Sign out, whoever else holds a copy of the token."""
    with archive.begin() as work:
        session = work.web_sessions.with_digest(_digest(token))
        user = work.users.get(session.user_id) if session else None
        if session is not None and user is not None:
            work.web_sessions.end(session.id, at=archive.now(), by=user.name)


def own_sessions(actor: Actor, *, archive: Archive) -> tuple[SessionShown, ...]:
    """The actor's own sessions, the latest seen first."""
    with archive.looking() as view:
        return shown_sessions(_own(actor, work=view), view=view, archive=archive)


def sessions_of(actor: Actor, name: str, *, archive: Archive) -> tuple[SessionShown, ...]:
    """The sessions of the account with this name, the latest seen first; raises `UserNotFound`."""
    actor.require(Permission.MANAGE_USERS)
    with archive.looking() as view:
        return shown_sessions(_named(name, work=view), view=view, archive=archive)


def revoke_own_session(actor: Actor, session_id: int, *, archive: Archive) -> None:
    """End one of the actor's own sessions; raises `SessionUnknown`."""
    with archive.begin() as work:
        _revoke(actor, _own(actor, work=work), session_id, work=work, archive=archive)


def revoke_other_sessions(actor: Actor, token: str, *, archive: Archive) -> int:
    """End every session of the actor but the one of this token; how many there were."""
    with archive.begin() as work:
        user, present = _own(actor, work=work), work.web_sessions.with_digest(_digest(token))
        ended = work.web_sessions.end_all(user.id, at=archive.now(), by=actor.name, but=present.id if present else None)
        archive.record(work, actor, "sessions_revoked", user.name, sessions=ended)
        return ended


def revoke_session(actor: Actor, name: str, session_id: int, *, archive: Archive) -> None:
    """End a session of the account with this name; raises `UserNotFound` or `SessionUnknown`."""
    actor.require(Permission.MANAGE_USERS)
    with archive.begin() as work:
        _revoke(actor, _named(name, work=work), session_id, work=work, archive=archive)


def revoke_sessions(actor: Actor, name: str, *, archive: Archive) -> int:
    """End every session of the account with this name; how many there were. Raises `UserNotFound`."""
    actor.require(Permission.MANAGE_USERS)
    with archive.begin() as work:
        user = _named(name, work=work)
        ended = work.web_sessions.end_all(user.id, at=archive.now(), by=actor.name)
        archive.record(work, actor, "sessions_revoked", user.name, sessions=ended)
        return ended


def _revoke(actor: Actor, user: User, session_id: int, *, work: UnitOfWork, archive: Archive) -> None:
    session = work.web_sessions.find(session_id)
    if session is None or session.user_id != user.id or session.ended_at is not None:
        raise SessionUnknown(session_id)
    work.web_sessions.end(session_id, at=archive.now(), by=actor.name)
    archive.record(work, actor, "session_revoked", user.name, address=session.address, device=session.device)


def _holds(session: WebSession, user: User, *, view: UnitOfWork, archive: Archive) -> bool:
    current = session.epoch == user.session_epoch and not user.disabled
    return current and session.is_open(archive.now(), rules_in(view))


def _note_seen(session: WebSession, address: str, *, archive: Archive) -> None:
    """Remember the request; written at most once in `SEEN_WITHIN`, for every page asks."""
    now = archive.now()
    if now - session.seen_at < SEEN_WITHIN:
        return
    # A catalogue that somebody else is writing just now takes it from the next request.
    with suppress(CatalogueBusy), archive.begin() as work:
        work.web_sessions.note_seen(session.id, at=now, address=address[:MAX_ADDRESS_CHARACTERS])


def shown_sessions(user: User, *, view: UnitOfWork, archive: Archive) -> tuple[SessionShown, ...]:
    """The sessions of an account, the latest seen first."""
    return tuple(
        SessionShown(session=each, is_open=_holds(each, user, view=view, archive=archive))
        for each in view.web_sessions.of_user(user.id)
    )


def _own(actor: Actor, *, work: UnitOfWork) -> User:
    user = None if actor.user_id is None else work.users.get(actor.user_id)
    if user is None:
        raise UserNotFound(actor.name)
    return user


def _named(name: str, *, work: UnitOfWork) -> User:
    user = work.users.with_name(folded_name(name))
    if user is None:
        raise UserNotFound(name)
    return user


def _digest(token: str) -> str:
    return hashlib.sha256(f"session/{token}".encode()).hexdigest()
