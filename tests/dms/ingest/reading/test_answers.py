from array import array

import pytest

from dms.domain.reading import Box, Character, Line, PageReading, TextSource
from dms.ingest.reading import Examination, MediaType, PageResult, PaperKind, ReaderMisbehaved
from dms.ingest.reading.answers import (
    examination_from,
    examination_header,
    is_writing,
    page_frame,
    page_from,
    peak_memory_from,
)
from dms.ingest.reading.frames import Frame

JPEG = b"\xff\xd8\xff\xe0 picture"
EXAMINATION = Examination(media_type=MediaType.PDF, kind=PaperKind.PDF_SCANNED, page_count=3)


def _page(*lines):
    reading = PageReading(
        number=2,
        width_px=100,
        height_px=50,
        turned_degrees=90,
        skew_degrees=-1.25,
        blank=False,
        source=TextSource.OCR,
        engine="RapidOCR 3.10.0 PP-OCRv6 small",
        lines=lines,
    )
    return PageResult(reading=reading, image=JPEG, thumbnail=JPEG, recipe="raster=picture;turned=90")


PAGE = _page(
    Line(
        (
            Character("合", Box(0, 0, 10, 10), 0.9876),
            Character(" ", None, 1.0),
            Character("同", Box(12, 0, 20, 10), 0.5),
        )
    ),
    Line((Character("𠮷", Box(99, 49, 100, 50), 1.0),)),
)


def _with(part=None, content=b"", **changes):
    frame = page_frame(PAGE)
    parts = [content if number == part else old for number, old in enumerate(frame.parts)]
    return Frame(frame.header | changes, tuple(parts))


def test_an_examination_arrives_as_it_was_sent():
    assert examination_from(Frame(examination_header(EXAMINATION)), most_pages=5) == EXAMINATION


def test_a_page_arrives_as_it_was_sent():
    assert page_from(page_frame(PAGE), number=2) == PAGE


def test_a_page_without_writing_arrives_as_it_was_sent():
    assert page_from(page_frame(_page()), number=2) == _page()


@pytest.mark.parametrize(
    "changes",
    [
        {"page_count": 0},
        {"page_count": 6},
        {"page_count": True},
        {"page_count": "3"},
        {"kind": "x"},
        {"media_type": []},
        {"answer": "page"},
        {"media_type": None},
    ],
    ids=str,
)
def test_an_impossible_examination_is_not_believed(changes):
    with pytest.raises(ReaderMisbehaved):
        examination_from(Frame(examination_header(EXAMINATION) | changes), most_pages=5)


@pytest.mark.parametrize(
    "changes",
    [
        {"number": 1},
        {"number": "2"},
        {"width_px": 0},
        {"width_px": 10**9},
        {"height_px": 1.5},
        {"turned_degrees": 45},
        {"turned_degrees": 360},
        {"skew_degrees": "0"},
        {"skew_degrees": float("nan")},
        {"skew_degrees": 90},
        {"skew_degrees": True},
        {"blank": 0},
        {"source": "rumour"},
        {"engine": "<script>"},
        {"engine": "x" * 81},
        {"recipe": "line\nbreak"},
        {"lines": "合同"},
        {"lines": [1]},
        {"lines": [""]},
        {"lines": ["合 同"]},
        {"lines": ["合 同同", "𠮷"]},
        {"lines": ["合\n同", "𠮷"]},
        {"lines": ["合 \ud800", "𠮷"]},
        {"lines": ["合x同", "𠮷"]},
        {"answer": "examination"},
    ],
    ids=ascii,
)
def test_an_impossible_page_is_not_believed(changes):
    with pytest.raises(ReaderMisbehaved):
        page_from(_with(**changes), number=2)


@pytest.mark.parametrize(
    "sides",
    [(5, 0, 5, 10), (-1, 0, 10, 10), (0, 0, 101, 10), (0, 0, 10, 51), (0, 10, 10, 0), (-1, -1, -1, -1)],
)
def test_a_box_outside_the_page_is_not_believed(sides):
    boxes = array("i", page_frame(PAGE).parts[0])
    boxes[0:4] = array("i", sides)
    with pytest.raises(ReaderMisbehaved):
        page_from(_with(0, boxes.tobytes()), number=2)


@pytest.mark.parametrize(
    ("part", "content"),
    [(0, b""), (0, b"\0" * 63), (1, array("H", [10_001] * 4).tobytes()), (1, b""), (2, b"<svg>"), (3, b"")],
)
def test_parts_that_do_not_fit_are_not_believed(part, content):
    with pytest.raises(ReaderMisbehaved):
        page_from(_with(part, content), number=2)


@pytest.mark.parametrize("claimed", [None, -1, 2**60, "much", 1.5])
def test_a_childs_word_on_its_memory_is_checked(claimed):
    with pytest.raises(ReaderMisbehaved):
        peak_memory_from(Frame({"peak_memory_bytes": claimed}))


def test_line_breaks_and_control_characters_are_no_writing():
    assert not any(map(is_writing, "\n\r\t\x00\u2028\u2029\ud800\x85"))
    assert all(map(is_writing, "合A1 ，𠮷\u3000"))
