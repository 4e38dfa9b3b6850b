"""Writing one snapshot of the archive to one place, while the archive is in use.

What always holds is numbered in docs/decisions/0007-backups.md; `_snapshot` is its table of contents.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.backup import BackupPlace, BackupRun, RunState
from dms.errors import DmsError
from dms.preservation.copying import PARTS, brought, digest_at, is_due, put_pieces, put_verified, still_known
from dms.preservation.destructions import destructions_as_text
from dms.preservation.errors import KeysChangedMeanwhile, NotKept, PlaceAhead, PlaceDamaged, PlaceMissing
from dms.preservation.keys_needed import archive_mark, fits, keys_needed, manifest_key
from dms.preservation.manifest import (
    Manifest,
    NeededKeys,
    Pieces,
    new_snapshot_id,
    render_description,
    render_manifest,
)
from dms.preservation.object_list import ListedObject, packed
from dms.preservation.place import BLOCK_BYTES, DESCRIPTION, KEYRING, PIECES, Place, sharded, snapshot_name
from dms.preservation.place_opening import held, reach
from dms.preservation.places import place_with_id
from dms.preservation.pruning import prune
from dms.preservation.run import Phase, Report, Run, quiet
from dms.preservation.sealed_note import seal_note
from dms.preservation.snapshots import Snapshots, require_own, snapshots_at
from dms.store import FrozenCatalogue, SealedRow, UnitOfWork
from vault import LocalStorage

VAULT_FOLDER = "vault"
ROWS_AT_ONCE = 1000
ATTEMPTS = 3
"""How often the catalogue is frozen anew because objects went away between its moment and their copying."""


@dataclass(slots=True)
class _Found:
    """Counts what passes by."""

    objects_total: int = 0
    objects_bytes: int = 0
    missing: list[str] = field(default_factory=list)

    def noting(self, answers: Iterable[ListedObject | str]) -> Iterator[ListedObject]:
        """The objects; the ids of those that nobody has are kept aside."""
        for answer in answers:
            if isinstance(answer, str):
                self.missing.append(answer)
                continue
            self.objects_total += 1
            self.objects_bytes += answer.size_bytes
            yield answer


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frozen:
    """What was taken from one moment of the catalogue."""

    catalogue: Pieces
    objects: Pieces
    objects_total: int
    objects_bytes: int
    items_total: int
    journal: tuple[int, str]
    keys: NeededKeys
    missing: tuple[str, ...]


def back_up(actor: Actor, place_id: int, *, archive: Archive, report: Report = quiet) -> BackupRun:
    """Write a snapshot to a place and verify it there; the run as recorded.

    A refusal is recorded with its code and raised; `PlaceDamaged` is raised after a run that is complete but met with
    damage that it could not mend. What `report` raises ends the run and is not recorded.
    """
    actor.require(Permission.OPERATE)
    with archive.looking() as view:
        place = place_with_id(place_id, work=view)
        known = view.backups.latest_complete(place_id) is not None
    began_at = archive.now()
    try:
        with held(archive.home, place):
            run = _run(archive, reach(place), report)
            manifest, pruned = _snapshot(place, run, known=known)
    except DmsError as refusal:
        _record_failure(actor, place, began_at, refusal, archive=archive)
        raise
    done = _record(actor, place, began_at, manifest, run, pruned=pruned)
    if run.damage:
        raise PlaceDamaged(place.address, tuple(run.damage))
    return done


def _run(archive: Archive, there: Place, report: Report) -> Run:
    return Run(archive=archive, place=there, vault_storage=LocalStorage(archive.home / VAULT_FOLDER), report=report)


def _snapshot(place: BackupPlace, run: Run, *, known: bool) -> tuple[Manifest, int]:
    part = run.archive.now().date().toordinal() % PARTS
    former = _made_ready(run, known=known)  # B1, B2
    run.damage.extend(former.damaged)
    _bring_objects(run, part)  # B3, B4
    frozen = _freeze(run, _pieces_that_differ(run, part))  # B5
    manifest = _write_manifest(frozen, run)  # B6
    _put_keyring(manifest, run)  # B7
    present = replace(former, readable=(*former.readable, manifest))
    return manifest, prune(present, place.retention, run)  # B8


def _made_ready(run: Run, *, known: bool) -> Snapshots:
    place, keyring = run.place, run.archive.keyring
    mark = archive_mark(keyring)
    if not (place.is_reachable() and place.size(DESCRIPTION) is not None):
        if known:
            # Where backups were, an empty folder is a share that is not mounted; writing would fill the disk below.
            raise PlaceMissing(place.address)
        place.prepare()
        # Where two archives begin at one place in the same moment, one of them finds it taken, and foreign.
        place.put_new(DESCRIPTION, render_description(mark=mark, made_at=run.archive.now()))
        place.settle()
    require_own(place, mark)
    place.sweep()
    former = snapshots_at(place, key=manifest_key(keyring))
    _require_own_past(former, run)
    return former


def _require_own_past(former: Snapshots, run: Run) -> None:
    newest = former.newest
    if newest is None:
        return
    with run.archive.looking() as view:
        ours = view.survey.entry_digest(newest.journal_seq)
    if ours != newest.journal_digest:
        raise PlaceAhead(run.place.address, newest.snapshot_id)


def _bring_objects(run: Run, part: int) -> None:
    """Copy what is missing before the catalogue is frozen, so that it stands still for a short time only."""
    for _ in brought(_rows_now(run.archive), run, part=part):
        pass
    run.place.settle()


def _rows_now(archive: Archive) -> Iterator[SealedRow]:
    after: str | None = ""
    while after is not None:
        with archive.looking() as view:
            rows = view.contents.sealed(after_object_id=after, limit=ROWS_AT_ONCE)
        yield from rows
        after = rows[-1].object_id if rows else None


def _rows_of(view: UnitOfWork) -> Iterator[SealedRow]:
    after = ""
    while rows := view.contents.sealed(after_object_id=after, limit=ROWS_AT_ONCE):
        yield from rows
        after = rows[-1].object_id


def _pieces_that_differ(run: Run, part: int) -> set[str]:
    """The pieces of today's part that are not what their names say; where still needed they are written again."""
    differing = set()
    for entry in run.place.entries(PIECES):
        if is_due(entry.name, part) and digest_at(run.place, sharded(PIECES, entry.name)) != entry.name:
            differing.add(entry.name)
        run.note(Phase.CHECKING)
    return differing


