"""The bound volume as one PDF: cover, contents list, every paper page by page, filing note."""

from collections.abc import Iterator

from dms.archive import Archive, UseForbidden, bears_hidden
from dms.domain.actor import Actor
from dms.domain.item import Item, ItemState, Rendition, RenditionRole
from dms.domain.layout import decode_layout
from dms.domain.policy import Reason, Use
from dms.domain.volume import Volume
from dms.filing.printing_out.volume_sheets import contents_of, note_of, volume_covers
from dms.filing.printing_out.volumes_wished import papers_in, volume_wished
from dms.filing.printing_out.wish import FORM_NAMES, PrintForm, PrintWish
from dms.filing.sealing import volume_file
from dms.printing import BoundForm, BoundPage, BoundPaper, Form, PdfPage, bound_volume_pdf, form_pdf
from dms.store import UnitOfWork


def bound_volume(actor: Actor, wish: PrintWish, *, archive: Archive) -> bytes:
    """The volume wished for as far as the actor may see it, or its sheets alone, by the form that is wished for.

    A paper without page images, one that he may not take away, or one with identity numbers that he may not see,
    stands in the contents list only. Raises
    `PrintWishIncomplete`, `VolumeNotFound`, `UseForbidden` where he may take none of the papers, `ObjectDamaged`, and
    what `bound_volume_pdf` raises.
    """
    with_papers = wish.form is PrintForm.BOUND_VOLUME
    with archive.looking() as view:
        volume = volume_wished(actor, wish, work=view)
        papers = _to_take(actor, volume, work=view) if with_papers else []
        keys = [paper.key for paper in papers]
        images = view.contents.renditions_of_all(keys, RenditionRole.PAGE_IMAGE)
        layouts = view.contents.renditions_of_all(keys, RenditionRole.LAYOUT)
    bound = volume_file(actor, volume.id, archive=archive)
    parts: tuple[BoundForm | BoundPaper, ...] = (
        _form(PrintForm.VOLUME_COVER, volume_covers(actor, wish, archive=archive)),
        _form(PrintForm.CONTENTS_LIST, contents_of(actor, bound, archive=archive)),
        *(_paper(paper, images.get(paper.key, []), layouts.get(paper.key, []), archive=archive) for paper in papers),
        _form(PrintForm.FILING_NOTE, note_of(actor, bound, archive=archive)),
    )
    return bound_volume_pdf(parts, title=f"{volume.reference_code or volume.id} {volume.title}", made_at=archive.now())


def _to_take(actor: Actor, volume: Volume, *, work: UnitOfWork) -> list[Item]:
    papers = papers_in(volume, actor=actor, work=work)
    usable = work.items.usable([paper.key for paper in papers], actor=actor, use=Use.TAKE)
    if papers and not usable and any(paper.state is not ItemState.DESTROYED for paper in papers):
        raise UseForbidden(Use.TAKE, Reason.NO_PERMISSION)
    texts = work.contents.pages_of_all(usable)
    barred = {key for key, pages in texts.items() if bears_hidden(actor, (page.text for page in pages))}
    return [paper for paper in papers if paper.key in usable - barred]


def _form(form: PrintForm, facts: Form) -> BoundForm:
    return BoundForm(heading=FORM_NAMES[form].zh, pdf=form_pdf(facts))


def _paper(paper: Item, images: list[Rendition], layouts: list[Rendition], *, archive: Archive) -> BoundPaper:
    code = paper.placement.reference_code if paper.placement else None
    heading = " ".join(filter(None, (code, paper.title)))
    return BoundPaper(heading=heading, pages=_pages(paper, images, layouts, archive=archive))


def _pages(paper: Item, images: list[Rendition], layouts: list[Rendition], *, archive: Archive) -> Iterator[BoundPage]:
    """The pages one at a time; sides that bear writing are numbered on from the paper's first page number."""
    next_number = paper.placement.first_page if paper.placement else None
    read = {layout.page: layout for layout in layouts}
    for image in images:
        if image.page not in read:
            continue
        reading = decode_layout(archive.unseal(paper, read[image.page]))
        page = PdfPage(jpeg=archive.unseal(paper, image), reading=reading, dpi=None)
        yield BoundPage(page=page, number=None if reading.blank else next_number)
        if next_number is not None and not reading.blank:
            next_number += 1
