"""What content is, told from its first bytes and never from a name; opens what is read, names what is not."""

import re
from collections.abc import Iterator

from dms.ingest.reading.answers import MediaType
from dms.ingest.reading.errors import (
    AnimatedPicture,
    EmptyDocument,
    ReadingRefused,
    UnrecognisedContent,
    UnsupportedKind,
)
from dms.ingest.reading.foreign import ForeignKind
from dms.ingest.reading.keyless.paper import Paper
from dms.ingest.reading.keyless.pdf import PdfPaper
from dms.ingest.reading.keyless.pictures import PicturePaper
from dms.ingest.reading.limits import ReadingLimits

_PDF_WITHIN_BYTES = 1_024
"""Readers look for the header of a PDF this far into the content (ISO 32000, annex H.3.4.1)."""
_LOOKED_AT_BYTES = 2**16
_TEXT_LOOKED_AT_BYTES = 4_096

_PICTURES: tuple[tuple[bytes, MediaType], ...] = (
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"II*\0", MediaType.TIFF),
    (b"MM\0*", MediaType.TIFF),
    (b"II+\0", MediaType.TIFF),
    (b"MM\0+", MediaType.TIFF),
    (b"BM", MediaType.BMP),
)
_FOREIGN: tuple[tuple[bytes, ForeignKind], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ForeignKind.LEGACY_OFFICE),
    (b"{\\rtf", ForeignKind.RICH_TEXT),
    (b"Rar!\x1a\x07", ForeignKind.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ForeignKind.ARCHIVE),
    (b"\x1f\x8b", ForeignKind.ARCHIVE),
    (b"BZh", ForeignKind.ARCHIVE),
    (b"\xfd7zXZ\0", ForeignKind.ARCHIVE),
    (b"\x28\xb5\x2f\xfd", ForeignKind.ARCHIVE),
    (b"\0\0\0\x0cjP  \r\n\x87\n", ForeignKind.JPEG_2000),
    (b"\xff\x4f\xff\x51", ForeignKind.JPEG_2000),
    (b"8BPS", ForeignKind.OTHER_PICTURE),
    (b"AT&TFORM", ForeignKind.OTHER_PICTURE),
    (b"\0\0\1\0", ForeignKind.OTHER_PICTURE),
    (b"\xff\x0a", ForeignKind.OTHER_PICTURE),
    (b"ID3", ForeignKind.AUDIO_OR_VIDEO),
    (b"OggS", ForeignKind.AUDIO_OR_VIDEO),
    (b"fLaC", ForeignKind.AUDIO_OR_VIDEO),
    (b"\x1a\x45\xdf\xa3", ForeignKind.AUDIO_OR_VIDEO),
    (b"MZ", ForeignKind.PROGRAM),
    (b"\x7fELF", ForeignKind.PROGRAM),
    (b"\xcf\xfa\xed\xfe", ForeignKind.PROGRAM),
)
_IN_ZIP: tuple[tuple[bytes, ForeignKind], ...] = (
    (b"word/", ForeignKind.WORD),
    (b"xl/", ForeignKind.EXCEL),
    (b"ppt/", ForeignKind.POWERPOINT),
    (b"OFD.xml", ForeignKind.OFD),
    (b"mimetypeapplication/vnd.oasis", ForeignKind.OPEN_DOCUMENT),
)
_PHOTO_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"})
_GIF_FRAME = b"\x21\xf9\x04"
_MAIL = re.compile(
    rb"(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*(?:Message-ID|MIME-Version|Received|Return-Path):", re.I
)
_MARKUP = re.compile(rb"\s*(?:<!doctype html|<html|<head|<body)", re.I)


def open_paper(content: bytes, limits: ReadingLimits) -> Paper:
    """The content as a paper; raises `ReadingRefused` with the reason when it is none."""
    if not content:
        raise EmptyDocument
    if b"%PDF-" in content[:_PDF_WITHIN_BYTES]:
        return PdfPaper(content, limits)
    picture = _picture_type(content)
    if picture:
        return PicturePaper(content, picture, limits)
    raise _refusal_of(content)


def _picture_type(content: bytes) -> MediaType | None:
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return MediaType.WEBP
    return next((kind for magic, kind in _PICTURES if content.startswith(magic)), None)


def _refusal_of(content: bytes) -> ReadingRefused:
    if content[:6] in {b"GIF87a", b"GIF89a"} and content.count(_GIF_FRAME) > 1:
        return AnimatedPicture()
    kind = next(_foreign_kinds(content), None)
    return UnsupportedKind(foreign_kind=kind) if kind else UnrecognisedContent()


def _foreign_kinds(content: bytes) -> Iterator[ForeignKind]:
    yield from (kind for magic, kind in _FOREIGN if content.startswith(magic))
    if content[:4] in {b"GIF8", b"PK\3\4", b"PK\5\6", b"RIFF"} or content[4:8] == b"ftyp":
        yield _contained_kind(content)
    yield from _kinds_of_text(content)


def _contained_kind(content: bytes) -> ForeignKind:
    if content.startswith(b"GIF8"):
        return ForeignKind.GIF
    if content.startswith(b"PK"):
        directory = content[:_LOOKED_AT_BYTES] + content[-_LOOKED_AT_BYTES:]
        return next((kind for name, kind in _IN_ZIP if name in directory), ForeignKind.ARCHIVE)
    if content[4:8] == b"ftyp" and content[8:12] in _PHOTO_BRANDS:
        return ForeignKind.HEIC
    return ForeignKind.AUDIO_OR_VIDEO


def _kinds_of_text(content: bytes) -> Iterator[ForeignKind]:
    head = content[:_TEXT_LOOKED_AT_BYTES].removeprefix(b"\xef\xbb\xbf")
    if _MARKUP.match(head):
        yield ForeignKind.WEB_PAGE
    if head.lstrip().startswith(b"<?xml"):
        yield ForeignKind.XML
    if _is_text(head):
        yield ForeignKind.EMAIL if _MAIL.match(head) else ForeignKind.PLAIN_TEXT


def _is_text(head: bytes) -> bool:
    """Whether the bytes decode as Unicode or as Chinese national encoding, without control characters."""
    encodings = ("utf-16",) if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8", "gb18030")
    return any(_decodes(head, encoding) for encoding in encodings)


def _decodes(head: bytes, encoding: str) -> bool:
    for cut in range(4):  # the last character may have been cut through
        try:
            text = head[: len(head) - cut].decode(encoding)
        except UnicodeDecodeError:
            continue
        return bool(text) and all(c in "\t\r\n\f" or c.isprintable() or c == "\u3000" for c in text)
    return False
