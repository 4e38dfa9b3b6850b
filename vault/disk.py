"""Every operation of the vault on a disk, each as small as the operating system offers it.

Invariants:
- Nothing else in the vault touches the file system, so a test can count, delay or break every single operation.
- Where a missing or an existing name answers the question, it goes on as `FileNotFoundError` or `FileExistsError`,
  for the caller knows what it means; every other refusal is `StorageFull` or `StorageFailed`.
"""

import errno
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from vault.errors import StorageFailed, StorageFull, VaultError

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
# Following a link that an intruder laid would write or read outside the vault (V21); Windows has neither flag nor need.
_FLAGS: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_FOLDERS_CAN_BE_SYNCED: Final = os.name != "nt"
_OBJECT_MODE: Final = 0o600
_FOLDER_MODE: Final = 0o700


class Disk:
    """The local file system; a test passes a descendant of this that breaks at a chosen operation."""

    def make_folder(self, folder: Path) -> bool:
        """Make a folder for the owner alone; False where it was there already, and then the disk is not asked."""
        try:
            with _named(FileExistsError):
                if folder.is_dir():
                    return False
                folder.mkdir(mode=_FOLDER_MODE)
        except FileExistsError:
            return False
        return True

    def create(self, path: Path) -> int:
        """A descriptor for writing a name that must be new, mode 0600; `FileExistsError`."""
        with _named(FileExistsError):
            return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _FLAGS, _OBJECT_MODE)

    def append(self, descriptor: int, data: bytes) -> None:
        """Write all of the bytes at the end."""
        with _named():
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(descriptor, rest) :]

    def sync(self, descriptor: int) -> None:
        """Return once the data has reached the medium; then forget the cached copy, so that reading back reads it."""
        with _named():
            os.fsync(descriptor)
        with suppress(AttributeError, OSError):  # mere advice, which some systems lack and some media refuse
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)

    def sync_written(self, path: Path) -> None:
        """Return once everything written under this name, by whatever program, has reached the medium.

        `FileNotFoundError`.
        """
        with _named(FileNotFoundError):
            descriptor = os.open(path, os.O_RDONLY | _FLAGS)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def close(self, descriptor: int) -> None:
        """Give the descriptor back."""
        with _named():
            os.close(descriptor)

    def publish(self, temporary: Path, final: Path) -> None:
        """Give the content its final name; `FileExistsError` where that is taken (V19)."""
        with _named(FileExistsError):
            if os.name == "nt":
                # There a rename never replaces, and links need rights that a service may lack.
                temporary.rename(final)
            else:
                final.hardlink_to(temporary)
                temporary.unlink()

    def replace(self, temporary: Path, final: Path) -> None:
        """Give the content its final name, in the place of whatever had it."""
        with _named():
            temporary.replace(final)

    def sync_folder(self, folder: Path) -> None:
        """Return once the folder's names have reached the medium."""
        if not _FOLDERS_CAN_BE_SYNCED:
            return
        with _named():
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def remove(self, path: Path) -> None:
        """Remove a name; `FileNotFoundError`."""
        with _named(FileNotFoundError):
            path.unlink()

    def size(self, path: Path) -> int:
        """Size in bytes; `FileNotFoundError`."""
        with _named(FileNotFoundError):
            return path.stat(follow_symlinks=False).st_size

    def written_at(self, path: Path) -> float:
        """When it was last written, in seconds since 1970; `FileNotFoundError`."""
        with _named(FileNotFoundError):
            return path.stat(follow_symlinks=False).st_mtime

    def mode(self, path: Path) -> int:
        """The nine permission bits of this name, links not followed; `FileNotFoundError`."""
        with _named(FileNotFoundError):
            return path.stat(follow_symlinks=False).st_mode & 0o777

    def is_object(self, path: Path) -> bool:
        """Whether the name is there and is no link and no folder."""
        with _named():
            return path.is_file() and not path.is_symlink()

    def read_at(self, path: Path, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`, fewer only where the content ends; `FileNotFoundError`."""
        with _named(FileNotFoundError):
            descriptor = os.open(path, os.O_RDONLY | _FLAGS)
            try:
                os.lseek(descriptor, offset, os.SEEK_SET)
                return b"".join(_parts(descriptor, length))
            finally:
                os.close(descriptor)

    def open_for_reading(self, path: Path) -> int:
        """A descriptor for `read_held`; `FileNotFoundError`."""
        with _named(FileNotFoundError):
            return os.open(path, os.O_RDONLY | _FLAGS)

    def size_of(self, descriptor: int) -> int:
        """Size in bytes of what is open."""
        with _named():
            return os.fstat(descriptor).st_size

    def read_held(self, descriptor: int, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`, fewer only where the content ends; several threads may read at once."""
        with _named():
            part = os.pread(descriptor, length, offset)
            if len(part) in {0, length}:
                return part
            return part + self.read_held(descriptor, offset + len(part), length - len(part))

    def will_need(self, descriptor: int, offset: int, length: int) -> None:
        """Tell the system that these bytes will be read soon; it begins to read, and nobody waits."""
        with suppress(AttributeError, OSError):  # mere advice, as above
            os.posix_fadvise(descriptor, offset, length, os.POSIX_FADV_WILLNEED)

    def object_names(self, folder: Path) -> list[str]:
        """The names in a folder that are neither links nor folders, sorted."""
        with _named(), os.scandir(folder) as entries:
            return sorted(entry.name for entry in entries if entry.is_file(follow_symlinks=False))

    def folder_names(self, folder: Path) -> list[str]:
        """The names in a folder that lead to folders, sorted."""
        with _named(), os.scandir(folder) as entries:
            return sorted(entry.name for entry in entries if entry.is_dir())

    def resolve(self, path: Path) -> Path:
        """Where the path leads when all links are followed."""
        with _named():
            return path.resolve()


def write_temporary(disk: Disk, path: Path, chunks: Iterable[bytes]) -> int:
    """Write and sync a new name that nobody relies on yet; its size in bytes.

    Where anything goes wrong, in the chunks as well, the name is removed and the reason goes on.
    """
    descriptor = disk.create(path)
    try:
        size = _append_all(disk, descriptor, chunks)
    except BaseException:
        remove_if_possible(disk, path)
        raise
    return size


def remove_if_possible(disk: Disk, path: Path) -> None:
    """Remove a name after a failure, whose reason matters more than that of a second one."""
    with suppress(VaultError, FileNotFoundError):
        disk.remove(path)


def temporary_name(stem: str) -> str:
    """A new hidden name beginning with a stem and ending with ``.part``."""
    return f".{stem}.{secrets.token_hex(8)}.part"


def _append_all(disk: Disk, descriptor: int, chunks: Iterable[bytes]) -> int:
    size = 0
    try:
        for chunk in chunks:
            disk.append(descriptor, chunk)
            size += len(chunk)
        disk.sync(descriptor)
    finally:
        disk.close(descriptor)
    return size


def _parts(descriptor: int, length: int) -> Iterator[bytes]:
    while length > 0:
        part = os.read(descriptor, length)
        if not part:
            return
        length -= len(part)
        yield part


@contextmanager
def _named(*answers: type[OSError]) -> Iterator[None]:
    """Lets the errors that answer a question go on, and names every other refusal."""
    try:
        yield
    except answers:
        raise
    except OSError as error:
        if error.errno in _FULL:
            raise StorageFull from error
        raise StorageFailed(error.strerror or type(error).__name__) from error
