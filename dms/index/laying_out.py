"""A segment as one stretch of bytes, and reading single rows of it where they lie.

The stretch begins with the numbers of its rows and of its documents. Then come, little-endian: the keys of the rows,
ascending (family times 2**32 plus term, ``uint64``), the lengths of the rows and those of the documents (``uint32``,
like both numbers); then the rows themselves, and the packed documents by ordinal.
"""

import struct
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from dms.index.building import Family, Row

_FAMILY_BITS = 32
_COUNTS = struct.Struct("<II")
_ROW_ENTRY_BYTES = 12
_DOCUMENT_ENTRY_BYTES = 4


class Stretch(Protocol):
    """Where a segment lies. It owes exactly what was laid out, or an error."""

    def read_at(self, offset: int, length: int) -> bytes:
        """The bytes ``[offset, offset + length)``."""
        ...


def laid_out(rows: Iterable[Row], packed: Sequence[bytes]) -> Iterator[bytes]:
    """The stretch of a segment, in pieces, of its rows in any order and its packed documents by ordinal."""
    ordered = sorted(rows, key=_key_of)
    yield _COUNTS.pack(len(ordered), len(packed))
    yield np.array([_key_of(row) for row in ordered], "<u8").tobytes()
    yield np.array([len(row.data) for row in ordered], "<u4").tobytes()
    yield np.array([len(data) for data in packed], "<u4").tobytes()
    for row in ordered:
        yield row.data
    yield from packed


class LaidSegment:
    """The rows and documents of one segment; where each lies is kept in memory, about 12 bytes for each."""

    def __init__(self, stretch: Stretch) -> None:
        self._stretch = stretch
        rows, documents = _COUNTS.unpack(stretch.read_at(0, _COUNTS.size))
        rest = stretch.read_at(_COUNTS.size, rows * _ROW_ENTRY_BYTES + documents * _DOCUMENT_ENTRY_BYTES)
        keys = np.frombuffer(rest, "<u8", rows).copy()  # not what was read keeps them, which is half as large again
        self._keys = keys.data  # which is searched for one key sooner than an array
        lengths = np.frombuffer(rest, "<u4", rows + documents, 8 * rows)
        begin = _COUNTS.size + len(rest)
        bounds = begin + np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
        self._bounds = bounds.astype(np.min_scalar_type(bounds[-1]))

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return len(self._bounds) - 1 - len(self._keys)

    def place(self, family: Family, term: int) -> tuple[int, int] | None:
        """Offset and length of a row in the stretch, if there is such."""
        key = _key(family, term)
        index = bisect_left(self._keys, key)
        if index == len(self._keys) or self._keys[index] != key:
            return None
        begin = int(self._bounds[index])
        return begin, int(self._bounds[index + 1]) - begin

    def row(self, family: Family, term: int) -> bytes | None:
        """One row, if there is such."""
        place = self.place(family, term)
        return None if place is None else self._stretch.read_at(*place)

    def rows(self, family: Family, first: int, last: int) -> tuple[bytes, ...]:
        """The rows from one term to another, both included, in order of terms."""
        begin = int(np.searchsorted(self._keys, _key(family, first)))
        end = int(np.searchsorted(self._keys, _key(family, last), side="right"))
        return self._read(self._bounds[begin : end + 1])

    def packed(self, ordinal: int) -> bytes | None:
        """A packed document, if there is such."""
        if not 0 <= ordinal < self.documents:
            return None
        begin, end = self._bounds[len(self._keys) + ordinal :][:2].tolist()
        return self._stretch.read_at(begin, end - begin)

    def all_packed(self) -> tuple[bytes, ...]:
        """The packed documents by ordinal."""
        return self._read(self._bounds[len(self._keys) :])

    def _read(self, bounds: NDArray[np.int64]) -> tuple[bytes, ...]:
        """What lies between neighbouring bounds, read in one go."""
        ends = bounds.tolist()
        together = self._stretch.read_at(ends[0], ends[-1] - ends[0])
        return tuple(together[begin - ends[0] : end - ends[0]] for begin, end in pairwise(ends))


def _key_of(row: Row) -> int:
    return _key(row.family, row.term)


def _key(family: Family, term: int) -> int:
    return family << _FAMILY_BITS | term
