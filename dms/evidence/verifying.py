"""`verify`: whether vault, catalogue, index and journal agree, and nothing in them was altered or lost.

What always holds:
- E1 Nothing is changed but what says that this was looked at: the inspection, its journal entry, the noted head.
- E2 What changes while it is looked at is never taken for damage (see `dms.evidence.walk`).
- E3 One damage does not hide another: a check that cannot go on is itself a finding, and the others follow.
- E4 The report's digest is in the journal, so that a report altered later is told from the one that was made.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.clock import Clock
from dms.domain.inspection import Finding, Inspection
from dms.domain.journal import JournalEntry
from dms.errors import DmsError
from dms.evidence.checks import (
    check_catalogue,
    check_items,
    check_journal,
    check_keyring,
    check_numbers,
    check_objects,
    check_printed,
    check_search_index,
    check_surroundings,
    check_vault_folder,
    check_volumes,
)
from dms.evidence.circumstances import circumstances, machine_facts, recorded_heads
from dms.evidence.findings import FindingCode
from dms.evidence.noted_head import note_head, noted_head
from dms.evidence.report import content_digest
from dms.evidence.request import InspectionRequest
from dms.evidence.walk import STAGE_NAMES, InspectionProgress, JournalHead, Stage, Walk
from dms.store import CatalogueUnreadable

_CHECKS: dict[Stage, Callable[[Walk], None]] = {
    Stage.KEYRING: check_keyring,
    Stage.CATALOGUE: check_catalogue,
    Stage.JOURNAL: check_journal,  # before the items: it gathers what it tells of their arrival
    Stage.ITEMS: check_items,
    Stage.NUMBERS: check_numbers,
    Stage.VOLUMES: check_volumes,
    Stage.INDEX: check_search_index,
    Stage.OBJECTS: check_objects,
    Stage.PRINTS: check_printed,
    Stage.VAULT: check_vault_folder,
    Stage.SURROUNDINGS: check_surroundings,
}

_CATALOGUE_CODES = frozenset({FindingCode.CATALOGUE_DAMAGED.value, FindingCode.CATALOGUE_UNREADABLE.value})


def verify(
    actor: Actor,
    wanted: InspectionRequest,
    *,
    archive: Archive,
    report: Callable[[InspectionProgress], None] = lambda progress: None,
    witnesses: Sequence[JournalHead] = (),
) -> Inspection:
    """The inspection, recorded; its `id` is None only where the catalogue is too damaged to take it.

    `report` is called after every batch; what it raises ends the inspection, and nothing is recorded. `witnesses` are
    heads of the journal that somebody else has noted. Raises `SampleUnusable`, `ActionForbidden`, `ArchiveSealed`.
    """
    require_inspector(actor)
    began_at = archive.now()
    walk = _begun(wanted.checked(), archive, report)
    _guarded(Stage.CATALOGUE, lambda: _gather_witnesses(walk, witnesses), walk)
    for stage, check in _CHECKS.items():
        _guarded(stage, partial(check, walk), walk)
    return _recorded(actor, _concluded(actor, walk, began_at), archive)


def require_inspector(actor: Actor) -> None:
    """Raise `ActionForbidden` unless the actor runs the machine or reads the journal."""
    if not actor.may(Permission.OPERATE):
        actor.require(Permission.READ_JOURNAL)


def unopened_inspection(actor: Actor, wanted: InspectionRequest, reason: Finding, *, clock: Clock) -> Inspection:
    """The inspection of an archive that does not even open, for this reason; nothing can record it."""
    require_inspector(actor)
    now = clock.now()
    made = Inspection(
        id=None,
        scope=wanted.scope,
        part=wanted.part,
        parts=wanted.parts,
        began_at=now,
        ended_at=now,
        actor=actor.name,
        counts={},
        facts=machine_facts(),
        findings=(reason,),
        report_digest="",
    )
    return replace(made, report_digest=content_digest(made))


def _begun(request: InspectionRequest, archive: Archive, report: Callable[[InspectionProgress], None]) -> Walk:
    walk = Walk(archive=archive, scope=request.scope, part=request.part, parts=request.parts, report=report)
    if request.parts is not None and request.part is None:
        walk.part = _part_longest_unseen(archive, request.parts)
    return walk


def _part_longest_unseen(archive: Archive, parts: int) -> int:
    """The part that was never looked at, or else longest ago: all are done in turn, even when a night is missed."""
    try:
        with archive.looking() as view:
            latest = view.inspections.latest_parts(parts)
    except CatalogueUnreadable:
        latest = {}
    return min(range(1, parts + 1), key=lambda part: (latest.get(part, 0), part))


def _gather_witnesses(walk: Walk, witnesses: Sequence[JournalHead]) -> None:
    walk.facts |= circumstances(walk.archive)
    noted = noted_head(walk.archive)
    walk.heads = (*recorded_heads(walk.archive), *((noted,) if noted else ()), *witnesses)


def _guarded(stage: Stage, step: Callable[[], None], walk: Walk) -> None:
    """E3: what keeps a check from going on is told, and the next one begins."""
    try:
        step()
    except OSError as error:
        missing = str(error.filename or stage.value).removeprefix(f"{walk.archive.home}/")
        walk.found(FindingCode.ARCHIVE_INCOMPLETE, stage.value, missing=missing)
    except Exception as error:
        # Rows that hold what was never written there fail in as many ways as there are columns.
        refused = isinstance(error, DmsError) and not isinstance(error, CatalogueUnreadable)
        if walk.interrupted or refused:
            raise
        reason = type(error).__name__
        walk.found(FindingCode.CATALOGUE_UNREADABLE, stage.value, stage=STAGE_NAMES[stage], reason=reason)


def _concluded(actor: Actor, walk: Walk, began_at: datetime) -> Inspection:
    made = Inspection(
        id=None,
        scope=walk.scope,
        part=walk.part,
        parts=walk.parts,
        began_at=began_at,
        ended_at=walk.archive.now(),
        actor=actor.name,
        counts=dict(sorted(walk.counts.items())),
        facts=dict(sorted(walk.facts.items())),
        findings=walk.findings(),
        report_digest="",
    )
    return replace(made, report_digest=content_digest(made))


def _recorded(actor: Actor, made: Inspection, archive: Archive) -> Inspection:
    try:
        recorded, entry = _entered(actor, made, archive)
    except Exception:
        # A catalogue in which pages are damaged may refuse every further write; what was found is told all the same.
        if _CATALOGUE_CODES.isdisjoint(finding.code for finding in made.findings):
            raise
        return made
    if all(finding.code != FindingCode.JOURNAL_CUT_OFF for finding in made.findings):
        # A witness that was contradicted stays: overwritten, it would call the older catalogue sound the next time.
        note_head(archive, entry)
    return recorded


def _entered(actor: Actor, made: Inspection, archive: Archive) -> tuple[Inspection, JournalEntry]:
    with archive.begin() as work:
        recorded = work.inspections.add(made)
        archive.record(
            work,
            actor,
            "archive_verified",
            f"inspection-{recorded.id}",
            scope=made.scope.value,
            part=f"{made.part}/{made.parts}" if made.parts else None,
            verdict="sound" if made.is_sound else "damaged",
            findings=len(made.findings),
            report_digest=made.report_digest,
        )
        (entry,) = work.journal.entries(newest_first=1)
    return recorded, entry
