"""Choosing a snapshot and bringing its bytes back, believing nothing (B10)."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dms.preservation.errors import SnapshotDamaged, SnapshotKeysRetired, SnapshotNotFound
from dms.preservation.keys_needed import archive_mark, fits, manifest_key
from dms.preservation.manifest import Manifest
from dms.preservation.object_list import ListedObject
from dms.preservation.place import KEYRING, OBJECTS, EntryMissing, Place, read_text, sharded
from dms.preservation.run import Phase, Report, Step
from dms.preservation.snapshots import PieceDamaged, Snapshots, content_of, objects_of, require_own, snapshots_at
from vault import Disk, Keyring, Storage


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A snapshot to restore, and what else lies at its place."""

    manifest: Manifest
    snapshots: Snapshots
    newer_unfinished: tuple[str, ...]
    """Newer snapshots for which the keyring there does not have the keys: their runs did not come to their end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where a restored archive's bytes go."""

    catalogue: Path
    storage: Storage
    disk: Disk


def keyring_document(place: Place) -> str:
    """The keyring that lies at the place, not yet judged; `SnapshotNotFound` where there is none."""
    try:
        return read_text(place, KEYRING).decode()
    except (EntryMissing, UnicodeDecodeError) as error:
        raise SnapshotNotFound(place.address, "") from error


def usable_snapshots(place: Place, keyring: Keyring) -> Snapshots:
    """Every snapshot there; `PlaceMissing`, `PlaceForeign`, `PlaceNewer` where it is no place of this keyring."""
    require_own(place, archive_mark(keyring))
    return snapshots_at(place, key=manifest_key(keyring))


def choose(place: Place, keyring: Keyring, snapshot_id: str | None) -> Chosen:
    """The snapshot with this id, or the newest that the keyring opens.

    Raises `SnapshotNotFound`, `SnapshotKeysRetired`, `SnapshotDamaged`.
    """
    snapshots = usable_snapshots(place, keyring)
    fitting = [manifest for manifest in snapshots.readable if fits(manifest.keys, keyring)]
    wanted = [manifest for manifest in snapshots.readable if snapshot_id in (None, manifest.snapshot_id)]
    if not wanted:
        _explain_absence(place, snapshots, snapshot_id)
    chosen = next((manifest for manifest in reversed(wanted) if manifest in fitting), None)
    if chosen is None:
        raise SnapshotKeysRetired(wanted[-1].snapshot_id)
    newer = tuple(m.snapshot_id for m in snapshots.readable if m.order > chosen.order and m not in fitting)
    return Chosen(manifest=chosen, snapshots=snapshots, newer_unfinished=newer)


def fetch(place: Place, manifest: Manifest, into: Destination, report: Report) -> None:
    """Write catalogue and objects of a snapshot; `SnapshotDamaged` names everything that is not as it was written."""
    damage: list[str] = []
    try:
        _fetch_catalogue(place, manifest, into)
    except PieceDamaged as error:
        damage.append(str(error))
    try:
        damage.extend(_fetch_objects(place, manifest, into, report))
    except PieceDamaged as error:
        damage.append(str(error))
    damage.extend(_unreadable(place, manifest))
    if damage:
        raise SnapshotDamaged(manifest.snapshot_id, tuple(damage))


def _unreadable(place: Place, manifest: Manifest) -> list[str]:
    """The pieces that say what was destroyed: without them a restore would bring it back (B12)."""
    try:
        for _ in content_of(place, manifest.destroyed):
            pass
    except PieceDamaged as error:
        return [str(error)]
    return []


def _explain_absence(place: Place, snapshots: Snapshots, snapshot_id: str | None) -> None:
    named = [name for name in snapshots.damaged if snapshot_id is None or snapshot_id in name]
    if named:
        raise SnapshotDamaged(snapshot_id or "—", tuple(named))
    raise SnapshotNotFound(place.address, snapshot_id or "")


def _fetch_catalogue(place: Place, manifest: Manifest, into: Destination) -> None:
    descriptor = into.disk.create(into.catalogue)
    try:
        for piece in content_of(place, manifest.catalogue):
            into.disk.append(descriptor, piece)
        into.disk.sync(descriptor)
    finally:
        into.disk.close(descriptor)


def _fetch_objects(place: Place, manifest: Manifest, into: Destination, report: Report) -> Iterator[str]:
    """Writes every object; yields the names of those that are missing or of another size."""
    done = bytes_done = 0
    for listed in objects_of(place, manifest):
        if not _fetched(place, listed, into):
            yield sharded(OBJECTS, listed.object_id)
        done, bytes_done = done + 1, bytes_done + listed.size_bytes
        report(Step(phase=Phase.OBJECTS, done=done, bytes_done=bytes_done))


def _fetched(place: Place, listed: ListedObject, into: Destination) -> bool:
    name = sharded(OBJECTS, listed.object_id)
    try:
        size = place.size(name)
        if size != listed.size_bytes:
            return False
        return into.storage.put(listed.object_id, place.read(name)) == listed.size_bytes
    except EntryMissing:
        return False


def room_for(manifest: Manifest, folder: Path) -> bool:
    """Whether the disk of this folder has room for a snapshot."""
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize > manifest.objects_bytes + manifest.catalogue.size_bytes
