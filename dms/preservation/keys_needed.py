"""Whether the keyring at hand opens a snapshot (B7, B8)."""

import hashlib
import hmac
from typing import Final

from dms.preservation.manifest import NeededKeys
from dms.store import UnitOfWork
from vault import Keyring

GRADES: Final = (1, 2, 3)
MANIFEST_PURPOSE: Final = "backup-manifest"
_MARK_PURPOSE: Final = "backup-place"
_MARK_DIGITS: Final = 32


def manifest_key(keyring: Keyring) -> bytes:
    """The HMAC key of manifests; stable for the life of the archive."""
    return keyring.derive(MANIFEST_PURPOSE)


def archive_mark(keyring: Keyring) -> str:
    """Tells the backups of this archive from those of others, and says nothing else."""
    return hashlib.sha256(keyring.derive(_MARK_PURPOSE)).hexdigest()[:_MARK_DIGITS]


def keys_needed(view: UnitOfWork, keyring: Keyring) -> NeededKeys:
    """What the catalogue of this moment does not open without."""
    items: dict[str, tuple[int, ...]] = {}
    for used in sorted(view.survey.epochs_in_use(), key=lambda used: (used.grade, used.epoch)):
        items[str(used.grade)] = (*items.get(str(used.grade), ()), used.epoch)
    return NeededKeys(catalogue=_catalogue_marks(keyring), items=items)


def fits(keys: NeededKeys, keyring: Keyring) -> bool:
    """Whether this keyring has everything that the snapshot needs."""
    held = {str(grade): set(keyring.epochs(grade)) for grade in GRADES}
    items_open = all(held.get(grade, set()).issuperset(epochs) for grade, epochs in keys.items.items())
    return items_open and not set(_catalogue_marks(keyring)).isdisjoint(keys.catalogue)


def _catalogue_marks(keyring: Keyring) -> tuple[str, ...]:
    # A keyed hash of a fixed text tells whether two keys are the same, and nothing about either.
    return tuple(
        hmac.new(key, b"anjuan/backup/catalogue-key", hashlib.sha256).hexdigest()[:_MARK_DIGITS]
        for key in keyring.catalogue_keys()
    )
