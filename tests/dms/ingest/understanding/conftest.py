"""Papers as the reader hands them over, made from plain text."""

from collections.abc import Callable, Mapping, Sequence

import pytest

from dms.domain.reading import Box, Character, Line, PageReading, TextSource
from dms.ingest.understanding.cues import Cues, default_cues

Read = Callable[..., list[PageReading]]


@pytest.fixture(scope="session")
def read() -> Read:
    """Makes pages of a text; a form feed begins a new page, `doubtful` gives passages a lower confidence."""
    return _pages


@pytest.fixture(scope="session")
def cues() -> Cues:
    return default_cues()


def _pages(text: str, doubtful: Mapping[str, float] | None = None) -> list[PageReading]:
    return [_page(number, page.strip("\n"), doubtful or {}) for number, page in enumerate(text.split("\f"), 1)]


def _page(number: int, text: str, doubtful: Mapping[str, float]) -> PageReading:
    confidences = _confidences(text, doubtful)
    lines, offset = [], 0
    for line in text.split("\n"):
        lines.append(_line(line, confidences[offset : offset + len(line)]))
        offset += len(line) + 1
    return PageReading(
        number=number, width_px=1240, height_px=1754, turned_degrees=0, skew_degrees=0.0, blank=not text,
        source=TextSource.OCR, engine="made by hand", lines=tuple(lines) if text else (),
    )  # fmt: skip


def _confidences(text: str, doubtful: Mapping[str, float]) -> list[float]:
    values = [0.99] * len(text)
    for passage, confidence in doubtful.items():
        start = text.find(passage)
        if start >= 0:
            values[start : start + len(passage)] = [confidence] * len(passage)
    return values


def _line(text: str, confidences: Sequence[float]) -> Line:
    boxes = (None if c.isspace() else Box(20 * i, 0, 20 * i + 18, 20) for i, c in enumerate(text))
    return Line(tuple(Character(c, box, value) for c, box, value in zip(text, boxes, confidences, strict=True)))
