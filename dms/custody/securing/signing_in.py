"""Signing in: one factor or two, or the word of the company's own sign-in service in the place of the password."""

import re
from dataclasses import replace

from dms.archive import Archive
from dms.custody.errors import SignInRefused
from dms.custody.securing.errors import AccountNotOpen, SecondFactorNeeded, SecondFactorWrong
from dms.custody.securing.pausing import attempt_succeeded, begin_attempt, take_back_attempt
from dms.custody.securing.proving import checked_password, record_refusal, record_success
from dms.custody.securing.second_factors import CODE_DIGITS, take_code
from dms.domain.actor import Origin
from dms.domain.user import User

BY_PASSWORD = "password"  # noqa: S105 -- the name of a means, not a password
BY_OPENID = "openid"
_WITH_CODE = re.compile(rf"(.+)\s(\d{{{CODE_DIGITS}}})")


def sign_in(name: str, password: str, *, code: str = "", archive: Archive) -> User:
    """The user who gave this name and password, and the code of his second factor where he has one; journaled.

    Raises `SignInRefused`, `SignInPaused`, `SecondFactorNeeded` where only the code is missing, or
    `SecondFactorWrong`.
    """
    before = begin_attempt(name, archive=archive)
    user = checked_password(name, password, archive=archive)
    with archive.looking() as view:
        asked = view.second_factors.confirmed(user.id) is not None
    if not asked:
        record_success(user, means=BY_PASSWORD, archive=archive)
        return user
    if not code.strip():
        take_back_attempt(name, before, archive=archive)
        raise SecondFactorNeeded(user.id, user.session_epoch)
    return _proved_by_code(user, code, after=BY_PASSWORD, archive=archive)


def sign_beside(name: str, password: str, *, code: str = "", archive: Archive) -> User:
    """The person who signs with his own password at somebody else's desk, or in a form of his own.

    The code of a second factor may stand after the password and a space, so that every form takes it. Raises as
    `sign_in` does.
    """
    both = None if code else _WITH_CODE.fullmatch(password.strip())
    try:
        return sign_in(name, password, code=code, archive=archive)
    except SignInRefused:
        if both is None:
            raise
        return sign_in(name, both[1], code=both[2], archive=archive)


def finish_sign_in(user_id: int, epoch: int, code: str, *, after: str = BY_PASSWORD, archive: Archive) -> User:
    """The user whose password was proved in this epoch of the account a moment ago, now with his code; journaled.

    Raises `SignInRefused`, `SignInPaused` or `SecondFactorWrong`.
    """
    with archive.looking() as view:
        user = view.users.get(user_id)
    if user is None or user.disabled or user.session_epoch != epoch:
        raise SignInRefused
    begin_attempt(user.name, archive=archive)
    return _proved_by_code(user, code, after=after, archive=archive)


def sign_in_identified(user: User, *, archive: Archive) -> User:
    """The user whom the company's sign-in service named, where he has no second factor; journaled.

    Raises `AccountNotOpen`, or `SecondFactorNeeded` where the code is missing.
    """
    if user.disabled:
        raise AccountNotOpen(user.name)
    with archive.looking() as view:
        asked = view.second_factors.confirmed(user.id) is not None
    if asked:
        raise SecondFactorNeeded(user.id, user.session_epoch)
    record_success(user, means=BY_OPENID, archive=archive)
    return user


def _proved_by_code(user: User, code: str, *, after: str, archive: Archive) -> User:
    with archive.begin() as work:
        means = take_code(user, code, now=archive.now(), work=work)
        if means is not None:
            attempt_succeeded(user.name, work=work)
            archive.record(work, user.actor(Origin.WEB), "signed_in", user.name, means=f"{after}+{means}")
    if means is None:
        record_refusal(user.name, archive=archive)
        raise SecondFactorWrong
    return replace(user, password_hash="")
