"""What is told of a JPEG from its markers."""

import pytest
from drawn_papers import jpeg

from dms.printing.jpeg_header import JpegHeader, jpeg_header

START = b"\xff\xd8"


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body


def frame(marker: int = 0xC0, *, bits: int = 8, height_px: int = 20, width_px: int = 30, components: int = 3) -> bytes:
    body = bytes([bits]) + height_px.to_bytes(2, "big") + width_px.to_bytes(2, "big") + bytes([components])
    return segment(marker, body + bytes(3 * components))


@pytest.mark.parametrize(("mode", "components", "adobe"), [("L", 1, False), ("RGB", 3, False), ("CMYK", 4, True)])
def test_size_and_colours_are_told(mode, components, adobe):
    header = jpeg_header(jpeg(mode, width_px=30, height_px=20))
    assert header == JpegHeader(width_px=30, height_px=20, components=components, adobe=adobe)


@pytest.mark.parametrize("marker", [0xC0, 0xC1, 0xC2])
def test_frames_that_pdf_viewers_decode_are_taken(marker):
    assert jpeg_header(START + frame(marker)) == JpegHeader(width_px=30, height_px=20, components=3, adobe=False)


def test_fill_bytes_and_long_segments_before_the_frame_are_passed_over():
    tags = segment(0xE1, b"Exif" + bytes(60_000)) + segment(0xEE, b"Adobe" + bytes(7)) + b"\xff\xff\xff"
    assert jpeg_header(START + tags + frame()) == JpegHeader(width_px=30, height_px=20, components=3, adobe=True)


@pytest.mark.parametrize(
    "odd",
    [
        b"",
        START,
        START + b"\xff",
        START + b"\xff" * 1000,
        START + b"\xff\xe0\x00\x00" * 1000,
        START + frame(0xC3),
        START + frame(0xC9),
        START + frame(bits=12),
        START + frame(components=2),
        START + frame(height_px=0),
        START + frame(width_px=0),
        START + frame()[:8],
        START + segment(0xDA, bytes(10)) + frame(),
        START + segment(0xE0, bytes(10))[:-3],
        b"RIFF0000WEBP" + frame(),
    ],
)
def test_anything_else_has_no_header(odd):
    assert jpeg_header(odd) is None
