"""A page made small, and the marks on it: what is needed to judge a page before anything costly is done with it.

A mark is a connected patch that is darker than the paper around it, whatever light lay on the paper; shadows, the
edges of the scanner and the rules of a table are marks too, but not *glyphs*: marks of the size of a character.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from dms.ingest.reading.keyless.paper import Pixels

_LONGEST_SIDE_PX = 1_280
_HALF = 0.5
_NEIGHBOURHOOD_PX = 33
_FAINTEST_CONTRAST = 12
"""Grey levels by which a mark must be darker than what surrounds it; pencil on white has 30 and more."""
_LOWEST_GLYPH_PX, _HIGHEST_GLYPH_PX = 4, 100
_LONGEST_GLYPH_RATIO = 6.0
_LIGHTEST_GLYPH_AREA_PX = 7
_GLYPH_PERCENTILE = 75


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks as columns of equal length, in pixels of the preview."""

    left: npt.NDArray[np.float64]
    top: npt.NDArray[np.float64]
    width: npt.NDArray[np.float64]
    height: npt.NDArray[np.float64]
    area: npt.NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.left)


@dataclass(frozen=True, slots=True)
class Preview:
    """The page at most 1,280 pixels long, in the colours of the page, and its marks."""

    pixels: Pixels
    scale: float
    """Pixels of the preview for one pixel of the page; 1 for a page that is small already."""
    glyphs: Marks
    ink_share: float
    """Share of the page that is covered by marks other than those at its edge, 0 to 1."""

    @property
    def glyph_px(self) -> float | None:
        """The size of the writing in pixels of the full page, whichever way it lies; None for a page without any.

        Strokes and dots are marks too, so the size of a character stands above the median of the marks.
        """
        if not len(self.glyphs):
            return None
        sides = (np.percentile(side, _GLYPH_PERCENTILE) for side in (self.glyphs.width, self.glyphs.height))
        return float(min(sides)) / self.scale


def preview_of(page: Pixels) -> Preview:
    """The preview of a page in any orientation."""
    scale = min(1.0, _LONGEST_SIDE_PX / max(page.shape[:2]))
    return preview_from(resized(page, scale), scale)


def preview_from(small: Pixels, scale: float) -> Preview:
    """The preview whose pixels are given already."""
    grey = small if small.ndim == 2 else np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), np.uint8)
    marks = _marks(grey)
    inner = _inner(marks, grey.shape)
    glyphs = _glyphs(inner)
    return Preview(small, scale, glyphs, float(inner.area.sum()) / grey.size)


def resized(page: Pixels, scale: float) -> Pixels:
    """The page scaled by a factor, averaging where it shrinks; the page itself for a factor of 1.

    Halving is many times faster than any other shrinking, so it is done first.
    """
    while scale <= _HALF:
        page, scale = _scaled(page, _HALF, cv2.INTER_AREA), scale / _HALF
    return page if scale == 1.0 else _scaled(page, scale, cv2.INTER_LINEAR if scale < 1 else cv2.INTER_CUBIC)


def _scaled(page: Pixels, scale: float, method: int) -> Pixels:
    height, width = (max(1, round(side * scale)) for side in page.shape[:2])  # a page like a ribbon keeps a breadth
    return np.asarray(cv2.resize(page, (width, height), interpolation=method), np.uint8)


def _marks(grey: Pixels) -> Marks:
    dark = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _NEIGHBOURHOOD_PX, _FAINTEST_CONTRAST
    )
    _, _, table, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    left, top, width, height, area = table[1:].astype(np.float64).T
    return Marks(left, top, width, height, area)


def _inner(marks: Marks, shape: tuple[int, ...]) -> Marks:
    """The marks that do not touch the edge of the page, where shadows and the scanner's lid leave theirs."""
    within = (marks.left > 0) & (marks.top > 0)
    within &= (marks.left + marks.width < shape[1]) & (marks.top + marks.height < shape[0])
    return _chosen(marks, within)


def _glyphs(marks: Marks) -> Marks:
    longer, shorter = np.maximum(marks.width, marks.height), np.minimum(marks.width, marks.height)
    fits = (longer >= _LOWEST_GLYPH_PX) & (longer <= _HIGHEST_GLYPH_PX)
    fits &= (longer <= _LONGEST_GLYPH_RATIO * shorter) & (marks.area >= _LIGHTEST_GLYPH_AREA_PX)
    return _chosen(marks, fits)


def _chosen(marks: Marks, mask: npt.NDArray[np.bool_]) -> Marks:
    return Marks(marks.left[mask], marks.top[mask], marks.width[mask], marks.height[mask], marks.area[mask])
