"""RapidOCR: the only home of `rapidocr` (PP-OCR models from its own wheel, nothing is fetched).

Its two networks are used directly. Detection runs on a copy of the written part of the page, scaled so that the
characters have the size that the network finds best; recognition runs on crops of the sharp page, one line at a time,
so that no line is padded to the length of another. Decision 0004 has the measurements.
"""

from collections.abc import Iterator
from importlib.metadata import version
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from dms.domain.reading import Box
from dms.ingest.reading.answers import is_writing
from dms.ingest.reading.keyless.engine import ReadCharacter, Recognised, Segment
from dms.ingest.reading.keyless.paper import Pixels
from dms.ingest.reading.keyless.preview import Preview
from dms.ingest.reading.keyless.seals import seals_on, without_seals

_GLYPH_PX = 14.0
"""Height of a character at which the detection network misses least."""
_LONGEST_SIDE_PX = 2_560
"""Bound for the detection copy; beyond it memory grows above 1 GB."""
_HIGHEST_SCALE = 2.0
_MARGIN_SHARE = 0.03
_GLYPHS_DOWN_AN_EMPTY_PAGE = 40
"""The size of writing to look for where nothing has the size of writing, e.g. on a cover with huge letters."""
_TALL_RATIO = 1.5
_SURE_DETECTION, _UNSURE_DETECTION = 0.5, 0.3
_LEAST_CONFIDENCE, _LEAST_CONFIDENCE_OF_UNSURE = 0.5, 0.8
"""A line crossed by a grey seal is detected with little certainty; it counts if it can be read well all the same."""
_NARROWEST_RATIO = 320 / 48
"""A line shorter than this is padded: what the recognition network was made for."""
_WIDEST_CELL = 1.1
"""Widest place of one character, in heights of its line."""
_OUTER_CELL = 1.3
"""The network notices a line's first character a little late, so its outer half is made wider than its inner one."""
_PARAMETERS = {
    "Global.log_level": "critical",
    "Global.use_cls": False,
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    "Det.box_thresh": _UNSURE_DETECTION,
}

_Quad = npt.NDArray[np.float32]


class RapidEngine:
    """See `engine.OcrEngine`."""

    def __init__(self) -> None:
        """Load nothing yet."""
        self._networks: _Networks | None = None

    @property
    def name(self) -> str:
        """See `OcrEngine.name`."""
        return f"RapidOCR {version('rapidocr')} PP-OCRv6 small"

    def read(self, page: Pixels, preview: Preview) -> list[Segment]:
        """See `OcrEngine.read`."""
        clean = _blue_first(without_seals(page, seals_on(preview)))
        part = _written_part(preview, page)
        found = _without_doubles(self._loaded().quads(clean, part, _detection_scale(preview, part)))
        return [segment for quad, score in found if (segment := self._segment(clean, quad, score))]

    def recognise(self, page: Pixels, regions: list[Box]) -> list[Recognised]:
        """See `OcrEngine.recognise`."""
        colour = _blue_first(page)
        return [_recognised(self._loaded().letters(_patch(colour, region))) for region in regions]

    def _segment(self, page: Pixels, quad: _Quad, score: float) -> Segment | None:
        patch, tall = _cut_out(page, quad)
        letters = self._loaded().letters(patch)
        least = _LEAST_CONFIDENCE if score >= _SURE_DETECTION else _LEAST_CONFIDENCE_OF_UNSURE
        if not letters or sum(c for _, _, c in letters) / len(letters) < least:
            return None
        return _placed(letters, quad, tall=tall)

    def _loaded(self) -> "_Networks":
        if self._networks is None:
            self._networks = _Networks()
        return self._networks


_Letter = tuple[str, float, float]
"""A character, where its middle stands along the patch (0 to 1), and its confidence."""


class _Networks:
    """The detection and the recognition network, one thread each."""

    def __init__(self) -> None:
        from rapidocr import RapidOCR

        front: Any = RapidOCR(params=_PARAMETERS)  # reads no page itself: only its loading of the models is used
        self._detector = front._load_det_model()
        self._recogniser = front._load_rec_model()

    def quads(self, page: Pixels, part: Box, scale: float) -> list[tuple[_Quad, float]]:
        """Each piece of writing within the part and how sure it is one, 0 to 1.

        Corners stand clockwise from top left, in pixels of the page.
        """
        whole = page[part.top : part.bottom, part.left : part.right]
        height, width = whole.shape[:2]
        copy = _resized_to(whole, _multiple_of_32(width * scale), _multiple_of_32(height * scale))
        levels = copy.transpose(2, 0, 1)[None].astype(np.float32) * np.float32(1 / 127.5) - np.float32(1)
        found, scores = self._detector.postprocess_op(self._detector.session(levels), (height, width))
        corner = np.array([part.left, part.top], np.float32)
        return [(np.asarray(quad, np.float32) + corner, float(s)) for quad, s in zip(found, scores, strict=True)]

    def letters(self, patch: Pixels) -> list[_Letter]:
        """The characters on a patch that holds one line, best path through the network's columns (CTC)."""
        height, width = patch.shape[:2]
        ratio = max(_NARROWEST_RATIO, width / height)
        shares = self._recogniser.session(self._recogniser.resize_norm_img(patch, ratio)[None])[0]
        used = shares.shape[0] * min(1.0, width / height / ratio)
        return _trimmed(list(_best_path(shares, self._recogniser.postprocess_op.character, used)))


def _multiple_of_32(length: float) -> int:
    """What the detection network takes: its layers halve a picture five times."""
    return max(32, round(length / 32) * 32)


