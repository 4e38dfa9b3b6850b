"""The filing note 备考表 and the 互见 rows of a volume: lines are added, never altered.

What always holds:
- N1 A line names who wrote it and when; about a sealed volume it names a second person too.
- N2 A line about a paper that somebody may not see does not show for him.
- N3 A 互见 row takes no number: the paper lies, and is numbered, in one place only.
"""

from collections.abc import Iterator

from dms.archive import Archive, item_for
from dms.domain.actor import Actor, Permission
from dms.domain.item import Item, ItemRelation, RelationKind
from dms.domain.volume import SEALED_STATES, CrossReference, FilingNoteLine, NoteKind, Volume
from dms.filing.looking_up import paper_named
from dms.filing.sealing.errors import SamePersonTwice
from dms.filing.sealing.reaching import reason_given, require_second, volume_for
from dms.store import UnitOfWork


def note_on_volume(
    actor: Actor,
    volume_id: int,
    kind: NoteKind,
    text: str,
    *,
    archive: Archive,
    second: Actor | None = None,
    item_id: str = "",
) -> FilingNoteLine:
    """The line, now part of the filing note; on a sealed volume `second` is asked for (N1).

    Raises `ReasonMissing` (an empty line), `VolumeNotFound`, `ItemNotFound` or `SamePersonTwice`.
    """
    actor.require(Permission.CONFIRM)
    stated = reason_given(text)
    with archive.begin() as work:
        volume = volume_for(actor, volume_id, work=work)
        _require_witness(actor, second, volume, work=work)
        item = item_for(actor, item_id, work=work) if item_id else None
        line = add_note(actor, volume, kind, stated, archive=archive, work=work, second=second, item=item)
        details = {"code": volume.reference_code, "kind": kind.value}
        archive.record(work, actor, "volume_noted", f"volume:{volume_id}", **details)
    return line


def add_note(
    actor: Actor,
    volume: Volume,
    kind: NoteKind,
    text: str,
    *,
    archive: Archive,
    work: UnitOfWork,
    second: Actor | None = None,
    item: Item | None = None,
) -> FilingNoteLine:
    """One more line in the transaction of the act that it tells of."""
    line = FilingNoteLine(
        volume_id=volume.id,
        written_at=archive.now(),
        by=actor.name,
        second_person=second.name if second else "",
        kind=kind,
        text=text,
        item_key=item.key if item else None,
    )
    work.volume_notes.add(line)
    return line


def corrected_edition(volume_id: int, *, work: UnitOfWork) -> int:
    """Which 更正版 the printed lists of a volume are: how often it was corrected; 0 for the first edition."""
    return sum(line.kind is NoteKind.AMENDED for line in work.volume_notes.of_volume(volume_id))


def refer_to(actor: Actor, volume_id: int, item_id: str, text: str, *, archive: Archive) -> CrossReference:
    """A 互见 row in the contents list of a volume for a paper, named by id or code, that lies elsewhere (N3).

    Raises `VolumeNotFound`, `ItemNotFound`, or `ReasonMissing` where `text` does not say why.
    """
    actor.require(Permission.CONFIRM)
    stated = reason_given(text)
    with archive.begin() as work:
        volume = volume_for(actor, volume_id, work=work)
        item = paper_named(actor, item_id, work=work)
        reference = add_reference(actor, volume, item, stated, archive=archive, work=work)
        archive.record(work, actor, "volume_referred", f"volume:{volume_id}", code=volume.reference_code, item=item.id)
    return reference


def add_reference(
    actor: Actor, volume: Volume, item: Item, text: str, *, archive: Archive, work: UnitOfWork
) -> CrossReference:
    """The 互见 row in the transaction of the act that it belongs to; one that stands there already is not doubled."""
    known = [each for each in work.volume_notes.references(volume.id) if each.item_key == item.key]
    if known:
        return known[0]
    reference = CrossReference(volume_id=volume.id, item_key=item.key, text=text, noted_at=archive.now(), by=actor.name)
    work.volume_notes.refer(reference)
    return reference


def note_late_paper(
    actor: Actor,
    item_id: str,
    belongs_in_id: int,
    reason: str,
    *,
    archive: Archive,
    second: Actor | None = None,
    beside_item_id: str = "",
) -> None:
    """Say where a late paper belongs that is filed in the present year: a 互见 row there and a note on both volumes.

    `beside_item_id` is the paper in the older volume to which it belongs; both are related then. Papers are named by
    id or reference code. Raises `ReasonMissing`, `ItemNotFound`, `VolumeNotFound` or, where a volume is sealed,
    `SamePersonTwice` (N1).
    """
    actor.require(Permission.CONFIRM)
    given = reason_given(reason)
    with archive.begin() as work:
        item = paper_named(actor, item_id, work=work)
        older = volume_for(actor, belongs_in_id, work=work)
        add_reference(actor, older, item, given, archive=archive, work=work)
        for volume, text in _told_of_late(actor, item, older, given, work=work):
            _require_witness(actor, second, volume, work=work)
            add_note(actor, volume, NoteKind.ADDED, text, archive=archive, work=work, second=second, item=item)
        if beside_item_id:
            _relate(actor, item, paper_named(actor, beside_item_id, work=work), archive=archive, work=work)
        archive.record(work, actor, "late_paper_noted", item.id, volume=older.id, reason=given)


def _told_of_late(
    actor: Actor, item: Item, older: Volume, given: str, *, work: UnitOfWork
) -> Iterator[tuple[Volume, str]]:
    """What the filing notes of both volumes say."""
    yield older, f"迟到材料归入现年度案卷：{given}"
    if item.volume_id is not None:
        present = volume_for(actor, item.volume_id, work=work)
        yield present, f"迟到材料，本属 {older.reference_code or older.year}：{given}"


def _relate(actor: Actor, item: Item, other: Item, *, archive: Archive, work: UnitOfWork) -> None:
    relation = ItemRelation(
        item_key=item.key, kind=RelationKind.BELONGS_WITH, other_key=other.key, by=actor.name, noted_at=archive.now()
    )
    work.relations.add(relation)


def _require_witness(actor: Actor, second: Actor | None, volume: Volume, *, work: UnitOfWork) -> None:
    if volume.state not in SEALED_STATES:
        return
    if second is None:
        raise SamePersonTwice(actor.name)
    require_second(actor, second, volume.id, work=work)
