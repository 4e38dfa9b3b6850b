"""A storage that forgets everything when the program ends, for trials and tests."""

from collections.abc import Iterable, Iterator

from vault.errors import ObjectExists, ObjectNotFound, RangeUnusable
from vault.storage import checked_object_id


class MemoryStorage:
    """A `Storage` in memory; `objects` lies open, so that a test can play the attacker."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}

    def put(self, object_id: str, chunks: Iterable[bytes]) -> int:
        """Keep the joined chunks; their size in bytes. `ObjectExists`."""
        if self.exists(object_id):
            raise ObjectExists(object_id)
        joined = b"".join(chunks)
        if self.objects.setdefault(object_id, joined) is not joined:
            raise ObjectExists(object_id)
        return len(joined)

    def size(self, object_id: str) -> int:
        """Size in bytes; `ObjectNotFound`."""
        return len(self._object(object_id))

    def read_at(self, object_id: str, offset: int, length: int) -> bytes:
        """The bytes ``[offset, offset + length)``, fewer only where the object ends.

        `ObjectNotFound`, `RangeUnusable`.
        """
        if offset < 0 or length < 0:
            raise RangeUnusable(offset, length)
        return self._object(object_id)[offset : offset + length]

    def exists(self, object_id: str) -> bool:
        """Whether an object is kept under this id."""
        return checked_object_id(object_id) in self.objects

    def list(self) -> Iterator[str]:
        """The ids of all objects."""
        yield from sorted(self.objects)

    def remove(self, object_id: str) -> None:
        """Forget the object; `ObjectNotFound`."""
        self._object(object_id)
        del self.objects[object_id]

    def _object(self, object_id: str) -> bytes:
        if not self.exists(object_id):
            raise ObjectNotFound(object_id)
        return self.objects[object_id]
