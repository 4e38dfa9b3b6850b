"""Reference codes for planned volumes: looked at beforehand, or spent for good (step 5 of the run).

What always holds:
- C1 What a dry run shows is what a run right after it gives: both ask the same counters in the same order.
- C2 An annex that bears no number takes none.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from dms.domain.reference_code import ReferencePattern
from dms.errors import DmsError
from dms.filing.arranging import code_fields
from dms.filing.binding.plan import PlannedVolume
from dms.filing.binding.rules import BindingRules
from dms.store import CodeFields, UnitOfWork

VOLUME_SUBJECT = "volume:"
"""Stands before the id of a volume where a number says what bears it."""


def looked_ahead(volumes: Sequence[PlannedVolume], rules: BindingRules, work: UnitOfWork) -> list[PlannedVolume]:
    """The volumes with the codes that they would get; one for which none can be written says why. Nothing is spent."""
    fields = [_fields(volume, rules, work) for volume in volumes]
    numbered = _volumes_ahead(volumes, fields, rules, work)
    return _items_ahead(numbered, fields, rules, work)


def spend(
    volume: PlannedVolume, volume_id: int, rules: BindingRules, *, at: datetime, work: UnitOfWork
) -> PlannedVolume:
    """The volume with its codes, each of them spent; raises `CodeFieldUnfit`."""
    fields = _fields(volume, rules, work)
    code = work.numbers.allocate(rules.volume_pattern, fields, f"{VOLUME_SUBJECT}{volume_id}", at)
    numbered = replace(volume, number=rules.volume_pattern.number(code), reference_code=code)
    subjects = [paper.item_id for paper in volume.papers if not paper.is_annex]
    codes = work.numbers.allocate_all(rules.item_pattern, _within(numbered, fields), subjects, at)
    return _with_items(numbered, codes)


def _volumes_ahead(
    volumes: Sequence[PlannedVolume], fields: Sequence[CodeFields], rules: BindingRules, work: UnitOfWork
) -> list[PlannedVolume]:
    pattern, told = rules.volume_pattern, list(volumes)
    for places in _by_scope(told, pattern, fields):
        codes = work.numbers.peek(pattern, fields[places[0]], len(places))
        for place, code in zip(places, codes, strict=True):
            told[place] = replace(told[place], number=pattern.number(code), reference_code=code)
    return told


def _items_ahead(
    volumes: Sequence[PlannedVolume], fields: Sequence[CodeFields], rules: BindingRules, work: UnitOfWork
) -> list[PlannedVolume]:
    pattern, told = rules.item_pattern, list(volumes)
    within = [_within(volume, stated) for volume, stated in zip(volumes, fields, strict=True)]
    for places in _by_scope(told, pattern, within):
        wanted = [volumes[place].numbered_count for place in places]
        codes = iter(work.numbers.peek(pattern, within[places[0]], sum(wanted)))
        for place, count in zip(places, wanted, strict=True):
            told[place] = _with_items(told[place], [next(codes) for _ in range(count)])
    return told


def _by_scope(told: list[PlannedVolume], pattern: ReferencePattern, fields: Sequence[CodeFields]) -> list[list[int]]:
    """The places of the volumes that share a counter; one without a scope is noted with its problem."""
    scopes: dict[str, list[int]] = {}
    for place, stated in enumerate(fields):
        if told[place].problem:
            continue
        try:
            scope = pattern.counter_scope(stated)
        except DmsError as refusal:
            told[place] = replace(told[place], problem=refusal.message, reference_code=None, number=None)
            continue
        scopes.setdefault(scope, []).append(place)
    return list(scopes.values())


def _with_items(volume: PlannedVolume, codes: Sequence[str]) -> PlannedVolume:
    ahead = iter(codes)
    papers = tuple(
        paper if paper.is_annex else replace(paper, reference_code=next(ahead))
        for paper in volume.papers  # C2
    )
    return replace(volume, papers=papers)


def _fields(volume: PlannedVolume, rules: BindingRules, work: UnitOfWork) -> CodeFields:
    # A department that came up since the rules were read is asked for by itself.
    known = rules.fields_by_department.get(volume.department) or code_fields(work, year=0, department=volume.department)
    return {
        **known,
        "customer": volume.customer_code,
        "series": volume.line.series_code,
        "year": volume.year,
        "term": volume.retention_code,
    }


def _within(volume: PlannedVolume, fields: CodeFields) -> CodeFields:
    """The fields of the items that lie in a volume."""
    return fields if volume.number is None else {**fields, "volume": volume.number}
