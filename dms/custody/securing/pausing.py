"""Pausing a name under which signing in fails too often; kept in the catalogue, and seen by administrators.

What always holds:
- An attempt counts as failed before the password is looked at, so attempts made at the same moment cannot slip by.
- Only a sign-in that succeeded whole, or an administrator, makes failures count no more: a right password without its
  second factor takes back its own attempt alone.
"""

import unicodedata

from dms.archive import Archive
from dms.custody.errors import UserNotFound
from dms.custody.securing.errors import SignInPaused
from dms.domain.actor import Actor, Permission
from dms.domain.sign_in import FORGOTTEN_AFTER, SignInFailures, after_failure
from dms.store import UnitOfWork

MAX_NAME_CHARACTERS = 200


def folded_name(name: str) -> str:
    """A sign-in name as it is looked up: full-width letters are those of the keyboard."""
    return unicodedata.normalize("NFKC", name).strip()


def begin_attempt(name: str, *, archive: Archive) -> SignInFailures | None:
    """Count an attempt that is about to be made; what was counted before it. Raises `SignInPaused`."""
    counted = _counted(name)
    with archive.begin() as work:
        now = archive.now()
        before = work.sign_in_failures.get(counted)
        if before is not None and before.must_wait(now):
            until = before.waits_until_at or now
            raise SignInPaused(until, wait_seconds=int((until - now).total_seconds()) + 1)
        work.sign_in_failures.forget_before(now - FORGOTTEN_AFTER)
        work.sign_in_failures.note(after_failure(before, counted, now))
    return before


def take_back_attempt(name: str, before: SignInFailures | None, *, archive: Archive) -> None:
    """Let the latest attempt count neither as failed nor as a success."""
    with archive.begin() as work:
        if before is None:
            work.sign_in_failures.forget(_counted(name))
        else:
            work.sign_in_failures.note(before)


def attempt_succeeded(name: str, *, work: UnitOfWork) -> None:
    """Let no earlier failure under this name count any more."""
    work.sign_in_failures.forget(_counted(name))


def pauses(actor: Actor, *, archive: Archive) -> dict[str, SignInFailures]:
    """The names that have to wait at this moment, folded as `paused_name` folds them."""
    actor.require(Permission.MANAGE_USERS)
    with archive.looking() as view:
        now = archive.now()
        return {name: each for name, each in view.sign_in_failures.all().items() if each.must_wait(now)}


def paused_name(name: str) -> str:
    """The name of an account as pauses are kept."""
    return _counted(name)


def end_pause(actor: Actor, name: str, *, archive: Archive) -> bool:
    """Let the account with this name sign in again at once; whether anything was counted. Raises `UserNotFound`."""
    actor.require(Permission.MANAGE_USERS)
    with archive.begin() as work:
        user = work.users.with_name(folded_name(name))
        if user is None:
            raise UserNotFound(name)
        counted = work.sign_in_failures.forget(_counted(user.name))
        if counted:
            archive.record(work, actor, "sign_in_pause_ended", user.name)
        return counted


def _counted(name: str) -> str:
    return folded_name(name).lower()[:MAX_NAME_CHARACTERS]
