"""Bringing an archive back from a backup place: verified, with destructions replayed, ready to serve.

Invariant: the folder is filled beside its place and moved there as the last step (B11), so a restore that is cut off
leaves nothing that could be mistaken for an archive; see docs/decisions/0007-backups.md.
"""

import hashlib
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from dms.archive import Archive, LiveKeyring, owner_of
from dms.bootstrap.errors import FolderNotEmpty, FolderUnusable, KeyringUnreadable
from dms.bootstrap.opening import CATALOGUE, FOLDERS, KEYRING, OBJECTS, assembled
from dms.bootstrap.unlocking import ArchiveSecret, unlocked_keyring
from dms.custody import replay_destructions
from dms.domain.actor import OPERATOR
from dms.domain.clock import Clock
from dms.domain.destruction import Destroyed
from dms.preservation import (
    Chosen,
    Destination,
    Manifest,
    Phase,
    Place,
    Report,
    RoomMissing,
    SnapshotDamaged,
    Step,
    choose,
    destructions_known,
    fetch,
    keyring_document,
    quiet,
    room_for,
)
from dms.store import CatalogueUnreadable, SealedRow, Store
from vault import Disk, Keyring, LocalStorage, Vault, VaultError, store_new_keyring

ROWS_AT_ONCE = 500


class RestoreDepth(StrEnum):
    """How much of what was brought back is opened."""

    QUICK = "quick"
    """Hashes of the catalogue, sizes of the objects."""
    FULL = "full"
    """Every byte decrypted and compared with its digest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restore brought back."""

    home: Path
    snapshot_id: str
    made_at: datetime
    objects: int
    bytes_total: int
    objects_opened: int
    """How many were decrypted and compared with their digests."""
    items: int
    journal_seq: int
    """Of the last entry in the snapshot."""
    journal_digest: str
    destroyed_again: int
    """Items that an older snapshot brought back although they had been destroyed."""
    passed_over: tuple[str, ...]
    """Newer snapshots that were never finished."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreOrder:
    """What is to be restored, from where, to where."""

    place: Place
    home: Path
    """A new or empty folder."""
    snapshot_id: str | None = None
    """None: the newest that opens."""
    depth: RestoreDepth = RestoreDepth.FULL


class _UnhurriedDisk(Disk):
    """Syncs every folder once, at the end: nobody relies on a name in a folder that is still being built."""

    def __init__(self) -> None:
        self._waiting: set[Path] = set()

    def sync_folder(self, folder: Path) -> None:
        """Put off until `sync_folders`."""
        self._waiting.add(folder)

    def sync_folders(self) -> None:
        """Return once every folder's names have reached the medium."""
        for folder in sorted(self._waiting):
            super().sync_folder(folder)
        self._waiting.clear()


def unlocked_at(place: Place, secret: ArchiveSecret) -> Keyring:
    """The keyring that lies at a place, opened.

    Raises what `unlocked_keyring` raises, or `SnapshotNotFound`.
    """
    try:
        document = keyring_document(place)
    except VaultError as error:
        raise KeyringUnreadable(error.code) from error
    return unlocked_keyring(document, secret)


def restore_archive(order: RestoreOrder, keyring: Keyring, *, clock: Clock, report: Report = quiet) -> Restored:
    """Restore an archive; `keyring` is the one at the place, opened.

    Raises `FolderNotEmpty`, `FolderUnusable`, `SnapshotNotFound`, `SnapshotKeysRetired`, `SnapshotDamaged`,
    `RoomMissing`, or what the place raises; nothing is left behind then.
    """
    _require_new(order.home)
    chosen = choose(order.place, keyring, order.snapshot_id)
    destroyed = destructions_known(order.place, chosen.snapshots.readable, keyring)
    with _building_beside(order.home) as building:
        _require_room(chosen.manifest, building)
        _lay_out(building, order.place, chosen.manifest, keyring, report)
        with opened_restored(building, keyring, chosen.manifest.snapshot_id, clock) as archive:
            restored = _made_sound(archive, order, chosen, destroyed, report)
        building.replace(order.home)
        Disk().sync_folder(order.home.parent)
    return restored


def _require_new(home: Path) -> None:
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise FolderNotEmpty(home)


@contextmanager
def _building_beside(home: Path) -> Iterator[Path]:
    building = home.with_name(f".{home.name}.{secrets.token_hex(4)}.restoring")
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        building.mkdir(mode=0o700)
    except OSError as error:
        raise FolderUnusable(home, error.strerror or "") from error
    try:
        yield building
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _require_room(manifest: Manifest, folder: Path) -> None:
    if not room_for(manifest, folder):
        raise RoomMissing(str(folder.parent), manifest.objects_bytes + manifest.catalogue.size_bytes)


