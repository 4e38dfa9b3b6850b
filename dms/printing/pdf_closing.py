"""Ending a PDF of our own: what it says of itself, and the same bytes for the same content."""

from datetime import datetime
from hashlib import sha256
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, ByteStringObject

from dms.printing.document_facts import state_facts

PDF_HEADER = "%PDF-1.7"


def closed(writer: PdfWriter, content_digest: bytes, *, title: str, made_at: datetime, archival: bool) -> bytes:
    """The bytes of the whole document; its id is a digest of its content, title and moment."""
    state_facts(writer, title=title, made_at=made_at, archival=archival)
    whole = sha256(content_digest + f"{made_at.timestamp()} {title}".encode(errors="replace"))
    identifier = ByteStringObject(whole.digest()[:16])
    # The library would only draw a random one, and the same paper is to give the same bytes.
    writer._ID = ArrayObject([identifier, identifier])
    written = BytesIO()
    writer.write(written)
    return written.getvalue()
