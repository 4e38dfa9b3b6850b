"""Arriving: a bag that `export_archive` made comes into an archive, new or in use, sealed under that archive's keys.

What always holds:
- A1 The bag is checked to its last byte and its last record, and compared with the archive, before anything is
  written.
- A2 Frame, customers and contracts come in one transaction, then each paper in one of its own; a run that was cut off
  is simply run again, and whatever is here already is passed over.
- A2b Volumes come into their states, with notes, seals, numbers and relations, in one transaction at the end.
- A3 The old journal stays in the bag; the new one keeps its length, its last digest and the digest of the whole list,
  so that the old one can be proved to be the old one for as long as both exist.
"""

import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.contract_number import folded_number
from dms.exchange.checking import checked_bag
from dms.exchange.comparing import conflicts
from dms.exchange.contents import BagContents, JournalListed, checked_contents
from dms.exchange.entering import Entered, Fate, PaperEntry, Register
from dms.exchange.entering_bound import enter_volumes, settle_bound, state_rules
from dms.exchange.errors import ImportConflicts, NotEnoughRoom
from dms.exchange.exporting import require_full_sight, storable
from dms.store import UnitOfWork, WholeItems


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a bag."""

    imported_count: int
    already_count: int
    """Papers that were here before, under the same number."""
    duplicates: tuple[Entered, ...]
    without_original: tuple[str, ...]
    """Numbers of papers whose original the export had to leave out; they are not here."""
    queued_count: int
    """Papers that are to be read."""
    customers_count: int
    contracts_count: int
    journal: JournalListed
    """Of the archive that the bag was made from."""
    manifest_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportWatch:
    """Whom to tell how far it has come: pieces of work done, and in all."""

    checking: Callable[[int, int], None] = lambda done, total: None
    """Bytes."""
    entering: Callable[[int, int], None] = lambda done, total: None
    """Papers."""


def import_bag(actor: Actor, folder: Path, *, archive: Archive, watch: ImportWatch | None = None) -> Imported:
    """Take the archive in a bag into this archive; safe to run again.

    Raises `ClearanceTooLow`, `ImportConflicts`, `NotEnoughRoom`, or a refusal of the bag: `NotABag`,
    `BagVersionUnknown`, `BagUnsafe`, `BagUnreadable`, `BagIncomplete`, `BagAltered`, `BagOfAnotherKind`,
    `BagRecordUnusable`, `BagNamesTwice`.
    Nothing was written then. Raises `NotSealed` or what the catalogue's disk raises; what is in by then stays.
    """
    actor.require(Permission.OPERATE)
    require_full_sight(actor)
    told = watch or ImportWatch()
    contents = checked_contents(checked_bag(folder.absolute(), report=told.checking))
    _check_room(contents, archive=archive)
    with archive.looking() as view:
        _refuse_conflicts(contents, work=view)
    register = _enter_frame(actor, contents, archive=archive)
    entry = PaperEntry(actor, contents, register, archive=archive)
    entered = []
    for done, paper in enumerate(contents.papers, start=1):
        entered.append(entry.enter(paper.id))
        told.entering(done, len(contents.papers))
    return _concluded(actor, contents, entered, register, archive=archive)


def _check_room(contents: BagContents, *, archive: Archive) -> None:
    free_bytes = shutil.disk_usage(archive.home).free
    if contents.bag.payload_bytes > free_bytes:
        raise NotEnoughRoom(contents.bag.payload_bytes, free_bytes)


def _refuse_conflicts(contents: BagContents, *, work: UnitOfWork) -> None:
    found = conflicts(contents, view=work)
    if found:
        raise ImportConflicts(found)


def _enter_frame(actor: Actor, contents: BagContents, *, archive: Archive) -> Register:
    with archive.begin() as work:
        _refuse_conflicts(contents, work=work)  # A1: asked again under the write lock
        archive.record(
            work,
            actor,
            "archive_import_begun",
            contents.fonds.code,
            folder=storable(contents.bag.root),
            items=len(contents.papers),
            manifest_sha256=contents.bag.manifest_digest,
        )
        _state_frame(contents, archive=archive, work=work)
        customers = _customers(actor, contents, archive=archive, work=work)
        return Register(
            customers=customers,
            contracts=_contracts(contents, customers, work=work),
            volumes=enter_volumes(contents.bound, customers, work=work),
        )


def _state_frame(contents: BagContents, *, archive: Archive, work: UnitOfWork) -> None:
    is_new = not WholeItems(work.connection).any()
    series = {known.code for known in work.scheme.all_series()}
    types = {known.code for known in work.scheme.all_types()}
    for stated in contents.series:
        if is_new or stated.code not in series:
            work.scheme.state_series(stated)
    for kind in contents.types:
        if is_new or kind.code not in types:
            work.scheme.state_type(kind)
    if is_new:
        state_rules(contents, archive=archive, work=work)
    fonds = contents.fonds
    if is_new and (work.scheme.own_names() or ("",))[0] in {"", fonds.name}:
        work.scheme.state_fonds(code=fonds.code, name=fonds.name, former_names=fonds.former_names)
    if is_new and contents.synonyms is not None and work.synonyms.stated() is None:
        work.synonyms.state(contents.synonyms)


def _customers(actor: Actor, contents: BagContents, *, archive: Archive, work: UnitOfWork) -> dict[str, int]:
    numbers = {}
    for record in contents.customers:
        known = work.customers.with_code(record.facts.code)
        if known is None:
            known = work.customers.add(record.facts, at=record.created_at)
            archive.record(work, actor, "customer_registered", known.code, name=known.name)
        numbers[record.facts.code] = known.id
    for record in contents.customers:
        if record.merged_into is not None and work.customers.get(numbers[record.facts.code]).merged_into_id is None:
            work.customers.merge(numbers[record.facts.code], into_id=numbers[record.merged_into])
    return numbers


def _contracts(contents: BagContents, customers: dict[str, int], *, work: UnitOfWork) -> dict[tuple[str, str], int]:
    numbers = {}
    for record in contents.contracts:
        facts = replace(record.facts, customer_id=customers[record.customer_code])
        folded = folded_number(facts.number)
        known = work.contracts.with_number(folded, customer_id=facts.customer_id)
        contract = known[0] if known else work.contracts.add(facts, number_folded=folded)
        numbers[record.customer_code, facts.number] = contract.id
    return numbers


def _concluded(
    actor: Actor, contents: BagContents, entered: list[Entered], register: Register, *, archive: Archive
) -> Imported:
    fates = Counter(each.fate for each in entered)
    imported = Imported(
        imported_count=fates[Fate.IMPORTED],
        already_count=fates[Fate.ALREADY_HERE],
        duplicates=tuple(_of_fate(Fate.DUPLICATE, entered)),
        without_original=tuple(each.item_id for each in _of_fate(Fate.WITHOUT_ORIGINAL, entered)),
        queued_count=sum(each.queued for each in entered),
        customers_count=len(contents.customers),
        contracts_count=len(contents.contracts),
        journal=contents.journal,
        manifest_digest=contents.bag.manifest_digest,
    )
    with archive.begin() as work:
        settle_bound(contents, register.volumes, archive=archive, work=work)
        archive.record(work, actor, "archive_imported", contents.fonds.code, **_told(imported))
    return imported


def _of_fate(fate: Fate, entered: Iterable[Entered]) -> list[Entered]:
    return [each for each in entered if each.fate is fate]


def _told(imported: Imported) -> dict[str, str | int | None]:
    return {
        "items": imported.imported_count,
        "already": imported.already_count,
        "duplicates": len(imported.duplicates),
        "left_out": len(imported.without_original),
        "manifest_sha256": imported.manifest_digest,
        "journal_entries": imported.journal.entries_count,  # A3
        "journal_head": imported.journal.head,
        "journal_sha256": imported.journal.digest,
        "journal_intact": "yes" if imported.journal.is_intact else "no",
    }
