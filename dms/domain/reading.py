"""What reading one page yields: its lines in reading order, each character with its place on the page image.

Invariants:
- `PageReading.text` is the lines joined by one line feed; every character offset anywhere in the system counts in it.
- A line has exactly one `Character` for each character of its text; one that stands for white space between two
  cells or words has no box.
- Boxes are pixels of the *straightened* page image, the rendition that is shown on screen.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class TextSource(StrEnum):
    """Where the text of a page came from."""

    OCR = "ocr"
    TEXT_LAYER = "text_layer"
    NONE = "none"
    """The page is blank; nothing was read."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of the straightened page image; right and bottom are exclusive."""

    left: int
    top: int
    right: int
    bottom: int

    def union(self, other: "Box") -> "Box":
        """The smallest box that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class Character:
    """One character of a line; `confidence` lies between 0 and 1, `box` is None for white space between segments."""

    text: str
    box: Box | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of writing, or one row of a table, left to right."""

    characters: tuple[Character, ...]

    @property
    def text(self) -> str:
        """The characters as one string, as long as `characters`."""
        return "".join(c.text for c in self.characters)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReading:
    """All that was read of one page."""

    number: int
    """Physical order within the item, from 1."""
    width_px: int
    height_px: int
    turned_degrees: int
    """How far the scan had to be turned clockwise to stand upright: 0, 90, 180 or 270."""
    skew_degrees: float
    """The fine turn taken out after that, clockwise positive."""
    blank: bool
    source: TextSource
    engine: str
    """Name and version of what read it, for the recipe of the rendition; empty for a blank page."""
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The lines joined by line feeds."""
        return "\n".join(line.text for line in self.lines)

    @property
    def confidence(self) -> float:
        """Mean confidence of the characters that have a box, 0 to 1; 1 for a page without any."""
        values = [c.confidence for line in self.lines for c in line.characters if c.box]
        return sum(values) / len(values) if values else 1.0

    def boxes(self, start: int, end: int) -> list[Box]:
        """The places of the characters ``text[start:end]``, merged into one box a line."""
        merged: list[Box] = []
        for line_start, line in self._line_starts():
            touched = line.characters[max(0, start - line_start) : max(0, end - line_start)]
            boxes = [c.box for c in touched if c.box]
            if boxes:
                merged.append(_union(boxes))
        return merged

    def _line_starts(self) -> Iterator[tuple[int, Line]]:
        position = 0
        for line in self.lines:
            yield position, line
            position += len(line.characters) + 1


def _union(boxes: list[Box]) -> Box:
    whole = boxes[0]
    for box in boxes[1:]:
        whole = whole.union(box)
    return whole
