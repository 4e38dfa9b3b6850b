"""Marking a page image before somebody sees it: his name and the time laid over it, and places made black.

What always holds:
- M1 What is under a black box is gone from the image that is sent, not merely covered by something above it.
- M2 The marks lie over the whole page, so that no part of it can be photographed without one; the writing beneath
  stays legible.
- M3 Nothing of a page is kept from one question to the next.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import IO, Any, Final

from PIL import Image, ImageDraw, ImageFont

from dms.ingest.reading.errors import ReaderOutOfMemory, ReaderStumbled
from dms.ingest.reading.frames import Frame, FrameBounds, StreamEnded, read_frame, write_frame
from dms.ingest.reading.keyless import confinement

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

_BOUNDS: Final = FrameBounds(header_bytes=2**20, parts_bytes=128 * 2**20)
_ADDRESS_SPACE_BYTES: Final = 3 * 2**30
_ANSWER_S: Final = 30.0
_MOST_PIXELS: Final = 200_000_000
_QUALITY: Final = 88
_SIMPLIFIED: Final = 2
"""Which of the faces of a Noto CJK collection is the simplified Chinese one."""
_SMALLEST_PX: Final = 16
_PARTS_OF_A_PAGE: Final = 52
_SLANT_DEGREES: Final = 28
_INK: Final = 62
"""How much of the mark shows, of 255: it can be read, and so can what is beneath."""
_COLOUR: Final = (70, 70, 90)
_SPACING_ACROSS: Final = 1.25
_SPACING_DOWN: Final = 0.8


def serve_stamping() -> None:
    """Confine this process, take a font, and mark one JPEG a frame until the parent hangs up."""
    inward, outward = confinement.take_over_streams()
    read_frame(inward, _BOUNDS)
    confinement.confine(address_space_bytes=_ADDRESS_SPACE_BYTES, program=None)
    confinement.end_with_parent(inward)
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    font_bytes: bytes | None = None
    while True:
        try:
            question = read_frame(inward, _BOUNDS)
        except StreamEnded:
            return
        confinement.allow_processor_time(_ANSWER_S)
        if question.header["ask"] == "font":
            font_bytes = next(iter(question.parts), None)
            _reply(outward, Frame({"answer": "ready"}))
        else:
            _reply(outward, _answered(question, font_bytes))


def marked(jpeg: bytes, *, text: str, boxes: Sequence[Sequence[int]], font_bytes: bytes | None) -> bytes:
    """The page as JPEG with the boxes (left, top, right, bottom) black and the text laid over it again and again."""
    with Image.open(BytesIO(jpeg), formats=("JPEG",)) as opened:
        page = opened.convert("RGB")
    pen = ImageDraw.Draw(page)
    for left, top, right, bottom in boxes:
        if right > left and bottom > top:
            pen.rectangle((left, top, right - 1, bottom - 1), fill=(0, 0, 0))
    if text:
        _lay_over(page, text, font_bytes)
    written = BytesIO()
    page.save(written, "JPEG", quality=_QUALITY)
    return written.getvalue()


def _lay_over(page: Image.Image, text: str, font_bytes: bytes | None) -> None:
    tile = _tile(text, _font(font_bytes, max(_SMALLEST_PX, max(page.size) // _PARTS_OF_A_PAGE)))
    step_x, step_y = int(tile.width * _SPACING_ACROSS), int(tile.height * _SPACING_DOWN)
    for row, top in enumerate(range(-tile.height // 2, page.height, step_y)):
        # Every other row begins half a step aside, so that no straight strip stays free.
        for left in range(-tile.width // 2 - (row % 2) * step_x // 2, page.width, step_x):
            page.paste(_COLOUR, (left, top), tile)


def _tile(text: str, font: Font) -> Image.Image:
    """The text, slanted, as a mask of how much ink there is."""
    left, top, right, bottom = (round(edge) for edge in font.getbbox(text))
    upright = Image.new("L", (right - left + 4, bottom - top + 4), 0)
    ImageDraw.Draw(upright).text((2 - left, 2 - top), text, fill=_INK, font=font)
    return upright.rotate(_SLANT_DEGREES, resample=Image.Resampling.BICUBIC, expand=True)


def _font(font_bytes: bytes | None, size_px: int) -> Font:
    if font_bytes is None:
        return ImageFont.load_default(size_px)
    try:
        return ImageFont.truetype(BytesIO(font_bytes), size_px, index=_SIMPLIFIED)
    except OSError:  # a font of its own, not a collection
        return ImageFont.truetype(BytesIO(font_bytes), size_px)


def _answered(question: Frame, font_bytes: bytes | None) -> Frame:
    asked = question.header
    try:
        content = marked(question.parts[0], text=asked["text"], boxes=asked["boxes"], font_bytes=font_bytes)
    except MemoryError:
        return _error(ReaderOutOfMemory.code)
    except Exception:  # noqa: BLE001 -- whatever a library raises about a page is an answer about it
        return _error(ReaderStumbled.code)
    return Frame({"answer": "marked"}, (content,))


def _error(code: str) -> Frame:
    details: dict[str, Any] = {}
    return Frame({"answer": "error", "code": code, "details": details})


def _reply(outward: IO[bytes], answer: Frame) -> None:
    write_frame(outward, answer.header, answer.parts)
