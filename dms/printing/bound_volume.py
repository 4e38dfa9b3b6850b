"""A bound volume as one PDF: cover, contents list, every page in order with its number, filing note, bookmarks.

Invariants:
- The JPEG of every page goes in byte by byte; numbers are stamped over the copy only.
- What a form of ours looks like is taken over as it was typeset, fonts and all.
- The same parts give the same bytes.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from pypdf import PdfReader, PdfWriter

from dms.printing.errors import NothingToPrint
from dms.printing.paper_pages import PaperPages, PdfPage
from dms.printing.pdf_closing import PDF_HEADER, closed


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundPage:
    """One page of a paper in the volume."""

    page: PdfPage
    number: int | None
    """Its page number in the volume; None for a blank side, and where pages are not numbered through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundPaper:
    """One paper of the volume, page by page, taken one at a time; one without any page leaves no trace."""

    heading: str
    """What its bookmark says."""
    pages: Iterable[BoundPage]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundForm:
    """A form that is bound with the papers: cover, contents list, filing note."""

    heading: str
    pdf: bytes
    """As `dms.printing` made it, with its fonts."""


def bound_volume_pdf(parts: Iterable[BoundForm | BoundPaper], *, title: str, made_at: datetime) -> bytes:
    """The parts as one PDF in their order, each with a bookmark; PDF/A-2b unless a page image is CMYK.

    Raises `NothingToPrint` where there is no page at all, and what `searchable_pdf` raises of a page.
    """
    volume = _Volume()
    for part in parts:
        volume.add(part)
    return volume.finished(title=title, made_at=made_at)


class _Volume:
    def __init__(self) -> None:
        self._writer = PdfWriter()
        self._writer.pdf_header = PDF_HEADER
        self._papers = PaperPages(self._writer)
        self._digest = hashlib.sha256()

    def add(self, part: BoundForm | BoundPaper) -> None:
        """Lay one part into the document."""
        first_page = len(self._writer.pages)
        match part:
            case BoundForm():
                self._add_form(part)
            case BoundPaper():
                self._add_paper(part)
        if len(self._writer.pages) > first_page:
            self._writer.add_outline_item(title=part.heading, page_number=first_page)
            self._digest.update(part.heading.encode(errors="replace"))

    def _add_form(self, part: BoundForm) -> None:
        for page in PdfReader(BytesIO(part.pdf)).pages:
            laid = self._writer.add_page(page)
            # The tree of the form's structure stays behind, so nothing may point into it.
            laid.pop("/StructParents", None)
        self._digest.update(hashlib.sha256(part.pdf).digest())

    def _add_paper(self, part: BoundPaper) -> None:
        for bound in part.pages:
            self._papers.add(bound.page, stamped_number=bound.number)

    def finished(self, *, title: str, made_at: datetime) -> bytes:
        """The whole document; raises `NothingToPrint`."""
        if not self._writer.pages:
            raise NothingToPrint
        digest = hashlib.sha256(self._digest.digest() + self._papers.complete()).digest()
        return closed(self._writer, digest, title=title, made_at=made_at, archival=self._papers.archival)
