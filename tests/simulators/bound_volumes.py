"""Puts what lies loose in a volume into order and numbers it, as the yearly binding does, without the rest of it."""

from dms.archive import Archive
from dms.domain.actor import Actor
from dms.domain.item import Item, Placement
from dms.domain.reference_code import CodeKind
from dms.domain.volume import VolumeState, spine_for
from dms.filing.sealing import Comparison, check_volume, hand_to_check, seal_volume
from dms.store import NewVolume, UnitOfWork
from simulators.people import ARCHIVIST, CLERK

COMPARED = Comparison(paper=True, catalogue=True, images=True)


def catalogue(archive: Archive, volume_id: int, *, by: Actor = ARCHIVIST, continuation_of: int | None = None) -> int:
    """The id of the volume, catalogued under its number; it was open before."""
    with archive.begin() as work:
        volume_id = _continuing(volume_id, continuation_of, work=work) if continuation_of else volume_id
        if continuation_of is None:
            work.volumes.change_state(volume_id, VolumeState.CLEANING)
        _number(archive, volume_id, work=work)
        work.volumes.compiled(volume_id, by=by.name, at=archive.now())
        work.volumes.change_state(volume_id, VolumeState.CATALOGUED)
    return volume_id


def seal(archive: Archive, item: Item, *, by: Actor = ARCHIVIST, checker: Actor = CLERK) -> int:
    """The id of the volume in which the item lies, catalogued, checked and sealed."""
    volume_id = catalogue(archive, item.volume_id or 0, by=by)
    seal_catalogued(archive, volume_id, by=by, checker=checker)
    return volume_id


def seal_catalogued(archive: Archive, volume_id: int, *, by: Actor = ARCHIVIST, checker: Actor = CLERK) -> None:
    """Check and seal a catalogued volume."""
    hand_to_check(by, volume_id, archive=archive)
    check_volume(checker, volume_id, COMPARED, archive=archive)
    seal_volume(by, volume_id, archive=archive)


def _continuing(volume_id: int, continuation_of: int, *, work: UnitOfWork) -> int:
    before = work.volumes.items_of(volume_id)
    known = work.items.get(before[0].key).classification
    made = work.volumes.new(
        NewVolume(
            customer_id=known.customer_id,
            series_code=str(known.series_code),
            year=known.year or 0,
            continuation_of=continuation_of,
        )
    )
    work.items.move_all([paper.key for paper in before], to_volume_id=made)
    return made


def _number(archive: Archive, volume_id: int, *, work: UnitOfWork) -> None:
    papers = work.volumes.items_of(volume_id)
    known = work.items.get(papers[0].key).classification
    customer = work.customers.get(known.customer_id or 0)
    fields = {"fonds": "Q001", "category": "KH", "customer": customer.code, "series": str(known.series_code)}
    fields |= {"year": str(known.year)}
    pattern, items = work.numbers.pattern(CodeKind.VOLUME), work.numbers.pattern(CodeKind.ITEM)
    code = work.numbers.allocate(pattern, fields, f"volume:{volume_id}", archive.now())
    work.volumes.number(volume_id, number=pattern.number(code), reference_code=code)
    fields |= {"volume": str(pattern.number(code))}
    codes = work.numbers.allocate_all(items, fields, [paper.id for paper in papers], archive.now())
    page, placements = 1, {}
    for position, (paper, item_code) in enumerate(zip(papers, codes, strict=True), start=1):
        placements[paper.key] = Placement(
            volume_id=volume_id,
            position=position,
            reference_code=item_code,
            former_codes=paper.former_codes,
            first_page=page,
            last_page=page + paper.pages_written - 1,
        )
        page += paper.pages_written
    work.items.place_all(placements)
    dates = [paper.doc_on for paper in papers if paper.doc_on]
    work.volumes.describe(
        volume_id,
        title=f"{customer.name}往来资料",
        retention_code="D30",
        first_on=min(dates, default=None),
        last_on=max(dates, default=None),
        item_count=len(papers),
        page_count=page - 1,
        sheet_count=len(papers),
        spine_mm=spine_for(len(papers)),
        name_of_customer=customer.name,
    )
