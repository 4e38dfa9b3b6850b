import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from dms.ingest.reading import (
    AnimatedPicture,
    DamagedDocument,
    EmptyDocument,
    ForeignKind,
    MediaType,
    PaperKind,
    ReadingLimits,
    ReadingRefused,
    TooManyPages,
    TooManyPixels,
    TooSmall,
    UnrecognisedContent,
    UnsupportedKind,
)
from dms.ingest.reading.keyless.triage import open_paper
from reading.papers import PdfSheet, encoded, pdf, scanned, written

LIMITS = ReadingLimits(pages=20)
PICTURE = written()


def _examined(content):
    paper = open_paper(content, LIMITS)
    try:
        return paper.examine()
    finally:
        paper.close()


def _animated(kind):
    return encoded(PICTURE, kind, save_all=True, append_images=[written(["Another picture"])], duration=100)


READABLE = {
    "JPEG": (encoded(PICTURE, "JPEG"), MediaType.JPEG),
    "PNG": (encoded(PICTURE, "PNG"), MediaType.PNG),
    "TIFF": (encoded(PICTURE, "TIFF"), MediaType.TIFF),
    "fax": (encoded(PICTURE.convert("1"), "TIFF", compression="group4"), MediaType.TIFF),
    "BMP": (encoded(PICTURE, "BMP"), MediaType.BMP),
    "WebP": (encoded(PICTURE, "WEBP"), MediaType.WEBP),
    "PDF": (scanned(PICTURE), MediaType.PDF),
    "PDF behind a letterhead of bytes": (b"\0" * 500 + scanned(PICTURE), MediaType.PDF),
}


@pytest.mark.parametrize(("content", "media_type"), READABLE.values(), ids=READABLE.keys())
def test_a_paper_is_recognised_by_its_content(content, media_type):
    assert _examined(content).media_type is media_type


def _archive_of(name):
    return b"PK\3\4" + b"\0" * 26 + name + b"\0" * 100


FOREIGN = {
    "a text": (b"Purchase contract\n" * 10, ForeignKind.PLAIN_TEXT),
    "a Chinese text in the national encoding": ("采购合同编号".encode("gb18030") * 10, ForeignKind.PLAIN_TEXT),
    "a text in UTF-16": ("合同文本".encode("utf-16"), ForeignKind.PLAIN_TEXT),
    "a Word document": (_archive_of(b"word/document.xml"), ForeignKind.WORD),
    "an Excel workbook": (_archive_of(b"xl/workbook.xml"), ForeignKind.EXCEL),
    "a presentation": (_archive_of(b"ppt/slides"), ForeignKind.POWERPOINT),
    "an OFD document": (_archive_of(b"OFD.xml"), ForeignKind.OFD),
    "an OpenDocument text": (
        _archive_of(b"mimetypeapplication/vnd.oasis.opendocument.text"),
        ForeignKind.OPEN_DOCUMENT,
    ),
    "an archive": (_archive_of(b"scans/1.jpg"), ForeignKind.ARCHIVE),
    "another archive": (b"Rar!\x1a\x07\x01\0", ForeignKind.ARCHIVE),
    "an old Office document": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, ForeignKind.LEGACY_OFFICE),
    "a rich text": (b"{\\rtf1 contract}", ForeignKind.RICH_TEXT),
    "a web page": (b"<!DOCTYPE html><html></html>", ForeignKind.WEB_PAGE),
    "XML": (b"<?xml version='1.0'?><invoice/>", ForeignKind.XML),
    "a phone photo": (b"\0\0\0\x18ftypheic\0\0\0\0", ForeignKind.HEIC),
    "a film": (b"\0\0\0\x18ftypisom\0\0\0\0", ForeignKind.AUDIO_OR_VIDEO),
    "a still GIF": (encoded(PICTURE, "GIF"), ForeignKind.GIF),
    "an e-mail": (b"From: a@b.c\r\nSubject: contract\r\nMIME-Version: 1.0\r\n\r\nHello", ForeignKind.EMAIL),
    "a program": (b"MZ\x90\0" + b"\0" * 100, ForeignKind.PROGRAM),
}


