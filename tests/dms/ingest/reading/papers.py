"""Papers made in memory: pictures with writing on them, and PDFs written byte by byte."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageDraw, ImageFont

LATIN_FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
LINES = (
    "Purchase contract HT-2023-00871",
    "Seller: Suzhou Machinery Works",
    "Total price 438,000.00 yuan",
    "Signed on 2023-05-18",
)
A4_POINTS = (595, 842)


def written(
    lines: Sequence[str] = LINES,
    *,
    size: tuple[int, int] = (900, 420),
    glyph_px: int = 32,
    ink: str = "black",
    paper: str = "white",
) -> Image.Image:
    """A picture with the lines written on it, one below the other."""
    picture = Image.new("RGB", size, paper)
    pen, font = ImageDraw.Draw(picture), ImageFont.truetype(LATIN_FONT, glyph_px)
    for number, line in enumerate(lines):
        pen.text((60, 50 + round(2.2 * glyph_px * number)), line, font=font, fill=ink)
    return picture


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    """The picture as the content of an upload."""
    stream = io.BytesIO()
    picture.save(stream, kind, **options)
    return stream.getvalue()


def pixels(picture: Image.Image) -> np.ndarray:
    """The picture as the reading steps see it."""
    return np.asarray(picture, dtype=np.uint8)


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfSheet:
    """One page of a PDF: lines of text at 24 points, pictures as JPEG with their place in points."""

    lines: Sequence[str] = ()
    pictures: Sequence[tuple[bytes, tuple[int, int], tuple[float, float, float, float]]] = ()
    """Content, width and height in pixels; left, bottom, width and height in points."""
    invisible: bool = False
    size: tuple[int, int] = A4_POINTS
    font_size: int = 24
    extra: bytes = b""
    """More drawing instructions."""


@dataclass(slots=True)
class _Writer:
    objects: list[bytes] = field(default_factory=list)

    def add(self, body: bytes) -> int:
        self.objects.append(body)
        return len(self.objects)

    def add_stream(self, content: bytes, entries: bytes = b"") -> int:
        return self.add(b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content))

    def finished(self, root: int) -> bytes:
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        places = []
        for number, body in enumerate(self.objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        out += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, root, start)
        return bytes(out)


def pdf(sheets: Sequence[PdfSheet], *, claims: dict[str, str] | None = None) -> bytes:
    """A PDF of these pages; `claims` makes its text layer say another character than the one that is seen."""
    writer = _Writer()
    font = _add_font(writer, claims or {})
    pages = len(writer.objects) + sum(2 + len(sheet.pictures) for sheet in sheets) + 1
    kids = [_add_sheet(writer, sheet, font, pages) for sheet in sheets]
    tree = b" ".join(b"%d 0 R" % kid for kid in kids)
    assert writer.add(b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), tree)) == pages
    return writer.finished(writer.add(b"<< /Type /Catalog /Pages %d 0 R >>" % pages))


def scanned(picture: Image.Image, *, dpi: int = 200, hidden_text: Sequence[str] = ()) -> bytes:
    """A PDF with the picture as its one page, and perhaps another program's OCR behind it."""
    width, height = (round(side * 72 / dpi) for side in picture.size)
    place = (encoded(picture, "JPEG", quality=90), picture.size, (0.0, 0.0, float(width), float(height)))
    return pdf([PdfSheet(lines=hidden_text, invisible=True, pictures=[place], size=(width, height))])


def _add_font(writer: _Writer, claims: dict[str, str]) -> int:
    pairs = b"".join(b"<%02X> <%04X>\n" % (ord(code), ord(claims.get(code, code))) for code in map(chr, range(32, 127)))
    table = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Claims def /CMapType 2 def\n"
        b"1 begincodespacerange <00> <FF> endcodespacerange\n95 beginbfchar\n%sendbfchar\nendcmap end end" % pairs
    )
    mapping = writer.add_stream(table)
    return writer.add(
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode %d 0 R >>" % mapping
    )


def _add_sheet(writer: _Writer, sheet: PdfSheet, font: int, pages: int) -> int:
    width, height = sheet.size
    drawing = bytearray()
    names = bytearray()
    for number, (content, (across, down), (left, bottom, wide, high)) in enumerate(sheet.pictures):
        entries = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB" % (across, down)
        image = writer.add_stream(content, entries + b" /BitsPerComponent 8 /Filter /DCTDecode")
        names += b"/I%d %d 0 R " % (number, image)
        drawing += b"q %f 0 0 %f %f %f cm /I%d Do Q\n" % (wide, high, left, bottom, number)
    mode = 3 if sheet.invisible else 0
    for number, line in enumerate(sheet.lines):
        text = line.encode("latin-1").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        top = height - 80 - 2 * sheet.font_size * number
        drawing += b"BT /F1 %d Tf %d Tr 60 %d Td (%s) Tj ET\n" % (sheet.font_size, mode, top, text)
    content_number = writer.add_stream(bytes(drawing) + sheet.extra)
    resources = b"<< /Font << /F1 %d 0 R >> /XObject << %s >> >>" % (font, bytes(names))
    return writer.add(
        b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %d %d] /Resources %s /Contents %d 0 R >>"
        % (pages, width, height, resources, content_number)
    )