def _lay_out(building: Path, place: Place, manifest: Manifest, keyring: Keyring, report: Report) -> None:
    for folder in FOLDERS:
        (building / folder).mkdir(mode=0o700)
    disk = _UnhurriedDisk()
    destination = Destination(
        catalogue=building / CATALOGUE, storage=LocalStorage(building / OBJECTS, disk=disk), disk=disk
    )
    try:
        fetch(place, manifest, destination, report)
        disk.sync_folders()
        store_new_keyring(building / KEYRING, keyring.document())
    except VaultError as error:
        raise FolderUnusable(building, str(error)) from error


@contextmanager
def opened_restored(building: Path, keyring: Keyring, snapshot_id: str, clock: Clock) -> Iterator[Archive]:
    """A restored archive that nobody else has open, until the block ends; `SnapshotDamaged`."""
    keys = LiveKeyring(building / KEYRING, keyring)
    vault = Vault(keyring, LocalStorage(building / OBJECTS))
    try:
        store = Store.open(building / CATALOGUE, lambda: keys.present().catalogue_keys())
    except CatalogueUnreadable as error:
        raise SnapshotDamaged(snapshot_id, ("catalogue",)) from error
    archive = assembled(building, keys, vault, store, clock=clock)
    try:
        yield archive
    finally:
        archive.close()


def _made_sound(
    archive: Archive, order: RestoreOrder, chosen: Chosen, destroyed: tuple[Destroyed, ...], report: Report
) -> Restored:
    manifest = chosen.manifest
    _require_sound_catalogue(archive, manifest)
    opened = _opened_objects(archive, manifest, report) if order.depth is RestoreDepth.FULL else 0
    again = replay_destructions(OPERATOR, destroyed, archive=archive)  # B12
    with archive.begin() as work:
        archive.record(
            work,
            OPERATOR,
            "archive_restored",
            "archive",
            snapshot=manifest.snapshot_id,
            objects=manifest.objects_total,
            objects_opened=opened,
            destroyed_again=again,
        )
    return Restored(
        home=order.home,
        snapshot_id=manifest.snapshot_id,
        made_at=manifest.made_at,
        objects=manifest.objects_total,
        bytes_total=manifest.objects_bytes + manifest.catalogue.size_bytes,
        objects_opened=opened,
        items=manifest.items_total,
        journal_seq=manifest.journal_seq,
        journal_digest=manifest.journal_digest,
        destroyed_again=again,
        passed_over=chosen.newer_unfinished,
    )


def _require_sound_catalogue(archive: Archive, manifest: Manifest) -> None:
    damage = archive.store.damage()
    with archive.looking() as view:
        head, items = view.journal.head(), view.survey.items_total()
    if head != (manifest.journal_seq, manifest.journal_digest):
        damage = (*damage, "journal")
    if items != manifest.items_total:
        damage = (*damage, "items")
    if damage:
        raise SnapshotDamaged(manifest.snapshot_id, damage)


def _opened_objects(archive: Archive, manifest: Manifest, report: Report) -> int:
    done = bytes_done = 0
    damage = []
    for row in sealed_rows(archive):
        if not is_as_sealed(archive, row) and row.object_id not in manifest.missing:
            damage.append(f"objects/{row.object_id[:2]}/{row.object_id}")
        done, bytes_done = done + 1, bytes_done + row.size_bytes
        report(Step(phase=Phase.CHECKING, done=done, bytes_done=bytes_done))
    if damage:
        raise SnapshotDamaged(manifest.snapshot_id, tuple(damage))
    return done


def is_as_sealed(archive: Archive, row: SealedRow) -> bool:
    """Whether an object opens and is, byte for byte, what the catalogue says was sealed."""
    digest, size = hashlib.sha256(), 0
    try:
        key = archive.unwrapped_key(row.item_id, row.item_key, row.wrapped_key)
        with archive.vault.open(row.object_id, key=key, owner=owner_of(row.item_id, row.role, row.page)) as reader:
            for chunk in reader:
                digest.update(chunk)
                size += len(chunk)
    except VaultError:
        return False
    return (size, digest.hexdigest()) == (row.size_bytes, row.digest)


def sealed_rows(archive: Archive) -> Iterator[SealedRow]:
    """Every sealed object that the catalogue points to, in ascending order of ids, in short transactions."""
    after: str | None = ""
    while after is not None:
        with archive.looking() as view:
            rows = view.contents.sealed(after_object_id=after, limit=ROWS_AT_ONCE)
        yield from rows
        after = rows[-1].object_id if rows else None
