"""The keyring document on a disk: the only thing of the vault that is ever replaced (V18).

Invariants:
- At every moment, power failures included, the place holds a complete document, old or new.
- Once a document is stored, no other copy of one lies beside it: an old copy would still open by an old passphrase.
- One program at a time writes the keyring of an archive.
"""

import re
from pathlib import Path

from vault.disk import Disk, remove_if_possible, temporary_name, write_temporary
from vault.errors import KeyringDamaged, KeyringExists, KeyringMissing
from vault.keyring_document import LARGEST_DOCUMENT_BYTES


def read_keyring(path: Path, *, disk: Disk | None = None) -> str:
    """The text at this place, not yet judged; `KeyringMissing`, `KeyringDamaged` where it is too long or no text."""
    try:
        stored = (disk or Disk()).read_at(path, 0, LARGEST_DOCUMENT_BYTES + 1)
    except FileNotFoundError as error:
        raise KeyringMissing from error
    if len(stored) > LARGEST_DOCUMENT_BYTES:
        raise KeyringDamaged("size")
    try:
        return stored.decode("utf-8")
    except UnicodeDecodeError as error:
        raise KeyringDamaged("not text") from error


def store_new_keyring(path: Path, document: str, *, disk: Disk | None = None) -> None:
    """Store the first document of an archive, durably, mode 0600; `KeyringExists`, `StorageFull`, `StorageFailed`."""
    disk = disk or Disk()
    temporary = _written(disk, path, document)
    try:
        disk.publish(temporary, path)
    except FileExistsError as error:
        remove_if_possible(disk, temporary)
        raise KeyringExists from error
    disk.sync_folder(path.parent)


def replace_keyring(path: Path, document: str, *, disk: Disk | None = None) -> None:
    """Put a new document in the place of the old one, durably and at once; `StorageFull`, `StorageFailed`."""
    disk = disk or Disk()
    temporary = _written(disk, path, document)
    disk.replace(temporary, path)
    disk.sync_folder(path.parent)


def _written(disk: Disk, path: Path, document: str) -> Path:
    _remove_leftovers(disk, path)
    temporary = path.parent / temporary_name(path.stem)
    write_temporary(disk, temporary, [document.encode("utf-8")])
    return temporary


def _remove_leftovers(disk: Disk, path: Path) -> None:
    leftover = re.compile(rf"\.{re.escape(path.stem)}\.[0-9a-f]{{16}}\.part", re.ASCII)
    for name in disk.object_names(path.parent):
        if leftover.fullmatch(name):
            disk.remove(path.parent / name)
