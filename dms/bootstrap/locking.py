"""One process at a time: locks that the kernel gives back when their holder dies, however it dies."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def sole_holder(place: Path) -> Iterator[bool]:
    """Whether this process now holds the lock at this place, alone; it is held until the block ends."""
    with place.open("w") as handle:
        yield _try_lock(handle)


def _try_lock(handle: IO[str]) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
