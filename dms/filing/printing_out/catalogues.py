"""The catalogues of volumes and papers, and the labels of boxes."""

from dms.archive import Archive, customer_for
from dms.domain.actor import Actor
from dms.domain.customer import Customer
from dms.domain.item import CopyKind, Item, ItemState
from dms.domain.location import Location, LocationKind
from dms.domain.volume import Volume, VolumeScope, VolumeState
from dms.filing.printing_out.errors import PlaceToPrintNotFound
from dms.filing.printing_out.volumes_wished import EVERY, NUMBERED, volumes_wished
from dms.filing.printing_out.wish import PAPERS_A_PART, PrintWish
from dms.filing.printing_out.words import (
    BETWEEN,
    COPY_WORDS,
    GRADE_WORDS,
    UNDATED,
    letterhead,
    one_of,
    place_names,
    retention_names,
    series_names,
    shown_title,
    span_of_years,
)
from dms.printing import BoxLabel, BoxLabels, CatalogueLine, ItemLine, ItemList, VolumeCatalogue
from dms.store import ItemFilter, ItemOrder, UnitOfWork, VolumeFilter

_COLLECTIVE = "合卷"
_NOTED_IN_REMARK = frozenset({CopyKind.COPY, CopyKind.COUNTERPART})
_MOST_CUSTOMERS_NAMED = 4


def volume_catalogue(actor: Actor, wish: PrintWish, *, archive: Archive) -> VolumeCatalogue:
    """The numbered volumes of the customer, series and year wished for, in shelf order."""
    with archive.looking() as view:
        volumes = volumes_wished(actor, wish, work=view)
        customers = _customers(volumes, work=view)
        series, retention, places = series_names(view), retention_names(view), place_names(view)
        return VolumeCatalogue(
            letterhead=letterhead(actor, archive=archive, work=view),
            lines=tuple(
                CatalogueLine(
                    reference_code=volume.reference_code or "",
                    title=shown_title(volume, _named(volume, customers), series),
                    customer=_owner(volume, customers),
                    series=series.get(volume.series_code, volume.series_code),
                    year=volume.year,
                    first_on=volume.first_on,
                    last_on=volume.last_on,
                    items=volume.item_count,
                    pages=volume.page_count,
                    sheets=volume.sheet_count,
                    retention=retention.get(volume.retention_code or "", volume.retention_code or ""),
                    location=places.get(volume.location_id or 0, ""),
                    remark="已销毁" if volume.state is VolumeState.DESTROYED else "",
                )
                for volume in volumes
            ),
            years=span_of_years(volume.year for volume in volumes),
            retention=one_of(retention.get(volume.retention_code or "", "") for volume in volumes),
            subject=_subject(actor, wish, work=view),
        )


def item_list(actor: Actor, wish: PrintWish, *, archive: Archive) -> ItemList:
    """Every paper in the numbered volumes of the customer, series and year wished for, by volume and position."""
    with archive.looking() as view:
        volumes = {volume.id: volume for volume in volumes_wished(actor, wish, work=view)}
        papers = _part_of(_papers_in_order(actor, wish, volumes, work=view), wish.part)
        totals = view.items.page_totals([paper.id for paper in papers], actor=actor)
        retention = retention_names(view)
        return ItemList(
            letterhead=letterhead(actor, archive=archive, work=view),
            lines=tuple(_item_line(paper, totals.get(paper.id)) for paper in papers),
            years=span_of_years(volume.year for volume in volumes.values()),
            retention=one_of(retention.get(volume.retention_code or "", "") for volume in volumes.values()),
            subject=_subject(actor, wish, work=view),
        )


def box_labels(actor: Actor, wish: PrintWish, *, archive: Archive) -> BoxLabels:
    """A label for the box wished for, or for every box in which a volume stands that the actor may know of.

    Raises `PlaceToPrintNotFound`.
    """
    with archive.looking() as view:
        boxes = _boxes(wish, work=view)
        labels = [(box, _box_label(box, actor=actor, work=view)) for box in boxes]
        return BoxLabels(
            letterhead=letterhead(actor, archive=archive, work=view),
            labels=tuple(label for _, label in labels if wish.location or label.volumes),
        )


def _papers_in_order(actor: Actor, wish: PrintWish, volumes: dict[int, Volume], *, work: UnitOfWork) -> list[Item]:
    customer = customer_for(actor, wish.customer_code, work=work) if wish.customer_code else None
    wanted = ItemFilter(
        states=frozenset({ItemState.FILED, ItemState.DESTROYED}),
        customer_id=customer.id if customer else None,
        series_code=wish.series_code,
        volume_id=next(iter(volumes)) if wish.volume else None,
    )
    papers = work.items.list(wanted, actor=actor, order=ItemOrder.OLDEST_PAPER, limit=EVERY)
    rank = {volume_id: place for place, volume_id in enumerate(volumes)}
    placed = [paper for paper in papers if paper.volume_id in rank]
    return sorted(placed, key=lambda paper: (rank[paper.volume_id or 0], _position(paper)))


