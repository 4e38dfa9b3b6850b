"""What a service and its companion say to each other, as values that are pickled: both are of one make.

Invariant: a message is at most some hundred kilobytes, so whoever reads one at all has it at once.
"""

import select
from dataclasses import dataclass
from multiprocessing.connection import Connection

from dms.companion.held_segment import SegmentName
from dms.index import KeptWeights, LookUp

LINE_CLOSED = (EOFError, OSError)
"""What the line raises once the other one is gone, or has not stirred in the middle of a message for seconds."""


@dataclass(frozen=True, slots=True)
class Presence:
    """To the companion: these are the segments there are; whatever it has of others is of no use any more."""

    names: tuple[SegmentName, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """To the companion: look these up, in this order, until something else is said."""

    number: int
    names: tuple[SegmentName, ...]
    look_ups: tuple[LookUp, ...]


@dataclass(frozen=True, slots=True)
class Halt:
    """To the companion: what was asked for last is not needed any more."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """From the companion: the segments that there are lie open, but for those that cannot be read."""


@dataclass(frozen=True, slots=True)
class Finding:
    """From the companion: what was found in one segment of a task."""

    number: int
    """Of the task."""
    place: int
    """Of the segment, among those of the task."""
    weights: tuple[KeptWeights, ...]
    """For each of what was to be looked up."""


@dataclass(frozen=True, slots=True)
class Ready:
    """From the companion: it has ended a task, or left it."""

    number: int


class Line:
    """One end of the line between the two."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._waiting = select.poll()
        self._waiting.register(connection.fileno(), select.POLLIN | select.POLLHUP)

    @property
    def has_news(self) -> bool:
        """Whether a message has come, or the line was closed; nobody waits."""
        return bool(self._waiting.poll(0))

    def wait(self, longest_s: float) -> None:
        """Until there are news, or for so long."""
        self._waiting.poll(longest_s * 1000)

    def say(self, message: object) -> None:
        """Send a message; raises one of `LINE_CLOSED`."""
        self._connection.send(message)

    def hear(self) -> object:
        """The next message, waited for; raises one of `LINE_CLOSED`."""
        return self._connection.recv()

    def close(self) -> None:
        """Let the other one know that nothing more will be said."""
        self._connection.close()
