"""Checking a bag that a stranger may have made, completely, before anything of it is believed (RFC 8493, §3 and §5).

What always holds:
- B1 Nothing is followed out of the folder: no link, no absolute path, no way upwards, nothing but plain contents.
- B2 A `CheckedBag` exists only where everything listed is there with its digest and nothing else lies in the payload.
- B3 What is read later is compared with its digest once more: a bag may be changed after it was checked.
"""

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dms.exchange.bag import (
    DECLARATION,
    FETCH,
    INFORMATION,
    MANIFEST,
    OXUM,
    PAYLOAD,
    READABLE_VERSIONS,
    TAG_MANIFEST,
    ManifestUnusable,
    declared,
    is_inside,
    parsed_information,
    parsed_manifest,
)
from dms.exchange.errors import (
    BagAltered,
    BagIncomplete,
    BagRecordUnusable,
    BagUnreadable,
    BagUnsafe,
    BagVersionUnknown,
    NotABag,
)

MOST_TAG_BYTES = 1024 * 1024 * 1024
MOST_LINE_BYTES = 16 * 1024 * 1024
PIECE_BYTES = 1024 * 1024
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedBag:
    """A bag that is whole and unaltered; whether what it says makes sense is another question."""

    root: Path
    digests: Mapping[str, str]
    """SHA-256 (hex) of every computer file of the payload by its path."""
    sizes: Mapping[str, int]
    """Bytes of each of them."""
    manifest_digest: str
    """SHA-256 of the payload manifest."""

    @property
    def payload_bytes(self) -> int:
        """Bytes of the whole payload."""
        return sum(self.sizes.values())

    def read(self, path: str) -> bytes:
        """One computer file of the payload, compared with its digest once more (B3); raises `BagAltered`."""
        content = b"".join(_pieces(self.root, path))
        if hashlib.sha256(content).hexdigest() != self.digests[path]:
            raise BagAltered([path])
        return content

    def lines(self, path: str) -> Iterator[bytes]:
        """Its lines; raises `BagAltered` after the last one where they are not what was checked (B3)."""
        digest, rest = hashlib.sha256(), b""
        for piece in _pieces(self.root, path):
            digest.update(piece)
            *whole, rest = (rest + piece).split(b"\n")
            yield from whole
            if len(rest) > MOST_LINE_BYTES:
                raise BagRecordUnusable(path, "too long a line")
        if rest:
            yield rest
        if digest.hexdigest() != self.digests[path]:
            raise BagAltered([path])


def checked_bag(root: Path, *, report: Callable[[int, int], None] = lambda done, total: None) -> CheckedBag:
    """The bag in this folder, every byte compared with the manifests. `report(bytes done, bytes in all)`.

    Raises `NotABag`, `BagVersionUnknown`, `BagUnsafe`, `BagUnreadable`, `BagIncomplete` or `BagAltered`.
    """
    with _unreadable_told(root):
        return _checked(root, report)


def _checked(root: Path, report: Callable[[int, int], None]) -> CheckedBag:
    _check_declaration(root)
    sizes = _sizes(root)  # B1
    listed = _manifest(root, MANIFEST, sizes)
    tags = _manifest(root, TAG_MANIFEST, sizes)
    _check_complete(listed, tags, sizes)
    payload = {path: sizes[path] for path in listed}
    _check_digests(root, {**tags, **listed}, sizes, report)
    _check_oxum(root, payload)
    return CheckedBag(root=root, digests=listed, sizes=payload, manifest_digest=tags[MANIFEST])


def _check_declaration(root: Path) -> None:
    place = root / DECLARATION
    if not root.is_dir() or not place.is_file() or place.is_symlink():
        raise NotABag(root)
    stated = declared(_text(root, DECLARATION))
    if stated is None:
        raise NotABag(root)
    version, encoding = stated
    if version not in READABLE_VERSIONS or encoding != "UTF-8":
        raise BagVersionUnknown(f"BagIt {version} {encoding}")


