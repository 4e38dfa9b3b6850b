"""PDF: the only home of pypdfium2 (pixels, places of characters) and pypdf (structure).

A PDF that was cut off is refused even where the library would repair it, because a repair silently loses pages: the
end marker must stand at the end, and as many pages must open as the page tree declares.
"""

import io
import re
from collections.abc import Iterator

import numpy as np
import pypdf
import pypdfium2
import pypdfium2.raw as pdfium

from dms.ingest.reading.answers import Examination, MediaType, PaperKind
from dms.ingest.reading.errors import (
    DamagedDocument,
    NoSuchPage,
    PasswordProtected,
    ReadingRefused,
    TooManyPages,
    TooManyPixels,
    TooSmall,
)
from dms.ingest.reading.keyless.paper import LayerCharacter, Pixels, Raster
from dms.ingest.reading.keyless.pictures import WORKING_PIXELS
from dms.ingest.reading.limits import ReadingLimits

_POINTS_PER_INCH = 72.0
_BORN_DIGITAL_DPI = 220.0
"""A4 becomes 2,573 pixels high: just below the longest side of a page image, so nothing is scaled twice."""
_HAIR_BELOW_ONE = 1 - 1e-5
"""The library rounds sizes up; without it a scan would be stretched by one pixel and blurred all over."""
_HIGHEST_DPI = 600.0
_LOWEST_DPI = 50.0
_MIXED_DPI = 300.0
_FULL_PAGE_SHARE = 0.85
_PAGES_LOOKED_AT = 24
_TAIL_BYTES = 1_024
_END = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF")
_TABLE = re.compile(rb"\s*(?:xref\s|\d+\s+\d+\s+obj\b)")
_UPRIGHT_RADIANS = 0.05
_FORM_DEPTH = 4


class PdfPaper:
    """An opened PDF as a paper."""

    def __init__(self, content: bytes, limits: ReadingLimits) -> None:
        """Open without rendering; raises `DamagedDocument`, `PasswordProtected` or `TooManyPages`."""
        self._limits = limits
        _require_end(content)
        self._document = _opened(content)
        self._page_count = len(self._document)
        try:
            self._require_all_pages(content)
        except ReadingRefused:
            self.close()
            raise
        if self._document.get_formtype() != pdfium.FORMTYPE_NONE:
            self._document.init_forms()

    def examine(self) -> Examination:
        """See `Paper.examine`; up to 24 pages spread over the document are opened to tell its kind."""
        step = max(1, self._page_count // _PAGES_LOOKED_AT)
        kinds = {self._kind_of(number) for number in range(1, self._page_count + 1, step)}
        kind = kinds.pop() if len(kinds) == 1 else PaperKind.PDF_MIXED
        return Examination(media_type=MediaType.PDF, kind=kind, page_count=self._page_count)

    def raster(self, number: int) -> Raster:
        """See `Paper.raster`; a page that is one picture is rendered at the picture's own resolution."""
        page = self._page(number)
        try:
            return self._rendered(page, number)
        finally:
            page.close()

    def close(self) -> None:
        """See `Paper.close`."""
        self._document.close()

    def _require_all_pages(self, content: bytes) -> None:
        if self._page_count > self._limits.pages:
            raise TooManyPages(pages=self._page_count, limit=self._limits.pages)
        if self._page_count < max(1, _declared_page_count(content)):
            raise DamagedDocument

    def _kind_of(self, number: int) -> PaperKind:
        page = self._page(number)
        try:
            return PaperKind.PDF_SCANNED if _scan_dpi(page, _pictures(page)) else PaperKind.PDF_BORN_DIGITAL
        finally:
            page.close()

    def _page(self, number: int) -> pypdfium2.PdfPage:
        if not 1 <= number <= self._page_count:
            raise NoSuchPage(page=number, pages=self._page_count)
        try:
            page = self._document[number - 1]
        except pypdfium2.PdfiumError:
            raise DamagedDocument from None
        if min(page.get_size()) <= 0:
            raise DamagedDocument
        return page

    def _rendered(self, page: pypdfium2.PdfPage, number: int) -> Raster:
        pictures = _pictures(page)
        self._require_pixels(pictures, number)
        scan_dpi = _scan_dpi(page, pictures)
        dpi = _bounded(_dpi_for(page, pictures, scan_dpi), page)
        self._require_breadth(page, dpi, number)
        try:
            bitmap = page.render(scale=dpi / _POINTS_PER_INCH * _HAIR_BELOW_ONE, rev_byteorder=True)
        except pypdfium2.PdfiumError:
            raise DamagedDocument from None
        try:
            return Raster(
                pixels=_pixels(bitmap),
                made_by=f"pdf-{dpi:.0f}dpi",
                layer=() if scan_dpi else tuple(_layer(page, bitmap)),
                native_scan=bool(scan_dpi),
            )
        finally:
            bitmap.close()

    def _require_breadth(self, page: pypdfium2.PdfPage, dpi: float, number: int) -> None:
        width_px, height_px = (round(side * dpi / _POINTS_PER_INCH) for side in page.get_size())
        if min(width_px, height_px) < self._limits.shortest_side_px:
            raise TooSmall(page=number, width_px=width_px, height_px=height_px)

    def _require_pixels(self, pictures: list[pypdfium2.PdfImage], number: int) -> None:
        for picture in pictures:
            width, height = picture.get_px_size()
            if width * height > self._limits.pixels_per_page:
                raise TooManyPixels(
                    page=number, width_px=width, height_px=height, limit_px=self._limits.pixels_per_page
                )


def _opened(content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}:
            raise PasswordProtected from None
        raise DamagedDocument from None


def _require_end(content: bytes) -> None:
    """Raise `DamagedDocument` unless the content ends in a pointer that leads to a table (ISO 32000, 7.5.4 and 7.5.5).

    A pointer that misses shows that bytes were lost before it; the library would mend that and lose pages silently.
    Offsets count from the header, which may stand behind a letterhead of other bytes.
    """
    ends = list(_END.finditer(content.rstrip(b"\0\r\n\t ")[-_TAIL_BYTES:]))
    if not ends:
        raise DamagedDocument
    place = int(ends[-1].group(1))
    if not any(_TABLE.match(content, start + place) for start in {0, content.find(b"%PDF-")}):
        raise DamagedDocument


def _declared_page_count(content: bytes) -> int:
    """How many pages the page tree says there are; 0 where its word cannot be had, as in an encrypted PDF."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(content), strict=False)
        return 0 if reader.is_encrypted else int(reader.root_object["/Pages"]["/Count"])  # type: ignore[index]
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 -- a second opinion on hostile structure may fail in any way; the first one stands
        return 0


def _pictures(page: pypdfium2.PdfPage) -> list[pypdfium2.PdfImage]:
    return list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=_FORM_DEPTH))


def _scan_dpi(page: pypdfium2.PdfPage, pictures: list[pypdfium2.PdfImage]) -> float | None:
    """The resolution of the one picture that fills the page, None when the page is not a scan.

    A scan sliced into strips counts as well: the pictures together fill the page, and the finest of them decides.
    """
    width, height = _unturned_size(page)
    shares = [(_drawn_area(picture, width, height) / (width * height), _dpi_of(picture)) for picture in pictures]
    if sum(share for share, _ in shares) < _FULL_PAGE_SHARE:
        return None
    largest = max(share for share, _ in shares)
    return max(dpi for share, dpi in shares if share >= largest / 2)


def _unturned_size(page: pypdfium2.PdfPage) -> tuple[float, float]:
    left, bottom, right, top = page.get_cropbox()
    return max(1.0, right - left), max(1.0, top - bottom)


def _drawn_area(picture: pypdfium2.PdfImage, width: float, height: float) -> float:
    left, bottom, right, top = picture.get_bounds()
    return float(max(0.0, min(right - left, width)) * max(0.0, min(top - bottom, height)))


def _dpi_of(picture: pypdfium2.PdfImage) -> float:
    left, bottom, right, top = picture.get_bounds()
    samples = max(picture.get_px_size())
    return float(samples / max(right - left, top - bottom, 1.0) * _POINTS_PER_INCH)


def _dpi_for(page: pypdfium2.PdfPage, pictures: list[pypdfium2.PdfImage], scan_dpi: float | None) -> float:
    """A scan's own resolution; more where text is drawn over it, or over a coarse letterhead that fills the page."""
    if scan_dpi and (scan_dpi >= _BORN_DIGITAL_DPI or not _shows_text(page)):
        return scan_dpi
    finest = max(map(_dpi_of, pictures), default=0.0)
    return min(max(_BORN_DIGITAL_DPI, finest), _MIXED_DPI)


def _shows_text(page: pypdfium2.PdfPage) -> bool:
    texts = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=_FORM_DEPTH)
    return any(pdfium.FPDFTextObj_GetTextRenderMode(t) != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE for t in texts)


