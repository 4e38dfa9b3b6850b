"""A phrase in spite of what was misread: look-alikes, and a few characters that are wrong, missing or extra.

If no more than k characters of a phrase are misread, then of any k + 1 pieces of it one stands unharmed (Wu and Manber
1992). So the places of the rarest such pieces are looked at, and which pairs of the phrase stand in step with each is
read off the lists: an error breaks two pairs at most. Where the pairs alone tell that no more than k characters
differ, that is enough. Where single characters between two errors would have to be seen, the text itself is looked at.
How many errors are borne with is decided elsewhere (`dms.index.bearing`).
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dms.domain.likeness import KEY
from dms.index.covering import pieces
from dms.index.postings import PlaceSet, as_places, runs_of
from dms.index.shelf import TEXT_COSTS, Shelf, alike_units
from dms.index.tallying import documents_of
from dms.index.units import BREAK, Mask, Places, Units, distinct

LONGEST = 32
"""Of a longer phrase nothing but look-alikes is borne with."""
_PLACES_A_DOCUMENT = 64
_BROKEN = 99
_MARGIN = 2 * LONGEST
_FAR = 4 * LONGEST
"""More errors than there can be: nothing leads across a break."""

Bits = NDArray[np.uint32]
Numbers = NDArray[np.int64]


class _Misread(NamedTuple):
    """A phrase, and how much of it may be misread."""

    pattern: tuple[int, ...]
    borne: int

    @property
    def length(self) -> int:
        return len(self.pattern)


def tolerated_places(shelf: Shelf, pattern: tuple[int, ...], wanted: Mask, misread: int) -> Places:
    """A place in the midst of where a phrase stands with up to so many characters misread, in the wanted documents."""
    phrase = _Misread(pattern, misread)
    whole, parts = _candidates(shelf, phrase)
    unharmed = _wanted(shelf, whole, wanted, phrase)
    doubtful = _wanted(shelf, parts, wanted, phrase)
    if _is_sooner_read(shelf, doubtful, phrase):
        read = _read(shelf, doubtful, phrase)
        return distinct(_middle(shelf, np.concatenate([unharmed, read]), phrase)).astype(np.uint32)
    starts, around = _in_step(shelf, doubtful, phrase)
    errors, begins, longer = _errors(around, phrase)
    errors[_is_broken(shelf, starts + begins, longer, phrase)] = _BROKEN
    looked_at = _looked_at(shelf, starts, errors, phrase)
    found = np.concatenate([unharmed, starts[errors <= phrase.borne], looked_at])
    return distinct(_middle(shelf, found, phrase)).astype(np.uint32)


def _candidates(shelf: Shelf, phrase: _Misread) -> tuple[PlaceSet, PlaceSet]:
    """Where all of a phrase stands but for look-alikes; where some piece of it does, told by where it would begin.

    Both are `_MARGIN` further on, since what lacks a character may begin before the first place there is.
    """
    counts = [shelf.alike_count(*pair) for pair in pairwise(phrase.pattern)]
    sets = [
        shelf.alike_phrase_set(phrase.pattern[first:end]).shift(_MARGIN - first)
        for first, end in pieces(counts, phrase.borne + 1)
    ]
    whole = PlaceSet.intersection(*sets)
    return whole, PlaceSet.union(*sets) - whole


def _wanted(shelf: Shelf, found: PlaceSet, wanted: Mask, phrase: _Misread) -> Numbers:
    """The places that lie in wanted documents."""
    starts = as_places(found).astype(np.int64) - _MARGIN
    return starts[wanted[_documents(shelf, starts, phrase)]]


def _in_step(shelf: Shelf, starts: Numbers, phrase: _Misread) -> tuple[Numbers, list[Bits]]:
    """The candidates around which enough pairs stand, and which do: bit i for pair i, for each shift by few units."""
    around = [np.zeros(len(starts), dtype=np.uint32) for _ in range(2 * phrase.borne + 1)]
    pairs = list(enumerate(pairwise(phrase.pattern)))
    pairs.sort(key=lambda pair: shelf.alike_count(*pair[1]))
    left = len(pairs)
    for index, pair in pairs:
        if len(starts) == 0:
            break
        bit = np.uint32(1 << index)
        for number, stands in enumerate(_standing_near(shelf.alike_places(pair), starts + index, phrase.borne)):
            around[number][stands] |= bit
        left -= 1
        # What stands nowhere near is broken, and more than two pairs for every error cannot be.
        missing = len(pairs) - left - np.bitwise_count(np.bitwise_or.reduce(around))
        likely = missing <= 2 * phrase.borne
        starts, around = starts[likely], [bits[likely] for bits in around]
    return starts, around


def _standing_near(places: Places, wanted: Numbers, distance: int) -> list[Mask]:
    """For each shift from so many units before to as many behind: which wanted places, so shifted, are among others."""
    shifts = range(-distance, distance + 1)
    stands = [np.zeros(len(wanted), dtype=np.bool_) for _ in shifts]
    if len(places) == 0:
        return stands
    others = places.astype(np.int64)
    first = np.searchsorted(others, wanted - distance)
    for step in range(len(stands)):
        index = first + step
        apart = others[np.minimum(index, len(others) - 1)] - wanted
        inside = (index < len(others)) & (apart <= distance)
        for number, shift in enumerate(shifts):
            stands[number] |= inside & (apart == shift)
    return stands


def _middle(shelf: Shelf, starts: Numbers, phrase: _Misread) -> Numbers:
    return np.clip(starts + phrase.length // 2, 0, max(0, int(shelf.starts[-1, -1]) - 1))


def _documents(shelf: Shelf, starts: Numbers, phrase: _Misread) -> Numbers:
    return documents_of(shelf, _middle(shelf, starts, phrase).astype(np.uint32))


def _errors(around: Sequence[Bits], phrase: _Misread) -> tuple[Numbers, Numbers, Numbers]:
    """At most how many errors explain the pairs in step; where the phrase then begins, and by how much it is longer.

    Either all of it is straight on, or one part of it, in front or behind, is shifted.
    """
    straight = around[phrase.borne]
    fewest = _uncovered(straight, phrase.length)
    begins, longer = np.zeros(len(straight), dtype=np.int64), np.zeros(len(straight), dtype=np.int64)
    for shift in [*range(-phrase.borne, 0), *range(1, phrase.borne + 1)]:
        shifted = around[phrase.borne + shift]
        for front, back, begin, extra in ((straight, shifted, 0, shift), (shifted, straight, shift, -shift)):
            errors = _errors_split(front, back, extra, phrase.length)
            better = errors < fewest
            fewest[better], begins[better], longer[better] = errors[better], begin, extra
    return fewest, begins, longer


def _errors_split(front: Bits, back: Bits, extra: int, length: int) -> Numbers:
    """The errors where some first pairs stand as in `front` and the rest as in `back`, `extra` units further on."""
    fewest = np.full(len(front), _BROKEN, dtype=np.int64)
    for split in range(1, length - 1):
        # Where characters are missing, so many pairs more are left out that no place counts for two of them.
        rest_from = split + 1 - extra if extra < 0 else split
        head, tail = np.uint32((1 << split) - 1), ~np.uint32((1 << min(rest_from, 32)) - 1)
        uncovered = _uncovered((front & head) | (back & tail), length)
        # A missing character is one that is not covered; an extra one is not of the phrase.
        np.minimum(fewest, uncovered + max(0, extra), out=fewest)
    return fewest


def _uncovered(pairs: Bits, length: int) -> Numbers:
    """Characters of a phrase that none of these pairs covers."""
    return length - np.bitwise_count(pairs | (pairs << np.uint32(1))).astype(np.int64)


def _is_broken(shelf: Shelf, starts: Numbers, longer: Numbers, phrase: _Misread) -> Mask:
    """Whether a run ends in what cannot be missing, so that one half of the phrase stands in another text."""
    first, last = starts + phrase.borne, starts + (phrase.length - 1 - phrase.borne) + np.maximum(longer, 0)
    runs = shelf.run_starts
    return np.asarray(np.searchsorted(runs, first, side="right") != np.searchsorted(runs, last, side="right"))


def _looked_at(shelf: Shelf, starts: Numbers, errors: Numbers, phrase: _Misread) -> Numbers:
    """Those of the doubtful places where the text itself bears the phrase."""
    documents = _documents(shelf, starts, phrase)
    settled = distinct(documents[errors <= phrase.borne])
    doubtful = np.flatnonzero((errors > phrase.borne) & ~np.isin(documents, settled))
    doubtful = doubtful[np.lexsort((errors[doubtful], documents[doubtful]))]
    likeliest = [stretch.start + place for _, stretch in runs_of(documents[doubtful]) for place in _first_few(stretch)]
    return _read(shelf, starts[doubtful[likeliest]], phrase)


def _is_sooner_read(shelf: Shelf, starts: Numbers, phrase: _Misread) -> bool:
    """Whether the text around all places is read sooner than the lists that would tell which of them are likely."""
    costs = sum(shelf.alike_count(*pair) for pair in pairwise(phrase.pattern))
    if len(starts) * TEXT_COSTS >= costs:
        return False
    in_documents = np.bincount(_documents(shelf, starts, phrase)) if len(starts) else np.zeros(1)
    return int(in_documents.max()) <= _PLACES_A_DOCUMENT


def _read(shelf: Shelf, chosen: Numbers, phrase: _Misread) -> Numbers:
    """Those of some places where the text bears the phrase."""
    half = phrase.length // 2
    windows = shelf.windows(
        _middle(shelf, chosen, phrase), before=half + phrase.borne, behind=phrase.length - half + 2 * phrase.borne
    )
    keyed = [KEY.get(unit, unit) for unit in phrase.pattern]
    return chosen[fewest_errors(keyed, alike_units(windows)) <= phrase.borne]


def _first_few(stretch: slice) -> range:
    return range(min(_PLACES_A_DOCUMENT, stretch.stop - stretch.start))


def fewest_errors(pattern: Sequence[int], windows: Units) -> Numbers:
    """For each window, shape (windows, units), the fewest wrong, missing or extra units with which a pattern stands
    in one run of it.

    P. H. Sellers, The theory and computation of evolutionary distances, 1980.
    """
    total, width = windows.shape
    breaks = windows == BREAK
    # What is extra counts from the last unit before it: a running minimum, once the way to each unit is taken off.
    ways = np.zeros((total, width + 1), dtype=np.int32)
    np.cumsum(1 + _FAR * breaks, axis=1, out=ways[:, 1:])
    above = np.zeros_like(ways)
    for row, unit in enumerate(pattern, start=1):
        present = np.full_like(ways, row)
        np.minimum(above[:, :-1] + (windows != unit), above[:, 1:] + 1, out=present[:, 1:])
        present[:, 1:][breaks] = row
        present -= ways
        np.minimum.accumulate(present, axis=1, out=present)
        present += ways
        above = present
    fewest: Numbers = above.min(axis=1, initial=len(pattern))
    return fewest
