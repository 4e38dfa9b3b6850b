"""Making a segment: from documents to the rows in which it is kept.

A segment lays its documents' bodies one after the other, then all titles, all customers, all contracts. Every unit
but a break has a place in that row; the pair of a place is its unit and the next one, which may be a break. So one
character is found by the pairs that begin with it, two by their pair, and more by pairs that cover them.

Vectors only: no step looks at a single character.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dms.index.document import REGIONS, WEIGHTS, Document
from dms.index.postings import (
    MOST_PLACES,
    OWN_ROW_FROM,
    runs_of,
    write_documents,
    write_group,
    write_places,
)
from dms.index.units import BREAK, Units, distinct

MOST_DOCUMENTS = 1 << 16
MANY_PLACES = 8192
"""A pair that stands this often has a document list as well."""


class Family(IntEnum):
    """What a row of a segment holds."""

    HEAD = 0
    """Of the whole segment; see `Head`."""
    PAIR = 1
    """Places of one frequent pair: first unit, second unit."""
    GROUP = 2
    """Places of the rare pairs that begin with one unit."""
    PAIR_DOCUMENTS = 3
    UNIT_DOCUMENTS = 4
    AMOUNT = 5
    """Amounts between two marks of the scale, with the documents that name them."""
    DAY = 6
    """Stretches of days that begin in one month of 31 days."""


class Head(IntEnum):
    """The rows of the family `HEAD`."""

    KEYS = 0
    """Item keys by ordinal, ``int64``."""
    STARTS = 1
    """For each region, where each document's text begins and where the last one ends, ``uint32``."""
    RUNS = 2
    """Where each run begins, ascending, ``uint32``."""
    OWN_PAIRS = 3
    """The pairs that have a row of their own, ascending, ``uint32``."""
    OWN_COUNTS = 4
    """How often each of them stands, ``uint32``."""
    LISTED_PAIRS = 5
    """The pairs that have a document list, ascending, ``uint32``."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a segment."""

    family: Family
    term: int
    data: bytes


AMOUNT_MARKS: NDArray[np.int64] = np.array(
    sorted({0, *(lead * 10**power for power in range(17) for lead in range(10, 100)), *range(1, 10)}), dtype=np.int64
)
"""Two figures of an amount tell between which marks it lies."""
DAYS_A_ROW = 31
_SLICE = 1 << 20


def amount_term(fen: int) -> int:
    """The row in which an amount is listed."""
    return int(np.searchsorted(AMOUNT_MARKS, fen, side="right"))


def segment_rows(documents: Sequence[Document]) -> Iterator[Row]:
    """Every row of a segment of these documents, which fit into one."""
    laid = _Laid(documents)
    yield from laid.head()
    yield from _Pairs(laid).rows()
    yield from _unit_documents(laid)
    yield from _amounts(documents)
    yield from _days(documents)


