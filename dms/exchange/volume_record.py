"""Volumes with their notes and seals, numbers, and relations of papers in a bag, as JSON and back.

What always holds: within one bag a volume bears a number of its own, by which papers, numbers and other volumes name
it; outside of the bag that number means nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dms.domain.day import FIRST_YEAR, LAST_YEAR
from dms.domain.item import RelationKind
from dms.domain.numbering import SpentNumber
from dms.domain.reference_code import CodeKind
from dms.domain.volume import (
    CrossReference,
    FilingNoteLine,
    NoteKind,
    Volume,
    VolumeScope,
    VolumeSeal,
    VolumeSource,
    VolumeState,
)
from dms.exchange.untrusted import RecordUnusable, Untrusted

_TEXTS = ("title", "compiled_by", "checked_by", "name_of_customer")
_MOMENTS = ("compiled_at", "checked_at", "sealed_at")
_DAYS = ("first_on", "last_on")
_COUNTS = ("item_count", "page_count", "sheet_count", "seal_version")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRecord:
    """A line of a filing note; its `volume_id` is 0 and its `item_key` None, the paper is named by its id."""

    line: FilingNoteLine
    item_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceRecord:
    """A line for a paper that lies elsewhere; its `volume_id` and `item_key` are 0."""

    line: CrossReference
    item_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeRecord:
    """A volume; in `facts` the ids of customer, location and continued volume are None."""

    number_in_bag: int
    customer_code: str
    """Empty for a collective volume."""
    continues: int | None
    """The number in the bag of the volume that it continues."""
    facts: Volume
    notes: tuple[NoteRecord, ...]
    seals: tuple[VolumeSeal, ...]
    references: tuple[ReferenceRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationRecord:
    """How one paper stands to another, both named by their ids."""

    item_id: str
    kind: RelationKind
    other_id: str
    by: str
    noted_at: datetime


def volume_json(volume: Volume, customer_code: str) -> dict[str, Any]:
    """A volume without notes and seals as JSON."""
    moments = {name: getattr(volume, name) for name in (*_MOMENTS, *_DAYS)}
    return {
        "number_in_bag": volume.id,
        "customer": customer_code,
        "series": volume.series_code,
        "year": volume.year,
        "state": volume.state.value,
        "source": volume.source.value,
        "scope": volume.scope.value,
        "number": volume.number,
        "reference_code": volume.reference_code,
        "retention": volume.retention_code,
        "spine_mm": volume.spine_mm,
        "continues": volume.continuation_of,
        **{name: getattr(volume, name) for name in (*_TEXTS, *_COUNTS)},
        **{name: value.isoformat() if value else None for name, value in moments.items()},
    }


def note_json(line: FilingNoteLine, item_id: str | None) -> dict[str, Any]:
    """A line of a filing note as JSON."""
    return {
        "written_at": line.written_at.isoformat(),
        "by": line.by,
        "second_person": line.second_person,
        "kind": line.kind.value,
        "text": line.text,
        "item": item_id,
    }


def seal_json(seal: VolumeSeal) -> dict[str, Any]:
    """A seal as JSON."""
    return {
        "version": seal.version,
        "root": seal.root,
        "algorithm": seal.algorithm,
        "signature": seal.signature.hex(),
        "public_key": seal.public_key.hex(),
        "sealed_at": seal.sealed_at.isoformat(),
        "sealed_by": seal.sealed_by,
        "facts": seal.facts,
    }


def reference_json(line: CrossReference, item_id: str) -> dict[str, Any]:
    """A line for a paper that lies elsewhere as JSON."""
    return {"item": item_id, "text": line.text, "noted_at": line.noted_at.isoformat(), "by": line.by}


def volume_from(stated: Untrusted) -> VolumeRecord:
    """A volume with its notes and seals; raises `RecordUnusable`."""
    facts = Volume(
        id=0,
        customer_id=None,
        series_code=stated.text("series"),
        year=stated.whole("year", least=FIRST_YEAR, most=LAST_YEAR),
        state=stated.one_of("state", VolumeState),
        source=stated.one_of("source", VolumeSource),
        scope=stated.one_of("scope", VolumeScope),
        number=stated.maybe(stated.whole, "number"),
        reference_code=stated.maybe(stated.text, "reference_code"),
        retention_code=stated.maybe(stated.text, "retention"),
        spine_mm=stated.maybe(stated.whole, "spine_mm"),
        **_plain_from(stated),
    )
    record = VolumeRecord(
        number_in_bag=stated.whole("number_in_bag"),
        customer_code=stated.text("customer"),
        continues=stated.maybe(stated.whole, "continues"),
        facts=facts,
        notes=tuple(map(_note_from, stated.parts("notes"))),
        seals=tuple(map(_seal_from, stated.parts("seals"))),
        references=tuple(map(_reference_from, stated.parts("references"))),
    )
    if [seal.version for seal in record.seals] != list(range(1, len(record.seals) + 1)):
        raise RecordUnusable("seals")
    return record


def _plain_from(stated: Untrusted) -> dict[str, Any]:
    """What is kept under the name that `Volume` has for it."""
    return {
        **{name: stated.text(name) for name in _TEXTS},
        **{name: stated.whole(name) for name in _COUNTS},
        **{name: stated.maybe(stated.moment, name) for name in _MOMENTS},
        **{name: stated.maybe(stated.day, name) for name in _DAYS},
    }


def number_json(number: SpentNumber) -> dict[str, Any]:
    """A number that was given as JSON; a volume is named by its number in the bag."""
    return {
        "code": number.code,
        "kind": number.kind.value,
        "scope": number.scope,
        "number": number.number,
        "subject": number.subject,
        "spent_at": number.spent_at.isoformat(),
        "voided_at": number.voided_at.isoformat() if number.voided_at else None,
        "void_reason": number.void_reason,
    }


def number_from(stated: Untrusted) -> SpentNumber:
    """A number that was given; raises `RecordUnusable`."""
    return SpentNumber(
        code=stated.text("code"),
        kind=stated.one_of("kind", CodeKind),
        scope=stated.text("scope"),
        number=stated.maybe(stated.whole, "number"),
        subject=stated.text("subject"),
        spent_at=stated.moment("spent_at"),
        voided_at=stated.maybe(stated.moment, "voided_at"),
        void_reason=stated.text("void_reason"),
    )


def relation_json(relation: RelationRecord) -> dict[str, Any]:
    """A relation as JSON."""
    return {
        "item": relation.item_id,
        "kind": relation.kind.value,
        "other": relation.other_id,
        "by": relation.by,
        "noted_at": relation.noted_at.isoformat(),
    }


def relation_from(stated: Untrusted) -> RelationRecord:
    """A relation; raises `RecordUnusable`."""
    record = RelationRecord(
        item_id=stated.text("item"),
        kind=stated.one_of("kind", RelationKind),
        other_id=stated.text("other"),
        by=stated.text("by"),
        noted_at=stated.moment("noted_at"),
    )
    if record.item_id == record.other_id:
        raise RecordUnusable("other")
    return record


def subject_here(number: SpentNumber, volumes: Mapping[int, int]) -> str:
    """What bears a number in the archive that it came into; `volumes` are their ids there by number in the bag.

    Empty for hand-overs and boxes, which do not come along.
    """
    mark, _, told = number.subject.rpartition(":")
    if not mark:
        return number.subject
    known = volumes.get(int(told)) if mark == "volume" and told.isdecimal() else None
    return f"volume:{known}" if known else ""


def _note_from(stated: Untrusted) -> NoteRecord:
    line = FilingNoteLine(
        volume_id=0,
        written_at=stated.moment("written_at"),
        by=stated.text("by"),
        second_person=stated.text("second_person"),
        kind=stated.one_of("kind", NoteKind),
        text=stated.text("text"),
    )
    return NoteRecord(line=line, item_id=stated.maybe(stated.text, "item"))


def _seal_from(stated: Untrusted) -> VolumeSeal:
    return VolumeSeal(
        volume_id=0,
        version=stated.whole("version", least=1),
        root=stated.text("root"),
        algorithm=stated.text("algorithm"),
        signature=_bytes(stated, "signature"),
        public_key=_bytes(stated, "public_key"),
        sealed_at=stated.moment("sealed_at"),
        sealed_by=stated.text("sealed_by"),
        facts=stated.text("facts"),
    )


def _reference_from(stated: Untrusted) -> ReferenceRecord:
    line = CrossReference(
        volume_id=0, item_key=0, text=stated.text("text"), noted_at=stated.moment("noted_at"), by=stated.text("by")
    )
    return ReferenceRecord(line=line, item_id=stated.text("item"))


def _bytes(stated: Untrusted, name: str) -> bytes:
    try:
        return bytes.fromhex(stated.text(name))
    except ValueError as error:
        raise RecordUnusable(name) from error
