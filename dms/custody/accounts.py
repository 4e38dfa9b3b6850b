"""Accounts: who may sign in, with which password, in which roles.

What always holds:
- The hash of a password never leaves the store, this module and `dms.custody.securing`.
- There is always an administrator who can sign in; accounts are locked, never deleted, for the journal names them.
"""

from dataclasses import dataclass, field, replace

from dms.archive import Archive
from dms.custody.errors import (
    AccountFactInvalid,
    LastAdministrator,
    OwnAccount,
    UserNameTaken,
    UserNotFound,
)
from dms.custody.securing import check_own_password, folded_name, generated_password, hashed, names_to_leave_out
from dms.domain.actor import LOWEST_GRADE, Actor, Permission, Role
from dms.domain.user import User
from dms.errors import Bilingual
from dms.store import UnitOfWork

MAX_NAME_CHARACTERS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """What an administrator states about a new account."""

    name: str
    """For signing in; upper and lower case alike."""
    password: str = field(repr=False)
    roles: frozenset[Role]
    display_name: str = ""
    """Empty means the sign-in name."""
    clearance: int = LOWEST_GRADE
    departments: frozenset[str] | None = None
    """Whose customers' papers it may see besides those of the whole company; None for all."""


def acting_user(name: str, *, archive: Archive) -> User | None:
    """The account with this name as it may act now, or None where there is none or it is locked."""
    with archive.looking() as view:
        user = view.users.with_name(folded_name(name))
        return None if user is None or user.disabled else _about_to_act(user, view=view, archive=archive)


def add_user(actor: Actor, account: NewAccount, *, archive: Archive) -> User:
    """The new user; raises `UserNameTaken`, `AccountFactInvalid` or `PasswordUnsuitable`."""
    actor.require(Permission.MANAGE_USERS)
    name = _checked_name(account)
    display_name = " ".join(account.display_name.split()) or name
    with archive.looking() as view:
        names = names_to_leave_out(name, display_name, view=view)
    password_hash = hashed(account.password, names=names)
    with archive.begin() as work:
        if work.users.with_name(name):
            raise UserNameTaken(name)
        user_id = work.users.add(
            name=name,
            display_name=display_name,
            password_hash=password_hash,
            roles=account.roles,
            clearance=account.clearance,
            departments=account.departments,
        )
        archive.record(work, actor, "user_added", name, roles=", ".join(sorted(account.roles)))
        return _user(name, work=work, user_id=user_id)


def list_users(actor: Actor, *, archive: Archive) -> list[User]:
    """Every account, by name, without the hashes."""
    actor.require(Permission.MANAGE_USERS)
    with archive.looking() as view:
        return [_without_hash(user) for user in view.users.all()]


def change_password(actor: Actor, *, current_password: str, new_password: str, archive: Archive) -> User:
    """The actor's own account with its new password, every other session of it ended.

    Raises `CurrentPasswordWrong`, `SignInPaused`, `PasswordUnsuitable`, or `UserNotFound` for an actor without account.
    """
    user = check_own_password(actor, current_password, archive=archive)
    with archive.looking() as view:
        names = names_to_leave_out(user.name, user.display_name, view=view)
    new_hash = hashed(new_password, names=names)
    with archive.begin() as work:
        work.users.change_password(user.id, new_hash)
        archive.record(work, actor, "password_changed", user.name)
        return _user(user.name, work=work, user_id=user.id)


def reset_password(actor: Actor, name: str, *, archive: Archive) -> str:
    """A newly generated password for the account, its sessions ended; to be handed over and then changed.

    Raises `UserNotFound`.
    """
    actor.require(Permission.MANAGE_USERS)
    password = generated_password()
    new_hash = hashed(password, names=())
    with archive.begin() as work:
        user = _named(name, work=work)
        work.users.change_password(user.id, new_hash)
        archive.record(work, actor, "password_reset", user.name)
    return password


def disable_user(actor: Actor, name: str, *, archive: Archive) -> User:
    """The account, now locked, its sessions ended; raises `UserNotFound`, `OwnAccount` or `LastAdministrator`."""
    actor.require(Permission.MANAGE_USERS)
    with archive.begin() as work:
        user = _named(name, work=work)
        if user.id == actor.user_id:
            raise OwnAccount
        check_another_administrator(user, work=work)
        work.users.disable(user.id)
        archive.record(work, actor, "user_disabled", user.name)
        return _user(user.name, work=work, user_id=user.id)


def enable_user(actor: Actor, name: str, *, archive: Archive) -> User:
    """The account, no longer locked; raises `UserNotFound`."""
    actor.require(Permission.MANAGE_USERS)
    with archive.begin() as work:
        user = _named(name, work=work)
        work.users.enable(user.id)
        archive.record(work, actor, "user_enabled", user.name)
        return _user(user.name, work=work, user_id=user.id)


def _checked_name(account: NewAccount) -> str:
    name = folded_name(account.name)
    plain = name.replace(".", "").replace("-", "").replace("_", "")
    if not (plain.isalnum() and len(name) <= MAX_NAME_CHARACTERS):
        raise AccountFactInvalid(
            Bilingual(zh=f"用户名“{name[:MAX_NAME_CHARACTERS]}”不合规。", en="This user name cannot be used."),
            Bilingual(
                zh=f"用户名由汉字、字母、数字、点、横线组成，最多 {MAX_NAME_CHARACTERS} 个字。",
                en=f"A name has letters, digits, dots and dashes, at most {MAX_NAME_CHARACTERS}.",
            ),
        )
    if not account.roles:
        raise AccountFactInvalid(
            Bilingual(zh="没有选择角色。", en="No role was chosen."),
            Bilingual(zh="请至少选择一个角色。", en="Choose at least one role."),
        )
    return name


def check_another_administrator(user: User, *, work: UnitOfWork) -> None:
    """Raise `LastAdministrator` where nobody else could let people in again."""
    others = (
        other for other in work.users.all() if other.id != user.id and not other.disabled
    )  # the operator of the machine may lock anyone but the last who can unlock again
    if Role.ADMINISTRATOR in user.roles and not any(Role.ADMINISTRATOR in other.roles for other in others):
        raise LastAdministrator


def user_with_name(name: str, *, work: UnitOfWork) -> User:
    """The account without its hash, in one transaction; raises `UserNotFound`."""
    return _without_hash(_named(name, work=work))


def _named(name: str, *, work: UnitOfWork) -> User:
    user = work.users.with_name(name.strip())
    if user is None:
        raise UserNotFound(name)
    return user


def _about_to_act(user: User, *, view: UnitOfWork, archive: Archive) -> User:
    """The account with what is granted to it at this moment; asked anew whenever it acts, for grants lapse."""
    granted = view.grants.in_force(user.id, at=archive.now())
    return replace(_without_hash(user), granted=granted)


def _user(name: str, *, work: UnitOfWork, user_id: int) -> User:
    user = work.users.get(user_id)
    if user is None:
        raise UserNotFound(name)
    return _without_hash(user)


def _without_hash(user: User) -> User:
    return replace(user, password_hash="")
