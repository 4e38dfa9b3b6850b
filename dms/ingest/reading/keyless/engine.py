"""What an OCR engine is to the steps around it.

Duties of the caller: the page stands upright within a few degrees, is grey or RGB with 255 as white, its shorter side
has at least 48 pixels, and the preview is its own.

Duties of the engine: every segment lies within the page; a segment has as many places as characters; its text holds no
control character and neither begins nor ends with white space; confidences lie between 0 and 1; a page without writing
yields no segment; the same pixels yield the same segments. It keeps nothing of a page, writes nothing to a disk and
raises only `OcrProgramMissing`, `OcrLanguageMissing` or `MemoryError`.
"""

from dataclasses import dataclass
from typing import Protocol

from dms.domain.reading import Box
from dms.ingest.reading.keyless.paper import Pixels
from dms.ingest.reading.keyless.preview import Preview
from dms.ingest.reading.limits import EngineName


@dataclass(frozen=True, slots=True)
class ReadCharacter:
    """One character; sides in pixels of the page that was read, not rounded. Those of white space mean nothing."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A run of writing that the engine found in one piece: a line, a table cell, a seal."""

    characters: tuple[ReadCharacter, ...]
    tall: bool = False
    """Whether its writing runs up or down the page."""

    @property
    def left(self) -> float:
        """Where the leftmost character begins."""
        return min(c.left for c in self.characters)

    @property
    def right(self) -> float:
        """Where the rightmost character ends."""
        return max(c.right for c in self.characters)

    @property
    def top(self) -> float:
        """The mean upper side of its characters."""
        return sum(c.top for c in self.characters) / len(self.characters)

    @property
    def bottom(self) -> float:
        """The mean lower side of its characters."""
        return sum(c.bottom for c in self.characters) / len(self.characters)

    @property
    def text(self) -> str:
        """The characters as one string."""
        return "".join(c.text for c in self.characters)

    @property
    def confidence(self) -> float:
        """The mean over the characters, 0 to 1."""
        return sum(c.confidence for c in self.characters) / len(self.characters)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What one given region says."""

    text: str
    confidences: tuple[float, ...]
    """One for each character."""


class OcrEngine(Protocol):
    """See the module for the duties of both sides."""

    @property
    def name(self) -> str:
        """Name and version, for recipes, e.g. ``RapidOCR 3.10.0 PP-OCRv6 small``."""

    def read(self, page: Pixels, preview: Preview) -> list[Segment]:
        """All writing on the page, in no particular order."""

    def recognise(self, page: Pixels, regions: list[Box]) -> list[Recognised]:
        """What each region of one line says, in the order given."""


def engine_named(name: EngineName) -> OcrEngine:
    """The engine; its models are loaded when it reads for the first time."""
    if name is EngineName.TESSERACT:
        from dms.ingest.reading.keyless.tesseract import TesseractEngine

        return TesseractEngine()
    from dms.ingest.reading.keyless.rapid import RapidEngine

    return RapidEngine()
