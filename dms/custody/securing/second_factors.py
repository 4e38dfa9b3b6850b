"""The second factor: codes of a telephone (TOTP, RFC 6238), and recovery codes for the day it is lost.

What always holds:
- A code is good once: no later code of the same period or an earlier one is taken, whoever overheard it.
- A factor is asked for only once its owner proved that he has it; until then the account opens as before.
- Recovery codes are shown once, and kept as digests; each has about 79 bits, so a plain digest cannot be searched.
"""

import hashlib
import secrets
import string
from dataclasses import dataclass, field
from datetime import datetime

import pyotp

from dms.archive import Archive
from dms.custody.errors import OwnAccount, UserNotFound
from dms.custody.securing.errors import (
    SecondFactorAbsent,
    SecondFactorPresent,
    SecondFactorRequired,
    SecondFactorWrong,
)
from dms.custody.securing.pausing import folded_name
from dms.custody.securing.proving import check_own_password
from dms.custody.securing.rules import rules_in
from dms.domain.actor import Actor, Permission
from dms.domain.sign_in import PERIOD_S
from dms.domain.user import User
from dms.store import UnitOfWork

RECOVERY_CODES = 10
DRIFT_PERIODS = 1
"""How many periods the telephone's clock may be off."""
CODE_DIGITS = 6
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorOffer:
    """A secret that its owner is to take over to his telephone."""

    secret: str = field(repr=False)
    """Base32, to be typed where a picture cannot be taken."""
    address: str = field(repr=False)
    """The ``otpauth://`` address that the picture shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorStanding:
    """How an account stands with its second factor."""

    confirmed_at: datetime | None
    """Since when it is asked for; None where it is not."""
    recovery_codes_left: int
    required: bool
    """Whether the person's roles ask for one."""


def factor_standing(actor: Actor, *, archive: Archive) -> FactorStanding:
    """How the actor's own account stands; raises `UserNotFound` for an actor who has none."""
    with archive.looking() as view:
        return standing_of(_own(actor, work=view), view=view)


def standing_of(user: User, *, view: UnitOfWork) -> FactorStanding:
    """How an account stands with its second factor."""
    factor = view.second_factors.confirmed(user.id)
    return FactorStanding(
        confirmed_at=factor.confirmed_at if factor else None,
        recovery_codes_left=view.second_factors.recovery_codes_left(user.id),
        required=rules_in(view).asks_twice(user.roles),
    )


def must_set_up_factor(user: User, *, view: UnitOfWork) -> bool:
    """Whether the person's roles ask for a second factor that the account does not have yet."""
    return rules_in(view).asks_twice(user.roles) and view.second_factors.confirmed(user.id) is None


def offer_factor(actor: Actor, *, archive: Archive) -> FactorOffer:
    """A secret for the actor's own account, not asked for before it is confirmed; the same until then.

    Raises `SecondFactorPresent`.
    """
    with archive.begin() as work:
        user = _own(actor, work=work)
        factor = work.second_factors.get(user.id)
        if factor is not None and factor.confirmed_at is not None:
            raise SecondFactorPresent
        secret = factor.secret if factor else pyotp.random_base32()
        if factor is None:
            work.second_factors.begin(user.id, secret, at=archive.now())
        issuer = " ".join(work.scheme.own_names()[:1]) or "Anjuan"
    address = pyotp.TOTP(secret).provisioning_uri(name=user.name, issuer_name=issuer)
    return FactorOffer(secret=secret, address=address)


def confirm_factor(actor: Actor, code: str, *, archive: Archive) -> tuple[str, ...]:
    """The recovery codes of the actor's factor, which is asked for from now on; shown this once.

    Raises `SecondFactorAbsent`, `SecondFactorPresent` or `SecondFactorWrong`.
    """
    with archive.begin() as work:
        user = _own(actor, work=work)
        factor = work.second_factors.get(user.id)
        if factor is None:
            raise SecondFactorAbsent
        if factor.confirmed_at is not None:
            raise SecondFactorPresent
        if not _take_step(user, code, archive.now(), work=work):
            raise SecondFactorWrong
        work.second_factors.confirm(user.id, at=archive.now())
        archive.record(work, actor, "second_factor_set_up", user.name)
        return _new_recovery_codes(user, work=work)


