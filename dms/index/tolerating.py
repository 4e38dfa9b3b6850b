"""A phrase in spite of what was misread: look-alikes, and a few characters that are wrong, missing or extra.

A phrase of n characters has n - 1 pairs; k errors break at most 2k of them, and leave at least one of any k + 1 pairs
that share no character (Ukkonen 1992). So every place is looked at where one of the k + 1 rarest such pairs stands;
which of the other pairs stand in step with it is read off the lists. Where the pairs alone tell that no more than k
characters differ, that is enough. Where single characters between two errors would have to be looked at, the text is,
as long as `Budget` lasts; what is left over then is told.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dms.domain.likeness import KEY, misread_borne
from dms.index.covering import disjoint
from dms.index.postings import MOST_PLACES, runs_of
from dms.index.shelf import Shelf
from dms.index.tallying import documents_of
from dms.index.units import BREAK, Mask, Places, distinct

LONGEST = 32
"""Of a longer phrase nothing but look-alikes is borne with."""
_MARGIN = 64
_MOST_CANDIDATES = 200_000
"""Places of one shelf that are looked at."""
_PLACES_A_DOCUMENT = 40
_BROKEN = 99

Bits = NDArray[np.uint32]
Numbers = NDArray[np.int64]


@dataclass
class Budget:
    """How many documents may still be looked into, and whether that was too few."""

    documents: int = 300
    exhausted: bool = False


class Steps:
    """For every place of a shelf which pairs of a phrase stand in step with it; for one thread at a time."""

    def __init__(self) -> None:
        self._bits = np.zeros(MOST_PLACES + 2 * _MARGIN, dtype=np.uint32)

    def mark(self, lists: Sequence[Places]) -> None:
        """Bit i of a place: pair i stands i units behind it."""
        for index, places in enumerate(lists):
            self._bits[places.astype(np.int64) + (_MARGIN - index)] |= np.uint32(1 << index)

    def at(self, places: Numbers) -> Bits:
        """The bits of some places, some of them perhaps up to `_MARGIN` before the first."""
        found: Bits = self._bits[places + _MARGIN]
        return found

    def clear(self, lists: Sequence[Places]) -> None:
        """Forget what was marked."""
        for index, places in enumerate(lists):
            self._bits[places.astype(np.int64) + (_MARGIN - index)] = 0


Marking = Callable[[], AbstractContextManager[Steps]]


def tolerated_places(shelf: Shelf, pattern: tuple[int, ...], wanted: Mask, *, steps: Marking, budget: Budget) -> Places:
    """A place in the midst of where a phrase stands with as much misread as is borne with, in the wanted documents.

    Only phrases that bear with anything; the others are looked for by `Shelf.alike_places` alone.
    """
    borne = misread_borne(len(pattern))
    lists = [shelf.alike_places(pair) for pair in pairwise(pattern)]
    starts = _candidates(lists, borne)
    starts = starts[wanted[_documents(shelf, starts, pattern)]]
    starts, around = _in_step(starts, lists, len(pattern), borne, steps)
    if len(starts) > _MOST_CANDIDATES:
        budget.exhausted = True
        starts, around = starts[:_MOST_CANDIDATES], [bits[:_MOST_CANDIDATES] for bits in around]
    errors, shift = _errors(around, len(pattern), borne)
    errors[_is_broken(shelf, starts, shift, len(pattern), borne)] = _BROKEN
    looked_at = _looked_at(shelf, pattern, starts, errors, budget)
    found = np.concatenate([starts[errors <= borne], looked_at])
    return distinct(_middle(shelf, found, pattern)).astype(np.uint32)


def _candidates(lists: Sequence[Places], borne: int) -> Numbers:
    """Where a phrase may begin, a few units more or less, given the places of all of its pairs."""
    chosen = disjoint([len(places) for places in lists], borne + 1)
    starts = [lists[index].astype(np.int64) - index for index in chosen]
    return distinct(np.concatenate([places + shift for places in starts for shift in range(-borne, borne + 1)]))


def _in_step(
    starts: Numbers, lists: Sequence[Places], length: int, borne: int, steps: Marking
) -> tuple[Numbers, list[Bits]]:
    """The places around which enough pairs stand, and the pairs in step with each, shifted by up to `borne` units."""
    with steps() as marked:
        marked.mark(lists)
        around = [marked.at(starts + shift) for shift in range(-borne, borne + 1)]
        marked.clear(lists)
    enough = np.bitwise_count(np.bitwise_or.reduce(around)) >= max(1, length - 1 - 2 * borne)
    return starts[enough], [bits[enough] for bits in around]


def _middle(shelf: Shelf, starts: Numbers, pattern: tuple[int, ...]) -> Numbers:
    return np.clip(starts + len(pattern) // 2, 0, max(0, int(shelf.starts[-1, -1]) - 1))


def _documents(shelf: Shelf, starts: Numbers, pattern: tuple[int, ...]) -> Numbers:
    return documents_of(shelf, _middle(shelf, starts, pattern).astype(np.uint32))


def _errors(around: Sequence[Bits], length: int, borne: int) -> tuple[Numbers, Numbers]:
    """At most how many errors explain the pairs in step, straight on or shifted from some pair on; and the shift."""
    straight = around[borne]
    fewest, best = _uncovered(straight, length), np.zeros(len(straight), dtype=np.int64)
    for shift in [*range(-borne, 0), *range(1, borne + 1)]:
        for split in range(1, length - 1):
            # Where characters are missing, so many pairs more are left out that no place counts for two of them.
            rest_from = split + 1 - shift if shift < 0 else split
            head, tail = np.uint32((1 << split) - 1), ~np.uint32((1 << rest_from) - 1)
            both = (straight & head) | (around[borne + shift] & tail)
            # A missing character is one that is not covered; an extra one is not of the phrase.
            errors = _uncovered(both, length) + max(0, shift)
            better = errors < fewest
            fewest[better], best[better] = errors[better], shift
    return fewest, best


def _uncovered(pairs: Bits, length: int) -> Numbers:
    """Characters of a phrase that none of these pairs covers."""
    return length - np.bitwise_count(pairs | (pairs << np.uint32(1))).astype(np.int64)


def _is_broken(shelf: Shelf, starts: Numbers, shift: Numbers, length: int, borne: int) -> Mask:
    """Whether a run ends in what cannot be missing, so that one half of the phrase stands in another text."""
    first, last = starts + borne, starts + (length - 1 - borne) + np.maximum(shift, 0)
    runs = shelf.run_starts
    return np.asarray(np.searchsorted(runs, first, side="right") != np.searchsorted(runs, last, side="right"))


def _looked_at(shelf: Shelf, pattern: tuple[int, ...], starts: Numbers, errors: Numbers, budget: Budget) -> Numbers:
    """Those of the doubtful places where the text itself bears the phrase; the first of each document."""
    borne = misread_borne(len(pattern))
    documents = _documents(shelf, starts, pattern)
    settled = distinct(documents[errors <= borne])
    doubtful = np.flatnonzero((errors > borne) & ~np.isin(documents, settled))
    doubtful = doubtful[np.lexsort((errors[doubtful], documents[doubtful]))]
    found: list[int] = []
    for _, stretch in runs_of(documents[doubtful]):
        if budget.documents <= 0:
            budget.exhausted = True
            break
        budget.documents -= 1
        found += _first_standing(shelf, pattern, starts[doubtful[stretch]].tolist(), borne)
    return np.array(found, dtype=np.int64)


def _first_standing(shelf: Shelf, pattern: tuple[int, ...], starts: Sequence[int], borne: int) -> list[int]:
    keyed = tuple(KEY.get(unit, unit) for unit in pattern)
    half = len(pattern) // 2
    for start in starts[:_PLACES_A_DOCUMENT]:
        text = shelf.window(start + half, before=half + borne, behind=len(pattern) - half + 2 * borne)
        if fewest_errors(keyed, [KEY.get(unit, unit) for unit in text.tolist()]) <= borne:
            return [start]
    return []


def fewest_errors(pattern: Sequence[int], text: Sequence[int]) -> int:
    """The least number of wrong, missing or extra units with which a pattern stands in one run of a text.

    P. H. Sellers, The theory and computation of evolutionary distances, 1980.
    """
    above = [0] * (len(text) + 1)
    for row, unit in enumerate(pattern, start=1):
        present = [row]
        for column, other in enumerate(text, start=1):
            through = above[column - 1] + (unit != other)
            reached = min(through, above[column] + 1, present[-1] + 1)
            present.append(row if other == BREAK else reached)
        above = present
    return min(above)
