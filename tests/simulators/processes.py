"""What runs on this machine, as tests that end other processes have to know."""

import time
from collections.abc import Iterator
from pathlib import Path

PATIENCE_S = 20


def is_running(pid: int) -> bool:
    """Whether there is such a process, and it is not merely waiting to be collected."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")")[1].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def waiting() -> Iterator[None]:
    """Again and again for as long as a test has patience."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        yield
        time.sleep(0.005)
