"""Readers that say what the test wrote on the paper, and that fail when the paper tells them to.

A paper is UTF-8 text: pages are separated by form feeds. A page that begins with ``!die`` kills the child, one that
begins with ``!refuse`` is damaged, ``!blank`` is blank.
"""

from collections import Counter
from threading import Event

from dms.domain.reading import Box, Character, Line, PageReading, TextSource
from dms.ingest.reading import DamagedDocument, Examination, MediaType, PageResult, PaperKind, ReaderDied

CHARACTER_PX = 20


class PlainReader:
    """Reads papers written in plain text; counts what it was asked."""

    def __init__(self, *, processes: int = 2) -> None:
        self.processes = processes
        self.pages_asked: Counter[int] = Counter()
        self.may_go_on = Event()
        self.may_go_on.set()

    def examine(self, uploaded_bytes: bytes) -> Examination:
        if uploaded_bytes.startswith(b"!refuse"):
            raise DamagedDocument
        return Examination(
            media_type=MediaType.PNG, kind=PaperKind.PICTURE, page_count=len(uploaded_bytes.split(b"\f"))
        )

    def read_page(self, uploaded_bytes: bytes, number: int) -> PageResult:
        self.pages_asked[number] += 1
        self.may_go_on.wait()
        text = uploaded_bytes.decode().split("\f")[number - 1]
        if text.startswith("!die"):
            raise ReaderDied
        return PageResult(
            reading=reading_of(text, number), image=b"\xff\xd8\xffimage", thumbnail=b"\xff\xd8\xffthumb", recipe="plain"
        )

    def forget(self, uploaded_bytes: bytes) -> None:
        pass


def reading_of(text: str, number: int = 1) -> PageReading:
    """The reading of a page on which every character stands in a cell of its own."""
    blank = text.startswith("!blank")
    lines = () if blank else tuple(_line(line, row) for row, line in enumerate(text.split("\n")))
    return PageReading(
        number=number,
        width_px=1000,
        height_px=1400,
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
