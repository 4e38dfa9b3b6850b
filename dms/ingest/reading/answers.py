"""What a reader answers, and how the parent checks every word of it.

The child has parsed a stranger's bytes and is not believed: a value leaves this module only after its type, its size
and its bounds were checked, and an answer with anything wrong in it is `ReaderMisbehaved` as a whole.

What always holds for an `Examination` and a `PageResult`:
- A1 Pages are counted from 1; `page_count` is at least 1 and within the limits.
- A2 Every box lies within the page image, is not empty, and is in its pixels; no line contains a line break.
- A3 `image` and `thumbnail` begin like JPEG and are of bounded size. Their content is still a stranger's: show them
  to a browser as ``image/jpeg`` and parse them nowhere else in a process that holds a key.
"""

import math
import re
import unicodedata
from array import array
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from dms.domain.reading import Box, Character, Line, PageReading, TextSource
from dms.ingest.reading.errors import ReaderMisbehaved
from dms.ingest.reading.frames import Frame, FrameBounds

ANSWER_BOUNDS = FrameBounds(header_bytes=4 * 2**20, parts_bytes=64 * 2**20)

_LONGEST_SIDE_PX = 20_000
_MOST_CHARACTERS = 200_000
_NO_BOX = (-1, -1, -1, -1)
_CONFIDENCE_UNIT = 10_000
_MEMORY_CEILING_BYTES = 2**50
_ENGINE = re.compile(r"[\w .+()/-]{0,80}")
_RECIPE = re.compile(r"[\w .=+;:/-]{0,400}")
_JPEG = b"\xff\xd8\xff"

_Choice = TypeVar("_Choice", bound=StrEnum)


class MediaType(StrEnum):
    """The kinds of content that are read."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    TIFF = "image/tiff"
    BMP = "image/bmp"
    WEBP = "image/webp"


class PaperKind(StrEnum):
    """How the pages of a paper came about, as far as its structure shows."""

    PICTURE = "picture"
    PDF_SCANNED = "pdf_scanned"
    PDF_BORN_DIGITAL = "pdf_born_digital"
    PDF_MIXED = "pdf_mixed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What a paper is, found out from its content alone."""

    media_type: MediaType
    kind: PaperKind
    page_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PageResult:
    """One page, read."""

    reading: PageReading
    image: bytes
    """JPEG of the straightened page, `reading.width_px` by `reading.height_px` pixels."""
    thumbnail: bytes
    """JPEG of the same, at most 320 pixels high and 320 wide."""
    recipe: str
    """How image and text were made, for the renditions: ``key=value`` pairs joined by semicolons."""


def examination_header(examination: Examination) -> dict[str, Any]:
    """What a child sends for an examination; `examination_from` is its inverse."""
    return {
        "answer": "examination",
        "media_type": examination.media_type,
        "kind": examination.kind,
        "page_count": examination.page_count,
    }


def examination_from(frame: Frame, *, most_pages: int) -> Examination:
    """The examination in a child's answer; raises `ReaderMisbehaved`."""
    header = frame.header
    if header.get("answer") != "examination" or frame.parts:
        _misbehaved()
    return Examination(
        media_type=_member(MediaType, header.get("media_type")),
        kind=_member(PaperKind, header.get("kind")),
        page_count=_integer(header.get("page_count"), 1, most_pages),
    )


def page_frame(result: PageResult) -> Frame:
    """What a child sends for a page; `page_from` is its inverse."""
    reading = result.reading
    characters = [c for line in reading.lines for c in line.characters]
    header = {
        "answer": "page",
        "number": reading.number,
        "width_px": reading.width_px,
        "height_px": reading.height_px,
        "turned_degrees": reading.turned_degrees,
        "skew_degrees": reading.skew_degrees,
        "blank": reading.blank,
        "source": reading.source,
        "engine": reading.engine,
        "recipe": result.recipe,
        "lines": [line.text for line in reading.lines],
    }
    boxes = array("i", [side for c in characters for side in _sides(c.box)])
    confidences = array("H", [round(c.confidence * _CONFIDENCE_UNIT) for c in characters])
    return Frame(header, (boxes.tobytes(), confidences.tobytes(), result.image, result.thumbnail))


