"""Characters of a page and where they stand: every offset counts in the same text."""

import pytest
from simulators.readers import reading_of

from dms.domain.reading import Box

READING = reading_of("采购合同\n编号\n\n末行")


def test_the_text_of_a_page_is_its_lines():
    assert READING.text == "采购合同\n编号\n\n末行"


@pytest.mark.parametrize(
    ("start", "end", "boxes"),
    [
        (0, 2, [Box(0, 0, 40, 20)]),
        (2, 4, [Box(40, 0, 80, 20)]),
        (3, 6, [Box(60, 0, 80, 20), Box(0, 40, 20, 60)]),
        (4, 5, []),
        (8, 8, []),
        (0, 100, [Box(0, 0, 80, 20), Box(0, 40, 40, 60), Box(0, 120, 40, 140)]),
        (90, 100, []),
    ],
)
def test_a_run_of_characters_has_one_box_on_every_line_it_touches(start, end, boxes):
    assert READING.boxes(start, end) == boxes


def test_a_page_without_writing_is_read_with_full_confidence():
    assert reading_of("!blank").confidence == 1.0
    assert reading_of("合").confidence == pytest.approx(0.99)
