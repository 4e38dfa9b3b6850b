"""The gate before the catalogue: many transactions may pass at once, or it is closed for one exchange of the catalogue.

Invariants:
- A transaction passes from its first statement to its last; while the gate is closed none is under way, in any process.
- Whoever waits to close it is not kept waiting by newcomers: they queue behind the turnstile.
- Nobody waits for ever, for a process that was stopped in the middle holds its lock as long as it lives.
- The kernel gives every lock back when its holder dies, however.
- A disk that refuses the locks is named like one that refuses the catalogue; one that refuses to let go of them is
  passed over, for what was done behind the gate is done.
"""

import errno
import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Final

from dms.store.errors import CatalogueBusy, CatalogueDiskFull, CatalogueUnreadable

PASSING_PATIENCE_S: Final = 60.0
"""As long as a writer waits for the write lock."""
CLOSING_PATIENCE_S: Final = 20.0
"""Everybody else waits meanwhile."""
OUTWAITING_PATIENCE_S: Final = 1.0
"""They wait here too, for what can be done later just as well."""
_POLL_S: Final = 0.005
_LOCK_MODE = 0o600


class Gate:
    """The gate of one catalogue; three lock files lie beside it."""

    def __init__(
        self,
        catalogue: Path,
        *,
        passing_patience_s: float = PASSING_PATIENCE_S,
        closing_patience_s: float = CLOSING_PATIENCE_S,
    ) -> None:
        self._lock = catalogue.with_name(f"{catalogue.name}.lock")
        self._turnstile = catalogue.with_name(f"{catalogue.name}.turnstile")
        self._still = catalogue.with_name(f"{catalogue.name}.still")
        self._passing_patience_s = passing_patience_s
        self._closing_patience_s = closing_patience_s
        self._inside = threading.local()

    @contextmanager
    def passing(self) -> Iterator[None]:
        """While the block lasts the catalogue is not exchanged; a thread that is inside already passes freely.

        Raises `CatalogueBusy` where the gate stays closed for longer than anybody can be kept waiting.
        """
        depth = getattr(self._inside, "depth", 0)
        patience_s = self._passing_patience_s
        if depth == 0:
            # Inside already, waiting at the turnstile for someone who waits for us would never end.
            with _locked(self._turnstile, fcntl.LOCK_SH, patience_s):
                pass
        self._inside.depth = depth + 1
        try:
            with _locked(self._lock, fcntl.LOCK_SH, patience_s):
                yield
        finally:
            self._inside.depth = depth

    def outwait(self) -> None:
        """Return once every transaction that is under way now has ended, in any process; `CatalogueBusy`."""
        with self.closed(patience_s=OUTWAITING_PATIENCE_S):
            pass

    @contextmanager
    def closed(self, *, patience_s: float | None = None) -> Iterator[None]:
        """While the block lasts no transaction is under way; `CatalogueBusy` where one does not come to its end."""
        if getattr(self._inside, "depth", 0):
            raise RuntimeError("a transaction cannot wait for its own end")
        patience_s = self._closing_patience_s if patience_s is None else patience_s
        with (
            _locked(self._turnstile, fcntl.LOCK_EX, patience_s),
            _locked(self._lock, fcntl.LOCK_EX, patience_s),
        ):
            yield

    @contextmanager
    def standing(self) -> Iterator[None]:
        """While the block lasts the catalogue is not exchanged, though transactions go on; begun in a closed gate."""
        with _locked(self._still, fcntl.LOCK_SH, 0):
            yield

    @contextmanager
    def exchanging(self) -> Iterator[None]:
        """The gate closed, and nobody needs the catalogue to stand still; raises `CatalogueBusy`."""
        with self.closed(), _locked(self._still, fcntl.LOCK_EX, 0):
            yield


@contextmanager
def _locked(path: Path, how: int, patience_s: float) -> Iterator[None]:
    # A descriptor of its own for every holder: such a lock belongs to the descriptor, not to the process.
    descriptor = _opened(path)
    try:
        _take(descriptor, how, patience_s)
        yield
    finally:
        with suppress(OSError):  # the descriptor is gone and the lock with it, whatever the disk says
            os.close(descriptor)


def _opened(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, _LOCK_MODE)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise CatalogueDiskFull from error
        if error.errno == errno.EIO:
            raise CatalogueUnreadable(os.strerror(errno.EIO)) from error
        raise  # wrong rights: whoever opens the archive says so


def _take(descriptor: int, how: int, patience_s: float) -> None:
    give_up_at = monotonic() + patience_s
    while True:
        try:
            return fcntl.flock(descriptor, how | fcntl.LOCK_NB)
        except BlockingIOError:
            if monotonic() >= give_up_at:
                raise CatalogueBusy from None
        sleep(_POLL_S)