def _bounded(dpi: float, page: pypdfium2.PdfPage) -> float:
    width, height = page.get_size()
    most = (WORKING_PIXELS / (width * height)) ** 0.5 * _POINTS_PER_INCH
    return float(min(max(dpi, _LOWEST_DPI), _HIGHEST_DPI, most))


def _pixels(bitmap: pypdfium2.PdfBitmap) -> Pixels:
    pixels: Pixels = bitmap.to_numpy()
    if pixels.ndim == 3 and pixels.shape[2] == 4:
        pixels = pixels[:, :, :3]
    return np.array(pixels, dtype=np.uint8)  # a copy: the bitmap's own memory goes when it is closed


def _layer(page: pypdfium2.PdfPage, bitmap: pypdfium2.PdfBitmap) -> Iterator[LayerCharacter]:
    text = page.get_textpage()
    try:
        place = bitmap.get_posconv(page)
        for index, letter in _letters(text):
            left, bottom, right, top = text.get_charbox(index, loose=True)
            (x0, y0), (x1, y1) = place.to_bitmap(left, top), place.to_bitmap(right, bottom)
            yield LayerCharacter(
                text=letter,
                left=min(x0, x1),
                top=min(y0, y1),
                right=max(x0, x1),
                bottom=max(y0, y1),
                upright=_is_upright(text, index, page),
                unmapped=pdfium.FPDFText_HasUnicodeMapError(text, index) == 1,
            )
    finally:
        text.close()


def _letters(text: pypdfium2.PdfTextPage) -> Iterator[tuple[int, str]]:
    """Index and character of all that is drawn, and of the spaces and line ends concluded; pairs are joined."""
    pending = ""
    for index in range(text.count_chars()):
        pending += chr(pdfium.FPDFText_GetUnicode(text, index))
        if "\ud800" <= pending[-1] <= "\udbff" and len(pending) == 1:
            continue
        yield index, pending.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        pending = ""


def _is_upright(text: pypdfium2.PdfTextPage, index: int, page: pypdfium2.PdfPage) -> bool:
    turned = pdfium.FPDFText_GetCharAngle(text, index) + page.get_rotation() * np.pi / 180
    return bool(abs((turned + np.pi) % (2 * np.pi) - np.pi) < _UPRIGHT_RADIANS)
