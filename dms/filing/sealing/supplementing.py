"""A page that was found, or scanned better, after its volume was sealed.

What always holds:
- U1 Nothing is overwritten: the page comes after the paper's last one, with its own number; what was there stays.
- U2 The page is durable in the vault before the catalogue knows of it; note, new seal and journal come with it in one
  transaction.
- U3 The scan by which it came stays as it arrived: withdrawn from the tray, original and entry kept, related to the
  paper.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from dms.archive import Archive, Content, item_for, require_use
from dms.domain.actor import Actor, Permission
from dms.domain.item import Item, ItemRelation, ItemState, Page, RelationKind, Rendition, RenditionRole
from dms.domain.layout import decode_layout, encode_layout
from dms.domain.policy import Use
from dms.domain.volume import NoteKind, Volume, VolumeSeal
from dms.filing.sealing.binding_up import seal_anew
from dms.filing.sealing.errors import ScanUnusable
from dms.filing.sealing.noting import add_note
from dms.filing.sealing.reaching import reason_given, require_second, require_whole, sealed_in
from dms.store import UnitOfWork

_ROLES = (RenditionRole.PAGE_IMAGE, RenditionRole.THUMBNAIL, RenditionRole.LAYOUT)


class PageReason(StrEnum):
    """Why a page is added to a sealed paper."""

    MISSING = "missing"
    """补扫: it was not scanned."""
    RESCANNED = "rescanned"
    """重扫: its image was bad; the earlier one stays."""


PAGE_REASON_ZH: dict[PageReason, str] = {PageReason.MISSING: "补扫", PageReason.RESCANNED: "重扫"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement:
    """Which page of a sealed paper comes from which scan."""

    scan_item_id: str
    """A paper of one page that was read and waits in the tray."""
    page_number: int
    """The page of the sealed paper that it is, as counted on the paper."""
    reason: PageReason
    remark: str


def add_page(actor: Actor, second: Actor, item_id: str, supplement: Supplement, *, archive: Archive) -> VolumeSeal:
    """The new seal of the volume, one of whose papers has one more page.

    Raises `ReasonMissing`, `ItemNotFound`, `PaperNotInVolume`, `ScanUnusable`, `SamePersonTwice`,
    `VolumePartlyHidden`, `NotSealed` or `ObjectDamaged`.
    """
    actor.require(Permission.CONFIRM)
    remark = reason_given(supplement.remark)
    with archive.looking() as view:
        item, volume = sealed_in(actor, item_id, work=view)
        require_use(actor, Use.CHANGE, item, work=view)
        require_whole(actor, volume.id, work=view)
        require_second(actor, second, volume.id, work=view)
        scan, page, scanned = _scan(actor, supplement.scan_item_id, item, work=view)
    number = (item.pages_total or 0) + 1
    made = [_resealed(scan, item, rendition, number, archive=archive) for rendition in scanned]  # U2
    try:
        with archive.begin() as work:
            return _added(
                actor, second, (item, scan, volume), supplement, remark, replace(page, number=number), made,
                archive=archive, work=work,
            )  # fmt: skip
    except BaseException:
        for rendition in made:
            archive.discard(rendition)
        raise


def _scan(actor: Actor, scan_id: str, item: Item, *, work: UnitOfWork) -> tuple[Item, Page, list[Rendition]]:
    scan = item_for(actor, scan_id, work=work)
    pages = work.contents.pages(scan.key)
    found = [work.contents.rendition(scan.key, role, 1) for role in _ROLES]
    renditions = [rendition for rendition in found if rendition is not None]
    if scan.key == item.key or scan.state is not ItemState.REVIEW or len(pages) != 1 or len(renditions) < len(_ROLES):
        raise ScanUnusable(scan_id)
    return scan, pages[0], renditions


def _resealed(scan: Item, item: Item, rendition: Rendition, number: int, *, archive: Archive) -> Rendition:
    plaintext = archive.unseal(scan, rendition)
    if rendition.role is RenditionRole.LAYOUT:
        plaintext = encode_layout(replace(decode_layout(plaintext), number=number))
    recipe = f"{rendition.recipe}; page 1 of item {scan.id}"
    content = Content(
        role=rendition.role, page=number, plaintext=plaintext, media_type=rendition.media_type, recipe=recipe
    )
    return archive.seal(item.id, archive.item_key(item), content)


def _added(  # noqa: PLR0913 -- one transaction (U2)
    actor: Actor,
    second: Actor,
    concerned: tuple[Item, Item, Volume],
    supplement: Supplement,
    remark: str,
    page: Page,
    made: list[Rendition],
    *,
    archive: Archive,
    work: UnitOfWork,
) -> VolumeSeal:
    known, scan, volume = concerned
    item, _ = sealed_in(actor, known.id, work=work)
    _scan(actor, scan.id, item, work=work)
    if item.pages_total != known.pages_total or item.volume_id != volume.id:
        raise ScanUnusable(scan.id)  # somebody else added a page meanwhile; its number is taken
    work.contents.add_page(item.key, page)
    for rendition in made:
        work.contents.add_rendition(item.key, rendition)
    work.items.lengthen(item.key, pages_total=page.number)
    _withdraw_scan(actor, scan, item, archive=archive, work=work)
    word = PAGE_REASON_ZH[supplement.reason]
    text = f"{word}第 {supplement.page_number} 页，影像列为该件第 {page.number} 页：{remark}"
    add_note(actor, volume, NoteKind.ADDED, text, archive=archive, work=work, second=second, item=item)
    seal = seal_anew(actor, second, volume.id, text, archive=archive, work=work)
    archive.index_item(work, item.key)
    archive.record(work, actor, "page_supplemented", item.id, page=page.number, reason=remark, second=second.name)
    return seal


def _withdraw_scan(actor: Actor, scan: Item, item: Item, *, archive: Archive, work: UnitOfWork) -> None:
    relation = ItemRelation(
        item_key=scan.key, kind=RelationKind.ANNEX_OF, other_key=item.key, by=actor.name, noted_at=archive.now()
    )
    work.relations.add(relation)
    work.items.withdraw(scan.key)  # U3
    archive.index_item(work, scan.key)
    archive.record(work, actor, "item_rejected", scan.id, reason=f"补入 {item.id}", was=scan.state.value)
