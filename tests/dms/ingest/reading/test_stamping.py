"""A page is given out with a name over it and with what must not be read made black, or not at all."""

import sys
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from dms.domain.reading import Box
from dms.ingest.reading import PageNotStamped, PageStamper

SIDE = 800


@pytest.fixture
def stamper():
    made = PageStamper()
    yield made
    made.close()


def page(colour="white") -> bytes:
    written = BytesIO()
    Image.new("RGB", (SIDE, SIDE), colour).save(written, "JPEG", quality=95)
    return written.getvalue()


def opened(jpeg: bytes) -> Image.Image:
    return Image.open(BytesIO(jpeg)).convert("L")


def test_the_mark_lies_over_every_part_of_the_page_and_leaves_it_legible(stamper):
    marked = opened(stamper.marked(page(), text="王小李 xiao-li 2026-03-02 17:00"))
    quarter = SIDE // 4
    for left in range(0, SIDE, quarter):
        for top in range(0, SIDE, quarter):
            darkest = marked.crop((left, top, left + quarter, top + quarter)).getextrema()[0]
            assert 120 < darkest < 245, (left, top)


def test_marks_of_two_persons_differ(stamper):
    first, second = (
        opened(stamper.marked(page(), text=f"{name} 2026-03-02 17:00")) for name in ("xiao-li", "xiao-chen")
    )
    assert ImageChops.difference(first, second).getbbox()


def test_what_lies_in_a_box_is_gone_and_the_rest_is_as_it_was(stamper):
    blackened = opened(
        stamper.marked(page(), boxes=[Box(100, 200, 300, 240), Box(790, 790, 900, 900), Box(5, 5, 5, 9)])
    )
    assert blackened.crop((104, 204, 296, 236)).getextrema()[1] < 30
    assert blackened.crop((0, 300, SIDE, 700)).getextrema()[0] > 245


@pytest.mark.parametrize("content", [b"", b"no picture", b"\xff\xd8\xff cut off", b"GIF89a" + bytes(40)])
def test_what_cannot_be_marked_is_not_given_out_and_the_next_page_is(stamper, content):
    with pytest.raises(PageNotStamped):
        stamper.marked(content, text="xiao-li")
    assert stamper.marked(page(), text="xiao-li").startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize("way", ["import sys; sys.exit(3)", "print('no frame at all', flush=True)"])
def test_a_child_that_dies_or_lies_gives_out_nothing(way):
    stamper = PageStamper(command=(sys.executable, "-c", way))
    with pytest.raises(PageNotStamped):
        stamper.marked(page(), text="xiao-li")
    stamper.close()


def test_more_boxes_than_a_page_holds_are_refused_rather_than_left_out(stamper):
    with pytest.raises(PageNotStamped):
        stamper.marked(page(), boxes=[Box(0, 0, 1, 1)] * 2001)


def test_closed_it_starts_anew_when_it_is_asked_again(stamper):
    stamper.marked(page(), text="xiao-li")
    stamper.close()
    assert stamper.marked(page(), text="xiao-li")
