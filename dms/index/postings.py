"""How lists of places and of documents are written down.

Three forms, chosen by length alone:
- *split* places: the lower 16 bits of each as ``uint16``, then the upper 8 as ``uint8``;
- *blocked* places, from `BLOCKS_FROM` on: how many places stand before the end of each block of 65,536
  (256 ``uint32``), then the lower 16 bits of each;
- a *group*: the rare pairs that begin with the same unit, in one row: how many (``uint16``), their second units, how
  often each stands (``uint8``), then their places, split.
A document list is ordinals (``uint16``), times in the body (``uint8``, at most 255), weight in the other regions
(``uint8``, at most 255).
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from dms.index.units import Places

BLOCKS_FROM = 1024
BLOCK = 1 << 16
BLOCKS = 256
MOST_PLACES = BLOCK * BLOCKS
"""A segment has room for this many units."""
OWN_ROW_FROM = 128
"""A pair that stands this often in a segment has a row of its own."""

_BASES = np.arange(BLOCKS, dtype=np.uint32) << 16


def write_places(low: NDArray[np.uint16], high: NDArray[np.uint8]) -> bytes:
    """The row of one pair, given the lower and upper bits of its places in ascending order."""
    if len(low) < BLOCKS_FROM:
        return low.astype("<u2").tobytes() + high.tobytes()
    ends = np.searchsorted(high, np.arange(BLOCKS, dtype=np.uint16), side="right").astype("<u4")
    return ends.tobytes() + low.astype("<u2").tobytes()


def read_places(row: bytes) -> Places:
    """The places in the row of one pair."""
    if len(row) < 3 * BLOCKS_FROM:
        split = len(row) // 3
        return _joined(np.frombuffer(row, "<u2", split), np.frombuffer(row, "u1", split, 2 * split))
    ends = np.frombuffer(row, "<u4", BLOCKS)
    low = np.frombuffer(row, "<u2", offset=4 * BLOCKS)
    places: Places = np.repeat(_BASES, np.diff(ends, prepend=np.uint32(0))) + low
    return places


def write_group(
    seconds: NDArray[np.uint16], counts: NDArray[np.int64], low: NDArray[np.uint16], high: NDArray[np.uint8]
) -> bytes:
    """The row of the rare pairs that begin with one unit; `counts` are all below `OWN_ROW_FROM`."""
    head = np.array([len(seconds)], dtype="<u2").tobytes() + seconds.astype("<u2").tobytes()
    return head + counts.astype("u1").tobytes() + low.astype("<u2").tobytes() + high.tobytes()


class Group:
    """The row of the rare pairs that begin with one unit."""

    def __init__(self, row: bytes) -> None:
        pairs = int(np.frombuffer(row, "<u2", 1)[0])
        self._seconds = np.frombuffer(row, "<u2", pairs, 2)
        counts = np.frombuffer(row, "u1", pairs, 2 + 2 * pairs)
        self._ends = np.cumsum(counts, dtype=np.int64)
        start = 2 + 3 * pairs
        total = int(self._ends[-1]) if pairs else 0
        self._low = np.frombuffer(row, "<u2", total, start)
        self._high = np.frombuffer(row, "u1", total, start + 2 * total)

    def places(self, second: int) -> Places:
        """Where the pair with this second unit stands."""
        index = int(np.searchsorted(self._seconds, second))
        if index == len(self._seconds) or self._seconds[index] != second:
            return np.empty(0, np.uint32)
        start = int(self._ends[index - 1]) if index else 0
        end = int(self._ends[index])
        return _joined(self._low[start:end], self._high[start:end])

    def all_places(self) -> Places:
        """Where any of the pairs stands, unsorted."""
        return _joined(self._low, self._high)


DocumentList = tuple[NDArray[np.uint16], NDArray[np.uint8], NDArray[np.uint8]]
"""Ordinals, times in the body, weight elsewhere."""


def write_documents(ordinals: NDArray[np.int64], times: NDArray[np.int64], weights: NDArray[np.int64]) -> bytes:
    """A document list."""
    return b"".join(
        [
            ordinals.astype("<u2").tobytes(),
            np.minimum(times, 255).astype("u1").tobytes(),
            np.minimum(weights, 255).astype("u1").tobytes(),
        ]
    )


def read_documents(row: bytes) -> DocumentList:
    """A document list."""
    count = len(row) // 4
    ordinals = np.frombuffer(row, "<u2", count)
    return ordinals, np.frombuffer(row, "u1", count, 2 * count), np.frombuffer(row, "u1", count, 3 * count)


def runs_of(keys: NDArray[np.int64]) -> Iterator[tuple[int, slice]]:
    """Each value of an ascending array with the stretch where it stands."""
    if len(keys) == 0:
        return
    starts = np.flatnonzero(np.diff(keys, prepend=keys[0] - 1))
    ends = np.append(starts[1:], len(keys))
    for value, start, end in zip(keys[starts].tolist(), starts.tolist(), ends.tolist(), strict=True):
        yield value, slice(start, end)


def _joined(low: NDArray[np.uint16], high: NDArray[np.uint8]) -> Places:
    places: Places = (high.astype(np.uint32) << np.uint32(16)) | low
    return places
