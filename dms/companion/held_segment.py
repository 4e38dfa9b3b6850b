"""A segment of the index in its sealed file."""

from dataclasses import dataclass, field

from dms.index import Family, LaidSegment
from vault import HeldObject, SealedReader

OWNER = b"index/segment"
"""What every segment's file is bound to."""


@dataclass(frozen=True, slots=True)
class SegmentName:
    """Under which a segment is found, and the key that opens it."""

    object_id: str
    key: bytes = field(repr=False)


class HeldSegment:
    """One segment, held open; it can be read as long as somebody has this, even after it was removed."""

    def __init__(self, held: HeldObject, reader: SealedReader) -> None:
        self._held = held
        self._reader = reader
        self.laid = LaidSegment(self)

    def read_at(self, offset: int, length: int) -> bytes:
        """See `dms.index.Stretch`; raises what `SealedReader.read_at` raises."""
        return self._reader.read_at(offset, length)

    def will_need(self, family: Family, term: int) -> None:
        """Let the machine begin to read a row; nobody waits for it."""
        place = self.laid.place(family, term)
        if place is not None:
            self._held.will_need(*self._reader.lies_at(*place))

    def read_ahead(self) -> int:
        """Let the machine read the whole of it; how many bytes those are; `StorageFailed`."""
        return self._held.read_ahead()
