"""Work in a process of its own that is killed at the n-th thing it asks of the file system."""

import os
import signal
import sys
from collections.abc import Callable

EVENTS = frozenset({"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.link", "os.scandir"})
"""Python's own audit events (PEP 578), told just before the thing is done."""


def requests_of(work: Callable[[], object]) -> int:
    """How many things the work asks of the file system when nobody kills it."""
    reader, writer = os.pipe()
    if (child := os.fork()) == 0:
        _count_to(sys.maxsize, work, writer)
    os.close(writer)
    with os.fdopen(reader) as stream:
        told = stream.read()
    _, status = os.waitpid(child, 0)
    assert status == 0, "the work failed by itself"
    return int(told)


def killed_at(request: int, work: Callable[[], object]) -> bool:
    """Whether the work was killed just before it asked for this; it may have needed less."""
    if (child := os.fork()) == 0:
        _count_to(request, work, None)
    _, status = os.waitpid(child, 0)
    assert status == 0 or os.WTERMSIG(status) == signal.SIGKILL
    return status != 0


def _count_to(last: int, work: Callable[[], object], teller: int | None) -> None:
    """In the child: never comes back."""
    asked = 0

    def hear(event: str, arguments: object) -> None:
        nonlocal asked
        if event in EVENTS:
            asked += 1
            if asked == last:
                os.kill(os.getpid(), signal.SIGKILL)

    try:
        sys.addaudithook(hear)
        work()
        if teller is not None:
            os.write(teller, str(asked).encode())
    except BaseException:  # noqa: BLE001 -- whatever it is, the parent is told by the exit code
        os._exit(1)
    os._exit(0)
