"""The restore drill: a snapshot brought back into a throw-away folder, verified, compared with the archive, discarded.

What always holds: the archive in use is only looked at; nothing of the drill is left but its record; a drill that
fails is recorded like one that passes.
"""

import random
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic

from dms.archive import Archive, owner_of
from dms.bootstrap.errors import DrillKeyringOutdated
from dms.bootstrap.restoring import Restored, RestoreOrder, opened_restored, restore_archive, sealed_rows
from dms.domain.actor import Actor, Permission
from dms.domain.backup import BackupPlace, RestoreDrill
from dms.domain.item import RenditionRole
from dms.errors import DmsError
from dms.preservation import Place, Report, archive_mark, held, keyring_document, place_with_id, quiet, reach
from dms.store import SealedRow
from vault import Keyring, VaultError
from vault.errors import KeyringRootChanged

SAMPLE = 50
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    """The restored archive beside the one in use."""

    items_restored: int
    items_now: int
    journal_continues: bool
    """Whether the restored journal is the beginning of the one in use."""
    originals: int
    originals_equal: int

    @property
    def passed(self) -> bool:
        """Whether the journal goes on and every original that was drawn is equal, byte for byte."""
        return self.journal_continues and self.originals == self.originals_equal


def drill_restore(
    actor: Actor, place_id: int, *, archive: Archive, scratch: Path | None = None, report: Report = quiet
) -> RestoreDrill:
    """Try the newest snapshot of a place; the drill as recorded, passed or not.

    `scratch` is a folder with room for a whole archive; None: beside the archive. Raises `PlaceUnknown`, `PlaceBusy`.
    """
    actor.require(Permission.OPERATE)
    with archive.looking() as view:
        place = place_with_id(place_id, work=view)
    began_at, began = archive.now(), monotonic()
    folder = (scratch or archive.home.parent) / f".drill-{archive_mark(archive.keyring)}-{place_id}"
    with held(archive.home, place), _thrown_away(folder) as home:
        try:
            restored, compared = _tried(reach(place), home, archive, report)
        except DmsError as refusal:
            told = refusal.message
            problem = {"problem": refusal.code, "problem_zh": told.zh, "problem_en": told.en}
            return _recorded(actor, place, began_at, "", problem, archive=archive, passed=False)
    facts = _facts(restored, compared, seconds=monotonic() - began)
    return _recorded(actor, place, began_at, restored.snapshot_id, facts, archive=archive, passed=compared.passed)


@contextmanager
def _thrown_away(folder: Path) -> Iterator[Path]:
    # The place is held, so what lies under this name was left by a drill that was killed.
    shutil.rmtree(folder, ignore_errors=True)
    try:
        yield folder / "archive"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _tried(place: Place, home: Path, archive: Archive, report: Report) -> tuple[Restored, _Compared]:
    keyring = _keyring_there(place, archive)
    restored = restore_archive(RestoreOrder(place=place, home=home), keyring, clock=archive.clock, report=report)
    with opened_restored(home, keyring, restored.snapshot_id, archive.clock) as again:
        return restored, _compared(again, archive, restored)


def _keyring_there(place: Place, archive: Archive) -> Keyring:
    """The keyring that lies at the place; the root at hand opens it, so nobody has to type a secret for a drill."""
    try:
        return archive.keyring.renewed(keyring_document(place))
    except KeyringRootChanged as error:
        raise DrillKeyringOutdated(place.address) from error
    except VaultError as error:
        raise DrillKeyringOutdated(place.address) from error


def _compared(again: Archive, archive: Archive, restored: Restored) -> _Compared:
    sample = _sampled_originals(again)
    with archive.looking() as view:
        digest, items_now = view.survey.entry_digest(restored.journal_seq), view.survey.items_total()
        # An item destroyed since the snapshot was made cannot be compared; its destruction was replayed.
        still_here = view.survey.known_objects(row.object_id for row in sample)
    comparable = [row for row in sample if row.object_id in still_here]
    return _Compared(
        items_restored=restored.items,
        items_now=items_now,
        journal_continues=digest == restored.journal_digest,
        originals=len(comparable),
        originals_equal=sum(_are_equal(row, again, archive) for row in comparable),
    )


def _sampled_originals(again: Archive) -> list[SealedRow]:
    """So many originals by chance, each as likely as any other."""
    chance, sample = random.SystemRandom(), list[SealedRow]()
    originals = (row for row in sealed_rows(again) if row.role is RenditionRole.ORIGINAL)
    for seen, row in enumerate(originals):
        if seen < SAMPLE:
            sample.append(row)
        elif (at := chance.randrange(seen + 1)) < SAMPLE:
            sample[at] = row
    return sample


def _are_equal(row: SealedRow, again: Archive, archive: Archive) -> bool:
    try:
        return all(ours == theirs for ours, theirs in zip(_plain(row, archive), _plain(row, again), strict=True))
    except (VaultError, ValueError):
        return False


def _plain(row: SealedRow, archive: Archive) -> Iterator[bytes]:
    with archive.looking() as view:
        wrapped_key = view.items.get(row.item_key).wrapped_key
    key = archive.unwrapped_key(row.item_id, row.item_key, wrapped_key)
    with archive.vault.open(row.object_id, key=key, owner=owner_of(row.item_id, row.role, row.page)) as reader:
        yield from reader


def _facts(restored: Restored, compared: _Compared, *, seconds: float) -> Mapping[str, str]:
    return {
        "made_at": restored.made_at.isoformat(),
        "items_restored": str(compared.items_restored),
        "items_now": str(compared.items_now),
        "objects": str(restored.objects),
        "bytes": str(restored.bytes_total),
        "objects_opened": str(restored.objects_opened),
        "journal_seq": str(restored.journal_seq),
        "journal_continues": "yes" if compared.journal_continues else "no",
        "originals_compared": str(compared.originals),
        "originals_equal": str(compared.originals_equal),
        "destroyed_again": str(restored.destroyed_again),
        "seconds": f"{seconds:.1f}",
        "megabytes_per_second": f"{restored.bytes_total / MEGABYTE / max(seconds, 0.001):.1f}",
    }


def _recorded(
    actor: Actor,
    place: BackupPlace,
    began_at: datetime,
    snapshot_id: str,
    facts: Mapping[str, str],
    *,
    archive: Archive,
    passed: bool,
) -> RestoreDrill:
    drill = RestoreDrill(
        id=None,
        place_id=place.id or 0,
        snapshot_id=snapshot_id,
        began_at=began_at,
        ended_at=archive.now(),
        passed=passed,
        facts=facts,
    )
    with archive.begin() as work:
        recorded = work.backups.add_drill(drill)
        archive.record(
            work,
            actor,
            "restore_drilled",
            str(place.id),
            snapshot=snapshot_id,
            passed="yes" if passed else "no",
            problem=facts.get("problem"),
        )
    return recorded
