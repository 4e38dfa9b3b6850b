"""Tesseract, the second engine: the only place that starts its program.

The program is spoken to through its standard input and output, because the usual Python binding (`pytesseract`) hands
pages over in plaintext files, which nothing here may write. The page goes in as a portable greymap, characters with
their places come out as hOCR.
"""

import html
import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import pairwise

import cv2
import numpy as np

from dms.domain.reading import Box
from dms.ingest.reading.answers import is_writing
from dms.ingest.reading.errors import OcrLanguageMissing, OcrProgramMissing
from dms.ingest.reading.keyless.engine import ReadCharacter, Recognised, Segment
from dms.ingest.reading.keyless.paper import Pixels
from dms.ingest.reading.keyless.preview import Preview
from dms.ingest.reading.keyless.seals import seals_on, without_seals

_LANGUAGES = ("chi_sim", "eng")
_WHOLE_PAGE, _ONE_LINE = "3", "7"
_CELL_GAP_EM, _WORD_GAP_EM = 1.5, 0.2
_LEAST_CONFIDENCE = 0.5
_QUIET_EDGE_PX = 12
_LINE_START = re.compile(r"class='ocr_(?:line|caption|header|textfloat)'")
_CHARACTER = re.compile(r"x_bboxes (\d+) (\d+) (\d+) (\d+); x_conf ([\d.]+)'>([^<]*)<")


class TesseractEngine:
    """See `engine.OcrEngine`."""

    def __init__(self) -> None:
        """Look for nothing yet."""
        self._version = ""

    @property
    def name(self) -> str:
        """See `OcrEngine.name`."""
        return f"Tesseract {self._checked_version()} {'+'.join(_LANGUAGES)}"

    def read(self, page: Pixels, preview: Preview) -> list[Segment]:
        """See `OcrEngine.read`."""
        clean = without_seals(page, seals_on(preview))
        return [s for s in self._segments(_grey(clean), _WHOLE_PAGE) if s.confidence >= _LEAST_CONFIDENCE]

    def recognise(self, page: Pixels, regions: list[Box]) -> list[Recognised]:
        """See `OcrEngine.recognise`."""
        return [self._recognised(_grey(page)[r.top : r.bottom, r.left : r.right]) for r in regions]

    def _recognised(self, patch: Pixels) -> Recognised:
        edge = _QUIET_EDGE_PX
        framed = cv2.copyMakeBorder(patch, edge, edge, edge, edge, cv2.BORDER_REPLICATE)
        characters = [c for s in self._segments(np.asarray(framed, np.uint8), _ONE_LINE) for c in s.characters]
        return Recognised("".join(c.text for c in characters), tuple(c.confidence for c in characters))

    def _segments(self, grey: Pixels, layout: str) -> list[Segment]:
        self._checked_version()
        height, width = grey.shape
        greymap = b"P5 %d %d 255\n" % (width, height) + np.ascontiguousarray(grey).tobytes()
        arguments = ("stdin", "stdout", "-l", "+".join(_LANGUAGES), "--psm", layout, "-c", "hocr_char_boxes=1", "hocr")
        page = _run(arguments, greymap).decode("utf-8", "replace")
        return [
            segment
            for line in _LINE_START.split(page)[1:]
            for segment in _split(list(_characters(line, width, height)))
        ]

    def _checked_version(self) -> str:
        """The program's version; raises `OcrProgramMissing` or `OcrLanguageMissing`."""
        if not self._version:
            installed = _run(("--list-langs",), b"").decode("utf-8", "replace").split()
            if not set(_LANGUAGES) <= set(installed):
                raise OcrLanguageMissing
            self._version = _run(("--version",), b"").decode("ascii", "ignore").split()[1]
        return self._version


def _run(arguments: tuple[str, ...], content: bytes) -> bytes:
    program = shutil.which("tesseract")
    if program is None:
        raise OcrProgramMissing
    try:
        done = subprocess.run(  # noqa: S603 -- a fixed program with fixed arguments; only pixels come from outside
            [program, *arguments], input=content, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True
        )
    except FileNotFoundError:
        raise OcrProgramMissing from None
    return done.stdout


def _grey(page: Pixels) -> Pixels:
    return page if page.ndim == 2 else np.asarray(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY), np.uint8)


def _characters(line: str, width: int, height: int) -> Iterator[ReadCharacter]:
    for left, top, right, bottom, confidence, escaped in _CHARACTER.findall(line):
        text = html.unescape(escaped)
        sides = (min(int(left), width), min(int(top), height), min(int(right), width), min(int(bottom), height))
        if sides[0] < sides[2] and sides[1] < sides[3]:
            certainty = min(1.0, float(confidence) / 100)
            yield from (ReadCharacter(c, *sides, certainty) for c in text if is_writing(c) and not c.isspace())


def _split(characters: list[ReadCharacter]) -> Iterator[Segment]:
    """The characters of one line as segments: cut where a cell ends, with a space where a Latin word ends."""
    if not characters:
        return
    em = float(np.median([c.bottom - c.top for c in characters]))
    run = [characters[0]]
    for before, after in pairwise(characters):
        gap = after.left - before.right
        if gap > _CELL_GAP_EM * em:
            yield Segment(characters=tuple(run))
            run = []
        elif gap > _WORD_GAP_EM * em and before.text.isascii() and after.text.isascii():
            run.append(ReadCharacter(" ", before.right, before.top, after.left, before.bottom, 1.0))
        run.append(after)
    yield Segment(characters=tuple(run))
