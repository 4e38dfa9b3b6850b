"""One stored object, held open: reading costs no look-up of its name, and goes on after the name was removed."""

import weakref
from pathlib import Path

from vault.disk import Disk
from vault.errors import AnotherObjectUnderThisName

_PIECE_BYTES = 4 * 1024 * 1024


class HeldObject:
    """What `open_sealed` reads from, of one object alone; several threads may read at the same time.

    It lets go when nobody has it any more, so whoever still reads is never cut off.
    """

    def __init__(self, disk: Disk, path: Path) -> None:
        """Raises `FileNotFoundError`, `StorageFailed`."""
        self._disk = disk
        self._object_id = path.name
        self._descriptor = disk.open_for_reading(path)
        weakref.finalize(self, disk.close, self._descriptor)
        self._size_bytes = disk.size_of(self._descriptor)

    def size(self, object_id: str) -> int:
        """Size in bytes of the stored object."""
        self._require_this(object_id)
        return self._size_bytes

    def read_at(self, object_id: str, offset: int, length: int) -> bytes:
        """The bytes ``[offset, offset + length)``, fewer only where the object ends; `StorageFailed`."""
        self._require_this(object_id)
        return self._disk.read_held(self._descriptor, offset, length)

    def will_need(self, offset: int, length: int) -> None:
        """Let the machine begin to read, without waiting for it."""
        self._disk.will_need(self._descriptor, offset, length)

    def read_ahead(self) -> int:
        """Let the machine read all of it, and wait for that; its size in bytes; `StorageFailed`.

        Piece by piece, the next one asked for before the last has come: what others want read waits for no more.
        """
        for offset in range(0, self._size_bytes, _PIECE_BYTES):
            self.will_need(offset, _PIECE_BYTES)
            self._disk.read_held(self._descriptor, max(0, offset - 1), 1)
        self._disk.read_held(self._descriptor, max(0, self._size_bytes - 1), 1)
        return self._size_bytes

    def _require_this(self, object_id: str) -> None:
        if object_id != self._object_id:
            raise AnotherObjectUnderThisName(object_id)
