"""The list of sealed objects that belong to a snapshot: 24 bytes each, in ascending order of ids.

Sixteen bytes of the id, eight of the size (big-endian). The list lies at a place in pieces of at most 1 MiB.
"""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

_RECORD: Final = struct.Struct(">16sQ")
RECORDS_IN_A_PIECE: Final = (1 << 20) // _RECORD.size


class ListMalformed(Exception):
    """These bytes are no part of a list of objects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedObject:
    """One sealed object as a snapshot names it."""

    object_id: str
    size_bytes: int
    """Of the sealed bytes, not of their content."""


def packed(objects: Iterable[ListedObject]) -> Iterator[bytes]:
    """The list in pieces of at most 1 MiB; `objects` come in ascending order of ids."""
    gathered = bytearray()
    for listed in objects:
        gathered += _RECORD.pack(bytes.fromhex(listed.object_id), listed.size_bytes)
        if len(gathered) == RECORDS_IN_A_PIECE * _RECORD.size:
            yield bytes(gathered)
            gathered.clear()
    if gathered:
        yield bytes(gathered)


def unpacked(piece: bytes) -> Iterator[ListedObject]:
    """The objects of one piece; `ListMalformed`."""
    if len(piece) % _RECORD.size:
        raise ListMalformed
    for object_id, size_bytes in _RECORD.iter_unpack(piece):
        yield ListedObject(object_id=object_id.hex(), size_bytes=size_bytes)
