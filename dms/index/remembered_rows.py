"""The rows of segments, read where they lie and remembered."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Protocol

from dms.index.building import Family
from dms.index.laying_out import LaidSegment
from dms.index.memory import IndexMemory
from dms.index.postings import PlaceSet


class OpenSegment(Protocol):
    """One segment where it lies."""

    @property
    def laid(self) -> LaidSegment:
        """Its rows and documents."""
        ...

    def will_need(self, family: Family, term: int) -> None:
        """Let the machine begin to read a row; nobody waits for it."""
        ...


class RememberedRows(ABC):
    """`dms.index.Rows` of segments that somebody can open; what was read is kept in a memory."""

    def __init__(self, memory: IndexMemory) -> None:
        self._memory = memory
        self._foreseen: Sequence[int] = ()

    @abstractmethod
    def opened(self, segment: int) -> OpenSegment:
        """A segment where it lies."""

    def foresee(self, segments: Sequence[int]) -> None:
        """See `dms.index.Rows`; what the first of them is asked for, the disk begins to read of the others."""
        self._foreseen = segments

    def row(self, segment: int, family: Family, term: int) -> bytes | None:
        """See `dms.index.Rows`."""
        return self._memory.row((segment, family, term), lambda: self._read(segment, family, term))

    def place_set(self, segment: int, pair: int) -> PlaceSet:
        """See `dms.index.Rows`."""
        return self._memory.place_set((segment, Family.PAIR, pair), lambda: self._read(segment, Family.PAIR, pair))

    def rows(self, segment: int, family: Family, first: int, last: int) -> Sequence[bytes]:
        """See `dms.index.Rows`."""
        name = (segment, family, first, last)
        return self._memory.run(name, lambda: self.opened(segment).laid.rows(family, first, last))

    def packed(self, segment: int, ordinal: int) -> bytes | None:
        """See `dms.index.Rows`."""
        return self.opened(segment).laid.packed(ordinal)

    def _read(self, segment: int, family: Family, term: int) -> bytes | None:
        if self._foreseen and segment == self._foreseen[0]:
            for later in self._foreseen[1:]:
                if not self._memory.knows_row((later, family, term)):
                    self.opened(later).will_need(family, term)
        return self.opened(segment).laid.row(family, term)
