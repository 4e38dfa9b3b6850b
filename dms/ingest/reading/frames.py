"""The envelope in which parent and child talk over a pipe: a header in JSON and parts of raw bytes.

What always holds:
- F1 Nothing is unpickled or evaluated; a header is JSON, a part is bytes.
- F2 Sizes are checked against the reader's bounds before a byte of the content is fetched.
- F3 A frame arrives whole or not at all: a stream that ends within a frame raises `BrokenFrame`.

Layout, integers big-endian: 4 bytes magic ``AJR1``; u32 header length; u32 number of parts; u64 length of each part;
the header; the parts.
"""

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Any

_MAGIC = b"AJR1"
_PREAMBLE = struct.Struct(">4sII")
_PART_LENGTH = struct.Struct(">Q")
_MOST_PARTS = 8


class BrokenFrame(Exception):
    """The other side sent something that is not a frame within the bounds; internal, never shown to a person."""


class StreamEnded(BrokenFrame):
    """The other side closed the pipe, between two frames or within one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameBounds:
    """The most that one side accepts from the other."""

    header_bytes: int
    parts_bytes: int


@dataclass(frozen=True, slots=True)
class Frame:
    """One message; nothing in it has been checked beyond its size and that the header is a JSON object."""

    header: dict[str, Any]
    parts: tuple[bytes, ...] = ()


def write_frame(stream: IO[bytes], header: dict[str, Any], parts: Sequence[bytes] = ()) -> None:
    """Send one frame and flush; raises `OSError` when the other side is gone."""
    encoded = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    stream.write(_PREAMBLE.pack(_MAGIC, len(encoded), len(parts)))
    stream.write(b"".join(_PART_LENGTH.pack(len(part)) for part in parts))
    stream.write(encoded)
    for part in parts:
        stream.write(part)
    stream.flush()


def read_frame(stream: IO[bytes], bounds: FrameBounds) -> Frame:
    """The next frame; raises `StreamEnded` at the end of the stream and `BrokenFrame` for anything out of bounds."""
    magic, header_bytes, part_count = _PREAMBLE.unpack(_exactly(stream, _PREAMBLE.size))
    if magic != _MAGIC or header_bytes > bounds.header_bytes or part_count > _MOST_PARTS:
        raise BrokenFrame
    lengths = [_PART_LENGTH.unpack(_exactly(stream, _PART_LENGTH.size))[0] for _ in range(part_count)]
    if sum(lengths) > bounds.parts_bytes:
        raise BrokenFrame
    header = _decoded(_exactly(stream, header_bytes))
    return Frame(header, tuple(_exactly(stream, length) for length in lengths))


def _exactly(stream: IO[bytes], length: int) -> bytes:
    content = stream.read(length) if length else b""
    if len(content) != length:
        raise StreamEnded
    return content


def _decoded(header: bytes) -> dict[str, Any]:
    try:
        decoded = json.loads(header)
    except (ValueError, RecursionError):
        raise BrokenFrame from None
    if not isinstance(decoded, dict):
        raise BrokenFrame
    return decoded
