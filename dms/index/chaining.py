"""Links that follow each other within a number of characters."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dms.domain.criterion import Chain, Gap
from dms.index.shelf import Shelf
from dms.index.units import Places, distinct, pattern_of

Numbers = NDArray[np.int64]
_FEW = 1000
"""So few places are met with others sooner than they are sifted."""
_DENSE = 1 / 4
"""Places a block; where both lists are so dense, hardly any place is too far from all others to be sifted out."""
_LEAST_BITS = 5
"""Blocks of fewer characters would be so many that to go over them takes longer than it saves."""
_BLOCKS_A_PLACE = 128
"""With so many blocks for each of the rarer places, one block in forty is near one."""


class _Characters:
    """A shelf as seen character by character: all places are counted in characters, of which a few take two units."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._wide = shelf.wide_places()

    def places(self, text: str) -> Places:
        """Where a text stands."""
        return self._counted(self._shelf.places(pattern_of(text)))

    @cached_property
    def run_starts(self) -> Places:
        """Where each run begins, ascending."""
        return self._counted(self._shelf.run_starts)

    def in_units(self, places: Numbers) -> Numbers:
        """The same places, ascending, as the shelf counts them."""
        return places + _as_many_before(self._wide - np.arange(len(self._wide)), places)

    def _counted(self, places: Places) -> Places:
        return places - _as_many_before(self._wide, places).astype(np.uint32) if len(self._wide) else places


def _as_many_before(few: NDArray[np.integer], places: NDArray[np.integer]) -> Numbers:
    """How many of the few stand before each of many places; both ascend."""
    bounds = np.searchsorted(places, few, side="right")
    return np.repeat(np.arange(len(few) + 1), np.diff(bounds, prepend=0, append=len(places)))


@dataclass(frozen=True, slots=True)
class _Lists:
    """Where each of the texts stands that a link may be, with how long it is."""

    lengths: tuple[int, ...]
    places: tuple[Places, ...]

    @property
    def total(self) -> int:
        """Places in all."""
        return sum(map(len, self.places))


@dataclass(frozen=True, slots=True)
class _Link:
    """Where a link stands: first character, ascending, and how many it has there; one number where that is the same
    everywhere.
    """

    starts: Numbers
    lengths: int | Numbers

    @property
    def ends(self) -> Numbers:
        """The character behind the last."""
        return self.starts + self.lengths

    def only(self, indexes: Numbers) -> "_Link":
        """Those at these indexes, which ascend."""
        lengths = self.lengths if isinstance(self.lengths, int) else self.lengths[indexes]
        return _Link(self.starts[indexes], lengths)


def chain_places(shelf: Shelf, chain: Chain) -> Places:
    """Where the last link of a whole chain begins."""
    row = _Characters(shelf)
    lists = [_lists(row, alternatives) for alternatives in chain.links]
    for index, gap in enumerate(chain.gaps):
        lists[index : index + 2] = _neighbouring(lists[index], lists[index + 1], gap)
    reached = _link(lists[0])
    for gap, one in zip(chain.gaps, lists[1:], strict=True):
        if len(reached.starts) == 0:
            break
        link = _link(one)
        follows = _behind(row, reached, link, gap)
        if not chain.ordered:
            others = np.flatnonzero(~follows)
            follows[others[_before(row, reached, link.only(others), gap)]] = True
        reached = link.only(np.flatnonzero(follows))
    starts = row.in_units(reached.starts).astype(np.uint32)
    return starts if len(lists[-1].places) == 1 else distinct(starts)  # one place may begin several of them


def _lists(row: _Characters, alternatives: Sequence[str]) -> _Lists:
    texts = tuple(dict.fromkeys(alternatives))
    return _Lists(tuple(map(len, texts)), tuple(map(row.places, texts)))


def _neighbouring(first: _Lists, second: _Lists, gap: Gap) -> tuple[_Lists, _Lists]:
    """Both without the places that are surely too far from any of the other; coarse, but quick.

    The row is cut into blocks no shorter than the reach, so what is near lies in the same block or in the next one.
    The many are sifted by the few, and the few by what is left of the many.
    """
    rare, common = (first, second) if first.total <= second.total else (second, first)
    if rare.total == 0 or common.total < _FEW:
        return first, second
    reach = gap.high + max(first.lengths + second.lengths)
    last = max(int(places[-1]) for places in first.places + second.places if len(places))
    enough = (last // (_BLOCKS_A_PLACE * rare.total)).bit_length()
    bits = np.uint32(max(_LEAST_BITS, reach.bit_length(), enough))
    blocks = 1 + (last >> int(bits))
    if rare.total > blocks * _DENSE:
        return first, second
    left = _sifted(common, _near(rare, bits, blocks), bits)
    kept = _sifted(rare, _near(left, bits, blocks), bits) if rare.total >= _FEW else rare
    return (kept, left) if rare is first else (left, kept)


def _near(lists: _Lists, bits: np.uint32, blocks: int) -> NDArray[np.bool_]:
    """For each block whether any of the places lies in it or in one beside it."""
    held = np.zeros(blocks + 2, dtype=np.bool_)
    for places in lists.places:
        held[(places >> bits) + np.uint32(1)] = True
    return np.asarray(held[:-2] | held[1:-1] | held[2:])


def _sifted(lists: _Lists, near: NDArray[np.bool_], bits: np.uint32) -> _Lists:
    return _Lists(lists.lengths, tuple(places[np.flatnonzero(near[places >> bits])] for places in lists.places))


def _link(lists: _Lists) -> _Link:
    places = [one.astype(np.int64) for one in lists.places]
    if len(places) == 1:
        return _Link(places[0], lists.lengths[0])
    starts = np.concatenate(places)
    order = np.argsort(starts, kind="stable")
    if len(set(lists.lengths)) == 1:
        return _Link(starts[order], lists.lengths[0])
    return _Link(starts[order], np.repeat(lists.lengths, list(map(len, places)))[order])


def _behind(row: _Characters, reached: _Link, link: _Link, gap: Gap) -> NDArray[np.bool_]:
    """Which of a link's places stand behind one that was reached; the nearest one is in the same run if any is."""
    ends = reached.ends if isinstance(reached.lengths, int) else np.sort(reached.ends)
    index = np.searchsorted(ends, link.starts - gap.low, side="right") - 1
    nearest = ends[np.maximum(index, 0)]
    near = np.flatnonzero((index >= 0) & (nearest >= link.starts - gap.high))
    return _in_one_run(row, near, nearest - 1, link.starts, of=len(link.starts))


def _before(row: _Characters, reached: _Link, link: _Link, gap: Gap) -> NDArray[np.bool_]:
    index = np.searchsorted(reached.starts, link.ends + gap.low, side="left")
    nearest = reached.starts[np.minimum(index, len(reached.starts) - 1)]
    near = np.flatnonzero((index < len(reached.starts)) & (nearest <= link.ends + gap.high))
    return _in_one_run(row, near, link.starts, nearest, of=len(link.starts))


def _in_one_run(row: _Characters, near: Numbers, firsts: Numbers, lasts: Numbers, *, of: int) -> NDArray[np.bool_]:
    """For each of so many places whether it is near, and no run begins behind its first character up to the last."""
    fits = np.zeros(of, dtype=np.bool_)
    runs, begun = row.run_starts, np.searchsorted(row.run_starts, firsts[near].astype(np.uint32), side="right")
    fits[near] = (begun == len(runs)) | (runs[np.minimum(begun, len(runs) - 1)] > lasts[near])
    return fits