def page_from(frame: Frame, *, number: int) -> PageResult:
    """The page in a child's answer, if it is page `number`; raises `ReaderMisbehaved`."""
    header = frame.header
    if header.get("answer") != "page" or len(frame.parts) != 4 or header.get("number") != number:
        _misbehaved()
    boxes, confidences, image, thumbnail = frame.parts
    width_px = _integer(header.get("width_px"), 1, _LONGEST_SIDE_PX)
    height_px = _integer(header.get("height_px"), 1, _LONGEST_SIDE_PX)
    reading = PageReading(
        number=number,
        width_px=width_px,
        height_px=height_px,
        turned_degrees=_integer(header.get("turned_degrees"), 0, 270, step=90),
        skew_degrees=_real(header.get("skew_degrees"), -45.0, 45.0),
        blank=_truth(header.get("blank")),
        source=_member(TextSource, header.get("source")),
        engine=_matching(_ENGINE, header.get("engine")),
        lines=_lines(header.get("lines"), boxes, confidences, Box(0, 0, width_px, height_px)),
    )
    recipe = _matching(_RECIPE, header.get("recipe"))
    return PageResult(reading=reading, image=_jpeg(image), thumbnail=_jpeg(thumbnail), recipe=recipe)


def peak_memory_from(frame: Frame) -> int:
    """The most memory, in bytes, that the child says it has used; raises `ReaderMisbehaved`."""
    return _integer(frame.header.get("peak_memory_bytes"), 0, _MEMORY_CEILING_BYTES)


def is_writing(character: str) -> bool:
    """Whether a character may stand in a line: anything but control characters, line breaks and halves of pairs."""
    return unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}


def _sides(box: Box | None) -> tuple[int, int, int, int]:
    return (box.left, box.top, box.right, box.bottom) if box else _NO_BOX


def _lines(texts: object, boxes: bytes, confidences: bytes, page: Box) -> tuple[Line, ...]:
    if not isinstance(texts, list) or not all(isinstance(text, str) and text for text in texts):
        _misbehaved()
    total = sum(map(len, texts))
    if total > _MOST_CHARACTERS or len(boxes) != 16 * total or len(confidences) != 2 * total:
        _misbehaved()
    sides = array("i", boxes)
    units = array("H", confidences)
    lines: list[Line] = []
    start = 0
    for text in texts:
        places = range(start, start + len(text))
        lines.append(
            Line(
                tuple(
                    _character(c, sides[4 * i : 4 * i + 4], units[i], page) for c, i in zip(text, places, strict=True)
                )
            )
        )
        start += len(text)
    return tuple(lines)


def _character(text: str, sides: "array[int]", unit: int, page: Box) -> Character:
    if not is_writing(text) or unit > _CONFIDENCE_UNIT:
        _misbehaved()
    left, top, right, bottom = sides
    if (left, top, right, bottom) == _NO_BOX and text.isspace():
        return Character(text, None, unit / _CONFIDENCE_UNIT)
    if not (0 <= left < right <= page.right and 0 <= top < bottom <= page.bottom):
        _misbehaved()
    return Character(text, Box(left, top, right, bottom), unit / _CONFIDENCE_UNIT)


def _member(kind: type[_Choice], value: object) -> _Choice:
    if not isinstance(value, str) or value not in set(kind):
        _misbehaved()
    return kind(value)


def _integer(value: object, lowest: int, highest: int, *, step: int = 1) -> int:
    if type(value) is not int or not lowest <= value <= highest or value % step:
        _misbehaved()
    return value


def _real(value: object, lowest: float, highest: float) -> float:
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not math.isfinite(value)
        or not lowest <= value <= highest
    ):
        _misbehaved()
    return float(value)


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        _misbehaved()
    return value


def _matching(pattern: re.Pattern[str], value: object) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        _misbehaved()
    return value


def _jpeg(content: bytes) -> bytes:
    if not content.startswith(_JPEG):
        _misbehaved()
    return content


def _misbehaved() -> NoReturn:
    raise ReaderMisbehaved
