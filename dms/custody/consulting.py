"""Consultation 查阅: opening a paper, its pages, its original, its searchable PDF; all of it journaled (I6)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dms.archive import (
    VISIT,
    Archive,
    PersonalDataBarred,
    bears_hidden,
    entries_for,
    hidden_boxes,
    item_for,
    may_use,
    note_visit,
    pages_for,
    proposals_for,
    reading_for,
    require_use,
    sees_personal_data,
    text_for,
)
from dms.custody.errors import ItemDestroyed, NotReadable, PageNotFound
from dms.domain.actor import Actor, Permission
from dms.domain.contract import Contract
from dms.domain.customer import Customer
from dms.domain.item import Item, ItemState, Page, Rendition, RenditionRole
from dms.domain.journal import JournalEntry
from dms.domain.layout import decode_layout
from dms.domain.policy import Use
from dms.domain.proposal import FieldName, Proposal
from dms.domain.reading import Box, PageReading
from dms.domain.volume import Volume
from dms.store import UnitOfWork

if TYPE_CHECKING:
    from dms.printing import PdfPage

JOURNAL_ENTRIES_SHOWN = 50


BlackOut = Callable[[bytes, Sequence[Box]], bytes]
"""Makes what lies in the boxes of a JPEG black; a process without keys does it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedItem:
    """One paper with everything its page shows."""

    item: Item
    pages: tuple[Page, ...]
    corrections: Mapping[int, str]
    """The texts of corrected pages, by page number."""
    proposals: dict[FieldName, Proposal]
    customer: Customer | None
    contract: Contract | None
    volume: Volume | None
    history: tuple[JournalEntry, ...]
    """The newest journal entries about it, newest first."""
    may_take: bool
    """Whether the actor may take the original or a copy away."""
    may_change: bool
    """Whether the actor may state what it is, correct it, or reject it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """Bytes for a person to keep."""

    suggested_name: str
    media_type: str
    content: bytes


def open_item(actor: Actor, item_id: str, *, archive: Archive) -> OpenedItem:
    """The paper, the opening journaled; raises `ItemNotFound`."""
    actor.require(Permission.CONSULT)
    with archive.begin() as work:
        item = item_for(actor, item_id, work=work)
        archive.record(work, actor, VISIT, item.id)
        return _opened(actor, item, work=work)


def item_facts(actor: Actor, item_id: str, *, archive: Archive) -> Item:
    """The entry of an item alone, for showing how far its reading has come; raises `ItemNotFound`."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        return item_for(actor, item_id, work=view)


def page_image(actor: Actor, item_id: str, number: int, *, archive: Archive) -> bytes:
    """The straightened image of one page as JPEG.

    Raises `ItemNotFound`, `PageNotFound`, `ItemDestroyed` or `ObjectDamaged`.
    """
    return _page_rendition(actor, item_id, RenditionRole.PAGE_IMAGE, number, archive=archive)


def page_thumbnail(actor: Actor, item_id: str, number: int, *, archive: Archive) -> bytes:
    """The small image of one page as JPEG; raises as `page_image` does."""
    return _page_rendition(actor, item_id, RenditionRole.THUMBNAIL, number, archive=archive)


def page_reading(actor: Actor, item_id: str, number: int, *, archive: Archive) -> PageReading:
    """The characters of one page with their boxes, identity numbers masked; raises as `page_image` does."""
    return reading_for(actor, page_layout(actor, item_id, number, archive=archive))


def page_layout(actor: Actor, item_id: str, number: int, *, archive: Archive) -> PageReading:
    """The same with every character as it was read, for what is shown without its text; raises as `page_image` does."""
    return decode_layout(_page_rendition(actor, item_id, RenditionRole.LAYOUT, number, archive=archive))


def original(actor: Actor, item_id: str, *, archive: Archive) -> Download:
    """The bytes exactly as they were uploaded, journaled.

    Raises `ItemNotFound`, `ItemDestroyed`, `UseForbidden`, `PersonalDataBarred` or `ObjectDamaged`.
    """
    actor.require(Permission.CONSULT)
    with archive.begin() as work:
        item = item_for(actor, item_id, work=work)
        rendition = _rendition(item, RenditionRole.ORIGINAL, None, work=work)
        require_use(actor, Use.TAKE, item, work=work)
        if bears_hidden(actor, (page.text for page in work.contents.pages(item.key))):
            raise PersonalDataBarred
        archive.record(work, actor, "original_taken", item.id)
    content = archive.unseal(item, rendition)
    media_type = item.media_type or "application/octet-stream"
    return Download(suggested_name=item.original_filename, media_type=media_type, content=content)


