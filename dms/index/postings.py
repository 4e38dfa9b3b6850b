"""How lists of places and of documents are written down.

- Places of a pair, below `SETS_FROM`: the lower 16 bits of each as ``uint16``, then the upper 8 as ``uint8``; from
  there on a Roaring bitmap in its portable form (Lemire and others 2018), which is as small, and is intersected as it
  lies, fifty times as quickly as lists are.
- A *group*: the rare pairs that begin with the same unit, in one row: how many (``uint16``), their second units, how
  often each stands (``uint8``), then their places in the first form.
- A document list: ordinals (``uint16``), times in the body (``uint8``, at most 255), weight in the other regions
  (``uint8``, at most 255).
"""

import array
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from dms.index.units import Places

SETS_FROM = 2048
MOST_PLACES = 1 << 24
"""A segment has room for this many units."""
OWN_ROW_FROM = 128
"""A pair that stands this often in a segment has a row of its own."""

PlaceSet = BitMap


def write_places(low: NDArray[np.uint16], high: NDArray[np.uint8]) -> bytes:
    """The row of one pair, given the lower and upper bits of its places in ascending order."""
    if len(low) < SETS_FROM:
        return low.astype("<u2").tobytes() + high.tobytes()
    row: bytes = as_set(_joined(low, high)).serialize()
    return row


def read_places(row: bytes, count: int) -> Places:
    """The places in the row of a pair that stands so often."""
    if count >= SETS_FROM:
        return as_places(PlaceSet.deserialize(row))
    return _joined(np.frombuffer(row, "<u2", count), np.frombuffer(row, "u1", count, 2 * count))


def as_set(places: Places) -> PlaceSet:
    """Ascending places as a set."""
    return PlaceSet(array.array("I", places.tobytes()))


def as_places(found: PlaceSet) -> Places:
    """A set as ascending places."""
    return np.frombuffer(found.to_array(), dtype=np.uint32)


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
