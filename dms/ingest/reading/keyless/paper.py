"""What a paper is to the steps that read it, whatever kind of content it came from."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from dms.ingest.reading.answers import Examination

Pixels = npt.NDArray[np.uint8]
"""Height by width for grey, height by width by 3 for colour (red, green, blue); 255 is white."""


@dataclass(frozen=True, slots=True)
class LayerCharacter:
    """One character of a PDF's text layer; sides in pixels of the raster, not rounded."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    upright: bool
    """False for a character that lies on its side or stands on its head."""
    unmapped: bool
    """Whether the font does not say which character it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raster:
    """One page as pixels, before it was turned or straightened."""

    pixels: Pixels
    made_by: str
    """How, for the recipe, e.g. ``picture`` or ``pdf-200dpi``."""
    layer: tuple[LayerCharacter, ...]
    """The text layer in the order of the content; empty for pictures, scans and pages without text."""
    native_scan: bool
    """Whether the page is nothing but one picture, so that a text layer over it is another program's OCR."""


class Paper(Protocol):
    """An opened paper.

    The opener promises that the content was recognised; the paper promises to raise `ReadingRefused` for anything
    that cannot be shown whole, and never to return half a page.
    """

    def examine(self) -> Examination:
        """What it is, after checking that it is whole as far as can be told without reading every page."""

    def raster(self, number: int) -> Raster:
        """Page `number` from 1 as pixels; raises `NoSuchPage`, `DamagedDocument`, `TooManyPixels` or `TooSmall`."""

    def close(self) -> None:
        """Free what the libraries hold."""
