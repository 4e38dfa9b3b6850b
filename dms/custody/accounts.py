"""Accounts: who may sign in, with which password, in which roles.

What always holds:
- A password exists here only as its argon2id hash; the hash never leaves the store and this module.
- Signing in takes as long for a name that nobody bears as for a wrong password, and says the same.
- There is always an administrator who can sign in; accounts are locked, never deleted, for the journal names them.
"""

import secrets
import unicodedata
from dataclasses import dataclass, field, replace
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from dms.archive import Archive
from dms.custody.errors import (
    AccountFactInvalid,
    CurrentPasswordWrong,
    LastAdministrator,
    OwnAccount,
    PasswordUnsuitable,
    SignInRefused,
    UserNameTaken,
    UserNotFound,
)
from dms.domain.actor import LOWEST_GRADE, Actor, Origin, Permission, Role
from dms.domain.user import User
from dms.errors import Bilingual
from dms.store import UnitOfWork

MIN_PASSWORD_CHARACTERS = 10
MAX_PASSWORD_CHARACTERS = 200
"""Bounded, for hashing a password of megabytes would be a cheap way to keep the server busy."""
MAX_NAME_CHARACTERS = 40
GENERATED_GROUPS = 4
_GENERATED_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without the letters and figures that people confuse when they copy from paper."""

_hasher = PasswordHasher()


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


def generated_password() -> str:
    """A random password of four groups of five characters, about 99 bits, fit to be copied by hand."""
    groups = ("".join(secrets.choice(_GENERATED_ALPHABET) for _ in range(5)) for _ in range(GENERATED_GROUPS))
    return "-".join(groups)


def sign_in(name: str, password: str, *, archive: Archive) -> User:
    """The user who gave this name and password; journaled either way. Raises `SignInRefused`."""
    with archive.looking() as view:
        user = view.users.with_name(_folded(name))
    # The decoy is made before it is known whether it is needed, so that time does not tell which names exist.
    decoy = _decoy_hash()
    fits = _fits(password, user.password_hash if user else decoy)
    if user is None or user.disabled or not fits:
        _record_refusal(name, archive=archive)
        raise SignInRefused
    with archive.begin() as work:
        archive.record(work, user.actor(Origin.WEB), "signed_in", user.name)
    return _without_hash(user)


def user_in_session(user_id: int, session_epoch: int, *, archive: Archive) -> User | None:
    """The user behind a session, or None where the account is locked or its sessions have been ended."""
    with archive.looking() as view:
        user = view.users.get(user_id)
        if user is None or user.disabled or user.session_epoch != session_epoch:
            return None
        return _about_to_act(user, view=view, archive=archive)


def acting_user(name: str, *, archive: Archive) -> User | None:
    """The account with this name as it may act now, or None where there is none or it is locked."""
    with archive.looking() as view:
        user = view.users.with_name(_folded(name))
        return None if user is None or user.disabled else _about_to_act(user, view=view, archive=archive)


def add_user(actor: Actor, account: NewAccount, *, archive: Archive) -> User:
    """The new user; raises `UserNameTaken`, `AccountFactInvalid` or `PasswordUnsuitable`."""
    actor.require(Permission.MANAGE_USERS)
    name = _checked_name(account)
    password_hash = _hashed(account.password, user_name=name)
    with archive.begin() as work:
        if work.users.with_name(name):
            raise UserNameTaken(name)
        user_id = work.users.add(
            name=name,
            display_name=" ".join(account.display_name.split()) or name,
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

    Raises `CurrentPasswordWrong`, `PasswordUnsuitable`, or `UserNotFound` for an actor who has no account.
    """
    with archive.looking() as view:
        user = _named(actor.name, work=view)
    if user.id != actor.user_id:
        raise UserNotFound(actor.name)
    if not _fits(current_password, user.password_hash):
        raise CurrentPasswordWrong
    new_hash = _hashed(new_password, user_name=user.name)
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
    new_hash = _hasher.hash(password)
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
        _check_another_administrator(user, work=work)
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


def _folded(name: str) -> str:
    """A sign-in name as it is compared: full-width letters are those of the keyboard."""
    return unicodedata.normalize("NFKC", name).strip()


def _checked_name(account: NewAccount) -> str:
    name = _folded(account.name)
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


def _hashed(password: str, *, user_name: str) -> str:
    if not MIN_PASSWORD_CHARACTERS <= len(password) <= MAX_PASSWORD_CHARACTERS:
        raise PasswordUnsuitable(
            Bilingual(zh="密码长度不合要求。", en="The password is too short or too long."),
            Bilingual(
                zh=f"请使用 {MIN_PASSWORD_CHARACTERS} 到 {MAX_PASSWORD_CHARACTERS} 个字符，一句容易记住的话就很好。",
                en=f"Use {MIN_PASSWORD_CHARACTERS} to {MAX_PASSWORD_CHARACTERS} characters; a sentence does well.",
            ),
        )
    if user_name.casefold() in password.casefold() or len(set(password)) < MIN_PASSWORD_CHARACTERS // 2:
        raise PasswordUnsuitable(
            Bilingual(zh="密码太容易猜到。", en="The password is too easy to guess."),
            Bilingual(
                zh="密码不要包含用户名，也不要重复同样的几个字符。",
                en="Leave out the user name, and do not repeat the same few characters.",
            ),
        )
    return _hasher.hash(unicodedata.normalize("NFKC", password))


def _fits(password: str, password_hash: str) -> bool:
    if len(password) > MAX_PASSWORD_CHARACTERS:
        return False
    try:
        return _hasher.verify(password_hash, unicodedata.normalize("NFKC", password))
    except (VerifyMismatchError, InvalidHashError):
        return False


@cache
def _decoy_hash() -> str:
    return _hasher.hash(secrets.token_hex())


def _record_refusal(untrusted_name: str, *, archive: Archive) -> None:
    name = untrusted_name.strip()[:MAX_NAME_CHARACTERS]
    stranger = Actor(user_id=None, name=name, roles=frozenset(), clearance=LOWEST_GRADE, origin=Origin.WEB)
    with archive.begin() as work:
        archive.record(work, stranger, "sign_in_refused", name)


def _check_another_administrator(user: User, *, work: UnitOfWork) -> None:
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
