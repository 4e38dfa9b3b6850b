"""Small papers drawn and read at the same time, so that the true place of every character is known."""

import io
from collections.abc import Iterable
from datetime import UTC, datetime

from PIL import Image, ImageDraw

from dms.domain.reading import Box, Character, Line, PageReading, TextSource
from dms.printing import PdfPage

MADE_AT = datetime(2024, 5, 18, 9, 30, tzinfo=UTC)
WIDTH_PX, HEIGHT_PX = 827, 1169
DPI = 100.0


def written(text: str, *, left: int = 80, top: int, size: int = 24, step: float = 1.0) -> Line:
    """A line to the right: Han characters are squares, others half of one; `step` is from one to the next."""
    characters: list[Character] = []
    x = float(left)
    for char in text:
        width = size if ord(char) > 0x2E7F else size / 2
        box = None if char.isspace() else Box(round(x), top, round(x + width), top + size)
        characters.append(Character(char, box, 0.9))
        x += width * step
    return Line(tuple(characters))


def row(cells: Iterable[tuple[int, str]], *, top: int) -> Line:
    """One row of a table, its cells at the given left edges."""
    characters: list[Character] = []
    for left, text in cells:
        characters += [Character(" ", None, 1.0)] if characters else []
        characters += written(text, left=left, top=top).characters
    return Line(tuple(characters))


def reading(*lines: Line, number: int = 1, width_px: int = WIDTH_PX, height_px: int = HEIGHT_PX) -> PageReading:
    """What a reader would hand on for these lines."""
    return PageReading(
        number=number,
        width_px=width_px,
        height_px=height_px,
        turned_degrees=0,
        skew_degrees=0.0,
        blank=not lines,
        source=TextSource.OCR if lines else TextSource.NONE,
        engine="drawn 1" if lines else "",
        lines=lines,
    )


def jpeg(mode: str = "L", *, width_px: int = WIDTH_PX, height_px: int = HEIGHT_PX, boxes: Iterable[Box] = ()) -> bytes:
    """A light page with a dark frame where each box is."""
    light, dark = {"L": (240, 0), "RGB": ((250, 240, 230), (90, 0, 0)), "CMYK": ((9, 9, 9, 0), (0, 0, 0, 255))}[mode]
    image = Image.new(mode, (width_px, height_px), light)
    for box in boxes:
        ImageDraw.Draw(image).rectangle((box.left, box.top, box.right - 1, box.bottom - 1), outline=dark)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


def page(*lines: Line, mode: str = "L", number: int = 1, dpi: float | None = DPI) -> PdfPage:
    """The lines on a drawn page."""
    read = reading(*lines, number=number)
    return PdfPage(jpeg=jpeg(mode, boxes=read.boxes(0, len(read.text))), reading=read, dpi=dpi)
