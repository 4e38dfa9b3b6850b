"""Opening an archive: keyring, then catalogue, then vault; refusing where they do not belong together."""

from pathlib import Path

from dms.archive import Archive
from dms.bootstrap.errors import KeyringUnreadable, NoArchiveHere, PassphraseUnusable, PassphraseWrong
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

    Raises `NoArchiveHere`, `PassphraseWrong`, `KeyringUnreadable`, `CatalogueUnreadable` or `CatalogueNewer`.
    """
    if not (home / KEYRING).is_file() or not (home / CATALOGUE).is_file():
        raise NoArchiveHere(home)
    keyring = _unlocked(home, passphrase)
    store = Store.open(home / CATALOGUE, keyring.catalogue_key())
    return assembled(home, keyring, store, clock=clock or SystemClock())


def assembled(home: Path, keyring: Keyring, store: Store, *, clock: Clock) -> Archive:
    """The archive made of its concrete parts."""
    return Archive(
        home=home,
        store=store,
        vault=Vault(keyring, LocalStorage(home / OBJECTS)),
        keyring=keyring,
        clock=clock,
        index_item=index_item,
    )


def passphrase_in(place: Path) -> str:
    """The first line of a passphrase file; raises `PassphraseUnusable`."""
    try:
        lines = place.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PassphraseUnusable(
            Bilingual(zh=f"口令文件 {place} 无法读取。", en=f"The passphrase file {place} cannot be read.")
        ) from error
    if not lines or not lines[0].strip():
        raise PassphraseUnusable(
            Bilingual(zh=f"口令文件 {place} 是空的。", en=f"The passphrase file {place} is empty.")
        )
    return lines[0].strip()


def _unlocked(home: Path, passphrase: str) -> Keyring:
    try:
        return Keyring.unlock(read_keyring(home / KEYRING), Passphrase(passphrase))
    except WrongPassphrase as error:
        raise PassphraseWrong from error
    except VaultPassphraseUnusable as error:
        raise PassphraseUnusable(Bilingual("口令为空或过长。", "The passphrase is empty or too long.")) from error
    except VaultError as error:
        raise KeyringUnreadable(error.code) from error