def _freeze(run: Run, distrusted: set[str]) -> _Frozen:
    there = {(entry.name, entry.size_bytes) for entry in run.place.entries(PIECES) if entry.name not in distrusted}
    for _ in range(ATTEMPTS):
        with run.archive.store.frozen() as moment:
            frozen = _taken(moment, run, there)
        lost = still_known(frozen.missing, run.archive)
        if len(lost) == len(frozen.missing):
            break
    trusted = {name for name, _ in there}
    run.mended.extend(sharded(PIECES, name) for name in sorted(distrusted & trusted))
    run.damage.extend(sharded(PIECES, name) for name in sorted(distrusted - trusted))
    run.damage.extend(f"vault/{object_id}" for object_id in lost)
    return frozen


def _taken(moment: FrozenCatalogue, run: Run, there: set[tuple[str, int]]) -> _Frozen:
    found = _Found()
    # B5: every object of this moment is at the place before anything names it.
    objects = put_pieces(packed(found.noting(brought(_rows_of(moment.view), run, part=None))), run, there=there)
    return _Frozen(
        catalogue=put_pieces(moment.pieces(), run, there=there),
        objects=objects,
        objects_total=found.objects_total,
        objects_bytes=found.objects_bytes,
        items_total=moment.view.survey.items_total(),
        journal=moment.view.journal.head(),
        keys=keys_needed(moment.view, run.archive.keyring),
        missing=tuple(found.missing),
    )


