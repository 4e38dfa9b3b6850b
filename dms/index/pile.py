"""A pile: a shelf of few documents, which are looked through one unit after the other."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dms.domain.criterion import MentionKind
from dms.domain.likeness import KEY
from dms.index.document import REGIONS, Document
from dms.index.shelf import text_at
from dms.index.units import BREAK, Places, Units


def _key_table() -> NDArray[np.uint16]:
    table = np.arange(1 << 16, dtype=np.uint16)
    for character, key in KEY.items():
        table[character] = key
    return table


_KEYS = _key_table()
"""For each unit the first of those that look like it."""


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

    @cached_property
    def run_starts(self) -> NDArray[np.uint32]:
        """See `Shelf`."""
        return np.concatenate([[0], np.flatnonzero(self._units == BREAK) + 1]).astype(np.uint32)

    def places(self, pattern: tuple[int, ...]) -> Places:
        """See `Shelf`."""
        return _standing(self._units, pattern)

    def alike_places(self, pattern: tuple[int, ...]) -> Places:
        """See `Shelf`."""
        return _standing(self._alike, tuple(_KEYS[list(pattern)].tolist()))

    alike_phrase_places = alike_places

    def listed(self, pattern: tuple[int, ...]) -> None:
        """See `Shelf`; a pile has no lists."""
        return

    def naming(self, kind: MentionKind, low: int, high: int) -> NDArray[np.int64]:
        """See `Shelf`."""
        return np.flatnonzero([_names(document, kind, low, high) for document in self._documents])

    def window(self, place: int, *, before: int, behind: int) -> Units:
        """See `Shelf`."""
        region, ordinal = text_at(self, place)
        begins, ends = self.starts[region, ordinal : ordinal + 2].tolist()
        return self._units[max(begins, place - before) : min(ends, place + behind)]

    @cached_property
    def _alike(self) -> Units:
        return _KEYS[self._units]


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
