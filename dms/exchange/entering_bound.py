"""Entering the bound years of a bag: volumes before their papers, then their notes, seals, numbers and relations.

What always holds:
- V1 A numbered volume is known by its reference code, so a run that was cut off goes on with the one it made.
- V2 A volume takes its papers while it is being cleaned, and comes into its state when all of them are in.
- V3 Every number comes along: what was given once is never given again here either (I8). The number of a paper or a
  volume that did not come in is void, and says why.
- V4 A volume that is being cleaned and bears no number comes in as an open one.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from dms.archive import Archive
from dms.domain.actor import SYSTEM
from dms.domain.item import Item, ItemRelation
from dms.domain.numbering import SpentNumber
from dms.domain.reference_code import CodeKind
from dms.domain.volume import VolumeState
from dms.exchange.bound_contents import BoundContents
from dms.exchange.contents import BagContents
from dms.exchange.volume_record import VolumeRecord, subject_here
from dms.store import UnitOfWork, WholeVolumes

NOT_BROUGHT_ALONG = "迁移时原件未导入"
_BROUGHT_ALONG = frozenset({CodeKind.VOLUME, CodeKind.ITEM})
"""What bears codes of these kinds moves with an archive; boxes and hand-overs stay behind."""


def state_rules(contents: BagContents, *, archive: Archive, work: UnitOfWork) -> None:
    """Make the rules of the bag those of an archive into which nothing was ever taken."""
    if not contents.bound.is_stated:
        return
    series = {each.code: each for each in contents.series}
    for step, scheme in enumerate(contents.bound.schemes):
        work.scheme.adopt(scheme.whole(series), at=archive.now() + timedelta(microseconds=step))
    for part in contents.series:
        work.scheme.state_series_rules(part)
    for kind in contents.types:
        work.scheme.state_type(kind)
        work.scheme.state_type_rule(kind.code, kind.year_rule)
    for rule in contents.bound.retention:
        known = work.retention.with_code(rule.code)
        if known is None or replace(known, version=rule.version) != rule:
            work.retention.state(rule)
    for pattern in contents.bound.patterns:
        work.numbers.state_pattern(pattern)
    for name, value in contents.bound.settings.items():
        work.settings.state(name, value)


def enter_volumes(bound: BoundContents, customers: Mapping[str, int], *, work: UnitOfWork) -> dict[int, int]:
    """The ids of the volumes here by their numbers in the bag."""
    found = ((each.number_in_bag, _volume_here(each, customers, work=work)) for each in bound.volumes)
    return {number: volume_id for number, volume_id in found if volume_id is not None}


def settle_bound(contents: BagContents, volumes: Mapping[int, int], *, archive: Archive, work: UnitOfWork) -> None:
    """Bring volumes into their states, and add notes, seals, numbers and relations, once all papers are in."""
    for record in contents.bound.volumes:
        if record.number_in_bag in volumes:
            _settle(record, volumes, work=work)
            _annotate(record, volumes[record.number_in_bag], work=work)
    for number in contents.bound.numbers():
        WholeVolumes(work.connection).spend(_number_here(number, volumes, archive=archive, work=work))
    for relation in contents.bound.relations():
        item, other = _item(relation.item_id, work=work), _item(relation.other_id, work=work)
        if item and other:
            work.relations.add(
                ItemRelation(
                    item_key=item.key,
                    kind=relation.kind,
                    other_key=other.key,
                    by=relation.by,
                    noted_at=relation.noted_at,
                )
            )


def _volume_here(record: VolumeRecord, customers: Mapping[str, int], *, work: UnitOfWork) -> int | None:
    facts = replace(record.facts, customer_id=customers.get(record.customer_code))
    if facts.reference_code:
        known = WholeVolumes(work.connection).with_code(facts.reference_code)  # V1
        return known[0] if known else WholeVolumes(work.connection).add(facts)
    if facts.customer_id is None:
        return None
    return work.volumes.open_for(  # V4
        customer_id=facts.customer_id, series_code=facts.series_code, year=facts.year
    )


def _settle(record: VolumeRecord, volumes: Mapping[int, int], *, work: UnitOfWork) -> None:
    volume_id, whole = volumes[record.number_in_bag], WholeVolumes(work.connection)
    if record.facts.reference_code and whole.state_of(volume_id) is VolumeState.CLEANING:  # V2
        continued = volumes.get(record.continues) if record.continues is not None else None
        whole.settle(volume_id, replace(record.facts, continuation_of=continued))


def _annotate(record: VolumeRecord, volume_id: int, *, work: UnitOfWork) -> None:
    """Add what is not there yet of notes, seals and references; a second run adds nothing."""
    notes, seals = work.volume_notes, len(work.seals.of_volume(volume_id))
    known = {(line.written_at, line.by, line.kind, line.text) for line in notes.of_volume(volume_id)}
    for note in record.notes:
        line = note.line
        if (line.written_at, line.by, line.kind, line.text) not in known:
            item = _item(note.item_id, work=work) if note.item_id else None
            notes.add(replace(line, volume_id=volume_id, item_key=item.key if item else None))
    for seal in record.seals[seals:]:
        work.seals.add(replace(seal, volume_id=volume_id))
    pointed = {(line.item_key, line.text) for line in notes.references(volume_id)}
    for reference in record.references:
        paper = _item(reference.item_id, work=work)
        if paper and (paper.key, reference.line.text) not in pointed:
            notes.refer(replace(reference.line, volume_id=volume_id, item_key=paper.key))


def _number_here(number: SpentNumber, volumes: Mapping[int, int], *, archive: Archive, work: UnitOfWork) -> SpentNumber:
    subject = subject_here(number, volumes)
    is_here = bool(subject) and (":" in subject or _item(subject, work=work) is not None)
    if number.voided_at or is_here or number.kind not in _BROUGHT_ALONG:
        return replace(number, subject=subject)
    return replace(number, subject="", voided_at=archive.now(), void_reason=NOT_BROUGHT_ALONG)  # V3


def _item(item_id: str, *, work: UnitOfWork) -> Item | None:
    return work.items.with_id(item_id, actor=SYSTEM)
