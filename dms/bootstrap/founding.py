"""Founding an archive: keyring, vault, catalogue and frame, all there or none.

Invariant: the folder is filled beside its place and moved there as the last step, so a founding that is cut off
leaves nothing that could be mistaken for an archive.
"""

import errno
import os
import secrets
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from dms.archive import Archive, LiveKeyring
from dms.bootstrap.errors import FolderNotEmpty, FolderUnusable, FondsCodeUnusable
from dms.bootstrap.opening import CATALOGUE, FOLDERS, KEYRING, OBJECTS, assembled
from dms.custody import NewAccount, add_user, checked_passphrase
from dms.domain.actor import OPERATOR, Role
from dms.domain.clock import Clock
from dms.domain.document_type import DEFAULT_DOCUMENT_TYPES, DEFAULT_SERIES
from dms.domain.one_line import one_line
from dms.store import Store
from vault import (
    Argon2Cost,
    CipherSuite,
    Keyring,
    LocalStorage,
    Passphrase,
    Vault,
    calibrated_cost,
    store_new_keyring,
)

MAX_FONDS_CODE_CHARACTERS = 16
UNLOCKING_MS = 250
"""What unlocking may cost here, and so at least what every guess at the passphrase costs somebody else."""
FIRST_ROLES = frozenset({Role.ADMINISTRATOR, Role.ARCHIVIST, Role.AUDITOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Foundation:
    """What a new archive begins with."""

    fonds_code: str
    company_name: str
    """Empty where the company has not been named yet."""
    administrator: str
    password: str
    suite: CipherSuite = CipherSuite.AES_256_GCM
    """The ciphers of the vault and the keyring; they stay the same for the life of the archive."""


def found_archive(
    home: Path, passphrase: str, foundation: Foundation, *, clock: Clock, cost: Argon2Cost | None = None
) -> str:
    """Found an archive in a new or empty folder; the recovery key as text, to be shown once and kept on paper.

    Where no `cost` of the passphrase is stated, it is what this machine can bear in `UNLOCKING_MS`.
    Raises `FolderNotEmpty`, `FolderUnusable`, `PassphraseUntidy`, `PassphraseTooWeak`, `FondsCodeUnusable`, or what
    `add_user` raises about the first administrator.
    """
    tidy, secret = _tidied(foundation), checked_passphrase(passphrase)
    try:
        return _founded(home, secret, tidy, clock=clock, cost=cost or calibrated_cost(target_ms=UNLOCKING_MS))
    except OSError as error:
        if error.errno in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR) and home.exists():
            raise FolderNotEmpty(home) from error
        raise FolderUnusable(home, os.strerror(error.errno or errno.EIO)) from error


def _tidied(foundation: Foundation) -> Foundation:
    code = one_line(foundation.fonds_code)
    plain = code.replace("-", "")
    if not (plain.isascii() and plain.isalnum() and len(code) <= MAX_FONDS_CODE_CHARACTERS):
        raise FondsCodeUnusable(code)
    return replace(foundation, fonds_code=code, company_name=one_line(foundation.company_name))


def _founded(home: Path, passphrase: Passphrase, foundation: Foundation, *, clock: Clock, cost: Argon2Cost) -> str:
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise FolderNotEmpty(home)
    home.parent.mkdir(parents=True, exist_ok=True)
    building = home.with_name(f".{home.name}.{secrets.token_hex(4)}")
    building.mkdir(mode=0o700)
    try:
        recovery_key = _filled(building, passphrase, foundation, clock=clock, cost=cost)
        building.replace(home)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    _sync_folder(home.parent)
    return recovery_key


def _filled(building: Path, passphrase: Passphrase, foundation: Foundation, *, clock: Clock, cost: Argon2Cost) -> str:
    for folder in FOLDERS:
        (building / folder).mkdir(mode=0o700)
    keyring, recovery_key = Keyring.create(passphrase, cost=cost, suite=foundation.suite, created_on=clock.now().date())
    store_new_keyring(building / KEYRING, keyring.document())
    store = Store.open(building / CATALOGUE, keyring.catalogue_key())
    vault = Vault(keyring, LocalStorage(building / OBJECTS))
    archive = assembled(building, LiveKeyring(building / KEYRING, keyring), vault, store, clock=clock)
    try:
        _state_frame(archive, foundation)
        account = NewAccount(
            name=foundation.administrator, password=foundation.password, roles=FIRST_ROLES, clearance=1
        )
        add_user(OPERATOR, account, archive=archive)
    finally:
        archive.close()
    return recovery_key.printable()


def _state_frame(archive: Archive, foundation: Foundation) -> None:
    with archive.begin() as work:
        work.scheme.state_fonds(code=foundation.fonds_code, name=foundation.company_name)
        for series in DEFAULT_SERIES:
            work.scheme.state_series(series)
        for kind in DEFAULT_DOCUMENT_TYPES:
            work.scheme.state_type(kind)
        archive.record(work, OPERATOR, "archive_founded", foundation.fonds_code, company=foundation.company_name)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
