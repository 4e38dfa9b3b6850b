"""The company's own sign-in service: which account a person whom it names has here.

What always holds:
- No account and no right comes into being by signing in there: the person is matched with an account that an
  administrator made, by the address that the service has verified, and from then on by the service's own subject.
- An administrator may untie an account; a closed account has no identity.
"""

import re
from dataclasses import dataclass, field, replace

from dms.archive import Archive
from dms.custody.errors import UserNotFound
from dms.custody.securing.errors import EmailUnusable, IdentityUnknown
from dms.custody.securing.pausing import folded_name
from dms.domain.actor import Actor, Origin, Permission
from dms.domain.one_line import one_line
from dms.domain.user import User

SECRET_SETTING = "openid_secret"  # noqa: S105 -- the name of a setting, not a secret
MAX_EMAIL_CHARACTERS = 200
_EMAIL = re.compile(r"[^@\s<>\",;:]+@[^@\s<>\",;:]+\.[^@\s<>\",;:.]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A person as the company's sign-in service names him."""

    issuer: str
    subject: str
    email: str = field(default="")
    """Empty where the service has not verified it."""


def user_of_identity(identity: Identity, *, archive: Archive) -> User:
    """The account of this person; the first time it is found by his address and tied to him.

    Raises `IdentityUnknown`, also where the account with his address is tied to somebody else.
    """
    with archive.begin() as work:
        user_id = work.user_identities.user_of(identity.issuer, identity.subject)
        user = work.users.get(user_id) if user_id is not None else None
        if user is None:
            user = work.users.with_email(identity.email)
            if user is None or any(issuer == identity.issuer for issuer, _ in work.user_identities.of_user(user.id)):
                raise IdentityUnknown
            if not user.disabled:
                work.user_identities.tie(identity.issuer, identity.subject, user_id=user.id, at=archive.now())
                archive.record(work, user.actor(Origin.WEB), "identity_tied", user.name, source=identity.issuer)
        return replace(user, password_hash="")


def identities_of(actor: Actor, name: str, *, archive: Archive) -> tuple[tuple[str, str], ...]:
    """Issuer and subject of the identities of the account with this name; raises `UserNotFound`."""
    actor.require(Permission.MANAGE_USERS)
    with archive.looking() as view:
        user = view.users.with_name(folded_name(name))
        if user is None:
            raise UserNotFound(name)
        return tuple(view.user_identities.of_user(user.id))


def untie_identities(actor: Actor, name: str, *, archive: Archive) -> int:
    """Let the service open this account no more; how many identities there were. Raises `UserNotFound`."""
    actor.require(Permission.MANAGE_USERS)
    with archive.begin() as work:
        user = work.users.with_name(folded_name(name))
        if user is None:
            raise UserNotFound(name)
        untied = work.user_identities.untie(user.id)
        if untied:
            archive.record(work, actor, "identity_untied", user.name)
        return untied


def set_email(actor: Actor, name: str, email: str, *, archive: Archive) -> User:
    """The account with its address, which no other account has; empty for none.

    Raises `UserNotFound` or `EmailUnusable`.
    """
    actor.require(Permission.MANAGE_USERS)
    stated = one_line(email)
    if stated and (len(stated) > MAX_EMAIL_CHARACTERS or not _EMAIL.fullmatch(stated)):
        raise EmailUnusable(stated[:MAX_EMAIL_CHARACTERS])
    with archive.begin() as work:
        user = work.users.with_name(folded_name(name))
        if user is None:
            raise UserNotFound(name)
        other = work.users.with_email(stated)
        if other is not None and other.id != user.id:
            raise EmailUnusable(stated)
        work.users.set_email(user.id, stated)
        archive.record(work, actor, "user_email_stated", user.name, before=user.email, after=stated)
        return replace(user, email=stated, password_hash="")


def state_openid_secret(actor: Actor, secret: str, *, archive: Archive) -> None:
    """Keep the secret that this archive shares with the sign-in service, in the encrypted catalogue; empty for none."""
    actor.require(Permission.MANAGE_USERS)
    with archive.begin() as work:
        work.settings.state(SECRET_SETTING, secret.strip())
        archive.record(work, actor, "openid_secret_stated", SECRET_SETTING)


def openid_secret(*, archive: Archive) -> str:
    """The secret shared with the sign-in service, for the archive's own use; empty where none is kept."""
    with archive.looking() as view:
        return view.settings.text(SECRET_SETTING)
