"""A second person checks a catalogued volume: paper, catalogue and images, one against the other.

What always holds:
- C1 The person who checks is not the one who made the volume up.
- C2 Who signs has compared all three, and may see every paper of the volume.
- C3 What does not agree goes back to be put in order, with the reason; numbers that were given stay given.
"""

from dataclasses import dataclass

from dms.archive import Archive
from dms.domain.actor import SYSTEM, Actor, Permission
from dms.domain.one_line import one_line
from dms.domain.volume import FilingNoteLine, NoteKind, Volume, VolumeState
from dms.errors import Bilingual
from dms.filing.sealing.errors import CheckIncomplete, PapersNotInOrder, SamePersonTwice, VolumeEmpty
from dms.filing.sealing.reaching import (
    MAX_REASON_CHARACTERS,
    is_same_person,
    reason_given,
    require_whole,
    volume_in,
)
from dms.store import UnitOfWork

_BEFORE_SEALING = frozenset({VolumeState.CATALOGUED, VolumeState.CHECKING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What the person who checks has compared, and what he wants to be noted."""

    paper: bool
    """The papers lie there, in order, each with its number and page numbers."""
    catalogue: bool
    """The contents list says what the papers say."""
    images: bool
    """The images are complete and legible."""
    remark: str = ""


def hand_to_check(actor: Actor, volume_id: int, *, archive: Archive) -> Volume:
    """The catalogued volume, now waiting for the second person; the actor signs as its compiler if nobody has.

    Raises `VolumeNotFound`, `VolumeStateUnfit`, `VolumePartlyHidden`, `VolumeEmpty` or `PapersNotInOrder`.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    with archive.begin() as work:
        volume = volume_in({VolumeState.CATALOGUED}, actor, volume_id, work=work)
        require_whole(actor, volume_id, work=work)
        _check_in_order(volume_id, work=work)
        if not volume.compiled_by:
            work.volumes.compiled(volume_id, by=actor.name, at=archive.now())
        work.volumes.change_state(volume_id, VolumeState.CHECKING)
        archive.record(work, actor, "volume_handed_to_check", f"volume:{volume_id}", code=volume.reference_code)
        return work.volumes.get(volume_id, actor=actor)


def check_volume(actor: Actor, volume_id: int, comparison: Comparison, *, archive: Archive) -> Volume:
    """The volume, checked and signed by the actor as 检查人; it can be sealed now.

    A catalogued volume need not be handed over before. Raises `VolumeNotFound`, `VolumeStateUnfit`,
    `SamePersonTwice`, `VolumePartlyHidden`, `CheckIncomplete`, `VolumeEmpty` or `PapersNotInOrder`.
    """
    actor.require(Permission.CONFIRM)
    _require_compared(comparison)
    with archive.begin() as work:
        volume = volume_in(_BEFORE_SEALING, actor, volume_id, work=work)
        if is_same_person(actor.name, volume.compiled_by):
            raise SamePersonTwice(actor.name)  # C1
        require_whole(actor, volume_id, work=work)  # C2
        _check_in_order(volume_id, work=work)
        if volume.state is VolumeState.CATALOGUED:
            work.volumes.change_state(volume_id, VolumeState.CHECKING)
        work.volumes.checked(volume_id, by=actor.name, at=archive.now())
        _note(actor, volume, NoteKind.COMPARED, _compared_text(comparison), archive=archive, work=work)
        archive.record(work, actor, "volume_checked", f"volume:{volume_id}", code=volume.reference_code)
        return work.volumes.get(volume_id, actor=actor)


def send_back(actor: Actor, volume_id: int, reason: str, *, archive: Archive) -> Volume:
    """The volume, back to be put in order (C3).

    Raises `ReasonMissing`, `VolumeNotFound` or `VolumeStateUnfit`.
    """
    actor.require(Permission.CONFIRM)
    given = reason_given(reason)
    with archive.begin() as work:
        volume = volume_in(_BEFORE_SEALING, actor, volume_id, work=work)
        work.volumes.unchecked(volume_id)
        work.volumes.change_state(volume_id, VolumeState.CLEANING)
        _note(actor, volume, NoteKind.CORRECTED, f"检查退回：{given}", archive=archive, work=work)
        subject = f"volume:{volume_id}"
        archive.record(work, actor, "volume_sent_back", subject, code=volume.reference_code, reason=given)
        return work.volumes.get(volume_id, actor=actor)


def _require_compared(comparison: Comparison) -> None:
    wanted = (
        (comparison.paper, Bilingual("纸质", "the paper")),
        (comparison.catalogue, Bilingual("目录", "the contents list")),
        (comparison.images, Bilingual("图像", "the images")),
    )
    missing = [name for is_compared, name in wanted if not is_compared]
    if missing:
        raise CheckIncomplete(missing)


def _check_in_order(volume_id: int, *, work: UnitOfWork) -> None:
    papers = work.volumes.items_of(volume_id)
    if not papers:
        raise VolumeEmpty
    loose = [p for p in papers if p.position is None or (p.reference_code is None and not p.is_annex)]
    if loose:
        raise PapersNotInOrder(len(loose))


def _compared_text(comparison: Comparison) -> str:
    remark = one_line(comparison.remark)[:MAX_REASON_CHARACTERS]
    return "纸质、目录、图像比对一致" + (f"；{remark}" if remark else "")


def _note(actor: Actor, volume: Volume, kind: NoteKind, text: str, *, archive: Archive, work: UnitOfWork) -> None:
    compiled_by = work.volumes.get(volume.id, actor=SYSTEM).compiled_by
    second = compiled_by if kind is NoteKind.COMPARED else ""
    line = FilingNoteLine(
        volume_id=volume.id, written_at=archive.now(), by=actor.name, second_person=second, kind=kind, text=text
    )
    work.volume_notes.add(line)
