"""A place for copies: the interface that every kind of place keeps, and the names used there."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

DESCRIPTION: Final = "anjuan-backup.json"
KEYRING: Final = "keyring.json"
OBJECTS: Final = "objects"
PIECES: Final = "pieces"
SNAPSHOTS: Final = "snapshots"
FOLDERS: Final = (OBJECTS, PIECES, SNAPSHOTS)
BLOCK_BYTES: Final = 1 << 20
LARGEST_TEXT_BYTES: Final = 256 << 20
"""No description, keyring or manifest is larger; what is read before it is authenticated is bounded."""

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*){0,2}(\.json)?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that lies at a place."""

    name: str
    """Below its folder, without a shard: an object's id, a piece's hash, ``‹snapshot id›.json``."""
    size_bytes: int


class EntryMissing(Exception):
    """Nothing lies at the place under this name."""


class Place(Protocol):
    """Keeps named bytes.

    Duties of the place:
    - What was put appears complete or not at all; it takes the place of what had the name.
    - When `settle` returns, everything put or removed before survives a loss of power.
    - `read` returns the bytes that are stored, without judging them; `EntryMissing` where there are none.
    - `entries` names everything complete below a folder, in ascending order, and nothing unfinished.
    - Every failure is a `PlaceFailed`, `PlaceFull`, `PlaceUnreachable`, `CredentialsRefused` or `PlaceMissing`.
    - It sees no key and no plaintext.

    Duties of the caller, a backup run:
    - One run at a time writes (B1); it alone calls `sweep`, before anything else.
    - It reads back what it put before it relies on it (B3); a place does not verify.
    - It calls `settle` before it writes what refers to the things put before (B6, B7).
    """

    @property
    def address(self) -> str:
        """The place in words, for messages; no credentials."""
        ...

    def is_reachable(self) -> bool:
        """Whether the folder or bucket is there at all."""
        ...

    def prepare(self) -> None:
        """Make the place if it is missing; `PlaceOccupied` where it holds something that is not ours."""
        ...

    def sweep(self) -> None:
        """Remove what runs that were cut off left unfinished; what they finished is durable at the next `settle`."""
        ...

    def put(self, name: str, chunks: Iterable[bytes]) -> None:
        """Store the joined chunks; where the iterable raises, nothing changes and its exception goes on."""
        ...

    def put_new(self, name: str, content: bytes) -> bool:
        """Store it only where nothing has the name; False where something does. As safe as the place can make it."""
        ...

    def size(self, name: str) -> int | None:
        """Size in bytes; None where nothing has this name."""
        ...

    def read(self, name: str) -> Iterator[bytes]:
        """The bytes, in blocks; `EntryMissing`, at the first block at the latest."""
        ...

    def entries(self, folder: str) -> Iterator[Entry]:
        """What lies below one of `FOLDERS`, in ascending order of names."""
        ...

    def remove(self, name: str) -> None:
        """Remove it; nothing happens where it is not there."""
        ...

    def settle(self) -> None:
        """Return once everything put or removed before is durable."""
        ...


def checked_name(name: str) -> str:
    """The same name, known to lead nowhere else; a name comes from our own ids only, so anything else is a mistake."""
    if _NAME.fullmatch(name) is None:
        raise ValueError("no name of a backup place")
    return name


def sharded(folder: str, name: str) -> str:
    """``objects/ab/abcd…``: where an object or a piece lies."""
    return f"{folder}/{name[:2]}/{name}"


def snapshot_name(snapshot_id: str) -> str:
    """Where the manifest of a snapshot lies."""
    return f"{SNAPSHOTS}/{snapshot_id}.json"


def read_text(place: Place, name: str) -> bytes:
    """A small thing as a whole, not yet judged; `EntryMissing`."""
    size = 0
    blocks = []
    for block in place.read(name):
        size += len(block)
        if size > LARGEST_TEXT_BYTES:
            break
        blocks.append(block)
    return b"".join(blocks)
