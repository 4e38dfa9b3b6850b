"""How often sign-in may fail: per account and per address, in memory, with the archive's clock.

What always holds:
- An attempt counts as failed before the password is looked at, so attempts made at the same moment cannot slip by.
- Memory is bounded: what is older than the window is forgotten, and names beyond `MAX_NAMES` push out the oldest.
"""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from dms.domain.clock import Clock
from dms.web.errors import TooManyAttempts

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 8
PER_ADDRESS = 40
MAX_NAMES = 10_000


@dataclass(slots=True, kw_only=True)
class _Tally:
    """The moments of the failures of each name within the window, the name touched last at the end."""

    allowed: int
    failures: OrderedDict[str, deque[datetime]] = field(default_factory=OrderedDict)

    def free_at(self, name: str, now: datetime) -> datetime | None:
        """When the next attempt is allowed; None if it is allowed now."""
        moments = self.failures.get(name, deque())
        while moments and moments[0] <= now - WINDOW:
            moments.popleft()
        return moments[0] + WINDOW if len(moments) >= self.allowed else None

    def add(self, name: str, now: datetime) -> None:
        """Count one failure."""
        self.failures.setdefault(name, deque(maxlen=self.allowed)).append(now)
        self.failures.move_to_end(name)
        if len(self.failures) > MAX_NAMES:
            self.failures.popitem(last=False)

    def take_back(self, name: str) -> None:
        """Uncount the latest failure."""
        moments = self.failures.get(name)
        if moments:
            moments.pop()


class SignInGuard:
    """Counts failed sign-ins; safe to share between threads."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._accounts = _Tally(allowed=PER_ACCOUNT)
        self._addresses = _Tally(allowed=PER_ADDRESS)

    def begin(self, account: str, address: str) -> None:
        """Count an attempt that is about to be made; raises `TooManyAttempts`, saying when the next one is allowed."""
        now = self._clock.now()
        with self._lock:
            waits = (self._accounts.free_at(_folded(account), now), self._addresses.free_at(address, now))
            until = max((moment for moment in waits if moment), default=None)
            if until:
                raise TooManyAttempts(until, wait_seconds=int((until - now).total_seconds()) + 1)
            self._accounts.add(_folded(account), now)
            self._addresses.add(address, now)

    def succeeded(self, account: str, address: str) -> None:
        """Forget the failures of the account; the address keeps its other ones."""
        with self._lock:
            self._accounts.failures.pop(_folded(account), None)
            self._addresses.take_back(address)


def _folded(account: str) -> str:
    return account.strip().lower()[:200]
