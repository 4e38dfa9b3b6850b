"""The sRGB colour profile that tells an archive reader what the colours of the page images mean.

Built from the published numbers of IEC 61966-2-1, so that no one else's profile is shipped. Layout: ICC.1:2001-04
(version 2, which PDF/A-2 and every older viewer take).
"""

import functools
import struct

_D50 = (0.9642, 1.0, 0.8249)
_RED, _GREEN, _BLUE = (0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410)
"""The primaries of sRGB as seen under D50 (Bradford adaptation)."""
_CURVE_POINTS = 1024
_PROFILE_MADE = (2024, 1, 1, 0, 0, 0)
SRGB_NAME = "sRGB IEC61966-2.1"


@functools.cache
def srgb_profile() -> bytes:
    """An ICC version 2 display profile for sRGB, about 3 kB."""
    curve = _curve()
    tags = {
        b"cprt": b"text\0\0\0\0" + b"No copyright, use freely\0",
        b"desc": _description(SRGB_NAME.encode("ascii") + b"\0"),
        b"wtpt": _xyz(_D50),
        b"rXYZ": _xyz(_RED),
        b"gXYZ": _xyz(_GREEN),
        b"bXYZ": _xyz(_BLUE),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, body = _tag_table(tags)
    return _header(128 + len(table) + len(body)) + table + body


def _header(size_bytes: int) -> bytes:
    return struct.pack(
        ">I4xI4s4s4s6H4s28x3i48x",
        *(size_bytes, 0x02100000, b"mntr", b"RGB ", b"XYZ ", *_PROFILE_MADE, b"acsp"),
        *map(_fixed, _D50),
    )


def _tag_table(tags: dict[bytes, bytes]) -> tuple[bytes, bytes]:
    places: dict[bytes, int] = {}
    body = b""
    first_offset = 128 + 4 + 12 * len(tags)
    for data in dict.fromkeys(tags.values()):
        places[data] = first_offset + len(body)
        body += data + b"\0" * (-len(data) % 4)
    entries = [tag + struct.pack(">2I", places[data], len(data)) for tag, data in tags.items()]
    return struct.pack(">I", len(tags)) + b"".join(entries), body


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *map(_fixed, values))


def _fixed(value: float) -> int:
    return round(value * 0x10000)


def _description(text: bytes) -> bytes:
    return b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + b"\0" * (4 + 4 + 2 + 1 + 67)


def _curve() -> bytes:
    values = [round(0xFFFF * _linear(i / (_CURVE_POINTS - 1))) for i in range(_CURVE_POINTS)]
    return b"curv\0\0\0\0" + struct.pack(f">I{_CURVE_POINTS}H", _CURVE_POINTS, *values)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
