"""The few facts a PDF must state about a JPEG, taken from its markers without decoding it.

Invariant: nothing but marker segments before the first frame header is looked at, each by its own length, so a
damaged image costs at most one pass over its bytes.
Source: ITU-T T.81, annex B; the Adobe marker: Adobe technical note 5116, section 18.
"""

from collections.abc import Iterator
from dataclasses import dataclass

_START = b"\xff\xd8"
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
"""Baseline, extended and progressive Huffman: the frames that DCTDecode takes (ISO 32000-1, 7.4.8)."""
_OTHER_FRAMES = frozenset({0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
_APP14 = 0xEE
_SCAN = 0xDA
_FRAME_HEADER_BYTES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class JpegHeader:
    """Size and colours of a JPEG; `adobe` tells whether it carries Adobe's marker, which inverts CMYK."""

    width_px: int
    height_px: int
    components: int
    """1 grey, 3 colour, 4 CMYK."""
    adobe: bool


def jpeg_header(jpeg: bytes) -> JpegHeader | None:
    """The header of an 8-bit JPEG with 1, 3 or 4 components that DCTDecode takes; None for anything else."""
    adobe = False
    for marker, segment in _segments(jpeg):
        if marker in _FRAMES:
            return _frame(segment, adobe=adobe)
        if marker in _OTHER_FRAMES or marker == _SCAN:
            return None
        adobe = adobe or (marker == _APP14 and segment.startswith(b"Adobe"))
    return None


def _segments(jpeg: bytes) -> Iterator[tuple[int, bytes]]:
    position = len(_START) if jpeg.startswith(_START) else len(jpeg)
    while position + 4 <= len(jpeg) and jpeg[position] == 0xFF:
        marker = jpeg[position + 1]
        if marker == 0xFF:  # any number of fill bytes may stand before a marker
            position += 1
            continue
        length = max(2, int.from_bytes(jpeg[position + 2 : position + 4], "big"))
        end = position + 2 + length
        if end > len(jpeg):
            return
        yield marker, jpeg[position + 4 : end]
        position = end


def _frame(segment: bytes, *, adobe: bool) -> JpegHeader | None:
    if len(segment) < _FRAME_HEADER_BYTES or segment[0] != 8 or segment[5] not in (1, 3, 4):
        return None
    height_px, width_px = int.from_bytes(segment[1:3], "big"), int.from_bytes(segment[3:5], "big")
    if not (width_px and height_px):
        return None
    return JpegHeader(width_px=width_px, height_px=height_px, components=segment[5], adobe=adobe)
