"""A paper as PDF: its page images unchanged, and over each an invisible text layer with what was read.

Invariants:
- Nothing is drawn that was not on the paper.
- The same input gives the same bytes: the document's id is a digest of its content, its date is passed in.
"""

from collections.abc import Iterable
from datetime import datetime

from pypdf import PdfWriter

from dms.printing.errors import NothingToPrint
from dms.printing.paper_pages import PaperPages, PdfPage
from dms.printing.pdf_closing import PDF_HEADER, closed


def searchable_pdf(pages: Iterable[PdfPage], *, title: str, made_at: datetime) -> bytes:
    """The pages as one PDF with a text layer, in the given order; they are taken from `pages` one at a time.

    It keeps to PDF/A-2b (ISO 19005-2) unless a page image is CMYK. `title` is what viewers show as its name, `made_at`
    (aware) the moment it states. Raises `NothingToPrint` without pages, `PageImageUnusable` for an image that is no
    JPEG of 8 bits in grey, RGB or CMYK, `PageImageMismatch` where image and reading differ in size.
    """
    writer = PdfWriter()
    writer.pdf_header = PDF_HEADER
    laid = PaperPages(writer)
    for page in pages:
        laid.add(page)
    if not writer.pages:
        raise NothingToPrint
    digest = laid.complete()
    return closed(writer, digest, title=title, made_at=made_at, archival=laid.archival)
