"""What was read of a page is stored compactly and comes back as it was; anything else is refused."""

import json
import random
import zlib
from dataclasses import replace

import pytest
from simulators.readers import reading_of

from dms.domain.layout import MAX_LAYOUT_BYTES, decode_layout, encode_layout
from dms.domain.reading import Box, Character, Line, PageReading, TextSource

READING = PageReading(
    number=3,
    width_px=2480,
    height_px=3508,
    turned_degrees=270,
    skew_degrees=-0.75,
    blank=False,
    source=TextSource.TEXT_LAYER,
    engine="plain 1",
    lines=(
        Line((Character("合", Box(1, 2, 30, 40), 0.999), Character("同", Box(31, 2, 60, 40), 0.5))),
        Line(()),
        Line((Character("𬭎", Box(0, 0, 1, 1), 1.0), Character(" ", None, 1.0), Character('"', Box(5, 5, 6, 6), 0.0))),
    ),
)


def test_a_reading_comes_back_as_it_was():
    assert decode_layout(encode_layout(READING)) == READING


def test_a_blank_page_comes_back_blank():
    blank = reading_of("!blank", 7)
    assert decode_layout(encode_layout(blank)) == blank


def test_confidences_keep_three_decimals():
    line = Line((Character("合", Box(1, 2, 3, 4), 0.123456),))
    (kept,) = decode_layout(encode_layout(replace(READING, lines=(line,)))).lines
    assert kept.characters[0].confidence == 0.123


def test_a_dense_page_is_stored_small():
    writing = random.Random(1)
    text = "\n".join("".join(chr(writing.randrange(0x4E00, 0x9FA5)) for _ in range(40)) for _ in range(50))
    assert len(encode_layout(reading_of(text))) < 20_000


def content_of(reading=READING, **changes):
    return json.loads(zlib.decompress(encode_layout(reading))) | changes


def stored(content):
    return zlib.compress(json.dumps(content).encode())


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"not deflated",
        encode_layout(READING)[:-5],
        zlib.compress(b"not json"),
        zlib.compress(b"\xff\xfe"),
        stored([]),
        stored("text"),
        stored({}),
        stored(content_of(v=2)),
        stored(content_of(source="guesswork")),
        stored(content_of(lines=[["合同", [1, 2, 3, 4], [999]]])),
        stored(content_of(lines=[["合", [1, 2, 3], [999]]])),
        stored(content_of(lines=[["合", [1, 2, 3, 4]]])),
        stored(content_of(lines=7)),
        stored({name: value for name, value in content_of().items() if name != "turn"}),
        zlib.compress(b" " * (MAX_LAYOUT_BYTES + 1)),
    ],
    ids=range(16),
)
def test_anything_else_is_refused_as_no_layout(broken):
    with pytest.raises(ValueError):
        decode_layout(broken)
