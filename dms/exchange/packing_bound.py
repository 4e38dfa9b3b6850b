"""The bound years of an archive in a bag: volumes with notes and seals, numbers, relations, and the rules."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dms.archive import Archive
from dms.domain.actor import SYSTEM
from dms.domain.reference_code import CodeKind
from dms.domain.volume import Volume
from dms.exchange import layout
from dms.exchange.lines import line
from dms.exchange.packing import BagUnderWay
from dms.exchange.rules_record import retention_json, scheme_json
from dms.exchange.volume_record import (
    RelationRecord,
    note_json,
    number_json,
    reference_json,
    relation_json,
    seal_json,
    volume_json,
)
from dms.store import UnitOfWork, WholeVolumes

PAPERS_A_LOOK = 200
NUMBERS_A_LOOK = 500
VOLUMES_A_LOOK = 100


def pack_bound(bag: BagUnderWay, keys: Sequence[int], codes: Mapping[int, str], *, archive: Archive) -> dict[str, Any]:
    """Add volumes, numbers, relations and rules to the bag; what of the rules goes into ``archive.json`` is returned.

    `keys` are the papers in the bag, `codes` those of the customers by id.
    """
    with archive.looking() as view:
        volumes = view.volumes.list(actor=SYSTEM)
        schemes, retention = view.scheme.adopted(), view.retention.all()
        patterns = {kind.value: view.numbers.pattern(kind).text for kind in CodeKind}
        settings = {name: value for name, value in view.settings.all().items() if type(value) in (str, int)}
    bag.add(layout.VOLUMES, _volumes(volumes, set(keys), codes, archive=archive))
    bag.add(layout.NUMBERS, _numbers(archive))
    bag.add(layout.RELATIONS, _relations(keys, archive=archive))
    bag.add(layout.SCHEMES, (line(scheme_json(each)) for each in schemes))
    bag.add(layout.RETENTION, (line(retention_json(each)) for each in retention))
    return {"patterns": patterns, "settings": settings}


def _volumes(
    volumes: Sequence[Volume], keys: set[int], codes: Mapping[int, str], *, archive: Archive
) -> Iterator[bytes]:
    numbers = {volume.id for volume in volumes}
    for start in range(0, len(volumes), VOLUMES_A_LOOK):
        with archive.looking() as view:
            some = [_volume(each, numbers, keys, codes, view) for each in volumes[start : start + VOLUMES_A_LOOK]]
        yield from map(line, some)


def _volume(
    volume: Volume, numbers: set[int], keys: set[int], codes: Mapping[int, str], view: UnitOfWork
) -> dict[str, Any]:
    notes = view.volume_notes.of_volume(volume.id)
    references = [each for each in view.volume_notes.references(volume.id) if each.item_key in keys]
    stated = volume_json(volume, codes[volume.customer_id] if volume.customer_id is not None else "")
    return stated | {
        "continues": volume.continuation_of if volume.continuation_of in numbers else None,
        "notes": [note_json(each, _id(each.item_key, keys, view)) for each in notes],
        "seals": [seal_json(each) for each in view.seals.of_volume(volume.id)],
        "references": [reference_json(each, view.items.get(each.item_key).id) for each in references],
    }


def _id(key: int | None, keys: set[int], view: UnitOfWork) -> str | None:
    return view.items.get(key).id if key in keys and key is not None else None


def _numbers(archive: Archive) -> Iterator[bytes]:
    after_code = ""
    while True:
        with archive.looking() as view:
            numbers = WholeVolumes(view.connection).numbers(after_code=after_code, limit=NUMBERS_A_LOOK)
        if not numbers:
            return
        yield from (line(number_json(each)) for each in numbers)
        after_code = numbers[-1].code


def _relations(keys: Sequence[int], *, archive: Archive) -> Iterator[bytes]:
    packed = set(keys)
    for start in range(0, len(keys), PAPERS_A_LOOK):
        with archive.looking() as view:
            some = list(_relations_of(set(keys[start : start + PAPERS_A_LOOK]), packed, view))
        yield from (line(relation_json(each)) for each in some)


def _relations_of(some: set[int], packed: set[int], view: UnitOfWork) -> Iterator[RelationRecord]:
    for each in view.relations.among_items(some):
        if each.item_key in some and each.other_key in packed:
            yield RelationRecord(
                item_id=view.items.get(each.item_key).id,
                kind=each.kind,
                other_id=view.items.get(each.other_key).id,
                by=each.by,
                noted_at=each.noted_at,
            )
