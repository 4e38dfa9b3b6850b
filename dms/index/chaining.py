"""Links that follow each other within a number of characters."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dms.domain.criterion import Chain, Gap
from dms.index.shelf import Shelf
from dms.index.units import Places, distinct, pattern_of

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Link:
    """Where a link stands: first unit, and the unit behind the last; by first unit, ascending."""

    starts: Numbers
    ends: Numbers


def chain_places(shelf: Shelf, chain: Chain) -> Places:
    """Where the last link of a whole chain begins."""
    reached = _link(shelf, chain.links[0])
    for gap, alternatives in zip(chain.gaps, chain.links[1:], strict=True):
        if len(reached.starts) == 0:
            break
        link = _link(shelf, alternatives)
        follows = _behind(shelf, reached, link, gap)
        if not chain.ordered:
            follows |= _before(shelf, reached, link, gap)
        reached = _Link(link.starts[follows], link.ends[follows])
    return distinct(reached.starts).astype(np.uint32)


def _link(shelf: Shelf, alternatives: Sequence[str]) -> _Link:
    patterns = [pattern_of(text) for text in dict.fromkeys(alternatives)]
    lists = [shelf.places(pattern).astype(np.int64) for pattern in patterns]
    if len(lists) == 1:
        return _Link(lists[0], lists[0] + len(patterns[0]))
    starts = np.concatenate(lists)
    ends = starts + np.repeat([len(pattern) for pattern in patterns], [len(places) for places in lists])
    order = np.argsort(starts, kind="stable")
    return _Link(starts[order], ends[order])


def _behind(shelf: Shelf, reached: _Link, link: _Link, gap: Gap) -> NDArray[np.bool_]:
    """Which of a link's places stand behind one that was reached; the nearest one is in the same run if any is."""
    ends = np.sort(reached.ends)
    index = np.searchsorted(ends, link.starts - gap.low, side="right") - 1
    nearest = ends[np.maximum(index, 0)]
    near = np.flatnonzero((index >= 0) & (nearest >= link.starts - gap.high))
    return _in_one_run(shelf, near, nearest - 1, link.starts)


def _before(shelf: Shelf, reached: _Link, link: _Link, gap: Gap) -> NDArray[np.bool_]:
    index = np.searchsorted(reached.starts, link.ends + gap.low, side="left")
    nearest = reached.starts[np.minimum(index, len(reached.starts) - 1)]
    near = np.flatnonzero((index < len(reached.starts)) & (nearest <= link.ends + gap.high))
    return _in_one_run(shelf, near, nearest, link.starts)


def _in_one_run(shelf: Shelf, near: Numbers, others: Numbers, places: Numbers) -> NDArray[np.bool_]:
    """For each place whether it is among the near ones and in the same run as the other one beside it."""
    fits = np.zeros(len(places), dtype=np.bool_)
    runs = [np.searchsorted(shelf.run_starts, side[near], side="right") for side in (others, places)]
    fits[near] = runs[0] == runs[1]
    return fits
