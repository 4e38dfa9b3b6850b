"""A phrase with at most one character misread, told by the lists alone: for more documents than can be looked into.

Every place where the front of the phrase stands, up to some character, is met with every place where the rest of it
does: right behind, behind one other character, or one character too early. What needs a single character to be seen
between an error and the end of the phrase is left out.
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from operator import and_

import numpy as np
from numpy.typing import NDArray

from dms.index.postings import PlaceSet, as_places
from dms.index.shelf import Shelf
from dms.index.units import Places, distinct

_MARGIN = 2
"""What lacks its first character begins before the first place there is."""


def one_error_places(shelf: Shelf, pattern: tuple[int, ...]) -> Places:
    """A place in the midst of each text that a phrase of four units or more may have been; look-alikes are free."""
    steps = [shelf.alike_phrase_set(pair).shift(_MARGIN - index) for index, pair in enumerate(pairwise(pattern))]
    length, half = len(pattern), len(pattern) // 2
    fronts = dict(enumerate(accumulate(steps, and_), start=2))
    rests = {length - number: found for number, found in enumerate(accumulate(reversed(steps), and_), start=2)}
    plain = PlaceSet.union(fronts[length - 1], rests[1])
    joined = [(0, _wrong(fronts, rests, length)), (1, _extra(fronts, rests, length))]
    joined.append((-1, _missing(shelf, pattern, fronts, rests)))
    found = [as_places(plain).astype(np.int64)]
    found += [_in_one_run(shelf, places, length - 1 + longer) for longer, places in joined]
    return distinct(np.maximum(np.concatenate(found) - _MARGIN + half, 0)).astype(np.uint32)


Parts = dict[int, PlaceSet]
"""Where a part of a phrase stands, told by where the phrase would begin: fronts by their end, rests by their start."""


def _wrong(fronts: Parts, rests: Parts, length: int) -> PlaceSet:
    return _any([fronts[at] & rests[at + 1] for at in range(2, length - 2)])


def _extra(fronts: Parts, rests: Parts, length: int) -> PlaceSet:
    return _any([fronts[at] & rests[at].shift(-1) for at in range(2, length - 1)])


def _missing(shelf: Shelf, pattern: tuple[int, ...], fronts: Parts, rests: Parts) -> PlaceSet:
    """One character lacks; beside the ends of the phrase its two neighbours then make a pair of their own."""
    length = len(pattern)
    second = shelf.alike_phrase_set((pattern[0], pattern[2])).shift(_MARGIN) & rests[2].shift(1)
    last_pair = shelf.alike_phrase_set((pattern[-3], pattern[-1])).shift(_MARGIN - (length - 3))
    inside = [fronts[at] & rests[at + 1].shift(1) for at in range(2, length - 2)]
    return _any([second, fronts[length - 2] & last_pair, *inside])


def _any(sets: Sequence[PlaceSet]) -> PlaceSet:
    return PlaceSet.union(*sets) if sets else PlaceSet()


def _in_one_run(shelf: Shelf, found: PlaceSet, last: int) -> NDArray[np.int64]:
    """Those of the places from which on no run ends before the last unit of the phrase."""
    starts = as_places(found).astype(np.int64)
    begins = starts - _MARGIN
    runs = [np.searchsorted(shelf.run_starts, begins + offset, side="right") for offset in (0, last)]
    inside: NDArray[np.int64] = starts[runs[0] == runs[1]]
    return inside
