"""Repair: separate from verification, explicit, and never a guess.

What always holds:
- M1 Nothing is mended that was not found damaged, by a recorded inspection and once more now.
- M2 A copy is taken only if it opens in full under the item's own key and has the digest of the catalogue, and that is
  known before anything in the vault is touched.
- M3 Damaged bytes are not thrown away: they are moved into the vault's folder `set-aside`, under a name that no object
  can have. A crash between that and the copy's arrival leaves an object missing, which the next repair brings back.
- M4 Unknown objects are removed only while the journal is whole and reaches as far as anybody noted: after a catalogue
  was put back to an older state, they may be papers that somebody relies on.
- M5 Every act is journaled.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.inspection import Finding, InspectionScope
from dms.evidence.checks import (
    SET_ASIDE,
    check_journal,
    content_suspicion,
    look_at,
    opened_key,
    row_now,
    shelf_of,
    unknown_objects,
)
from dms.evidence.circumstances import recorded_heads
from dms.evidence.errors import BackupPlaceUnusable, JournalNotWhole, NeverInspected, RepairFailed
from dms.evidence.findings import OBJECT_CODES
from dms.evidence.noted_head import noted_head
from dms.evidence.walk import JournalHead, Walk
from dms.search import check_index, rebuild_index
from dms.store import SealedRow
from vault import Disk, LocalStorage, MemoryStorage, Vault, VaultError

COPIES = "objects"
"""Folder of a backup place in which the sealed objects lie, byte for byte."""
INSPECTIONS_REMEMBERED = 100
UNKNOWN_FOR = timedelta(days=1)


class RepairKind(StrEnum):
    """What can be done."""

    FETCH_OBJECT = "fetch_object"
    """Put a sound copy of an object in the place of what is damaged or missing."""
    REBUILD_INDEX = "rebuild_index"
    REMOVE_UNKNOWN = "remove_unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairRequest:
    """What may be done; nothing else is."""

    place: Path | None = None
    """Folder of a backup, to fetch objects from."""
    rebuild_index: bool = False
    remove_unknown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """One act that mends one thing."""

    kind: RepairKind
    subject: str
    """The object's id; ``fulltext`` for the index."""
    finding: Finding | None = None
    """What is wrong with the object now."""
    copy: Path | None = None
    """The sound copy, verified; None where there is none, and then nothing can be done."""

    @property
    def possible(self) -> bool:
        """Whether there is what it needs."""
        return self.kind is not RepairKind.FETCH_OBJECT or self.copy is not None


def planned_repairs(
    actor: Actor, wanted: RepairRequest, *, archive: Archive, witnesses: Sequence[JournalHead] = ()
) -> tuple[Repair, ...]:
    """What would be done, everything looked at now; nothing is changed.

    `witnesses` are heads of the journal that somebody else has noted. Raises `NeverInspected`,
    `BackupPlaceUnusable`, `JournalNotWhole`, `ActionForbidden`.
    """
    actor.require(Permission.OPERATE)
    planned: list[Repair] = []
    if wanted.place is not None:
        planned += _fetches(wanted.place, archive)
    if wanted.rebuild_index and not check_index(archive).agrees:
        planned.append(Repair(kind=RepairKind.REBUILD_INDEX, subject="fulltext"))
    if wanted.remove_unknown:
        planned += _removals(archive, witnesses)
    return tuple(planned)


def carry_out(actor: Actor, repair: Repair, *, archive: Archive) -> bool:
    """Do one planned act and journal it; False where it is not needed or not possible any more.

    Raises `RepairFailed`, or what the disk raises.
    """
    actor.require(Permission.OPERATE)
    match repair.kind:
        case RepairKind.FETCH_OBJECT:
            return _fetch(actor, repair, archive)
        case RepairKind.REBUILD_INDEX:
            return _rebuild(actor, archive)
        case RepairKind.REMOVE_UNKNOWN:
            return _remove(actor, repair.subject, archive)


def _fetches(place: Path, archive: Archive) -> Iterator[Repair]:
    if not (place / COPIES).is_dir():
        raise BackupPlaceUnusable(place)
    for object_id in _suspected_objects(archive):
        row = row_now(archive, object_id)
        damage = _damage(row, archive.vault, archive) if row else None  # M1: looked at again
        if row is not None and damage is not None:
            copy = place / COPIES / object_id[:2] / object_id
            sound = _sound_copy(row, copy, archive)
            yield Repair(kind=RepairKind.FETCH_OBJECT, subject=object_id, finding=damage, copy=copy if sound else None)


