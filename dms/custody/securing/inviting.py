"""Inviting: a one-time code with an end, with which a person sets a password that nobody else ever knew.

What always holds:
- An account has at most one open invitation; the catalogue keeps the digest of its code.
- A code that opens nothing is refused in one way, whatever the reason.
"""

import hashlib
from dataclasses import dataclass, field, replace

from dms.archive import Archive
from dms.custody.errors import UserNotFound
from dms.custody.securing.errors import AccountNotOpen, InvitationNotOpen
from dms.custody.securing.passwords import generated_password, hashed, names_to_leave_out
from dms.custody.securing.pausing import attempt_succeeded, folded_name
from dms.custody.securing.rules import rules_in
from dms.domain.actor import Actor, Origin, Permission
from dms.domain.sign_in import Invitation
from dms.domain.user import User
from dms.store import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """An invitation just made."""

    user: User
    invitation: Invitation
    code: str = field(repr=False)
    """Shown this once."""


def invite(actor: Actor, name: str, *, archive: Archive) -> Invited:
    """A new invitation for the account with this name; an earlier one is closed.

    Raises `UserNotFound` or `AccountNotOpen`.
    """
    actor.require(Permission.MANAGE_USERS)
    code = generated_password()
    with archive.begin() as work:
        user = work.users.with_name(folded_name(name))
        if user is None:
            raise UserNotFound(name)
        if user.disabled:
            raise AccountNotOpen(user.name)
        now = archive.now()
        work.invitations.withdraw(user.id, at=now)
        invitation = work.invitations.add(
            user_id=user.id,
            code_digest=_digest(code),
            made_by=actor.name,
            made_at=now,
            ends_at=now + rules_in(work).invitation_for,
        )
        archive.record(work, actor, "user_invited", user.name)
    return Invited(user=replace(user, password_hash=""), invitation=invitation, code=code)


def invitations_open(actor: Actor, *, archive: Archive) -> dict[int, Invitation]:
    """The invitations that still open an account, by account."""
    actor.require(Permission.MANAGE_USERS)
    with archive.looking() as view:
        return view.invitations.open_ones(archive.now())


def withdraw_invitation(actor: Actor, name: str, *, archive: Archive) -> bool:
    """Let an invitation open nothing any more; whether there was one. Raises `UserNotFound`."""
    actor.require(Permission.MANAGE_USERS)
    with archive.begin() as work:
        user = work.users.with_name(folded_name(name))
        if user is None:
            raise UserNotFound(name)
        withdrawn = bool(work.invitations.withdraw(user.id, at=archive.now()))
        if withdrawn:
            archive.record(work, actor, "invitation_withdrawn", user.name)
        return withdrawn


def invited_person(code: str, *, archive: Archive) -> User:
    """For whom the code is; raises `InvitationNotOpen`."""
    with archive.looking() as view:
        return replace(_open(code, work=view, archive=archive)[1], password_hash="")


def accept_invitation(code: str, password: str, *, archive: Archive) -> User:
    """The account, from now on with this password; the code is spent, earlier sessions end.

    Raises `InvitationNotOpen` or `PasswordUnsuitable`.
    """
    with archive.looking() as view:
        user = _open(code, work=view, archive=archive)[1]
        names = names_to_leave_out(user.name, user.display_name, view=view)
    password_hash = hashed(password, names=names)
    with archive.begin() as work:
        invitation, user = _open(code, work=work, archive=archive)
        work.invitations.use(invitation.id, at=archive.now())
        work.users.change_password(user.id, password_hash)
        attempt_succeeded(user.name, work=work)
        archive.record(work, user.actor(Origin.WEB), "invitation_accepted", user.name)
    return replace(user, password_hash="")


def _open(code: str, *, work: UnitOfWork, archive: Archive) -> tuple[Invitation, User]:
    invitation = work.invitations.with_digest(_digest(code))
    user = work.users.get(invitation.user_id) if invitation else None
    if invitation is None or user is None or user.disabled or not invitation.is_open(archive.now()):
        raise InvitationNotOpen
    return invitation, user


def _digest(code: str) -> str:
    letters = "".join(letter for letter in code.lower() if letter.isalnum())
    return hashlib.sha256(f"invitation/{letters}".encode()).hexdigest()
