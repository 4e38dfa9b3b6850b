"""Sealed objects in a folder of a local disk (docs/vault-format.md §6).

Invariants:
- A name with an object id is a complete object; whatever is unfinished has a temporary name (V19, V22).
- No path is used before its id is checked and its folder is known to lie inside the root (V21).
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from vault.disk import Disk, remove_if_possible, temporary_name, write_temporary
from vault.errors import NotALeftover, ObjectExists, ObjectNotFound, PathOutsideStorage, RangeUnusable
from vault.held_object import HeldObject
from vault.storage import checked_object_id, is_object_id

_LEFTOVER: Final = re.compile(r"([0-9a-f]{2})/\.\1[0-9a-f]{30}\.[0-9a-f]{16}\.part", re.ASCII)
_SHARD: Final = re.compile(r"[0-9a-f]{2}", re.ASCII)


class LocalStorage:
    """A `Storage` on a local disk; several threads and processes may use one root at the same time."""

    def __init__(self, root: Path, *, disk: Disk | None = None) -> None:
        """Opens the root, making it (not the folders above it) where it is missing; `StorageFailed`."""
        self._disk = disk or Disk()
        if self._disk.make_folder(root):
            self._disk.sync_folder(root.parent)
        self._root = self._disk.resolve(root)
        self._synced_shards: set[Path] = set()

    def put(self, object_id: str, chunks: Iterable[bytes]) -> int:
        """Store the joined chunks, durably; their size in bytes. `ObjectExists`, `StorageFull`, `StorageFailed`."""
        final = self._place(object_id)
        if self._disk.is_object(final):
            raise ObjectExists(object_id)
        self._make_shard(final.parent)
        temporary = final.parent / temporary_name(object_id)
        size = write_temporary(self._disk, temporary, chunks)
        self._publish(temporary, final)
        self._disk.sync_folder(final.parent)  # V20
        return size

    def size(self, object_id: str) -> int:
        """Size in bytes of the stored object; `ObjectNotFound`."""
        try:
            return self._disk.size(self._place(object_id))
        except FileNotFoundError as error:
            raise ObjectNotFound(object_id) from error

    def read_at(self, object_id: str, offset: int, length: int) -> bytes:
        """The bytes ``[offset, offset + length)``, fewer only where the object ends.

        `ObjectNotFound`, `RangeUnusable`.
        """
        if offset < 0 or length < 0:
            raise RangeUnusable(offset, length)
        try:
            return self._disk.read_at(self._place(object_id), offset, length)
        except FileNotFoundError as error:
            raise ObjectNotFound(object_id) from error

    def hold(self, object_id: str) -> HeldObject:
        """The object, open for reading as long as somebody has this; `ObjectNotFound`."""
        try:
            return HeldObject(self._disk, self._place(object_id))
        except FileNotFoundError as error:
            raise ObjectNotFound(object_id) from error

    def exists(self, object_id: str) -> bool:
        """Whether a complete object is stored under this id."""
        return self._disk.is_object(self._place(object_id))

    def list(self) -> Iterator[str]:
        """The ids of all complete objects, in the order of their names."""
        for shard, name in self._names():
            if is_object_id(name) and name.startswith(shard):
                yield name

    def remove(self, object_id: str) -> None:
        """Remove the object, durably; `ObjectNotFound`."""
        path = self._place(object_id)
        try:
            self._disk.remove(path)
        except FileNotFoundError as error:
            raise ObjectNotFound(object_id) from error
        self._disk.sync_folder(path.parent)

    def written_at(self, name: str) -> float:
        """When an object, or one of `leftovers`, was last written, in seconds since 1970; `ObjectNotFound`."""
        place = self._root / name if _LEFTOVER.fullmatch(name) else self._place(name)
        try:
            return self._disk.written_at(place)
        except FileNotFoundError as error:
            raise ObjectNotFound(place.name) from error

    def leftovers(self) -> Iterator[str]:
        """What crashes left behind, as ``ab/.abcd….part``; also what is being written at this moment (V22)."""
        for shard, name in self._names():
            if _LEFTOVER.fullmatch(f"{shard}/{name}"):
                yield f"{shard}/{name}"

    def remove_leftover(self, leftover: str) -> None:
        """Remove one of `leftovers`, only while nobody writes; `NotALeftover` for any other name."""
        if _LEFTOVER.fullmatch(leftover) is None:
            raise NotALeftover
        shard, name = leftover.split("/")
        folder = self._inside(self._root / shard)
        try:
            self._disk.remove(folder / name)
        except FileNotFoundError as error:
            raise NotALeftover from error
        self._disk.sync_folder(folder)

    def _names(self) -> Iterator[tuple[str, str]]:
        shards = (name for name in self._disk.folder_names(self._root) if _SHARD.fullmatch(name))
        for shard in shards:
            for name in self._disk.object_names(self._inside(self._root / shard)):
                yield shard, name

    def _place(self, claimed_id: str) -> Path:
        object_id = checked_object_id(claimed_id)
        return self._inside(self._root / object_id[:2]) / object_id

    def _inside(self, folder: Path) -> Path:
        # V21: a shard replaced by a link would make the vault read, write or remove somewhere else.
        if self._disk.resolve(folder) != folder:
            raise PathOutsideStorage(folder.name)
        return folder

    def _make_shard(self, shard: Path) -> None:
        if shard in self._synced_shards:
            return
        self._disk.make_folder(shard)
        # Even where it was there already: whoever made it may have lost power before its name was durable (V20).
        self._disk.sync_folder(self._root)
        self._synced_shards.add(shard)

    def _publish(self, temporary: Path, final: Path) -> None:
        try:
            self._disk.publish(temporary, final)
        except FileExistsError as error:
            remove_if_possible(self._disk, temporary)
            raise ObjectExists(final.name) from error
        except BaseException:
            remove_if_possible(self._disk, temporary)
            raise