@pytest.mark.parametrize(("content", "kind"), FOREIGN.values(), ids=FOREIGN.keys())
def test_what_is_no_scan_is_called_by_its_name(content, kind):
    with pytest.raises(UnsupportedKind) as raised:
        _examined(content)
    assert raised.value.details == {"foreign_kind": kind}


def _chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _bomb(width, height):
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(b"\0" * 1000)), _chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _many_pictures(count):
    page = PICTURE.convert("1")
    return encoded(page, "TIFF", save_all=True, append_images=[page] * (count - 1))


REFUSED = {
    "nothing": (b"", EmptyDocument),
    "noise": (np.random.default_rng(7).bytes(4_000), UnrecognisedContent),
    "a moving GIF": (_animated("GIF"), AnimatedPicture),
    "a moving PNG": (_animated("PNG"), AnimatedPicture),
    "a moving WebP": (_animated("WEBP"), AnimatedPicture),
    "a picture of 50,000 by 50,000": (_bomb(50_000, 50_000), TooManyPixels),
    "a picture of one colour": (encoded(Image.new("L", (20, 900)), "PNG"), TooSmall),
    "a TIFF of 21 pages": (_many_pictures(21), TooManyPages),
    "a PDF of 21 pages": (pdf([PdfSheet(size=(200, 200))] * 21), TooManyPages),
    "a PDF that is only a header": (b"%PDF-1.7\n", DamagedDocument),
    "a PNG that is only a header": (b"\x89PNG\r\n\x1a\n", DamagedDocument),
}


@pytest.mark.parametrize(("content", "refusal"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_read_is_refused_with_its_reason(content, refusal):
    with pytest.raises(refusal):
        _examined(content)


def test_a_tiff_within_the_limit_has_its_pages_counted():
    assert _examined(_many_pictures(3)).page_count == 3


CUT = {
    "JPEG": encoded(PICTURE, "JPEG", quality=90),
    "progressive JPEG": encoded(PICTURE, "JPEG", progressive=True),
    "PNG": encoded(PICTURE, "PNG"),
    "BMP": encoded(PICTURE, "BMP"),
    "WebP": encoded(PICTURE, "WEBP"),
    "lossless WebP": encoded(PICTURE, "WEBP", lossless=True),
    "TIFF": encoded(PICTURE, "TIFF"),
    "JPEG in TIFF": encoded(PICTURE, "TIFF", compression="jpeg"),
    "LZW in TIFF": encoded(PICTURE, "TIFF", compression="tiff_lzw"),
    "fax": encoded(PICTURE.convert("1"), "TIFF", compression="group4"),
    "TIFF of three pages": _many_pictures(3),
    "scanned PDF": scanned(PICTURE),
    "born-digital PDF": pdf([PdfSheet(lines=["one"]), PdfSheet(lines=["two"])]),
}


@pytest.mark.parametrize("content", CUT.values(), ids=CUT.keys())
def test_half_a_paper_is_never_accepted_wherever_it_was_cut(content):
    for tenth in range(1, 10):
        with pytest.raises(ReadingRefused):
            _examined(content[: len(content) * tenth // 10])


def test_the_last_bytes_matter_too():
    for content in (CUT["scanned PDF"], CUT["fax"], CUT["BMP"]):
        with pytest.raises(DamagedDocument):
            _examined(content[:-7])


def test_a_scan_and_a_printed_document_are_told_apart():
    assert _examined(scanned(PICTURE)).kind is PaperKind.PDF_SCANNED
    assert _examined(pdf([PdfSheet(lines=["born digital"])])).kind is PaperKind.PDF_BORN_DIGITAL
    place = (encoded(PICTURE, "JPEG"), PICTURE.size, (0.0, 0.0, 595.0, 842.0))
    mixed = pdf([PdfSheet(lines=["cover"]), PdfSheet(pictures=[place])])
    assert _examined(mixed).kind is PaperKind.PDF_MIXED
