"""A backup place in a folder, which may be a mounted share.

Invariants:
- Every operation on the disk goes through `vault.Disk`; whatever is unfinished has a hidden temporary name.
- No path is used before its folder is known to lie inside the place: a link laid there would read or write elsewhere.
"""

import errno
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from dms.preservation.errors import PlaceFailed, PlaceFull, PlaceMissing, PlaceOccupied
from dms.preservation.place import BLOCK_BYTES, DESCRIPTION, FOLDERS, SNAPSHOTS, Entry, EntryMissing, checked_name
from vault import Disk, VaultError
from vault.errors import StorageFailed, StorageFull

_LEFTOVER: Final = re.compile(r"\.[0-9a-f]{16}\.part", re.ASCII)
_SHARD: Final = re.compile(r"[0-9a-f]{2}", re.ASCII)
_NOT_OFFERED: Final = frozenset({errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EBADF})
_OF_THE_SYSTEM: Final = frozenset({"lost+found", "System Volume Information"})


class FolderPlace:
    """A `Place` in a folder; the caller sees to it that one run at a time writes."""

    def __init__(self, root: Path, *, disk: Disk | None = None) -> None:
        self._given = root
        self._disk = disk or Disk()
        self._root = root
        self._touched: set[Path] = set()
        with suppress(VaultError):
            self._root = self._disk.resolve(root)

    @property
    def address(self) -> str:
        """See `Place.address`."""
        return str(self._given)

    def is_reachable(self) -> bool:
        """See `Place.is_reachable`."""
        try:
            self._disk.folder_names(self._root)
        except VaultError:
            return False
        return True

    def prepare(self) -> None:
        """See `Place.prepare`."""
        with self._named():
            for folder in reversed([self._root, *self._root.parents]):
                self._make_folder_above(folder)
            if self.size(DESCRIPTION) is None and self._holds_something():
                raise PlaceOccupied(self.address)

    def sweep(self) -> None:
        """See `Place.sweep`."""
        with self._named():
            for folder in self._all_folders():
                # A run that was cut off may have named things here that are not durable yet, and that the next run
                # finds, relies on and does not write again: every folder is synced once more with the rest.
                self._touched.add(folder)
                for name in self._disk.object_names(folder):
                    self._remove_leftover(folder, name)

    def put(self, name: str, chunks: Iterable[bytes]) -> None:
        """See `Place.put`."""
        final = self._root / checked_name(name)
        with self._named():
            self._make_folders(final.parent)
            temporary = final.parent / f".{secrets.token_hex(8)}.part"
            self._write(temporary, chunks)
            # A link, which would never replace, is more than many shares and removable disks offer; what has the
            # name already is the same bytes, or something that did not pass its comparison.
            self._disk.replace(temporary, final)
        self._touched.add(final.parent)

    def put_new(self, name: str, content: bytes) -> bool:
        """See `Place.put_new`."""
        final = self._root / checked_name(name)
        with self._named():
            self._make_folders(final.parent)
            temporary = final.parent / f".{secrets.token_hex(8)}.part"
            self._write(temporary, [content])
            try:
                self._publish(temporary, final)
            except FileExistsError:
                self._disk.remove(temporary)
                return False
        self._touched.add(final.parent)
        return True

    def size(self, name: str) -> int | None:
        """See `Place.size`."""
        with self._named():
            try:
                return self._disk.size(self._path(name))
            except FileNotFoundError:
                return None

    def read(self, name: str) -> Iterator[bytes]:
        """See `Place.read`."""
        offset = 0
        while True:
            block = self._block(name, offset)
            offset += len(block)
            if block:
                yield block
            if len(block) < BLOCK_BYTES:
                return

    def entries(self, folder: str) -> Iterator[Entry]:
        """See `Place.entries`."""
        base = self._root / checked_name(folder)
        with self._named():
            if folder not in self._disk.folder_names(self._root):
                return
            shards = [base] if folder == SNAPSHOTS else self._shards(base)
        for shard in shards:
            yield from self._entries_in(shard)

    def remove(self, name: str) -> None:
        """See `Place.remove`."""
        with self._named(), suppress(FileNotFoundError):
            path = self._path(name)
            self._disk.remove(path)
            self._touched.add(path.parent)

    def settle(self) -> None:
        """See `Place.settle`."""
        with self._named():
            for folder in sorted(self._touched):
                self._sync_folder(folder)
        self._touched.clear()

    def _make_folder_above(self, folder: Path) -> None:
        with suppress(StorageFailed):  # a root that exists may refuse to be made; what matters shows when it is used
            if self._disk.make_folder(folder):
                self._sync_folder(folder.parent)

    def _holds_something(self) -> bool:
        names = [*self._disk.object_names(self._root), *self._disk.folder_names(self._root)]
        return any(not name.startswith(".") and name not in _OF_THE_SYSTEM for name in names)

    def _all_folders(self) -> Iterator[Path]:
        yield self._root
        present = self._disk.folder_names(self._root)
        for name in FOLDERS:
            if name in present:
                yield self._root / name
                yield from self._shards(self._root / name)

    def _remove_leftover(self, folder: Path, name: str) -> None:
        if _LEFTOVER.fullmatch(name):
            self._disk.remove(folder / name)

    def _shards(self, base: Path) -> list[Path]:
        return [base / name for name in self._disk.folder_names(self._inside(base)) if _SHARD.fullmatch(name)]

    def _entries_in(self, folder: Path) -> Iterator[Entry]:
        with self._named():
            names = [name for name in self._disk.object_names(self._inside(folder)) if not name.startswith(".")]
        for name in names:
            yield Entry(name=name, size_bytes=self._size_of(folder / name))

    def _size_of(self, path: Path) -> int:
        with self._named():
            try:
                return self._disk.size(path)
            except FileNotFoundError:
                return -1  # gone since it was listed: of no size that anything has

    def _block(self, name: str, offset: int) -> bytes:
        with self._named():
            try:
                return self._disk.read_at(self._path(name), offset, BLOCK_BYTES)
            except FileNotFoundError as error:
                raise EntryMissing(name) from error

    def _write(self, temporary: Path, chunks: Iterable[bytes]) -> None:
        descriptor = self._disk.create(temporary)
        try:
            try:
                for chunk in chunks:
                    self._disk.append(descriptor, chunk)
                self._disk.sync(descriptor)
            finally:
                self._disk.close(descriptor)
        except BaseException:
            with suppress(VaultError, FileNotFoundError):
                self._disk.remove(temporary)
            raise

    def _publish(self, temporary: Path, final: Path) -> None:
        try:
            self._disk.publish(temporary, final)
        except StorageFailed:
            # Many shares and removable disks know no links.
            if self._disk.is_object(final):
                raise FileExistsError(final) from None
            self._disk.replace(temporary, final)

    def _make_folders(self, folder: Path) -> None:
        missing = [part for part in (folder, *folder.parents) if part != self._root and self._root in part.parents]
        for part in reversed(missing):
            if self._disk.make_folder(part):
                self._touched.add(part.parent)
        self._inside(folder)

    def _path(self, name: str) -> Path:
        path = self._root / checked_name(name)
        self._inside(path.parent)
        return path

    def _inside(self, folder: Path) -> Path:
        if self._disk.resolve(folder) != folder:
            raise PlaceFailed(self.address, f"{folder.name} leads elsewhere")
        return folder

    def _sync_folder(self, folder: Path) -> None:
        try:
            self._disk.sync_folder(folder)
        except StorageFailed as error:
            # Some shares refuse this: their server keeps names in its own way, and nothing more can be asked of it.
            if getattr(error.__cause__, "errno", None) not in _NOT_OFFERED:
                raise

    @contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except StorageFull as error:
            raise PlaceFull(self.address) from error
        except StorageFailed as error:
            if isinstance(error.__cause__, FileNotFoundError):
                raise PlaceMissing(self.address) from error
            raise PlaceFailed(self.address, str(error)) from error
