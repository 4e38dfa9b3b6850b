"""What somebody else may look up for a search meanwhile: another process, on another processor.

Nothing depends on it: what he does not bring is looked up here.
"""

from collections.abc import Sequence
from types import TracebackType
from typing import Protocol, Self

from dms.index.looking_up import LookUp
from dms.index.memory import IndexMemory


class Errand(Protocol):
    """It owes what the segments say, to the number, or nothing; the rest is no longer wanted once it is left."""

    def bring(self, memory: IndexMemory) -> None:
        """Let the memory have what has come since the last time; nobody waits for what has not."""
        ...

    def __enter__(self) -> Self:
        """Begun already."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Whoever is on it may stop."""
        ...


class Errands(Protocol):
    """Who may be sent."""

    def sent(self, segments: Sequence[int], look_ups: Sequence[LookUp]) -> Errand:
        """Somebody on his way to look these up, in this order; `NO_ERRAND` where nobody is free."""
        ...


class NoErrand:
    """Nobody is sent."""

    def bring(self, memory: IndexMemory) -> None:
        """Nothing comes."""

    def __enter__(self) -> Self:
        """See `Errand`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """See `Errand`."""


NO_ERRAND = NoErrand()
