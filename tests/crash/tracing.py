"""What the door writes down of every operation, read back."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntFlag
from pathlib import Path

from crash.door import Operation

_RECORD = struct.Struct("=IIQQIIII")


class Trait(IntFlag):
    """More about an operation; the bits are those of door.c."""

    FAILED = 1
    CREATED = 2
    EMPTIED = 4
    FOLDER = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One operation that was asked for."""

    number: int
    operation: Operation
    traits: Trait
    inode: int
    offset: int
    """Where a write begins; the new size of a `RESIZE`."""
    path: str
    """Relative to the watched folder."""
    other: str
    """The new name of a `RENAME` or a `LINK`."""
    data: bytes

    @property
    def changes(self) -> bool:
        """Whether the disk looks different afterwards: names, sizes or content."""
        if Trait.FAILED in self.traits:
            return False
        if self.operation is Operation.OPEN:
            return bool(self.traits & (Trait.CREATED | Trait.EMPTIED))
        return self.operation not in (Operation.SYNC, Operation.CLOSE)


def operations(trace: Path) -> Iterator[Done]:
    """The operations of a trace in their order."""
    stored = memoryview(trace.read_bytes())
    place = 0
    while place < len(stored):
        operation, traits, inode, offset, *lengths, number = _RECORD.unpack_from(stored, place)
        place += _RECORD.size
        parts = []
        for length in lengths:
            parts.append(bytes(stored[place : place + length]))
            place += length
        yield Done(
            number=number,
            operation=Operation(operation),
            traits=Trait(traits),
            inode=inode,
            offset=offset,
            path=parts[0].decode(),
            other=parts[1].decode(),
            data=parts[2],
        )
