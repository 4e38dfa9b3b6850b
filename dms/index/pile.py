"""A pile: a shelf of few documents, which are looked through one unit after the other."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dms.domain.criterion import MentionKind
from dms.domain.likeness import KEY
from dms.index.document import REGIONS, Document
from dms.index.postings import PlaceSet, as_set
from dms.index.shelf import alike_units
from dms.index.units import BREAK, FIRST_HALVES, Places, Units


class Pile:
    """Documents laid down as in a segment, without lists."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents
        self.keys = np.array([document.key for document in documents], dtype=np.int64)
        parts = [document.regions[region] for region in range(len(REGIONS)) for document in documents]
        self._units = np.concatenate(parts) if parts else np.empty(0, np.uint16)
        ends = np.cumsum([0, *map(len, parts)])
        total = len(documents)
        self.starts = np.array(
            [ends[region * total : (region + 1) * total + 1] for region in range(len(REGIONS))], dtype=np.uint32
        )

    whole_segment = None
    """See `Shelf`."""

    @cached_property
    def run_starts(self) -> NDArray[np.uint32]:
        """See `Shelf`."""
        return np.concatenate([[0], np.flatnonzero(self._units == BREAK) + 1]).astype(np.uint32)

    def places(self, pattern: tuple[int, ...]) -> Places:
        """See `Shelf`."""
        return _standing(self._units, pattern)

    def wide_places(self) -> Places:
        """See `Shelf`."""
        first, last = FIRST_HALVES
        return np.flatnonzero((self._units >= first) & (self._units <= last)).astype(np.uint32)

    def alike_places(self, pattern: tuple[int, ...]) -> Places:
        """See `Shelf`."""
        return _standing(self._alike, tuple(KEY.get(unit, unit) for unit in pattern))

    def alike_phrase_set(self, pattern: tuple[int, ...]) -> PlaceSet:
        """See `Shelf`."""
        return as_set(self.alike_places(pattern))

    def merely_alike_set(self, pattern: tuple[int, ...]) -> PlaceSet:
        """See `Shelf`."""
        return self.alike_phrase_set(pattern) - as_set(self.places(pattern))

    def listed(self, pattern: tuple[int, ...]) -> None:
        """See `Shelf`; a pile has no lists."""
        return

    def naming(self, kind: MentionKind, low: int, high: int) -> NDArray[np.int64]:
        """See `Shelf`."""
        return np.flatnonzero([_names(document, kind, low, high) for document in self._documents])

    def alike_count(self, first: int, second: int) -> int:
        """See `Shelf`; a pile knows nothing before it looks."""
        return 1

    def windows(self, places: NDArray[np.int64], *, before: int, behind: int) -> Units:
        """See `Shelf`."""
        around = places[:, None] + np.arange(-before, behind)
        regions = np.searchsorted(self.starts[:, -1], places, side="right")
        flat = np.sort(self.starts, axis=None)
        firsts = flat[np.searchsorted(flat, places, side="right") - 1]
        ends = flat[np.minimum(np.searchsorted(flat, places, side="right"), len(flat) - 1)]
        inside = (around >= firsts[:, None]) & (around < ends[:, None]) & (regions < len(REGIONS))[:, None]
        return np.where(inside, self._units[np.clip(around, 0, max(0, len(self._units) - 1))], np.uint16(BREAK))

    @cached_property
    def _alike(self) -> Units:
        return alike_units(self._units)


def _standing(units: Units, pattern: tuple[int, ...]) -> Places:
    last = len(units) - len(pattern) + 1
    if last <= 0:
        return np.empty(0, np.uint32)
    places = np.flatnonzero(units[:last] == pattern[0])
    for offset, unit in enumerate(pattern[1:], start=1):
        places = places[units[places + offset] == unit]
    return places.astype(np.uint32)


def _names(document: Document, kind: MentionKind, low: int, high: int) -> bool:
    if kind is MentionKind.AMOUNT:
        return bool(np.any((document.amounts >= low) & (document.amounts <= high)))
    return bool(np.any((document.days[:, 0] >= low) & (document.days[:, 1] <= high)))
