"""Where sealed objects lie: the interface that every storage keeps, and the form of object ids."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, Protocol

from vault.errors import ObjectIdUnusable

_OBJECT_ID: Final = re.compile(r"[0-9a-f]{32}", re.ASCII)


def is_object_id(text: str) -> bool:
    """Whether the text is 32 lower-case hex digits."""
    return _OBJECT_ID.fullmatch(text) is not None


def checked_object_id(claimed_id: str) -> str:
    """The same text, known to be an object id; `ObjectIdUnusable` otherwise."""
    if not is_object_id(claimed_id):
        raise ObjectIdUnusable
    return claimed_id


class Readable(Protocol):
    """What can be read of stored objects; the duties are those of a `Storage`."""

    def size(self, object_id: str) -> int:
        """Size in bytes of the stored object; `ObjectNotFound`."""
        ...

    def read_at(self, object_id: str, offset: int, length: int) -> bytes:
        """The bytes ``[offset, offset + length)``, fewer only where the object ends.

        `ObjectNotFound`, `RangeUnusable`.
        """
        ...


class Storage(Readable, Protocol):
    """Keeps opaque objects under their ids.

    Duties of the storage:
    - An object appears complete or not at all; nothing is ever replaced (V19).
    - When `put` or `remove` returns, the outcome survives a loss of power (V20).
    - `read_at` returns the bytes that are stored, without judging them; other threads may call at the same time.
    - An id that is not 32 lower-case hex digits is refused with `ObjectIdUnusable` before anything is touched (V21).
    - It never sees a key or plaintext, and logs no content.

    Duties of the caller, the vault:
    - Ids are random, never chosen by a user and never used twice.
    - It reads back what it put before it relies on it (V9); a storage does not verify.
    - It treats whatever is read as altered until it is authenticated.
    """

    def put(self, object_id: str, chunks: Iterable[bytes]) -> int:
        """Store the joined chunks, durably; their size in bytes. `ObjectExists`, `StorageFull`, `StorageFailed`.

        Where the iterable raises, nothing is kept and its exception goes on.
        """
        ...

    def exists(self, object_id: str) -> bool:
        """Whether a complete object is stored under this id."""
        ...

    def list(self) -> Iterator[str]:
        """The ids of all complete objects, in no promised order."""
        ...

    def remove(self, object_id: str) -> None:
        """Remove the object, durably; `ObjectNotFound`."""
        ...
