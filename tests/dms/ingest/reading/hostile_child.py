"""Stand-in children that misbehave, each in one way; run as a program with the way as its argument.

They take the configuration like a real child and answer the first examination properly when the way begins with
``late-``, so that the misbehaviour strikes in the middle of the work.
"""

import os
import struct
import sys
import time
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[4]
sys.path.insert(0, str(ROOT))
for name in ("dms.ingest", "dms.ingest.reading"):  # like a real child: past the doors, which load the whole archive
    sys.modules[name] = ModuleType(name)
    sys.modules[name].__path__ = [str(ROOT.joinpath(*name.split(".")))]

from dms.ingest.reading.frames import FrameBounds, read_frame, write_frame  # noqa: E402 -- only importable from here on

BOUNDS = FrameBounds(header_bytes=2**16, parts_bytes=2**26)
EXAMINATION = {"answer": "examination", "media_type": "application/pdf", "kind": "pdf_scanned", "page_count": 3}
PAGE = {
    "answer": "page",
    "number": 1,
    "width_px": 10,
    "height_px": 10,
    "turned_degrees": 0,
    "skew_degrees": 0.0,
    "blank": False,
    "source": "ocr",
    "engine": "stand-in",
    "recipe": "none",
    "lines": [],
    "peak_memory_bytes": 2**20,
}
JPEG = b"\xff\xd8\xff\xe0"


def _drop_dead() -> None:
    os.abort()


def _leave() -> None:
    sys.exit(3)


def _stall() -> None:
    time.sleep(600)


def _drown() -> None:
    _write({"answer": "error", "code": "reader_out_of_memory", "details": {}})


def _babble() -> None:
    _utter(b"Traceback (most recent call last): " * 100)
    _stall()


def _announce_an_endless_header() -> None:
    _utter(struct.pack(">4sII", b"AJR1", 2**31, 0))
    _stall()


def _announce_an_endless_part() -> None:
    _utter(struct.pack(">4sIIQ", b"AJR1", 2, 1, 2**50))
    _stall()


def _break_off() -> None:
    _utter(struct.pack(">4sII", b"AJR1", 100, 0) + b'{"answer":')
    _leave()


def _lie() -> None:
    _write(EXAMINATION | {"page_count": 10**9})


def _speak() -> None:
    _write({"answer": "error", "code": "damaged_document", "details": {"text": "call 555-0100"}})


def _swap_pages() -> None:
    _write(PAGE | {"number": 2}, [b"", b"", JPEG, JPEG])


def _grow() -> None:
    _write(PAGE | {"peak_memory_bytes": 2**45}, [b"", b"", JPEG, JPEG])


WAYS = {
    "crash": _drop_dead,
    "leave": _leave,
    "stall": _stall,
    "drown": _drown,
    "babble": _babble,
    "endless-header": _announce_an_endless_header,
    "endless-part": _announce_an_endless_part,
    "half-answer": _break_off,
    "lie": _lie,
    "speak": _speak,
    "swap-pages": _swap_pages,
    "grow": _grow,
}


def _write(header: dict, parts: list[bytes] | None = None) -> None:
    write_frame(sys.stdout.buffer, header, parts or [])


def _utter(content: bytes) -> None:
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def main() -> None:
    """Take the configuration, then answer each question in the one way."""
    way = sys.argv[1]
    read_frame(sys.stdin.buffer, BOUNDS)
    while True:
        question = read_frame(sys.stdin.buffer, BOUNDS)
        harmless = question.parts and question.parts[0].startswith(b"harmless")
        if harmless or (way.startswith("late-") and question.header["ask"] == "examine"):
            _write(EXAMINATION)
        else:
            WAYS[way.removeprefix("late-")]()


main()