def _resized_to(page: Pixels, width: int, height: int) -> Pixels:
    """The page in the given size; halved first while that is still large enough, which is fastest."""
    while page.shape[0] >= 2 * height and page.shape[1] >= 2 * width:
        page = np.asarray(cv2.resize(page, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
    return np.asarray(cv2.resize(page, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def _best_path(shares: npt.NDArray[np.float32], alphabet: list[str], used: float) -> Iterator[_Letter]:
    """The most likely character of each run of columns; column 0 of the alphabet stands for none."""
    best = shares.argmax(axis=1)
    edges = np.flatnonzero(np.diff(best)) + 1
    for start, end in zip([0, *edges], [*edges, len(best)], strict=True):
        character = alphabet[best[start]]
        if best[start] and all(map(is_writing, character)):
            yield character, min(1.0, (start + end) / 2 / used), float(shares[start:end, best[start]].max())


def _trimmed(letters: list[_Letter]) -> list[_Letter]:
    while letters and letters[0][0].isspace():
        letters = letters[1:]
    while letters and letters[-1][0].isspace():
        letters = letters[:-1]
    return letters


def _recognised(letters: list[_Letter]) -> Recognised:
    return Recognised("".join(c for c, _, _ in letters), tuple(confidence for _, _, confidence in letters))


def _blue_first(page: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(page, cv2.COLOR_GRAY2BGR if page.ndim == 2 else cv2.COLOR_RGB2BGR), np.uint8)


def _written_part(preview: Preview, page: Pixels) -> Box:
    """The part of the page that holds every glyph, with a margin."""
    height, width = page.shape[:2]
    if not len(preview.glyphs):
        return Box(0, 0, width, height)
    glyphs, margin = preview.glyphs, _MARGIN_SHARE * max(height, width)
    return Box(
        max(0, int(glyphs.left.min() / preview.scale - margin)),
        max(0, int(glyphs.top.min() / preview.scale - margin)),
        min(width, int((glyphs.left + glyphs.width).max() / preview.scale + margin)),
        min(height, int((glyphs.top + glyphs.height).max() / preview.scale + margin)),
    )


def _detection_scale(preview: Preview, part: Box) -> float:
    longest = max(part.right - part.left, part.bottom - part.top)
    glyph_px = preview.glyph_px or longest / _GLYPHS_DOWN_AN_EMPTY_PAGE
    return min(_GLYPH_PX / glyph_px, _HIGHEST_SCALE, _LONGEST_SIDE_PX / longest)


def _without_doubles(found: list[tuple[_Quad, float]]) -> list[tuple[_Quad, float]]:
    """The pieces without those unsure ones whose middle a sure one covers already."""
    sure = [(quad.min(axis=0), quad.max(axis=0)) for quad, score in found if score >= _SURE_DETECTION]

    def is_covered(quad: _Quad) -> bool:
        middle = quad.mean(axis=0)
        return any((low <= middle).all() and (middle <= high).all() for low, high in sure)

    return [(quad, score) for quad, score in found if score >= _SURE_DETECTION or not is_covered(quad)]


def _cut_out(page: Pixels, quad: _Quad) -> tuple[Pixels, bool]:
    """The patch within the corners, levelled, and whether it was laid on its side because it stands tall."""
    width = max(1, round(max(np.linalg.norm(quad[0] - quad[1]), np.linalg.norm(quad[3] - quad[2]))))
    height = max(1, round(max(np.linalg.norm(quad[0] - quad[3]), np.linalg.norm(quad[1] - quad[2]))))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    turn = cv2.getPerspectiveTransform(quad, corners)
    patch = cv2.warpPerspective(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    tall = height >= _TALL_RATIO * width
    return np.ascontiguousarray(np.rot90(patch) if tall else patch, np.uint8), tall


def _patch(page: Pixels, region: Box) -> Pixels:
    return np.ascontiguousarray(page[region.top : region.bottom, region.left : region.right])


def _placed(letters: list[_Letter], quad: _Quad, *, tall: bool) -> Segment:
    """The letters on the page: cells side by side along the quad, as wide as their neighbours leave them."""
    start, end = (_side(quad, 0, 1), _side(quad, 3, 2)) if tall else (_side(quad, 0, 3), _side(quad, 1, 2))
    length, thickness = float(np.linalg.norm(end.mean(0) - start.mean(0))), float(np.linalg.norm(start[0] - start[1]))
    cells = _cells([middle for _, middle, _ in letters], _WIDEST_CELL * thickness / max(length, 1.0))
    characters = (
        _character(text, confidence, np.concatenate([start + (end - start) * edge for edge in cell]))
        for (text, _, confidence), cell in zip(letters, cells, strict=True)
    )
    return Segment(characters=tuple(characters), tall=tall)


def _side(quad: _Quad, first: int, second: int) -> _Quad:
    return quad[[first, second]]


def _character(text: str, confidence: float, corners: _Quad) -> ReadCharacter:
    (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
    return ReadCharacter(text, float(left), float(top), float(right), float(bottom), confidence)


def _cells(middles: list[float], widest: float) -> list[tuple[float, float]]:
    """For each middle its cell, all within 0 to 1: halfway to the neighbours and never wider than `widest`."""
    between = [(a + b) / 2 for a, b in pairwise(middles)]
    first = middles[0] - _OUTER_CELL * (between[0] - middles[0]) if between else 0.0
    last = middles[-1] + _OUTER_CELL * (middles[-1] - between[-1]) if between else 1.0
    edges = [first, *between, last]
    return [
        (max(0.0, left, middle - widest / 2), min(1.0, right, middle + widest / 2))
        for middle, (left, right) in zip(middles, pairwise(edges), strict=True)
    ]