class _Laid:
    """The documents' text in a row, with the document of each place."""

    def __init__(self, documents: Sequence[Document]) -> None:
        parts = [[document.regions[region] for document in documents] for region in range(len(REGIONS))]
        lengths = [np.array([len(part) for part in region], dtype=np.int64) for region in parts]
        self.keys = np.array([document.key for document in documents], dtype="<i8")
        self.units = np.concatenate([part for region in parts for part in region] or [np.empty(0, "<u2")])
        assert len(self.units) <= MOST_PLACES and len(documents) <= MOST_DOCUMENTS
        starts, offset = [], 0
        for region in lengths:
            starts.append(offset + np.concatenate([[0], np.cumsum(region)]))
            offset = int(starts[-1][-1])
        self.starts = np.array(starts, dtype="<u4")
        ordinals = np.arange(len(documents), dtype=np.uint16)
        self.documents = np.concatenate([np.repeat(ordinals, region) for region in lengths])

    def head(self) -> Iterator[Row]:
        """Keys, starts and runs."""
        breaks = np.flatnonzero(self.units == BREAK)
        runs = np.concatenate([[0], breaks + 1]).astype("<u4")
        yield Row(Family.HEAD, Head.KEYS, self.keys.tobytes())
        yield Row(Family.HEAD, Head.STARTS, self.starts.tobytes())
        yield Row(Family.HEAD, Head.RUNS, runs.tobytes())

    def counts_of(self, places: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """How often each document holds one of these ascending places in its body, and their weight elsewhere."""
        inside = self.documents[places]
        bounds = np.searchsorted(places, self.starts[:, -1])
        total = len(self.keys)
        times = np.bincount(inside[: bounds[0]], minlength=total)
        elsewhere = np.zeros(total, dtype=np.int64)
        for region in range(1, len(REGIONS)):
            stretch = inside[bounds[region - 1] : bounds[region]]
            elsewhere += int(WEIGHTS[region]) * np.bincount(stretch, minlength=total)
        return times, elsewhere


class _Pairs:
    """All pairs of the text, by first and second unit, then by place."""

    def __init__(self, laid: _Laid) -> None:
        self._laid = laid
        combined = _sorted_pairs(laid.units)
        # Of each number of 64 bits the upper 32 are the pair and the lower 24 its place.
        words = combined.view("<u2").reshape(-1, 4)
        self._low = words[:, 0].copy()
        self._high = words[:, 1].astype(np.uint8)
        pairs = combined.view("<u4").reshape(-1, 2)[:, 1].copy()
        starts = np.flatnonzero(np.diff(pairs, prepend=~pairs[:1]))
        self._pairs = pairs[starts]
        self._starts = starts
        self._counts = np.diff(np.append(starts, len(pairs)))

    def rows(self) -> Iterator[Row]:
        """Frequent pairs one by one, the others in groups; then which are which."""
        own = self._counts >= OWN_ROW_FROM
        listed = self._counts >= MANY_PLACES
        yield Row(Family.HEAD, Head.OWN_PAIRS, self._pairs[own].astype("<u4").tobytes())
        yield Row(Family.HEAD, Head.OWN_COUNTS, self._counts[own].astype("<u4").tobytes())
        yield Row(Family.HEAD, Head.LISTED_PAIRS, self._pairs[listed].astype("<u4").tobytes())
        for pair, stretch in self._stretches(own):
            yield Row(Family.PAIR, pair, write_places(self._low[stretch], self._high[stretch]))
        for pair, stretch in self._stretches(listed):
            yield Row(Family.PAIR_DOCUMENTS, pair, self._document_list(stretch))
        yield from self._groups(~own)

    def _stretches(self, chosen: NDArray[np.bool_]) -> Iterator[tuple[int, slice]]:
        starts, ends = self._starts[chosen], (self._starts + self._counts)[chosen]
        for pair, start, end in zip(self._pairs[chosen].tolist(), starts.tolist(), ends.tolist(), strict=True):
            yield pair, slice(start, end)

    def _document_list(self, stretch: slice) -> bytes:
        places = (self._high[stretch].astype(np.uint32) << 16) | self._low[stretch]
        return _document_list(*self._laid.counts_of(places))

    def _groups(self, rare: NDArray[np.bool_]) -> Iterator[Row]:
        of_rare = np.repeat(rare, self._counts)
        low, high = self._low[of_rare], self._high[of_rare]
        pairs, counts = self._pairs[rare], self._counts[rare]
        ends = np.concatenate([[0], np.cumsum(counts)])
        for first, stretch in runs_of((pairs >> 16).astype(np.int64)):
            places = slice(int(ends[stretch.start]), int(ends[stretch.stop]))
            seconds = (pairs[stretch] & 0xFFFF).astype(np.uint16)
            yield Row(Family.GROUP, first, write_group(seconds, counts[stretch], low[places], high[places]))


def _sorted_pairs(units: Units) -> NDArray[np.uint64]:
    """Each pair of units with its place, in order; worked in slices, since a segment's worth of this is large."""
    combined = np.arange(len(units), dtype="<u8")
    firsts = units.astype(np.uint32) << 16
    firsts[:-1] |= units[1:]
    for start in range(0, len(units), _SLICE):
        stretch = slice(start, start + _SLICE)
        combined[stretch] |= firsts[stretch].astype(np.uint64) << np.uint64(32)
    combined.sort()
    breaks = int((units == BREAK).sum())
    return combined[breaks:]


def _document_list(times: NDArray[np.int64], weights: NDArray[np.int64]) -> bytes:
    ordinals = np.flatnonzero((times > 0) | (weights > 0))
    return write_documents(ordinals, times[ordinals], weights[ordinals])


def _unit_documents(laid: _Laid) -> Iterator[Row]:
    """Which documents hold each single character."""
    keys = (laid.units.astype(np.uint32) << 16) | laid.documents
    bounds = [0, *laid.starts[:, -1].tolist()]
    stands = laid.units != BREAK
    body = keys[: bounds[1]][stands[: bounds[1]]]
    elsewhere = [keys[start:end][stands[start:end]] for start, end in pairwise(bounds[1:])]
    weights = np.concatenate([np.full(len(part), weight) for part, weight in zip(elsewhere, WEIGHTS[1:], strict=True)])
    in_body, times = np.unique(body, return_counts=True)
    others, inverse = np.unique(np.concatenate(elsewhere), return_inverse=True)
    everywhere = distinct(np.concatenate([in_body, others]))
    times_of_all = np.zeros(len(everywhere), dtype=np.int64)
    times_of_all[np.searchsorted(everywhere, in_body)] = times
    weights_of_all = np.zeros(len(everywhere), dtype=np.int64)
    weights_of_all[np.searchsorted(everywhere, others)] = np.bincount(inverse, weights=weights).astype(np.int64)
    ordinals = (everywhere & 0xFFFF).astype(np.int64)
    for unit, stretch in runs_of((everywhere >> 16).astype(np.int64)):
        row = write_documents(ordinals[stretch], times_of_all[stretch], weights_of_all[stretch])
        yield Row(Family.UNIT_DOCUMENTS, unit, row)


def _amounts(documents: Sequence[Document]) -> Iterator[Row]:
    ordinals = np.repeat(np.arange(len(documents)), [len(document.amounts) for document in documents])
    values = np.concatenate([document.amounts for document in documents] or [np.empty(0, np.int64)])
    order = np.argsort(values, kind="stable")
    values, ordinals = values[order].astype(np.int64), ordinals[order]
    for term, stretch in runs_of(np.searchsorted(AMOUNT_MARKS, values, side="right").astype(np.int64)):
        data = values[stretch].astype("<i8").tobytes() + ordinals[stretch].astype("<u2").tobytes()
        yield Row(Family.AMOUNT, term, data)


def _days(documents: Sequence[Document]) -> Iterator[Row]:
    ordinals = np.repeat(np.arange(len(documents)), [len(document.days) for document in documents])
    days = np.concatenate([document.days for document in documents] or [np.empty((0, 2), np.int32)])
    order = np.argsort(days[:, 0], kind="stable")
    days, ordinals = days[order], ordinals[order]
    for term, stretch in runs_of((days[:, 0] // DAYS_A_ROW).astype(np.int64)):
        lows, highs = days[stretch, 0].astype("<i4"), days[stretch, 1].astype("<i4")
        yield Row(Family.DAY, term, lows.tobytes() + highs.tobytes() + ordinals[stretch].astype("<u2").tobytes())
