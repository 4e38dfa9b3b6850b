import io
import json
import struct

import pytest

from dms.ingest.reading.frames import BrokenFrame, Frame, FrameBounds, StreamEnded, read_frame, write_frame

BOUNDS = FrameBounds(header_bytes=1_000, parts_bytes=1_000)


def _sent(header, parts=()):
    stream = io.BytesIO()
    write_frame(stream, header, parts)
    return stream.getvalue()


def test_what_one_side_sends_the_other_receives():
    frame = Frame({"ask": "read", "page": 3, "name": "案卷"}, (b"", b"\x00\xff" * 10))
    assert read_frame(io.BytesIO(_sent(frame.header, frame.parts)), BOUNDS) == frame


def test_frames_follow_each_other_on_one_stream():
    stream = io.BytesIO(_sent({"n": 1}) + _sent({"n": 2}, [b"x"]))
    assert [read_frame(stream, BOUNDS).header["n"] for _ in range(2)] == [1, 2]


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9])
def test_a_stream_that_ends_within_a_frame_is_noticed(share):
    whole = _sent({"ask": "examine"}, [b"content"])
    with pytest.raises(StreamEnded):
        read_frame(io.BytesIO(whole[: int(len(whole) * share)]), BOUNDS)


BROKEN = {
    "another magic": b"XXXX" + _sent({})[4:],
    "a header beyond the bounds": _sent({"long": "x" * 2_000}),
    "parts beyond the bounds": _sent({}, [b"x" * 600, b"x" * 600]),
    "more parts than anyone sends": _sent({}, [b""] * 9),
    "a header that is no object": struct.pack(">4sII", b"AJR1", 2, 0) + b"[]",
    "a header that is no JSON": struct.pack(">4sII", b"AJR1", 3, 0) + b"\xff{}",
    "a header nested without end": struct.pack(">4sII", b"AJR1", 900, 0) + b"[" * 900,
    "a number without end": struct.pack(">4sII", b"AJR1", 10, 0) + b'{"a":1e999' + b"}",
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN.keys())
def test_anything_else_is_no_frame(content):
    with pytest.raises(BrokenFrame):
        read_frame(io.BytesIO(content), BOUNDS)


def test_a_part_is_not_fetched_before_its_size_is_checked():
    stream = io.BytesIO(struct.pack(">4sIIQ", b"AJR1", 2, 1, 2**60) + b"{}")
    with pytest.raises(BrokenFrame):
        read_frame(stream, BOUNDS)


def test_a_header_is_plain_json():
    assert json.loads(_sent({"a": [1, "二"]})[12:]) == {"a": [1, "二"]}