def _part_of(papers: list[Item], part: int | None) -> list[Item]:
    return papers if part is None else papers[(part - 1) * PAPERS_A_PART : part * PAPERS_A_PART]


def _position(paper: Item) -> int:
    return paper.placement.position if paper.placement else EVERY


def _item_line(paper: Item, pages: int | None) -> ItemLine:
    facts, placement = paper.classification, paper.placement
    numbered = placement is not None and placement.first_page is not None and placement.last_page is not None
    remarks = (
        "已销毁" if paper.state is ItemState.DESTROYED else "",
        "附件" if facts.is_annex else "",
        COPY_WORDS[facts.copy_kind] if facts.copy_kind in _NOTED_IN_REMARK else "",
        facts.remark,
    )
    return ItemLine(
        reference_code=(placement.reference_code if placement else None) or "",
        doc_no=facts.doc_no,
        author=facts.author,
        title=paper.title,
        doc_on=facts.doc_on,
        date_note="" if facts.doc_on else UNDATED,
        grade=GRADE_WORDS.get(facts.grade, ""),
        pages=_length(placement.first_page, placement.last_page) if placement and numbered else pages,
        remark="；".join(filter(None, remarks)),
    )


def _length(first_page: int | None, last_page: int | None) -> int:
    return (last_page or 0) - (first_page or 0) + 1


def _boxes(wish: PrintWish, *, work: UnitOfWork) -> list[Location]:
    if not wish.location:
        return [place for place in work.locations.all() if place.kind is LocationKind.BOX and not place.retired]
    named = work.locations.with_code(wish.location)
    if named is None:
        raise PlaceToPrintNotFound(wish.location)
    return [named]


def _box_label(box: Location, *, actor: Actor, work: UnitOfWork) -> BoxLabel:
    volumes = work.volumes.page(VolumeFilter(location_id=box.id, states=NUMBERED), actor=actor, limit=EVERY)
    codes = [volume.reference_code for volume in volumes if volume.reference_code]
    retention, series = retention_names(work), series_names(work)
    return BoxLabel(
        box_number=box.code,
        years=span_of_years(volume.year for volume in volumes),
        retention=one_of(retention.get(volume.retention_code or "", "") for volume in volumes),
        first_code=codes[0] if codes else "",
        last_code=codes[-1] if codes else "",
        volumes=len(volumes),
        items=sum(volume.item_count for volume in volumes),
        customers=_named_shortly([_owner(volume, _customers(list(volumes), work=work)) for volume in volumes]),
        series=BETWEEN.join(dict.fromkeys(series.get(volume.series_code, volume.series_code) for volume in volumes)),
        location=place_names(work).get(box.id, ""),
        barcode=box.barcode,
    )


def _named_shortly(names: list[str]) -> str:
    distinct = list(dict.fromkeys(names))
    return "、".join(distinct[:_MOST_CUSTOMERS_NAMED]) + ("等" if len(distinct) > _MOST_CUSTOMERS_NAMED else "")


def _customers(volumes: list[Volume], *, work: UnitOfWork) -> dict[int, Customer]:
    return work.customers.with_ids({volume.customer_id for volume in volumes if volume.customer_id is not None})


def _owner(volume: Volume, customers: dict[int, Customer]) -> str:
    if volume.scope is VolumeScope.COLLECTIVE or volume.customer_id is None:
        return _COLLECTIVE
    return f"{customers[volume.customer_id].code} {_named(volume, customers)}"


def _named(volume: Volume, customers: dict[int, Customer]) -> str:
    customer = customers.get(volume.customer_id or 0)
    return volume.name_of_customer or (customer.name if customer else "")


def _subject(actor: Actor, wish: PrintWish, *, work: UnitOfWork) -> str:
    """What was chosen, in words; empty for everything."""
    customer = customer_for(actor, wish.customer_code, work=work) if wish.customer_code else None
    chosen = (
        wish.volume or "",
        f"{customer.code} {customer.name}" if customer else "",
        series_names(work).get(wish.series_code, wish.series_code) if wish.series_code else "",
        f"{wish.year}年度" if wish.year else "",
        f"第 {wish.part} 部分" if wish.part else "",
    )
    return BETWEEN.join(filter(None, chosen))
