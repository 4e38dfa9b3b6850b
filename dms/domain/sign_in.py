"""What stands between a name and its account: failures and pauses, second factors, invitations and sessions.

What always holds:
- Every wait is kept by the name that was typed, whether or not somebody bears it, so that waiting tells nobody which
  names exist.
- A session ends by itself: after so long without a request, and at the latest so long after it began.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from dms.domain.actor import Role

FREE_FAILURES = 7
"""How often in a row a password may be wrong before the name has to wait."""
FIRST_WAIT = timedelta(minutes=15)
LONGEST_WAIT = timedelta(hours=24)
FORGOTTEN_AFTER = timedelta(days=2)
"""When failures that were followed by nothing count no more."""
PERIOD_S = 30
"""Seconds that one code of a second factor holds (RFC 6238)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInFailures:
    """How often in a row a name was given with what did not fit."""

    name: str
    """As it was typed, folded; perhaps nobody's."""
    count: int
    failed_at: datetime
    """When it failed last."""
    waits_until_at: datetime | None
    """Before this moment nothing is tried; None where the next attempt is free."""

    def must_wait(self, now: datetime) -> bool:
        """Whether an attempt is refused unseen at this moment."""
        return self.waits_until_at is not None and now < self.waits_until_at


def after_failure(before: SignInFailures | None, name: str, now: datetime) -> SignInFailures:
    """What is kept once one more attempt has failed; the wait doubles with every failure beyond the free ones."""
    earlier = before.count if before is not None and now - before.failed_at < FORGOTTEN_AFTER else 0
    count = earlier + 1
    doublings = count - FREE_FAILURES - 1
    wait = None if doublings < 0 else min(FIRST_WAIT * 2 ** min(doublings, 10), LONGEST_WAIT)
    return SignInFailures(name=name, count=count, failed_at=now, waits_until_at=now + wait if wait else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactor:
    """The secret that an account shares with the application on its owner's telephone (TOTP, RFC 6238)."""

    user_id: int
    secret: str
    """Base32; it leaves the catalogue once, as the picture to be photographed."""
    begun_at: datetime
    confirmed_at: datetime | None
    """When its owner proved that he has it; None before that, when it is not asked for."""
    last_step: int
    """The newest period whose code was taken; every code is good for one sign-in only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A one-time code with which a person sets his own password."""

    id: int
    user_id: int
    made_by: str
    made_at: datetime
    ends_at: datetime
    used_at: datetime | None
    withdrawn_at: datetime | None

    def is_open(self, now: datetime) -> bool:
        """Whether the code still opens the account."""
        return self.used_at is None and self.withdrawn_at is None and now < self.ends_at


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSession:
    """One browser in which somebody is signed in."""

    id: int
    user_id: int
    epoch: int
    """The epoch of the account in which it began; see `User.session_epoch`."""
    began_at: datetime
    seen_at: datetime
    """The latest request, to within `SEEN_WITHIN`."""
    address: str
    device: str
    """Browser and system, as far as the browser told."""
    means: str
    """How the person proved who he is: ``password``, ``password+code``, ``openid`` …"""
    ended_at: datetime | None
    ended_by: str
    """Who ended it; empty for one that was not ended."""

    def is_open(self, now: datetime, rules: "SignInRules") -> bool:
        """Whether it still lets its owner in."""
        if self.ended_at is not None:
            return False
        return now < self.seen_at + rules.idle_for and now < self.began_at + rules.session_for


SEEN_WITHIN = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInRules:
    """What the company decided about signing in."""

    second_factor_roles: frozenset[Role] = frozenset()
    """Whoever is in one of these roles proves himself twice."""
    idle_for: timedelta = timedelta(hours=2)
    session_for: timedelta = timedelta(hours=10)
    invitation_for: timedelta = timedelta(days=7)

    def asks_twice(self, roles: frozenset[Role]) -> bool:
        """Whether somebody in these roles needs a second factor."""
        return bool(self.second_factor_roles & roles)
