"""Red seals: found, and taken off the writing they cross, so that a stamped line is read like any other.

Red ink over black writing is nearly white in the red channel, where black stays black. Only inside a seal's own box
is the page replaced by that channel: red headings and red figures elsewhere are left to be read.
"""

import cv2
import numpy as np
import numpy.typing as npt

from dms.domain.reading import Box
from dms.ingest.reading.keyless.paper import Pixels
from dms.ingest.reading.keyless.preview import Preview, resized

_HALF = 0.5
_REDNESS = 30
"""Grey levels by which red exceeds green and blue in seal ink, faded prints included."""
_CLOSING_SHARE = 0.012
_SMALLEST_SHARE, _LARGEST_SHARE = 0.085, 0.45
"""Diameter of a seal as a share of the page's shorter side: a person's seal on A4 to a company's on a receipt."""
_LONGEST_RATIO = 1.7
_FULLEST_SHARE = 0.8
"""A patch fuller of red than this is a picture or a coloured field, not a seal."""
_FEWEST_IN_A_ROW = 3
"""So many red patches of one size side by side are the heading of an official paper, which must not be lost."""

_Patch = tuple[int, int, int, int, int]
"""Left, top, width, height and inked pixels."""


def seals_on(preview: Preview) -> list[Box]:
    """The boxes of the seals, in pixels of the full page, a little larger than the ink; none on a grey page."""
    if preview.pixels.ndim == 2:
        return []
    small = resized(preview.pixels, _HALF)
    red = _redness(small) > _REDNESS
    reach = max(3, round(_CLOSING_SHARE * min(red.shape)))
    joined = cv2.morphologyEx(red.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    _, _, table, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    patches: list[_Patch] = [tuple(row) for row in table[1:].tolist()]
    found = [p for p in patches if _is_seal(p, min(red.shape)) and not _is_in_a_row(p, patches)]
    outer = [p for p in found if not any(_is_inside(p, other) for other in found if other is not p)]
    return [_box(p, preview.scale * _HALF) for p in outer]


def without_seals(page: Pixels, seals: list[Box]) -> Pixels:
    """The page with the red ink inside each box taken off; the page itself when there is no seal."""
    if not seals:
        return page
    clean = page.copy()
    for seal in seals:
        patch = clean[seal.top : seal.bottom, seal.left : seal.right]
        patch[:] = _red_channel(patch)[:, :, None]
    return clean


def _redness(colour: Pixels) -> npt.NDArray[np.int16]:
    red, green, blue = (colour[:, :, channel].astype(np.int16) for channel in range(3))
    return np.asarray(red - np.maximum(green, blue), np.int16)


def _is_seal(patch: _Patch, shortest: int) -> bool:
    _, _, width, height, area = patch
    longer, shorter = max(width, height), min(width, height)
    sized = _SMALLEST_SHARE * shortest <= shorter and longer <= _LARGEST_SHARE * shortest
    return sized and longer <= _LONGEST_RATIO * shorter and area <= _FULLEST_SHARE * width * height


def _is_in_a_row(patch: _Patch, patches: list[_Patch]) -> bool:
    _, top, _, height, _ = patch
    alike = [p for p in patches if abs(p[1] - top) < height / 3 and abs(p[3] - height) < height / 3]
    return len(alike) >= _FEWEST_IN_A_ROW


def _is_inside(patch: _Patch, other: _Patch) -> bool:
    left, top, width, height, _ = patch
    within = other[0] <= left and left + width <= other[0] + other[2]
    return within and other[1] <= top and top + height <= other[1] + other[3]


def _box(patch: _Patch, scale: float) -> Box:
    left, top, width, height = (side / scale for side in patch[:4])
    margin = 0.04 * max(width, height)
    return Box(
        max(0, int(left - margin)), max(0, int(top - margin)), int(left + width + margin), int(top + height + margin)
    )


def _red_channel(patch: Pixels) -> Pixels:
    """The red channel, brightened so that the seal's own ink becomes as light as the paper."""
    red = patch[:, :, 0]
    inked = red[_redness(patch) > _REDNESS]
    ink = float(np.percentile(inked, 20)) if inked.size else 255.0
    return np.asarray(np.clip(red.astype(np.float32) * (255.0 / max(ink, 128.0)), 0, 255), np.uint8)
