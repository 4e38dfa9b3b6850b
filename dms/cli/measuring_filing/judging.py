"""Whether what a run left behind keeps every rule of the year's volumes.

What is asked of it:
- J1 Every bound paper stands exactly once in a contents list: positions 1, 2, 3 … without a hole.
- J2 A volume holds papers of one retention term, and no more sheets than a volume holds, unless one paper alone does.
- J3 Every paper that bears a number bears one that was spent for it, and the other way round; no gap is unexplained.
- J4 Page numbers run through a volume, from 1, over every page that bears writing.
- J5 What stays loose waits for a contract, arrived after the cut-off, or belongs to another year.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dms.archive import Archive
from dms.domain.actor import SYSTEM
from dms.domain.item import ItemState
from dms.domain.reference_code import CodeKind
from dms.domain.volume import MOST_SHEETS_A_VOLUME, Volume
from dms.filing.binding import plan_binding
from dms.store import FiledPaper, ItemFilter, UnitOfWork, VolumeFilter

MOST_VOLUMES = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found after a run."""

    volumes: int
    bound: int
    """Papers in numbered volumes."""
    loose: int
    gaps: int
    broken: tuple[str, ...]
    """The rules that are broken, in words; empty where every one holds."""


def judged(archive: Archive) -> Verdict:
    """The verdict over everything that is bound."""
    with archive.looking() as view:
        bound = _bound(view)
        filed = view.items.count(ItemFilter(states=frozenset({ItemState.FILED})), actor=SYSTEM)
        gaps = [gap for kind in (CodeKind.VOLUME, CodeKind.ITEM) for gap in view.numbers.gaps(kind)]
        retention = {series.code: series.retention_code for series in view.scheme.all_series()}
        broken = [
            *(broken for volume, papers in bound for broken in _broken(volume, papers, retention, view)),
            *_listed_twice(bound),
            *(f"J3 a gap at {gap.scope} {gap.number}" for gap in gaps),
        ]
    papers = sum(len(papers) for _, papers in bound)
    return Verdict(volumes=len(bound), bound=papers, loose=filed - papers, gaps=len(gaps), broken=tuple(broken))


def left_to_bind(archive: Archive, year: int, cut_off_on: date) -> int:
    """How many papers a run over the year would still bind (J5)."""
    return plan_binding(SYSTEM, year, cut_off_on=cut_off_on, archive=archive).item_count


def fingerprint(archive: Archive) -> str:
    """By which two moments are compared: every volume, every place and every number that was given."""
    digest = hashlib.sha256()
    with archive.looking() as view:
        for volume, papers in _bound(view):
            digest.update(repr(volume).encode())
            digest.update(repr(papers).encode())
        for kind in (CodeKind.VOLUME, CodeKind.ITEM):
            digest.update(repr(view.numbers.page(kind, limit=MOST_VOLUMES)).encode())
    return digest.hexdigest()


def _bound(view: UnitOfWork) -> list[tuple[Volume, Sequence[FiledPaper]]]:
    volumes = view.volumes.page(VolumeFilter(), actor=SYSTEM, limit=MOST_VOLUMES)
    return [(volume, view.volumes.items_of(volume.id)) for volume in volumes if volume.reference_code]


def _broken(
    volume: Volume, papers: Sequence[FiledPaper], retention: Mapping[str, str], view: UnitOfWork
) -> Iterator[str]:
    code = volume.reference_code
    if [paper.position for paper in papers] != list(range(1, len(papers) + 1)):
        yield f"J1 the positions of {code} have holes"
    terms = {paper.retention_code or retention[volume.series_code] for paper in papers if not paper.is_annex}
    if terms - {volume.retention_code}:
        yield f"J2 {code} mixes terms"
    if volume.sheet_count > MOST_SHEETS_A_VOLUME and len(papers) > 1:
        yield f"J2 {code} has {volume.sheet_count} sheets"
    for paper in papers:
        spent = view.numbers.spent(paper.reference_code) if paper.reference_code else None
        if paper.is_annex is (paper.reference_code is not None) or (spent and spent.subject != paper.id):
            yield f"J3 the number of {paper.id} is not its own"
    yield from _broken_pages(code or "", papers)


def _broken_pages(code: str, papers: Sequence[FiledPaper]) -> Iterator[str]:
    page = 0
    for paper in papers:
        if paper.pages_written and (paper.first_page, paper.last_page) != (page + 1, page + paper.pages_written):
            yield f"J4 the pages of {paper.id} in {code} do not follow"
        page += paper.pages_written


def _listed_twice(bound: Sequence[tuple[Volume, Sequence[FiledPaper]]]) -> Iterator[str]:
    seen: set[int] = set()
    for volume, papers in bound:
        for paper in papers:
            if paper.key in seen:
                yield f"J1 {paper.id} stands twice, again in {volume.reference_code}"
            seen.add(paper.key)
