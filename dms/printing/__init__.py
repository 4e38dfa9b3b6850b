"""What comes out on paper, or looks as if it did: so far, papers as searchable PDF."""

from dms.printing.errors import NothingToPrint, PageImageMismatch, PageImageUnusable
from dms.printing.searchable_pdf import PdfPage, searchable_pdf

__all__ = ["NothingToPrint", "PageImageMismatch", "PageImageUnusable", "PdfPage", "searchable_pdf"]
