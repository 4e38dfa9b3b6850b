"""Comparing a place with what its snapshots name, and removing what none of them names any more (B8).

Invariant: before anything is removed it is known exactly what every remaining snapshot refers to; where a manifest or
a list cannot be read, nothing goes.
"""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dms.domain.backup import BackupRetention
from dms.preservation.keys_needed import fits
from dms.preservation.manifest import Manifest
from dms.preservation.object_list import ListedObject
from dms.preservation.place import OBJECTS, PIECES, Entry, sharded, snapshot_name
from dms.preservation.retention import Dated, kept
from dms.preservation.run import Phase, Run
from dms.preservation.snapshots import PieceDamaged, Snapshots, objects_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A place beside what its remaining snapshots name."""

    damage: tuple[str, ...]
    """Named by a snapshot, and missing there or of another size."""
    surplus: tuple[str, ...]
    """There, and named by none."""


def prune(snapshots: Snapshots, retention: BackupRetention, run: Run) -> int:
    """Remove what retention or retired keys give up, and what nothing names then; how many snapshots went.

    What is missing is added to the damage of the run.
    """
    run.note(Phase.PRUNING)
    keeping = _kept(snapshots, retention, run)
    try:
        compared = compare(keeping, run)
    except PieceDamaged as error:
        run.damage.append(str(error))
        return 0
    run.damage.extend(name for name in compared.damage if name not in run.damage)
    if snapshots.damaged:
        return 0
    given_up = [manifest for manifest in snapshots.readable if manifest not in keeping]
    # The manifests first: one that named what is gone would look like damage.
    for manifest in given_up:
        run.place.remove(snapshot_name(manifest.snapshot_id))
    run.place.settle()
    for name in compared.surplus:
        run.place.remove(name)
    run.place.settle()
    return len(given_up)


def compare(keeping: Iterable[Manifest], run: Run) -> Comparison:
    """What is missing and what is too much; `PieceDamaged` where a list cannot be read."""
    manifests = list(keeping)
    damage: list[str] = []
    surplus: list[str] = []
    named = heapq.merge(*(objects_of(run.place, manifest) for manifest in manifests), key=lambda o: o.object_id)
    for object_id, wanted, there in _side_by_side(named, run.place.entries(OBJECTS)):
        _judge(sharded(OBJECTS, object_id), wanted, there, damage, surplus)
    pieces = {name for manifest in manifests for name in _pieces_named(manifest)}
    present = {entry.name for entry in run.place.entries(PIECES)}
    damage += [sharded(PIECES, name) for name in sorted(pieces - present)]
    surplus += [sharded(PIECES, name) for name in sorted(present - pieces)]
    return Comparison(damage=tuple(damage), surplus=tuple(surplus))


def _kept(snapshots: Snapshots, retention: BackupRetention, run: Run) -> list[Manifest]:
    keyring = run.archive.keyring
    # What the keyring at the place opens no more is dead weight, and with an old keyring from elsewhere a danger.
    alive = [manifest for manifest in snapshots.readable if fits(manifest.keys, keyring)]
    dated = [Dated(snapshot_id=manifest.snapshot_id, made_at=manifest.made_at) for manifest in alive]
    wanted = kept(dated, retention, now=run.archive.now())
    newest = snapshots.newest
    return [manifest for manifest in alive if manifest.snapshot_id in wanted or manifest is newest]


def _pieces_named(manifest: Manifest) -> Iterator[str]:
    for pieces in (manifest.catalogue, manifest.objects, manifest.destroyed):
        yield from pieces.names


def _side_by_side(
    named: Iterator[ListedObject], entries: Iterator[Entry]
) -> Iterator[tuple[str, int | None, int | None]]:
    """Object id, size as named, size as found; both come in ascending order, the named ones perhaps repeatedly."""
    wanted, there = next(named, None), next(entries, None)
    while wanted is not None or there is not None:
        if there is None or (wanted is not None and wanted.object_id < there.name):
            assert wanted is not None
            yield wanted.object_id, wanted.size_bytes, None
            wanted = _after(wanted, named)
        elif wanted is None or there.name < wanted.object_id:
            yield there.name, None, there.size_bytes
            there = next(entries, None)
        else:
            yield there.name, wanted.size_bytes, there.size_bytes
            wanted, there = _after(wanted, named), next(entries, None)


def _after(listed: ListedObject, named: Iterator[ListedObject]) -> ListedObject | None:
    return next((later for later in named if later.object_id != listed.object_id), None)


def _judge(name: str, wanted: int | None, there: int | None, damage: list[str], surplus: list[str]) -> None:
    if wanted is None:
        surplus.append(name)
    elif there != wanted:
        damage.append(name)
