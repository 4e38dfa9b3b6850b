"""Cataloguing a volume again that came back from the check: it keeps its number, and its papers keep theirs.

What always holds:
- A number that was given stays with its paper; one whose paper was taken out meanwhile stays a gap with its reason.
- Positions and page numbers are counted anew, without holes, in the order in which the papers lie.
"""

from collections.abc import Sequence
from dataclasses import replace

from dms.archive import Archive
from dms.domain.actor import SYSTEM, Actor, Permission
from dms.domain.item import Placement
from dms.domain.volume import Volume, VolumeState, spine_for
from dms.filing.sealing.errors import VolumeEmpty, VolumeStateUnfit
from dms.filing.sealing.reaching import require_whole, volume_in
from dms.store import FiledPaper, UnitOfWork


def catalogue_again(actor: Actor, volume_id: int, *, archive: Archive) -> Volume:
    """The volume, catalogued under the number that it has; the actor signs as its compiler.

    Raises `VolumeNotFound`, `VolumeStateUnfit` (also for one that was never numbered: the binding run does that),
    `VolumePartlyHidden` or `VolumeEmpty`.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    with archive.begin() as work:
        volume = volume_in({VolumeState.CLEANING}, actor, volume_id, work=work)
        if volume.reference_code is None:
            raise VolumeStateUnfit(volume.state)
        require_whole(actor, volume_id, work=work)
        papers = work.volumes.items_of(volume_id)
        if not papers:
            raise VolumeEmpty
        work.items.place_all(_placed(papers, volume_id))
        _describe(work.volumes.get(volume_id, actor=SYSTEM), papers, work=work)
        work.volumes.compiled(volume_id, by=actor.name, at=archive.now())
        work.volumes.change_state(volume_id, VolumeState.CATALOGUED)
        archive.record(work, actor, "volume_catalogued_again", f"volume:{volume_id}", code=volume.reference_code)
        return work.volumes.get(volume_id, actor=actor)


def _placed(papers: Sequence[FiledPaper], volume_id: int) -> dict[int, Placement]:
    placements, page = {}, 0
    for position, paper in enumerate(papers, start=1):
        place = Placement(
            volume_id=volume_id,
            position=position,
            reference_code=paper.reference_code,
            former_codes=paper.former_codes,
        )
        if paper.pages_written:
            place = replace(place, first_page=page + 1, last_page=page + paper.pages_written)
        page += paper.pages_written
        placements[paper.key] = place
    return placements


def _describe(volume: Volume, papers: Sequence[FiledPaper], *, work: UnitOfWork) -> None:
    dates = [paper.doc_on for paper in papers if paper.doc_on]
    sheets = sum(paper.sheets_at_most for paper in papers)
    work.volumes.describe(
        volume.id,
        title=volume.title,
        retention_code=volume.retention_code or "",
        first_on=min(dates, default=None),
        last_on=max(dates, default=None),
        item_count=len(papers),
        page_count=sum(paper.pages_written for paper in papers),
        sheet_count=sheets,
        spine_mm=spine_for(sheets),
        name_of_customer=volume.name_of_customer,
    )
