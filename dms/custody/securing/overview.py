"""How one account stands, as an administrator sees it."""

from dataclasses import dataclass, replace

from dms.archive import Archive
from dms.custody.errors import UserNotFound
from dms.custody.securing.pausing import folded_name, paused_name
from dms.custody.securing.second_factors import FactorStanding, standing_of
from dms.custody.securing.sessions import SessionShown, shown_sessions
from dms.domain.actor import Actor, Permission
from dms.domain.sign_in import Invitation, SignInFailures
from dms.domain.user import User


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOverview:
    """One account with everything that stands before it."""

    user: User
    factor: FactorStanding
    sessions: tuple[SessionShown, ...]
    """The latest seen first, ended ones included."""
    failures: SignInFailures | None
    """What was given with this name and did not fit, in a row; None where nothing was."""
    is_paused: bool
    invitation: Invitation | None
    """The one that is open."""
    issuers: tuple[str, ...]
    """The sign-in services that know this account."""


def account_overview(actor: Actor, name: str, *, archive: Archive) -> AccountOverview:
    """The account with this name; raises `UserNotFound`."""
    actor.require(Permission.MANAGE_USERS)
    with archive.looking() as view:
        user = view.users.with_name(folded_name(name))
        if user is None:
            raise UserNotFound(name)
        now = archive.now()
        failures = view.sign_in_failures.get(paused_name(user.name))
        return AccountOverview(
            user=replace(user, password_hash=""),
            factor=standing_of(user, view=view),
            sessions=shown_sessions(user, view=view, archive=archive),
            failures=failures,
            is_paused=failures is not None and failures.must_wait(now),
            invitation=view.invitations.open_ones(now).get(user.id),
            issuers=tuple(issuer for issuer, _ in view.user_identities.of_user(user.id)),
        )