def searchable_copy(actor: Actor, item_id: str, *, archive: Archive, black_out: BlackOut | None = None) -> Download:
    """A PDF of the page images with an invisible text layer, made on demand and journaled.

    `black_out` makes identity numbers black for those who may not see them; without it such a paper is refused. Raises
    `ItemNotFound`, `ItemDestroyed`, `UseForbidden`, `NotReadable` (not read to its end), `PersonalDataBarred` or
    `ObjectDamaged`.
    """
    actor.require(Permission.CONSULT)
    with archive.begin() as work:
        item = item_for(actor, item_id, work=work)
        pages = work.contents.pages(item.key)
        _require_kept(item)
        require_use(actor, Use.TAKE, item, work=work)
        if not pages or len(pages) != item.pages_total:
            raise NotReadable(item.state)
        if black_out is None and bears_hidden(actor, (page.text for page in pages)):
            raise PersonalDataBarred
        archive.record(work, actor, "searchable_copy_taken", item.id)
    from dms.printing import searchable_pdf  # loaded when a copy is asked for: few commands need it

    content = searchable_pdf(
        (_pdf_page(actor, item, page.number, black_out, archive=archive) for page in pages),
        title=item.title,
        made_at=archive.now(),
    )
    stem = item.original_filename.rsplit(".", 1)[0]
    return Download(suggested_name=f"{stem}.searchable.pdf", media_type="application/pdf", content=content)


def _opened(actor: Actor, item: Item, *, work: UnitOfWork) -> OpenedItem:
    stated = item.classification
    return OpenedItem(
        item=item,
        pages=tuple(pages_for(actor, work.contents.pages(item.key))),
        corrections={number: text_for(actor, text) for number, text in work.contents.corrections(item.key).items()},
        proposals=proposals_for(actor, item, work=work),
        customer=work.customers.get(stated.customer_id) if stated.customer_id else None,
        contract=work.contracts.get(stated.contract_id) if stated.contract_id else None,
        volume=work.volumes.get(item.volume_id, actor=actor) if item.volume_id else None,
        history=entries_for(actor, work.journal.entries(subject=item.id, newest_first=JOURNAL_ENTRIES_SHOWN)),
        may_take=may_use(actor, Use.TAKE, item, work=work),
        may_change=may_use(actor, Use.CHANGE, item, work=work),
    )


def _page_rendition(actor: Actor, item_id: str, role: RenditionRole, number: int, *, archive: Archive) -> bytes:
    """One page of an opened item; the visit is journaled once, not again for every page turned within it."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        item = item_for(actor, item_id, work=view)
        rendition = _rendition(item, role, number, work=view)
        require_use(actor, Use.LOOK, item, work=view)
    note_visit(actor, item, archive=archive)
    return archive.unseal(item, rendition)


def _rendition(item: Item, role: RenditionRole, number: int | None, *, work: UnitOfWork) -> Rendition:
    _require_kept(item)
    thinkable = number is None or 1 <= number <= (item.pages_total or 0)
    rendition = work.contents.rendition(item.key, role, number) if thinkable else None
    if rendition is None:
        raise PageNotFound(number or 0)
    return rendition


def _require_kept(item: Item) -> None:
    if item.state is ItemState.DESTROYED:
        raise ItemDestroyed


def _pdf_page(actor: Actor, item: Item, number: int, black_out: BlackOut | None, *, archive: Archive) -> "PdfPage":
    from dms.printing import PdfPage

    with archive.looking() as view:
        image = _rendition(item, RenditionRole.PAGE_IMAGE, number, work=view)
        layout = _rendition(item, RenditionRole.LAYOUT, number, work=view)
    reading = decode_layout(archive.unseal(item, layout))
    jpeg, hidden = archive.unseal(item, image), () if sees_personal_data(actor) else hidden_boxes(reading)
    shown = black_out(jpeg, hidden) if hidden and black_out else jpeg
    return PdfPage(jpeg=shown, reading=reading_for(actor, reading), dpi=None)
