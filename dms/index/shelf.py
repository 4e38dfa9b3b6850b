"""A shelf: documents whose text lies in one row of units, and what can be asked of it.

There are two: a `Segment`, which answers from lists, and a `Pile`, which looks through its text. Whatever is built on
them, phrases, chains, tolerance, is the same for both; one suite of tests runs on each.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from dms.domain.criterion import MentionKind
from dms.domain.likeness import ALIKE, KEY
from dms.index.postings import DocumentList, PlaceSet
from dms.index.units import Mask, Places, Units, distinct, pattern_of

TEXT_COSTS = 30_000
"""To read the text around a place takes as long as to read so many places of a list."""


class Shelf(Protocol):
    """It owes answers for all of its documents, whoever may see them; it is owed patterns without a break."""

    @property
    def keys(self) -> NDArray[np.int64]:
        """The item key of each document."""
        ...

    @property
    def starts(self) -> NDArray[np.uint32]:
        """Shape (regions, documents + 1): where each document's text begins, and the last one's ends."""
        ...

    @property
    def run_starts(self) -> NDArray[np.uint32]:
        """Where each run begins, ascending."""
        ...

    @property
    def whole_segment(self) -> int | None:
        """The number of the segment that this is, if all of its documents are answered for; otherwise None."""
        ...

    def places(self, pattern: tuple[int, ...]) -> Places:
        """Where exactly these units, one or more, stand one after the other."""
        ...

    def wide_places(self) -> Places:
        """Where each character begins that takes two units, whatever documents are considered; mostly there is none."""
        ...

    def alike_places(self, pattern: tuple[int, ...]) -> Places:
        """Where one or two units, or units that look like them, stand."""
        ...

    def listed(self, pattern: tuple[int, ...]) -> DocumentList | None:
        """Ordinals, times in the body and weight elsewhere of a pattern that has a document list; otherwise None."""
        ...

    def naming(self, kind: MentionKind, low: int, high: int) -> NDArray[np.int64]:
        """The ordinals of the documents that name a value between the bounds; some perhaps more than once."""
        ...

    def alike_phrase_set(self, pattern: tuple[int, ...]) -> PlaceSet:
        """Where one or more units, or units that look like them, stand one after the other."""
        ...

    def merely_alike_set(self, pattern: tuple[int, ...]) -> PlaceSet:
        """The same without where exactly these units stand."""
        ...

    def alike_count(self, first: int, second: int) -> int:
        """About how often a pair of units, or of units that look like them, stands; it costs nothing to ask."""
        ...

    def windows(self, places: NDArray[np.int64], *, before: int, behind: int) -> Units:
        """The units around some places, shape (places, before + behind); breaks where the text of the document ends."""
        ...


def texts_at(shelf: Shelf, places: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The regions, and the ordinals of the documents, in which some places lie."""
    regions = np.searchsorted(shelf.starts[:, -1], places, side="right")
    ordinals = np.empty(len(places), np.int64)
    for region in distinct(regions).tolist():
        inside = regions == region
        ordinals[inside] = np.searchsorted(shelf.starts[region], places[inside], side="right") - 1
    return regions, ordinals


def are_among(wanted: NDArray[np.int64], places: Places) -> Mask:
    """For each wanted place, perhaps outside the shelf, whether it is among others, which are ascending."""
    if len(places) == 0:
        return np.zeros(len(wanted), dtype=np.bool_)
    others = places.astype(np.int64)
    return np.asarray(others[np.minimum(np.searchsorted(others, wanted), len(others) - 1)] == wanted)


@lru_cache(maxsize=10_000)
def look_alikes(unit: int) -> tuple[int, ...]:
    """The units of the characters that look like this one, itself among them; all of the table are single units."""
    return pattern_of(ALIKE.get(chr(unit), "")) or (unit,)


def merged(lists: Sequence[Places]) -> Places:
    """Ascending lists that share nothing as one."""
    if len(lists) == 1:
        return lists[0]
    return np.sort(np.concatenate(lists)) if lists else np.empty(0, np.uint32)


def nothing() -> Places:
    """No place at all."""
    return np.empty(0, np.uint32)


def _key_table() -> NDArray[np.uint16]:
    table = np.arange(1 << 16, dtype=np.uint16)
    for character, key in KEY.items():
        table[character] = key
    return table


_KEYS = _key_table()


def alike_units(units: Units) -> Units:
    """Each unit as the first of those that look like it."""
    return _KEYS[units]