def _suspected_objects(archive: Archive) -> list[str]:
    """The objects that an inspection has named, each once, the latest finding first."""
    with archive.looking() as view:
        inspections = view.inspections.list(limit=INSPECTIONS_REMEMBERED)
    if not inspections:
        raise NeverInspected
    named = [finding.subject for made in inspections for finding in made.findings if finding.code in OBJECT_CODES]
    return list(dict.fromkeys(named))


def _damage(row: SealedRow, vault: Vault, archive: Archive) -> Finding | None:
    key = opened_key(row, archive)
    if isinstance(key, Finding):
        return None  # no copy of the object helps while its key does not open
    return look_at(row, vault, key, judge=content_suspicion)


def _sound_copy(row: SealedRow, copy: Path, archive: Archive) -> bytes | None:
    """The bytes of a copy that is exactly what was sealed (M2); None for any other, or none."""
    try:
        size_bytes = copy.stat(follow_symlinks=False).st_size
        stored = Disk().read_at(copy, 0, size_bytes)
    except (OSError, VaultError):
        return None
    held = MemoryStorage()
    held.objects[row.object_id] = stored
    # Judged in memory: what is written later is what was judged, whatever happens to the place meanwhile.
    return stored if _damage(row, Vault(archive.keyring, held), archive) is None else None


def _fetch(actor: Actor, repair: Repair, archive: Archive) -> bool:
    row = row_now(archive, repair.subject)
    if row is None or repair.copy is None or _damage(row, archive.vault, archive) is None:
        return False
    stored = _sound_copy(row, repair.copy, archive)
    if stored is None:
        return False
    with archive.begin() as work:
        if not work.survey.knows_object(row.object_id):
            return False  # destroyed since; nothing can be destroyed while this transaction lasts
        set_aside = _set_aside(row.object_id, archive)  # M3
        LocalStorage(shelf_of(archive)).put(row.object_id, [stored])
        if _damage(row, archive.vault, archive) is not None:
            raise RepairFailed(row.object_id)
        source = str(repair.copy.parent.parent.parent)
        archive.record(
            work, actor, "object_fetched", row.item_id, object=row.object_id, source=source, set_aside=set_aside
        )
    return True


def _set_aside(object_id: str, archive: Archive) -> str | None:
    """The name under which damaged bytes are kept; None where there are none."""
    disk, shelf = Disk(), shelf_of(archive)
    damaged = shelf / object_id[:2] / object_id
    if not damaged.is_symlink() and not damaged.exists():
        return None
    folder = shelf / SET_ASIDE
    if disk.make_folder(folder):
        disk.sync_folder(shelf)
    name = f"{object_id}.{archive.now():%Y%m%dT%H%M%S%f}.damaged"
    disk.replace(damaged, folder / name)
    disk.sync_folder(folder)
    disk.sync_folder(damaged.parent)
    return name


def _rebuild(actor: Actor, archive: Archive) -> bool:
    if check_index(archive).agrees:
        return False
    items = rebuild_index(archive)
    with archive.begin() as work:
        archive.record(work, actor, "index_rebuilt", "fulltext", items=items)
    return True


def _removals(archive: Archive, witnesses: Sequence[JournalHead]) -> list[Repair]:
    _require_whole_journal(archive, witnesses)
    strangers = unknown_objects(archive, older_than=UNKNOWN_FOR)
    return [Repair(kind=RepairKind.REMOVE_UNKNOWN, subject=stranger.object_id) for stranger in strangers]


def _require_whole_journal(archive: Archive, witnesses: Sequence[JournalHead]) -> None:
    """M4; raises `JournalNotWhole`."""
    walk = Walk(archive=archive, scope=InspectionScope.QUICK, part=None, parts=None, report=lambda progress: None)
    noted = noted_head(archive)
    walk.heads = (*recorded_heads(archive), *((noted,) if noted else ()), *witnesses)
    check_journal(walk)
    with archive.looking() as view:
        vanished = [item_id for item_id in walk.arrivals if view.survey.item(item_id) is None]
    if walk.findings() or vanished:
        raise JournalNotWhole


def _remove(actor: Actor, object_id: str, archive: Archive) -> bool:
    with archive.begin() as work:  # no row can come to point to it while this transaction lasts
        if work.survey.knows_object(object_id):
            return False
        archive.vault.remove(object_id)
        archive.record(work, actor, "unknown_object_removed", object_id)
    return True