def renew_recovery_codes(actor: Actor, *, password: str, archive: Archive) -> tuple[str, ...]:
    """New recovery codes in the place of the old ones; raises `CurrentPasswordWrong` or `SecondFactorAbsent`."""
    check_own_password(actor, password, archive=archive)
    with archive.begin() as work:
        user = _own(actor, work=work)
        if work.second_factors.confirmed(user.id) is None:
            raise SecondFactorAbsent
        archive.record(work, actor, "recovery_codes_renewed", user.name)
        return _new_recovery_codes(user, work=work)


def remove_own_factor(actor: Actor, *, password: str, archive: Archive) -> None:
    """Ask the actor for no second factor any more.

    Raises `CurrentPasswordWrong`, `SecondFactorAbsent`, or `SecondFactorRequired` where his roles ask for one.
    """
    check_own_password(actor, password, archive=archive)
    with archive.begin() as work:
        user = _own(actor, work=work)
        if rules_in(work).asks_twice(user.roles):
            raise SecondFactorRequired
        if not work.second_factors.remove(user.id):
            raise SecondFactorAbsent
        archive.record(work, actor, "second_factor_removed", user.name)


def reset_factor(actor: Actor, name: str, *, archive: Archive) -> None:
    """Take the second factor from the account of another person, who lost it; every session of it ends.

    Raises `UserNotFound`, `OwnAccount` or `SecondFactorAbsent`.
    """
    actor.require(Permission.MANAGE_USERS)
    with archive.begin() as work:
        user = work.users.with_name(folded_name(name))
        if user is None:
            raise UserNotFound(name)
        if user.id == actor.user_id:
            raise OwnAccount
        if not work.second_factors.remove(user.id):
            raise SecondFactorAbsent
        work.web_sessions.end_all(user.id, at=archive.now(), by=actor.name)
        archive.record(work, actor, "second_factor_reset", user.name)


def take_code(user: User, code: str, *, now: datetime, work: UnitOfWork) -> str | None:
    """Spend a code of the account; what it was, ``code`` or ``recovery_code``, or None if it does not fit."""
    plain = "".join(code.split()).lower()
    if len(plain) == CODE_DIGITS and plain.isascii() and plain.isdecimal():
        return "code" if _take_step(user, plain, now, work=work) else None
    spent = work.second_factors.use_recovery_code(user.id, _digest(user, plain), at=now)
    return "recovery_code" if spent else None


def _take_step(user: User, code: str, now: datetime, *, work: UnitOfWork) -> bool:
    factor = work.second_factors.get(user.id)
    if factor is None:
        return False
    typed, totp = "".join(code.split()), pyotp.TOTP(factor.secret)
    present = int(now.timestamp()) // PERIOD_S
    for step in range(present - DRIFT_PERIODS, present + DRIFT_PERIODS + 1):
        if step > factor.last_step and secrets.compare_digest(totp.generate_otp(step).encode(), typed.encode()):
            work.second_factors.note_step(user.id, step)
            return True
    return False


def _new_recovery_codes(user: User, *, work: UnitOfWork) -> tuple[str, ...]:
    codes = tuple(_recovery_code() for _ in range(RECOVERY_CODES))
    work.second_factors.state_recovery_codes(user.id, [_digest(user, code) for code in codes])
    return codes


def _recovery_code() -> str:
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


def _digest(user: User, code: str) -> str:
    letters = "".join(letter for letter in code if letter in string.ascii_lowercase + string.digits)
    return hashlib.sha256(f"recovery/{user.id}/{letters}".encode()).hexdigest()


def _own(actor: Actor, *, work: UnitOfWork) -> User:
    user = None if actor.user_id is None else work.users.get(actor.user_id)
    if user is None:
        raise UserNotFound(actor.name)
    return user
