"""Opening an archive: keyring, then catalogue, then vault; refusing where they do not belong together."""

import errno
import os
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path

from dms.archive import Archive, DiskRefuses, LiveKeyring, Presence
from dms.bootstrap.errors import (
    ArchiveIncomplete,
    ArchiveNotWritable,
    KeyringOutdated,
    KeyringUnreadable,
    NoArchiveHere,
)
from dms.bootstrap.index_keeping import give_up_lost_files, needs_making, sweep_index
from dms.bootstrap.recovering import recover
from dms.bootstrap.unlocking import ArchiveSecret, unlocked_keyring, usable_passphrase
from dms.custody import newest_epochs
from dms.domain.clock import Clock, SystemClock
from dms.search import index_item, rebuild_index
from dms.store import CatalogueBusy, CatalogueDiskFull, IndexUnreadable, Store
from vault import Keyring, LocalStorage, Vault, VaultError, read_keyring
from vault.errors import StorageFailed, StorageFull

KEYRING = "keyring.json"
CATALOGUE = "catalogue.db"
OBJECTS = "vault"
INBOX = "inbox"
PAGES_INDEXED_AT_ONCE = 2000
"""With more than this, making the index anew is left to the service."""
FOLDERS = (OBJECTS, INBOX, "backups")


def open_archive(home: Path, secret: str | ArchiveSecret, *, clock: Clock | None = None) -> Archive:
    """The archive in this folder, opened by its passphrase (plain text is one), recovery key, key file or key service.

    What an earlier process left unfinished is set right first, if nobody else has the archive open; see
    `Archive.recovery`. Raises `NoArchiveHere`, `ArchiveIncomplete`, `PassphraseWrong`, `PassphraseUnusable`,
    `SecretWrong`, `MemoryTooSmall`, `TokenNotReady`, `KeyringUnreadable`, `KeyringOutdated`, `CatalogueUnreadable`,
    `CatalogueNewer`, `ArchiveNotWritable` or `DiskRefuses`.
    """
    check_complete(home)
    unlocking = usable_passphrase(secret) if isinstance(secret, str) else secret
    keyring = _unlocked(home, unlocking)
    keys = LiveKeyring(home / KEYRING, keyring, unlock_again=lambda document: Keyring.unlock(document, unlocking))
    try:
        return _opened(home, keys, clock=clock or SystemClock())
    except OSError as error:
        raise ArchiveNotWritable(Path(error.filename or home), os.strerror(error.errno or errno.EIO)) from error
    except (StorageFull, StorageFailed) as error:
        raise DiskRefuses(str(error)) from error


def _opened(home: Path, keys: LiveKeyring, *, clock: Clock) -> Archive:
    with ExitStack() as undone:  # a late close could write into a catalogue that was put back meanwhile
        presence = Presence(home)
        undone.callback(presence.end)
        store = Store.open(home / CATALOGUE, lambda: keys.present().catalogue_keys())
        undone.callback(store.close)
        archive = _recovered(home, keys, store, presence, clock=clock)
        presence.share()
        undone.pop_all()
    return archive


def _recovered(home: Path, keys: LiveKeyring, store: Store, presence: Presence, *, clock: Clock) -> Archive:
    storage = LocalStorage(home / OBJECTS)
    archive = replace(assembled(home, keys, Vault(keys.present(), storage), store, clock=clock), presence=presence)
    _require_present_keys(archive)
    if not presence.is_alone:
        return archive
    recovered = replace(archive, recovery=recover(archive, storage, was_cut_off=presence.was_cut_off))
    with suppress(CatalogueBusy, CatalogueDiskFull, IndexUnreadable):
        # An archive that opens without its index is better than none.
        _set_index_right(recovered)
    return recovered


def _set_index_right(archive: Archive) -> None:
    """Make an incomplete index at once where that takes a moment; where it takes longer, the service does it."""
    give_up_lost_files(archive)
    with archive.looking() as view:
        is_small = view.figures.pages_count() <= PAGES_INDEXED_AT_ONCE
    if is_small and needs_making(archive):
        rebuild_index(archive)
    sweep_index(archive, older_than_s=0)  # whoever wrote what nobody names is no more: we are alone


def _require_present_keys(archive: Archive) -> None:
    newest = newest_epochs(archive.keyring)
    with archive.looking() as view:
        if any(view.wrapping_epochs.oldest(grade) > epoch for grade, epoch in newest.items()):
            raise KeyringOutdated


def check_complete(home: Path) -> None:
    """Refuse a folder that is no archive or a part of one; raises `NoArchiveHere` or `ArchiveIncomplete`.

    Nothing is made up for what is missing: an empty vault in place of a lost one would look like an archive.
    """
    parts = {
        KEYRING: (home / KEYRING).is_file(),
        CATALOGUE: (home / CATALOGUE).is_file(),
        OBJECTS: (home / OBJECTS).is_dir(),
    }
    missing = [name for name, is_there in parts.items() if not is_there]
    if len(missing) == len(parts):
        raise NoArchiveHere(home)
    if missing:
        raise ArchiveIncomplete(home, ", ".join(missing))


def assembled(home: Path, keys: LiveKeyring, vault: Vault, store: Store, *, clock: Clock) -> Archive:
    """The archive made of its concrete parts."""
    return Archive(
        home=home,
        store=store,
        vault=vault,
        keys=keys,
        clock=clock,
        index_item=index_item,
    )


def _unlocked(home: Path, secret: ArchiveSecret) -> Keyring:
    try:
        document = read_keyring(home / KEYRING)
    except VaultError as error:
        raise KeyringUnreadable(error.code) from error
    return unlocked_keyring(document, secret)