def _sizes(root: Path) -> dict[str, int]:
    """The size in bytes of every computer file of the bag by its path (B1)."""
    return dict(_walk(root, ""))


def _walk(root: Path, below: str) -> Iterator[tuple[str, int]]:
    with os.scandir(root / below) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            path = f"{below}/{entry.name}" if below else entry.name
            facts = entry.stat(follow_symlinks=False)
            if not is_inside(path) or not (stat.S_ISREG(facts.st_mode) or stat.S_ISDIR(facts.st_mode)):
                raise BagUnsafe(_sayable(path))
            if stat.S_ISDIR(facts.st_mode):
                yield from _walk(root, path)
            else:
                yield path, facts.st_size


def _manifest(root: Path, name: str, sizes: Mapping[str, int]) -> dict[str, str]:
    if name not in sizes:
        raise BagIncomplete([name])
    try:
        return parsed_manifest(_text(root, name))
    except ManifestUnusable as error:
        raise BagUnsafe(_sayable(f"{name}: {error}")) from error


def _check_complete(listed: Mapping[str, str], tags: Mapping[str, str], sizes: Mapping[str, int]) -> None:
    """B2, as far as names tell: what is listed is there, and nothing else lies in the payload."""
    outside = [path for path in listed if not path.startswith(f"{PAYLOAD}/")]
    if outside:
        raise BagUnsafe(outside[0])
    missing = sorted((listed.keys() | tags.keys()) - sizes.keys())
    missing += [name for name in (MANIFEST, DECLARATION) if name not in tags]
    if missing or FETCH in sizes:
        # What a bag wants fetched from elsewhere is not in it, and we fetch nothing from addresses that strangers name.
        raise BagIncomplete(missing or [FETCH])
    surplus = sorted(path for path in sizes if path.startswith(f"{PAYLOAD}/") and path not in listed)
    if surplus:
        raise BagAltered(surplus)


def _check_oxum(root: Path, payload: Mapping[str, int]) -> None:
    if not (root / INFORMATION).is_file():
        return
    stated = parsed_information(_text(root, INFORMATION)).get(OXUM)
    if stated is not None and stated != f"{sum(payload.values())}.{len(payload)}":
        raise BagAltered([f"{OXUM} {stated}"])


def _check_digests(
    root: Path, listed: Mapping[str, str], sizes: Mapping[str, int], report: Callable[[int, int], None]
) -> None:
    done, total = 0, sum(sizes[path] for path in listed)
    altered = []
    for path, digest in listed.items():
        if _digest(root, path) != digest:
            altered.append(path)
        done += sizes[path]
        report(done, total)
    if altered:
        raise BagAltered(altered)


def _digest(root: Path, path: str) -> str:
    digest = hashlib.sha256()
    for piece in _pieces(root, path):
        digest.update(piece)
    return digest.hexdigest()


def _text(root: Path, name: str) -> str:
    try:
        with os.fdopen(os.open(root / name, _READ), "rb") as stream:
            return stream.read(MOST_TAG_BYTES).decode("utf-8")
    except UnicodeDecodeError as error:
        raise BagRecordUnusable(name, "UTF-8") from error


def _pieces(root: Path, path: str) -> Iterator[bytes]:
    with _unreadable_told(root), os.fdopen(os.open(root / path, _READ), "rb") as stream:
        while piece := stream.read(PIECE_BYTES):
            yield piece


@contextmanager
def _unreadable_told(root: Path) -> Iterator[None]:
    """Lets a fault of the medium, or a right that is lacking, be told to a person."""
    try:
        yield
    except OSError as error:
        place = _sayable(str(error.filename or root))
        raise BagUnreadable(place, os.strerror(error.errno or errno.EIO)) from error


def _sayable(path: str) -> str:
    """The path in characters that every terminal and every log takes."""
    return path.encode("ascii", "backslashreplace").decode()
