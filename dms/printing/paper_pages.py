"""Pages of paper inside a PDF: the scanned image unchanged, over it an invisible text layer with what was read.

Invariants:
- The JPEG of a page goes in byte by byte; what is stamped lies over it in a layer of its own.
- The text comes out of viewers in the order of the reading, each character where it stands in the image.
"""

import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from pypdf import PageObject, PdfWriter
from pypdf.generic import IndirectObject, NumberObject, PdfObject

from dms.domain.reading import PageReading
from dms.printing.errors import PageImageMismatch, PageImageUnusable
from dms.printing.glyphless_font import GlyphlessFont
from dms.printing.jpeg_header import JpegHeader, jpeg_header
from dms.printing.page_stamps import PageStamps
from dms.printing.pdf_objects import Entries, add, deflated, dictionary, name, numbers, stream
from dms.printing.text_placing import Direction, Run, place

_POINTS_PER_INCH = 72
_A4_LONG_SIDE_POINTS = 297 / 25.4 * _POINTS_PER_INCH
_SMALLEST_SIDE_POINTS, _LARGEST_SIDE_POINTS = 3, 14_400
"""The sides a page may have (ISO 19005-2, 6.1.13)."""
_COLOUR_SPACES = {1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK"}
_CMYK_COMPONENTS = 4
_INVISIBLE = "3 Tr"
_ROTATIONS = {Direction.RIGHT: "1 0 0 1", Direction.DOWN: "0 -1 1 0"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfPage:
    """One page to be put in: its straightened image and what was read of it, in the pixels of that image."""

    jpeg: bytes
    reading: PageReading
    dpi: float | None
    """Pixels per inch of the image; None where nobody knows, and the page becomes as long as A4."""


class PaperPages:
    """Lays pages of paper into one document, which they share a font with."""

    def __init__(self, writer: PdfWriter) -> None:
        self._writer = writer
        self._font = GlyphlessFont(writer)
        self._stamps = PageStamps(writer)
        self._digest = hashlib.sha256()
        self._archival = True

    @property
    def archival(self) -> bool:
        """Whether every page so far keeps to PDF/A-2b (ISO 19005-2): none of them is CMYK."""
        return self._archival

    def add(self, page: PdfPage, *, stamped_number: int | None = None) -> None:
        """Lay one page and its text into the document, a page number stamped over it where one is given.

        Raises `PageImageUnusable` or `PageImageMismatch`.
        """
        header = _checked_header(page)
        scale = _points_per_pixel(page)
        content = _content(page.reading, scale, self._font)
        if stamped_number is not None:
            size_points = (page.reading.width_px * scale, page.reading.height_px * scale)
            # Between q and Q, or the text layer's invisible writing would make the stamp invisible too.
            content = f"q\n{content}\nQ\n{self._stamps.operations(stamped_number, size_points)}"
        encoded = content.encode("ascii")
        self._writer.add_page(self._page_object(page, header, scale, encoded, stamped=stamped_number is not None))
        self._digest.update(hashlib.sha256(page.jpeg).digest() + hashlib.sha256(encoded).digest())
        self._archival = self._archival and header.components != _CMYK_COMPONENTS

    def complete(self) -> bytes:
        """Close the font once every page is in; the digest of everything that was laid in."""
        self._font.complete()
        return self._digest.digest()

    def _page_object(
        self, page: PdfPage, header: JpegHeader, scale: float, content: bytes, *, stamped: bool
    ) -> PageObject:
        images = {"Scan": self._image(page.jpeg, header)} | (self._stamps.forms() if stamped else {})
        resources = {"XObject": dictionary(images), "Font": dictionary({"Text": self._font.reference})}
        entries: Entries = {
            "Type": name("Page"),
            "MediaBox": numbers([0, 0, page.reading.width_px * scale, page.reading.height_px * scale]),
            "Resources": dictionary(resources),
            "Contents": add(self._writer, deflated(content, {})),
        }
        made = PageObject(self._writer)
        made.update(dictionary(entries))
        return made

    def _image(self, jpeg: bytes, header: JpegHeader) -> IndirectObject:
        entries: dict[str, PdfObject] = {
            "Type": name("XObject"),
            "Subtype": name("Image"),
            "Width": NumberObject(header.width_px),
            "Height": NumberObject(header.height_px),
            "ColorSpace": name(_COLOUR_SPACES[header.components]),
            "BitsPerComponent": NumberObject(8),
            "Filter": name("DCTDecode"),
        }
        if header.components == _CMYK_COMPONENTS and header.adobe:
            entries["Decode"] = numbers([1, 0] * _CMYK_COMPONENTS)
        return add(self._writer, stream(jpeg, entries))


def _checked_header(page: PdfPage) -> JpegHeader:
    header = jpeg_header(page.jpeg)
    if header is None:
        raise PageImageUnusable(page.reading.number)
    image_px = (header.width_px, header.height_px)
    reading_px = (page.reading.width_px, page.reading.height_px)
    if image_px != reading_px:
        raise PageImageMismatch(page.reading.number, image_px, reading_px)
    return header


def _points_per_pixel(page: PdfPage) -> float:
    short_px, long_px = sorted((page.reading.width_px, page.reading.height_px))
    if page.dpi and math.isfinite(page.dpi) and page.dpi > 0:
        scale = _POINTS_PER_INCH / page.dpi
        if short_px * scale >= _SMALLEST_SIDE_POINTS and long_px * scale <= _LARGEST_SIDE_POINTS:
            return scale
    return _A4_LONG_SIDE_POINTS / long_px


def _content(reading: PageReading, scale: float, font: GlyphlessFont) -> str:
    width, height = _decimal(reading.width_px * scale), _decimal(reading.height_px * scale)
    operations = [f"q {width} 0 0 {height} 0 0 cm /Scan Do Q"]
    for line in reading.lines:
        shown = [op for run in place(line) for op in _show(run, reading.height_px, scale, font)]
        operations += ["BT", _INVISIBLE, *shown, "ET"] if shown else []
    return "\n".join(operations)


def _show(run: Run, page_height_px: int, scale: float, font: GlyphlessFont) -> Iterator[str]:
    x, y = run.start_px
    place_points = f"{_decimal(x * scale)} {_decimal((page_height_px - y) * scale)}"
    yield f"/Text {_decimal(run.height_px * scale)} Tf"
    yield f"{_ROTATIONS[run.direction]} {place_points} Tm"
    for width_px, cells in groupby(run.cells, key=lambda cell: cell.width_px):
        codes = "".join(font.code(cell.text) for cell in cells)
        yield f"{_decimal(100 * width_px / run.height_px)} Tz <{codes}> Tj"


def _decimal(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
