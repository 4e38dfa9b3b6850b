"""Proving who one is: signing in with name and password, and with a code where the account asks for one.

What always holds:
- Signing in takes as long for a name that nobody bears as for a wrong password, and says the same.
- Every way of proving a password goes through the count of failures.
"""

from dataclasses import replace

from dms.archive import Archive
from dms.custody.errors import CurrentPasswordWrong, SignInRefused, UserNotFound
from dms.custody.securing.passwords import decoy_hash, fits
from dms.custody.securing.pausing import attempt_succeeded, begin_attempt, folded_name, take_back_attempt
from dms.domain.actor import LOWEST_GRADE, Actor, Origin
from dms.domain.user import User

MAX_JOURNALED_CHARACTERS = 40


def checked_password(name: str, password: str, *, archive: Archive) -> User:
    """The open account that this name and password belong to, its hash left out, for an attempt counted already.

    Raises `SignInRefused`, which is journaled.
    """
    with archive.looking() as view:
        user = view.users.with_name(folded_name(name))
    # The decoy is made before it is known whether it is needed, so that time does not tell which names exist.
    decoy = decoy_hash()
    fitting = fits(password, user.password_hash if user else decoy)
    if user is None or user.disabled or not fitting:
        record_refusal(name, archive=archive)
        raise SignInRefused
    return replace(user, password_hash="")


def check_own_password(actor: Actor, password: str, *, archive: Archive) -> User:
    """The actor's own account, once he gave its password again; raises `CurrentPasswordWrong` or `UserNotFound`.

    Raises `SignInPaused` where it was wrong too often: a session left open must not serve to find the password.
    """
    with archive.looking() as view:
        user = None if actor.user_id is None else view.users.get(actor.user_id)
    if user is None:
        raise UserNotFound(actor.name)
    before = begin_attempt(user.name, archive=archive)
    if not fits(password, user.password_hash):
        raise CurrentPasswordWrong
    take_back_attempt(user.name, before, archive=archive)
    return replace(user, password_hash="")


def record_refusal(untrusted_name: str, *, archive: Archive) -> None:
    """Journal that somebody was not let in under this name."""
    name = untrusted_name.strip()[:MAX_JOURNALED_CHARACTERS]
    stranger = Actor(user_id=None, name=name, roles=frozenset(), clearance=LOWEST_GRADE, origin=Origin.WEB)
    with archive.begin() as work:
        archive.record(work, stranger, "sign_in_refused", name)


def record_success(user: User, *, means: str, archive: Archive) -> None:
    """Journal that the person came in, and let no earlier failure count any more."""
    with archive.begin() as work:
        attempt_succeeded(user.name, work=work)
        told = {} if means == "password" else {"means": means}
        archive.record(work, user.actor(Origin.WEB), "signed_in", user.name, **told)
