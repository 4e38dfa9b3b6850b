"""A document as it is kept in the index: its folded text in four regions, and the values that its pages name.

The packed form is: six little-endian ``uint32`` (units of body, title, customer, contract; amounts; days), the units,
the amounts as ``int64`` fen, the first and the last days as ``int32``.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dms.domain.criterion import TextPart
from dms.index.units import Units, units_of_runs

REGIONS = (TextPart.BODY, TextPart.TITLE, TextPart.CUSTOMER, TextPart.CONTRACT)
"""In this order they lie in a packed document and in a segment."""
WEIGHTS = (1.0, 4.0, 2.0, 4.0)
"""A word in a title says more about a paper than one among a thousand."""
MOST_UNITS = (1 << 23, 1 << 16, 1 << 16, 1 << 16)
"""Here each region ends: eight million characters of pages, far more than the longest contract ever met."""

_HEADER = struct.Struct("<6I")
NOTHING = _HEADER.pack(0, 0, 0, 0, 0, 0)
"""A packed document without any text."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document with the key of its item."""

    key: int
    regions: tuple[Units, Units, Units, Units]
    amounts: NDArray[np.int64]
    """Fen."""
    days: NDArray[np.int32]
    """Shape (n, 2): first and last `date.toordinal` of each mention."""

    @property
    def units_total(self) -> int:
        """Units in all regions together."""
        return sum(len(region) for region in self.regions)


def pack(regions: Sequence[Sequence[str]], amounts: Sequence[int], days: Sequence[tuple[int, int]]) -> bytes:
    """The packed form of runs of folded text, region by region."""
    units = [units_of_runs(runs)[:most] for runs, most in zip(regions, MOST_UNITS, strict=True)]
    named = np.array(sorted(set(amounts)), dtype="<i8")
    lasting = np.array(sorted(set(days)), dtype="<i4").reshape(-1, 2)
    header = _HEADER.pack(*map(len, units), len(named), len(lasting))
    return b"".join([header, *(part.tobytes() for part in units), named.tobytes(), lasting.tobytes()])


def unpack(key: int, packed: bytes) -> Document:
    """A packed document; views on the same bytes."""
    *lengths, amounts, days = _HEADER.unpack_from(packed)
    offset = _HEADER.size
    regions = []
    for length in lengths:
        regions.append(np.frombuffer(packed, "<u2", length, offset))
        offset += 2 * length
    body, title, customer, contract = regions
    return Document(
        key,
        (body, title, customer, contract),
        _numbers(packed, "<i8", amounts, offset),
        _numbers(packed, "<i4", 2 * days, offset + 8 * amounts).reshape(-1, 2),
    )


def _numbers(packed: bytes, kind: str, count: int, offset: int) -> NDArray[Any]:
    # At the very end numpy refuses an offset even for nothing.
    return np.frombuffer(packed, kind, count, offset) if count else np.empty(0, kind)
