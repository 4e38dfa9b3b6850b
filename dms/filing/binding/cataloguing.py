"""Writing one line of a run into the catalogue: volumes, places, numbers, covers, and who made them up.

What always holds:
- W1 One line, one transaction: its volumes stand there with all their papers, numbers and covers, or nothing of it.
- W2 What is bound is what lies there in that very transaction; a line done before finds nothing left to bind.
- W3 Loose leaves become a volume where all of them go into it; else the volume is a new one and the rest stays loose.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dms.archive import Archive
from dms.domain.actor import Actor
from dms.domain.item import Placement
from dms.domain.volume import VolumeState
from dms.filing.binding.coding import VOLUME_SUBJECT, spend
from dms.filing.binding.gathering import bound_papers, gather_line, line_facts, ties_of
from dms.filing.binding.making_up import volumes_of
from dms.filing.binding.plan import LineKey, PlannedVolume
from dms.filing.binding.rules import BindingRules
from dms.filing.binding.sorting_out import Period
from dms.store import FiledPaper, NewVolume, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundVolume:
    """A volume as it came out of a run."""

    id: int
    reference_code: str
    title: str
    item_count: int
    page_count: int


def bind_line(
    actor: Actor, line: LineKey, rules: BindingRules, period: Period, *, archive: Archive, work: UnitOfWork
) -> list[BoundVolume]:
    """The volumes into which the loose papers of a line went; none where nothing was left. Raises `CodeFieldUnfit`."""
    gathered = gather_line(actor, line, rules, period, work)
    bound = bound_papers(gathered.sorted_papers)
    if not bound:
        return []
    facts = line_facts(line, bound, gathered, period, ties_of(actor, bound, period, work, line=line))
    folders = _Folders(bound, work)
    volumes = [_bind(actor, volume, folders, rules, archive=archive, work=work) for volume in volumes_of(facts, rules)]
    # Papers of contracts that were closed in the year bear that year from now on.
    work.items.state_years({paper.key: period.year for paper in bound if paper.year != period.year})
    return volumes


class _Folders:
    """Which open volumes may become bound ones: those whose papers all go (W3)."""

    def __init__(self, bound: Sequence[FiledPaper], work: UnitOfWork) -> None:
        self._lies_in = {paper.key: paper.volume_id for paper in bound}
        # A paper lies in the open volume of its customer, series and year, so the paper tells which one that is.
        key_of = {paper.volume_id or 0: (paper.customer_id, paper.series_code, paper.year) for paper in bound}
        self._free = {key: id_ for id_, key in sorted(key_of.items()) if self._all_go(id_, work)}

    def take(self, volume: PlannedVolume) -> int | None:
        """An open volume of the same customer, series and year that becomes this one; None where there is none."""
        return self._free.pop((volume.line.customer_id, volume.line.series_code, volume.year), None)

    def lies_in(self, key: int) -> int | None:
        """The volume in which a paper lay."""
        return self._lies_in[key]

    def _all_go(self, volume_id: int, work: UnitOfWork) -> bool:
        # Stubs of destroyed papers count too: they would lie in a bound volume without a place.
        return all(paper.key in self._lies_in for paper in work.volumes.items_of(volume_id))


def _bind(
    actor: Actor,
    volume: PlannedVolume,
    folders: _Folders,
    rules: BindingRules,
    *,
    archive: Archive,
    work: UnitOfWork,
) -> BoundVolume:
    at = archive.now()
    volume_id = _begin(volume, folders, work)
    numbered = spend(volume, volume_id, rules, at=at, work=work)
    _place(numbered, volume_id, folders, work)
    _describe(actor, numbered, volume_id, at=at, work=work)
    code = str(numbered.reference_code)
    details: dict[str, str | int | None] = {
        "code": code,
        "items": volume.item_count,
        "pages": volume.page_count,
        "year": volume.year,
    }
    archive.record(work, actor, "volume_bound", f"{VOLUME_SUBJECT}{volume_id}", **details)
    return BoundVolume(
        id=volume_id,
        reference_code=code,
        title=volume.title,
        item_count=volume.item_count,
        page_count=volume.page_count,
    )


def _begin(volume: PlannedVolume, folders: _Folders, work: UnitOfWork) -> int:
    taken = folders.take(volume)
    if taken is not None:
        work.volumes.change_state(taken, VolumeState.CLEANING)
        if volume.continuation_of is not None:
            work.volumes.continue_from(taken, volume.continuation_of)
        return taken
    return work.volumes.new(
        NewVolume(
            customer_id=volume.line.customer_id,
            series_code=volume.line.series_code,
            year=volume.year,
            scope=volume.scope,
            continuation_of=volume.continuation_of,
        )
    )


def _place(volume: PlannedVolume, volume_id: int, folders: _Folders, work: UnitOfWork) -> None:
    moved = [paper.key for paper in volume.papers if folders.lies_in(paper.key) != volume_id]
    work.items.move_all(moved, to_volume_id=volume_id)
    work.items.place_all(
        {
            paper.key: Placement(
                volume_id=volume_id,
                position=paper.position,
                reference_code=paper.reference_code,
                former_codes=paper.former_codes,
                first_page=paper.first_page,
                last_page=paper.last_page,
            )
            for paper in volume.papers
        }
    )


def _describe(actor: Actor, volume: PlannedVolume, volume_id: int, *, at: datetime, work: UnitOfWork) -> None:
    work.volumes.number(volume_id, number=volume.number, reference_code=str(volume.reference_code))
    work.volumes.describe(
        volume_id,
        title=volume.title,
        retention_code=volume.retention_code,
        first_on=volume.first_on,
        last_on=volume.last_on,
        item_count=volume.item_count,
        page_count=volume.page_count,
        sheet_count=volume.sheet_count,
        spine_mm=volume.spine_mm,
        name_of_customer=volume.name_of_customer,
    )
    work.volumes.compiled(volume_id, by=actor.name, at=at)
    work.volumes.change_state(volume_id, VolumeState.CATALOGUED)
