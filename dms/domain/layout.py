"""The stored form of a page reading: compact JSON, deflated, sealed in the vault as the layout rendition.

``{"v":1, "n":number, "w":px, "h":px, "turn":deg, "skew":deg, "blank":bool, "source":…, "engine":…,
"lines":[[text, [left,top,right,bottom,…], [confidence in thousandths,…]],…]}``; a character without a box has a
box of four −1. Encoding and decoding are exact except that confidences keep three decimals.
"""

import json
import zlib
from collections.abc import Iterable
from typing import Any

from dms.domain.reading import Box, Character, Line, PageReading, TextSource

VERSION = 1
MAX_LAYOUT_BYTES = 64 * 1024 * 1024
"""More than any page of writing needs; a bound against a stored form that unpacks without end."""
_NO_BOX = (-1, -1, -1, -1)
_THOUSANDTHS = 1000


def encode_layout(reading: PageReading) -> bytes:
    """The stored form of a reading."""
    content = {
        "v": VERSION,
        "n": reading.number,
        "w": reading.width_px,
        "h": reading.height_px,
        "turn": reading.turned_degrees,
        "skew": reading.skew_degrees,
        "blank": reading.blank,
        "source": reading.source.value,
        "engine": reading.engine,
        "lines": [_encoded_line(line) for line in reading.lines],
    }
    return zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def decode_layout(stored: bytes) -> PageReading:
    """The reading of a stored form; raises `ValueError` for anything that `encode_layout` did not make."""
    unpacker = zlib.decompressobj()
    try:
        content = json.loads(unpacker.decompress(stored, MAX_LAYOUT_BYTES))
        if not unpacker.eof or content["v"] != VERSION:
            raise ValueError("not a stored layout of this version")
        return _decoded(content)
    except (zlib.error, KeyError, TypeError) as error:
        raise ValueError("not a stored layout") from error


def _decoded(content: dict[str, Any]) -> PageReading:
    return PageReading(
        number=content["n"],
        width_px=content["w"],
        height_px=content["h"],
        turned_degrees=content["turn"],
        skew_degrees=content["skew"],
        blank=content["blank"],
        source=TextSource(content["source"]),
        engine=content["engine"],
        lines=tuple(_decoded_line(*line) for line in content["lines"]),
    )


def _encoded_line(line: Line) -> list[Any]:
    boxes = [side for character in line.characters for side in _sides(character.box)]
    confidences = [round(character.confidence * _THOUSANDTHS) for character in line.characters]
    return [line.text, boxes, confidences]


def _sides(box: Box | None) -> Iterable[int]:
    return (box.left, box.top, box.right, box.bottom) if box else _NO_BOX


def _decoded_line(text: str, boxes: list[int], confidences: list[int]) -> Line:
    quadruples = zip(boxes[0::4], boxes[1::4], boxes[2::4], boxes[3::4], strict=True)
    characters = (
        Character(letter, None if box == _NO_BOX else Box(*box), confidence / _THOUSANDTHS)
        for letter, box, confidence in zip(text, quadruples, confidences, strict=True)
    )
    return Line(tuple(characters))