def _write_manifest(frozen: _Frozen, run: Run) -> Manifest:
    place, archive, made_at = run.place, run.archive, run.archive.now()
    note_id, sealed_bytes = seal_note(destructions_as_text(archive), archive.keyring)
    blocks = (sealed_bytes[at : at + BLOCK_BYTES] for at in range(0, len(sealed_bytes), BLOCK_BYTES))
    manifest = Manifest(
        snapshot_id=new_snapshot_id(made_at),
        made_at=made_at,
        catalogue=frozen.catalogue,
        objects=frozen.objects,
        objects_total=frozen.objects_total,
        objects_bytes=frozen.objects_bytes,
        items_total=frozen.items_total,
        journal_seq=frozen.journal[0],
        journal_digest=frozen.journal[1],
        keys=frozen.keys,
        destroyed=put_pieces(blocks, run, there=set()),
        destroyed_note=note_id,
        missing=frozen.missing,
    )
    place.settle()
    rendered = render_manifest(manifest, key=manifest_key(archive.keyring))
    put_verified(place, snapshot_name(manifest.snapshot_id), [rendered])
    place.settle()
    return manifest


def _put_keyring(manifest: Manifest, run: Run) -> None:
    keyring = run.archive.keyring
    if not fits(manifest.keys, keyring):
        raise KeysChangedMeanwhile
    document = keyring.document().encode()
    digest = hashlib.sha256(document).hexdigest()
    if digest_at(run.place, KEYRING) != digest:
        run.place.put(KEYRING, [document])
    if digest_at(run.place, KEYRING) != digest:
        raise NotKept(run.place.address, KEYRING)
    run.place.settle()


def _record_failure(
    actor: Actor, place: BackupPlace, began_at: datetime, refusal: DmsError, *, archive: Archive
) -> None:
    run = BackupRun(
        id=None,
        place_id=_number(place),
        snapshot_id="",
        began_at=began_at,
        ended_at=archive.now(),
        state=RunState.FAILED,
        objects_total=0,
        bytes_total=0,
        objects_copied=0,
        bytes_copied=0,
        journal_seq=0,
        journal_digest="",
        problem_code=refusal.code,
    )
    # A catalogue that cannot be written now must not hide why the backup failed.
    with suppress(DmsError), archive.begin() as work:
        work.backups.add_run(run)
        archive.record(work, actor, "backup_failed", str(place.id), problem=refusal.code)


def _record(
    actor: Actor, place: BackupPlace, began_at: datetime, manifest: Manifest, run: Run, *, pruned: int
) -> BackupRun:
    archive = run.archive
    done = BackupRun(
        id=None,
        place_id=_number(place),
        snapshot_id=manifest.snapshot_id,
        began_at=began_at,
        ended_at=archive.now(),
        state=RunState.COMPLETE,
        objects_total=manifest.objects_total,
        bytes_total=manifest.objects_bytes + manifest.catalogue.size_bytes,
        objects_copied=run.objects_copied,
        bytes_copied=run.bytes_copied,
        journal_seq=manifest.journal_seq,
        journal_digest=manifest.journal_digest,
        problem_code=PlaceDamaged.code if run.damage else "",
    )
    with archive.begin() as work:
        recorded = work.backups.add_run(done)
        archive.record(
            work,
            actor,
            "backup_made",
            str(place.id),
            snapshot=manifest.snapshot_id,
            objects=manifest.objects_total,
            objects_copied=run.objects_copied,
            bytes_copied=run.bytes_copied,
            mended=len(run.mended),
            damaged=len(run.damage),
            snapshots_removed=pruned,
        )
    return recorded


def _number(place: BackupPlace) -> int:
    if place.id is None:
        raise ValueError("a place that is not recorded")
    return place.id
