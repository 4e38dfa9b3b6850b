"""Writing a bag: everything beside its final place, synced, and then one rename.

What always holds:
- P1 A folder under the final name is a whole bag. Until then everything lies in a hidden folder beside it, which is
  removed when the export breaks off, or by the next export for the same place when the process was killed.
- P2 What is written is readable by this account only; whoever moves the bag decides who else may read it.
- P3 Every digest of the manifests is computed from the bytes that are handed to the disk.
"""

import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from dms.exchange.bag import (
    DECLARATION,
    INFORMATION,
    MANIFEST,
    OXUM,
    PAYLOAD,
    TAG_MANIFEST,
    declaration,
    information,
    manifest,
)
from dms.exchange.errors import ExportTargetNotEmpty, ExportTargetUnusable, ExportUnderWay

UNFINISHED = ".anjuan-unfinished"
_WRITE_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One computer file as it was written."""

    size_bytes: int
    digest: str
    """SHA-256, hex."""


class BagUnderWay:
    """A bag that is being written; `add` what it holds, `close` it, then let it be published."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._written: dict[str, Written] = {}
        self._folders = {folder}

    @property
    def payload_bytes(self) -> int:
        """Bytes of payload so far."""
        return sum(written.size_bytes for _, written in self._payload())

    def add(self, path: str, chunks: Iterable[bytes]) -> Written:
        """Write one computer file; `path` is relative to the bag and not taken yet. Durable when the bag is closed.

        Where the iterable raises, nothing of it is kept and its exception goes on.
        """
        place = self._folder / path
        self._make_folder(place.parent)
        written = _write_new(place, chunks)
        self._written[path] = written
        return written

    def take_out(self, path: str) -> None:
        """Remove what was written under this path or below it."""
        below = [known for known in self._written if known == path or known.startswith(f"{path}/")]
        for known in below:
            del self._written[known]
            (self._folder / known).unlink()

    def close(self, facts: dict[str, str], readme: bytes) -> str:
        """Write declaration, information and manifests and sync every folder; the digest of the payload manifest."""
        payload = list(self._payload())
        facts = facts | {OXUM: f"{self.payload_bytes}.{len(payload)}"}
        listed = manifest((path, written.digest) for path, written in payload)
        tags = {DECLARATION: declaration(), INFORMATION: information(facts), "README.txt": readme, MANIFEST: listed}
        digests = [(name, self.add(name, [content]).digest) for name, content in tags.items()]
        self.add(TAG_MANIFEST, [manifest(digests)])
        self._sync()
        return hashlib.sha256(listed).hexdigest()

    def _sync(self) -> None:
        """P1: all at the end, when most of it has reached the disk by itself; one by one each would wait its turn."""
        for path in self._written:
            _sync(self._folder / path)
        for folder in self._folders:
            _sync(folder)

    def _payload(self) -> Iterator[tuple[str, Written]]:
        return ((path, written) for path, written in self._written.items() if path.startswith(f"{PAYLOAD}/"))

    def _make_folder(self, folder: Path) -> None:
        if folder in self._folders:
            return
        self._make_folder(folder.parent)
        folder.mkdir(mode=0o700)
        self._folders.add(folder)


@contextmanager
def bag_for(target: Path) -> Iterator[BagUnderWay]:
    """A bag to be filled and closed in the block; it stands at `target` when the block has ended without an error.

    Raises `ExportTargetNotEmpty`, `ExportUnderWay` or `ExportTargetUnusable`; nothing readable is left then.
    """
    check_free(target)
    with _told_about(target):
        unfinished = target.with_name(f".{target.name}{UNFINISHED}")
        with _locked(unfinished, target):
            try:
                yield BagUnderWay(unfinished)
                unfinished.replace(target)
            except BaseException:
                shutil.rmtree(unfinished, ignore_errors=True)
                raise
        _sync(target.parent)


def check_free(target: Path) -> None:
    """Raises `ExportTargetNotEmpty` unless there is nothing at the place, or an empty folder."""
    with _told_about(target):
        if target.is_symlink() or (target.exists() and not target.is_dir()):
            raise ExportTargetNotEmpty(target)
        if target.is_dir() and any(target.iterdir()):
            raise ExportTargetNotEmpty(target)


@contextmanager
def _locked(unfinished: Path, target: Path) -> Iterator[None]:
    """The hidden folder, empty and ours alone; the kernel gives the lock back when its holder dies, however."""
    unfinished.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(unfinished, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        _lock(descriptor, target)
        for left in unfinished.iterdir():  # P1: what an export that was killed has left
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, target: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise ExportUnderWay(target) from error


def _write_new(place: Path, chunks: Iterable[bytes]) -> Written:
    with os.fdopen(os.open(place, _WRITE_NEW, 0o600), "wb") as stream:
        try:
            written = _copied(chunks, stream)
        except BaseException:
            place.unlink()
            raise
    return written


def _copied(chunks: Iterable[bytes], stream: IO[bytes]) -> Written:
    digest, size_bytes = hashlib.sha256(), 0
    for chunk in chunks:
        digest.update(chunk)  # P3
        size_bytes += stream.write(chunk)
    return Written(size_bytes=size_bytes, digest=digest.hexdigest())


def _sync(place: Path) -> None:
    """Return once the content, or the names in a folder, have reached the medium."""
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _told_about(target: Path) -> Iterator[None]:
    """Lets a fault of the disk be told to a person."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOTEMPTY, errno.EEXIST):
            raise ExportTargetNotEmpty(target) from error
        raise ExportTargetUnusable(target, os.strerror(error.errno or errno.EIO)) from error
