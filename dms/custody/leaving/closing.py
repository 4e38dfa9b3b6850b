"""Closing the account of somebody who has left.

Invariant: an account is closed only when its owner holds and owes nothing; whatever opened it opens it no more.
"""

from dataclasses import replace

from dms.archive import Archive
from dms.custody.accounts import check_another_administrator
from dms.custody.errors import OwnAccount, UserNotFound
from dms.custody.leaving.collecting import held_things
from dms.custody.leaving.errors import HeldThingsLeft
from dms.custody.securing import AccountNotOpen, folded_name, nobodys_hash
from dms.domain.actor import Actor, Permission
from dms.domain.clock import local_day
from dms.domain.user import User
from dms.store import UnitOfWork


def close_account(actor: Actor, name: str, *, archive: Archive) -> User:
    """The account, closed: locked, signed out, without password, second factor, invitation, identity or grant.

    Raises `UserNotFound`, `OwnAccount`, `AccountNotOpen` where it was closed before, `LastAdministrator`, or
    `HeldThingsLeft`, which names what is open.
    """
    actor.require(Permission.MANAGE_USERS)
    unknown_hash = nobodys_hash()
    with archive.begin() as work:
        user = work.users.with_name(folded_name(name))
        if user is None:
            raise UserNotFound(name)
        if user.id == actor.user_id:
            raise OwnAccount
        if user.closed_at is not None:
            raise AccountNotOpen(user.name)
        check_another_administrator(user, work=work)
        left = held_things(user, on=local_day(archive.now()), view=work)
        if left:
            raise HeldThingsLeft(user.name, tuple(thing.what for thing in left))
        _take_keys(actor, user, work=work, archive=archive)
        work.users.close(user.id, unknown_hash, at=archive.now())
        archive.record(work, actor, "user_closed", user.name)
        return replace(work.users.get(user.id) or user, password_hash="")


def _take_keys(actor: Actor, user: User, *, work: UnitOfWork, archive: Archive) -> None:
    now = archive.now()
    work.web_sessions.end_all(user.id, at=now, by=actor.name)
    work.invitations.withdraw(user.id, at=now)
    work.second_factors.remove(user.id)
    work.user_identities.untie(user.id)
    for grant in work.grants.of_user(user.id):
        if grant.is_in_force(now):
            work.grants.end(grant.id, at=now)
