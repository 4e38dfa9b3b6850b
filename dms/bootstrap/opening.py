"""Opening an archive: keyring, then catalogue, then vault; refusing where they do not belong together."""

from pathlib import Path

from dms.archive import Archive
from dms.bootstrap.errors import (
    ArchiveIncomplete,
    KeyringUnreadable,
    NoArchiveHere,
    PassphraseUnusable,
    PassphraseWrong,
)
from dms.domain.clock import Clock, SystemClock
from dms.errors import Bilingual
from dms.search import index_item
from dms.store import Store
from vault import Keyring, LocalStorage, Passphrase, Vault, VaultError, read_keyring
from vault.errors import PassphraseUnusable as VaultPassphraseUnusable
from vault.errors import WrongPassphrase

KEYRING = "keyring.json"
CATALOGUE = "catalogue.db"
OBJECTS = "vault"
INBOX = "inbox"
FOLDERS = (OBJECTS, INBOX, "backups")


def open_archive(home: Path, passphrase: str, *, clock: Clock | None = None) -> Archive:
    """The archive in this folder.

    Raises `NoArchiveHere`, `ArchiveIncomplete`, `PassphraseWrong`, `PassphraseUnusable`, `KeyringUnreadable`,
    `CatalogueUnreadable` or `CatalogueNewer`.
    """
    _check_complete(home)
    keyring = _unlocked(home, passphrase)
    vault = Vault(keyring, LocalStorage(home / OBJECTS))
    store = Store.open(home / CATALOGUE, keyring.catalogue_key())
    return assembled(home, keyring, vault, store, clock=clock or SystemClock())


def _check_complete(home: Path) -> None:
    """Nothing is made up for what is missing: an empty vault in place of a lost one would look like an archive."""
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


def assembled(home: Path, keyring: Keyring, vault: Vault, store: Store, *, clock: Clock) -> Archive:
    """The archive made of its concrete parts."""
    return Archive(
        home=home,
        store=store,
        vault=vault,
        keyring=keyring,
        clock=clock,
        index_item=index_item,
    )


def passphrase_in(place: Path) -> str:
    """The first line of a passphrase file; raises `PassphraseUnusable`."""
    try:
        lines = place.read_text(encoding="utf-8-sig").splitlines()  # some editors begin every file with a mark
    except (OSError, UnicodeDecodeError) as error:
        raise PassphraseUnusable(
            Bilingual(zh=f"口令文件 {place} 无法读取。", en=f"The passphrase file {place} cannot be read.")
        ) from error
    if not lines or not lines[0].strip():
        raise PassphraseUnusable(
            Bilingual(zh=f"口令文件 {place} 是空的。", en=f"The passphrase file {place} is empty.")
        )
    return lines[0].strip()


def usable_passphrase(untrusted_text: str) -> Passphrase:
    """The text as a passphrase; raises `PassphraseUnusable`."""
    try:
        return Passphrase(untrusted_text)
    except VaultPassphraseUnusable as error:
        raise PassphraseUnusable(Bilingual("口令为空或过长。", "The passphrase is empty or too long.")) from error


def _unlocked(home: Path, passphrase: str) -> Keyring:
    secret = usable_passphrase(passphrase)
    try:
        return Keyring.unlock(read_keyring(home / KEYRING), secret)
    except WrongPassphrase as error:
        raise PassphraseWrong from error
    except VaultError as error:
        raise KeyringUnreadable(error.code) from error
