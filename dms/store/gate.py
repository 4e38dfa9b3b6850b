"""The gate before the catalogue: many transactions may pass at once, or it is closed for one exchange of the catalogue.

Invariants:
- A transaction passes from its first statement to its last; while the gate is closed none is under way, in any process.
- Whoever waits to close it is not kept waiting by newcomers: they queue behind the turnstile.
- The kernel gives both locks back when their holder dies, however.
"""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LOCK_MODE = 0o600


class Gate:
    """The gate of one catalogue; two lock files lie beside it."""

    def __init__(self, catalogue: Path) -> None:
        self._lock = catalogue.with_name(f"{catalogue.name}.lock")
        self._turnstile = catalogue.with_name(f"{catalogue.name}.turnstile")
        self._inside = threading.local()

    @contextmanager
    def passing(self) -> Iterator[None]:
        """While the block lasts the catalogue is not exchanged; a thread that is inside already passes freely."""
        depth = getattr(self._inside, "depth", 0)
        if depth == 0:
            # Inside already, waiting at the turnstile for someone who waits for us would never end.
            with _locked(self._turnstile, fcntl.LOCK_SH):
                pass
        self._inside.depth = depth + 1
        try:
            with _locked(self._lock, fcntl.LOCK_SH):
                yield
        finally:
            self._inside.depth = depth

    @contextmanager
    def closed(self) -> Iterator[None]:
        """While the block lasts no transaction is under way; waits for those that are."""
        if getattr(self._inside, "depth", 0):
            raise RuntimeError("a transaction cannot wait for its own end")
        with _locked(self._turnstile, fcntl.LOCK_EX), _locked(self._lock, fcntl.LOCK_EX):
            yield


@contextmanager
def _locked(path: Path, how: int) -> Iterator[None]:
    # A descriptor of its own for every holder: such a lock belongs to the descriptor, not to the process.
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, _LOCK_MODE)
    try:
        fcntl.flock(descriptor, how)
        yield
    finally:
        os.close(descriptor)
