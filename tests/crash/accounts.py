"""Holding an archive to account after a fault: nothing lost, nothing dangling, nothing left for a person to repair."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from simulators.archives import PASSPHRASE, ObedientClock

from crash.children import described
from crash.diary import Diary, Entry, Word, perform, promises
from crash.steps import Step, Workload
from dms.archive import Archive
from dms.bootstrap import open_archive
from dms.domain.item import Item, Rendition, RenditionRole
from dms.domain.journal import first_broken
from dms.search import check_index

PER_PAGE = (RenditionRole.PAGE_IMAGE, RenditionRole.THUMBNAIL, RenditionRole.LAYOUT)


class Wrong(StrEnum):
    """What a fault must never lead to."""

    LOST = "lost"
    """Something acknowledged does not stand any more."""
    DANGLING = "dangling"
    """The parts of the archive do not agree, a row without its bytes above all."""
    REPAIR = "manual repairs"
    """The archive does not open, or does not go on with its work, without the help of a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """One thing that is wrong."""

    wrong: Wrong
    sentence: str


def hold_to_account(workload: Workload, given: Diary, diary: Diary, home: Path, *, strict: bool) -> Iterator[Complaint]:
    """What is wrong with the archive after a fault; opening it is all the help it gets."""
    try:
        with _open(home) as archive:
            yield from _complaints(workload, given, diary, archive, strict=strict)
    except Exception as error:  # noqa: BLE001 -- whatever keeps an archive from opening is a finding
        yield Complaint(wrong=Wrong.REPAIR, sentence=f"it does not open: {described(error)}")


def do_again(workload: Workload, given: Diary, home: Path) -> Iterator[Complaint]:
    """What is wrong when the same work is done again to its end."""
    diary: list[Entry] = []
    try:
        perform(workload.steps, home, diary.append)
    except Exception as error:  # noqa: BLE001 -- a fault of the program is a finding
        yield Complaint(wrong=Wrong.REPAIR, sentence=f"the work breaks off: {described(error)}")
    for refusal in (entry for entry in diary if entry.word is Word.REFUSED):
        name = workload.steps[refusal.number].name if refusal.number >= 0 else "opening"
        yield Complaint(wrong=Wrong.REPAIR, sentence=f"“{name}” is refused again: {refusal.detail}")
    yield from hold_to_account(workload, given, diary, home, strict=True)


@contextmanager
def _open(home: Path) -> Iterator[Archive]:
    archive = open_archive(home, PASSPHRASE, clock=ObedientClock())
    try:
        yield archive
    finally:
        archive.close()


def _complaints(
    workload: Workload, given: Diary, diary: Diary, archive: Archive, *, strict: bool
) -> Iterator[Complaint]:
    for sentence in disagreements(archive):
        yield Complaint(wrong=Wrong.DANGLING, sentence=sentence)
    for choices in promises(workload, given, diary, strict=strict):
        broken = [_broken(step, detail, archive) for step, detail in choices]
        if all(broken):
            yield Complaint(wrong=Wrong.LOST, sentence="; ".join(broken))
    try:
        workload.bounds(archive)
    except AssertionError as error:
        yield Complaint(wrong=Wrong.DANGLING, sentence=str(error))


def _broken(step: Step, detail: str, archive: Archive) -> str:
    """Why the promise does not stand; empty where it does."""
    try:
        step.stands(archive, detail)
    except Exception as error:  # noqa: BLE001 -- an archive that cannot answer does not keep its promise
        return f"{step.name}: {described(error)}"
    return ""


def disagreements(archive: Archive) -> Iterator[str]:
    """Where catalogue, vault, index and journal do not agree."""
    yield from archive.store.damage()
    with archive.looking() as view:
        broken = first_broken(view.journal.entries())
    if broken is not None:
        yield f"journal entry {broken} does not follow"
    if not check_index(archive).agrees:
        yield "the index does not agree with the catalogue"
    yield from _rows_without_bytes(archive)


def _rows_without_bytes(archive: Archive) -> Iterator[str]:
    with archive.looking() as view:
        rows = view.contents.sealed(limit=10_000)
        items = {row.item_key: view.items.get(row.item_key) for row in rows}
        renditions = [(row.item_key, view.contents.rendition(row.item_key, row.role, row.page)) for row in rows]
        pages = {(key, number) for key in items for number in view.contents.page_numbers(key)}
    for key, rendition in renditions:
        if rendition and (reason := _not_given(archive, items[key], rendition)):
            yield f"{rendition.role.value} of {items[key].id} {reason}"
    sealed = {(row.item_key, row.page, row.role) for row in rows}
    lacking = {(key, number, role) for key, number in pages for role in PER_PAGE} - sealed
    if lacking or any((key, None, RenditionRole.ORIGINAL) not in sealed for key in items):
        yield "a paper or a page in the catalogue has no bytes"


def _not_given(archive: Archive, item: Item, rendition: Rendition) -> str:
    """Why the vault does not give exactly what was sealed; empty where it does."""
    try:
        content = archive.unseal(item, rendition)
    except Exception as error:  # noqa: BLE001 -- every reason is a row without bytes
        return f"does not open: {described(error)}"
    return "" if hashlib.sha256(content).hexdigest() == rendition.digest else "is not what was sealed"
