"""Readers that say what the test wrote on the paper, and that fail when the paper tells them to.

A paper is UTF-8 text: pages are separated by form feeds. What a page or a paper begins with may be an order:
``!die`` kills the child every time and ``!die once`` the first time only, ``!refuse`` is a damaged paper,
``!fault`` is something that nobody foresaw, and ``!blank`` is a blank page.
"""

from collections import Counter
from functools import cache
from io import BytesIO
from threading import Event, Lock

from PIL import Image

from dms.domain.reading import Box, Character, Line, PageReading, TextSource
from dms.ingest.reading import DamagedDocument, Examination, MediaType, PageResult, PaperKind, ReaderDied

CHARACTER_PX = 20
WIDTH_PX, HEIGHT_PX = 1000, 1400


class PlainReader:
    """Reads papers written in plain text; counts what it was asked."""

    def __init__(self, *, processes: int = 2) -> None:
        self.processes = processes
        self.pages_asked: Counter[int] = Counter()
        self.forgotten: Counter[bytes] = Counter()
        self.most_at_once = 0
        self._at_once = 0
        self._lock = Lock()
        self.may_go_on = Event()
        self.may_go_on.set()

    def examine(self, uploaded_bytes: bytes) -> Examination:
        if uploaded_bytes.startswith(b"!refuse"):
            raise DamagedDocument
        if uploaded_bytes.startswith(b"!fault"):
            raise RuntimeError("nobody foresaw this")
        return Examination(
            media_type=MediaType.PNG, kind=PaperKind.PICTURE, page_count=len(uploaded_bytes.split(b"\f"))
        )

    def read_page(self, uploaded_bytes: bytes, number: int) -> PageResult:
        with self._lock:
            self.pages_asked[number] += 1
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            self.may_go_on.wait()
            return self._read(uploaded_bytes.decode().split("\f")[number - 1], number)
        finally:
            with self._lock:
                self._at_once -= 1

    def _read(self, text: str, number: int) -> PageResult:
        if text.startswith("!die") and (not text.startswith("!die once") or self.pages_asked[number] == 1):
            raise ReaderDied
        return PageResult(
            reading=reading_of(text, number),
            image=blank_jpeg(WIDTH_PX, HEIGHT_PX),
            thumbnail=blank_jpeg(WIDTH_PX // 10, HEIGHT_PX // 10),
            recipe="plain",
        )

    def forget(self, uploaded_bytes: bytes) -> None:
        self.forgotten[uploaded_bytes] += 1


@cache
def blank_jpeg(width_px: int, height_px: int) -> bytes:
    """A sheet of white paper."""
    stream = BytesIO()
    Image.new("L", (width_px, height_px), 255).save(stream, "JPEG", quality=30)
    return stream.getvalue()


def reading_of(text: str, number: int = 1) -> PageReading:
    """The reading of a page on which every character stands in a cell of its own."""
    blank = text.startswith("!blank")
    lines = () if blank else tuple(_line(line, row) for row, line in enumerate(text.split("\n")))
    return PageReading(
        number=number,
        width_px=WIDTH_PX,
        height_px=HEIGHT_PX,
        turned_degrees=0,
        skew_degrees=0.0,
        blank=blank,
        source=TextSource.NONE if blank else TextSource.OCR,
        engine="" if blank else "plain 1",
        lines=lines,
    )


def _line(text: str, row: int) -> Line:
    return Line(tuple(Character(letter, _box(column, row), 0.99) for column, letter in enumerate(text)))


def _box(column: int, row: int) -> Box:
    left, top = column * CHARACTER_PX, row * CHARACTER_PX * 2
    return Box(left, top, left + CHARACTER_PX, top + CHARACTER_PX)
