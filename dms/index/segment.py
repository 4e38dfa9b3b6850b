"""A segment: a shelf that answers from the lists that were made when it was built (`dms.index.building`).

A segment never changes. Documents that were indexed anew or taken out stay in its lists until it is made anew from
what is left; who asks looks past them (`dms.index.facts`).
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise, product
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from dms.domain.criterion import MentionKind
from dms.index.building import DAYS_A_ROW, Family, Head, amount_term
from dms.index.covering import cover
from dms.index.document import NOTHING, REGIONS, unpack
from dms.index.postings import (
    OWN_ROW_FROM,
    SETS_FROM,
    DocumentList,
    Group,
    PlaceSet,
    as_places,
    as_set,
    read_documents,
    read_places,
    runs_of,
)
from dms.index.shelf import TEXT_COSTS, alike_units, look_alikes, merged, nothing, texts_at
from dms.index.units import BREAK, FIRST_HALVES, Mask, Places, Units, distinct

_MEAN_GROUP = OWN_ROW_FROM // 4
_UNITS = 1 << 16
_MOST_CUT_OUT = 1 / 16
"""To cut lists down to more of the documents than this takes longer than it saves."""


class Rows(Protocol):
    """Where the rows of segments are kept. It owes exactly what was written; rows of a segment never change."""

    def foresee(self, segments: Sequence[int]) -> None:
        """These segments will be asked for the same rows, in this order."""
        ...

    def row(self, segment: int, family: Family, term: int) -> bytes | None:
        """One row, if there is such."""
        ...

    def place_set(self, segment: int, pair: int) -> PlaceSet:
        """The row of a pair that stands `SETS_FROM` times or more, as a set that nobody may change."""
        ...

    def rows(self, segment: int, family: Family, first: int, last: int) -> Sequence[bytes]:
        """The rows from one term to another, both included, in order of terms."""
        ...

    def packed(self, segment: int, ordinal: int) -> bytes | None:
        """A packed document, if there is such."""
        ...


@dataclass(frozen=True)
class SegmentHead:
    """What is kept in memory of a segment."""

    id: int
    keys: NDArray[np.int64]
    starts: NDArray[np.uint32]
    run_starts: NDArray[np.uint32]
    own_pairs: NDArray[np.uint32]
    own_counts: NDArray[np.uint32]
    listed_pairs: frozenset[int]

    @classmethod
    def read(cls, segment: int, rows: Rows) -> "SegmentHead":
        """The head of a segment."""

        def part(term: Head) -> bytes:
            return rows.row(segment, Family.HEAD, term) or b""

        return cls(
            id=segment,
            keys=np.frombuffer(part(Head.KEYS), "<i8"),
            starts=np.frombuffer(part(Head.STARTS), "<u4").reshape(len(REGIONS), -1),
            run_starts=np.frombuffer(part(Head.RUNS), "<u4"),
            own_pairs=np.frombuffer(part(Head.OWN_PAIRS), "<u4"),
            own_counts=np.frombuffer(part(Head.OWN_COUNTS), "<u4"),
            listed_pairs=frozenset(np.frombuffer(part(Head.LISTED_PAIRS), "<u4").tolist()),
        )

    def counts(self, pairs: NDArray[np.uint32]) -> NDArray[np.int64]:
        """About how often each pair stands; it costs nothing to ask."""
        found = np.full(len(pairs), _MEAN_GROUP)
        if len(self.own_pairs):
            indexes = np.minimum(np.searchsorted(self.own_pairs, pairs), len(self.own_pairs) - 1)
            has_own = self.own_pairs[indexes] == pairs
            found[has_own] = self.own_counts[indexes[has_own]]
        return found

    def count(self, pair: int) -> int | None:
        """How often a pair with a row of its own stands; None for any other."""
        pairs = self._searched_pairs
        index = bisect_left(pairs, pair)
        return None if index == len(pairs) or pairs[index] != pair else int(self.own_counts[index])

    @cached_property
    def _searched_pairs(self) -> memoryview:
        """Which is searched for one pair sooner than an array."""
        return self.own_pairs.data


Pairs = Sequence[tuple[int, int]]


class Segment:
    """A segment with the rows of one transaction.

    Where `considered` documents are stated, and are few, what stands in others may be left out of any answer; so the
    lists of a phrase are cut down to these documents before they are met with each other.
    """

    def __init__(self, head: SegmentHead, rows: Rows, considered: Mask | None = None) -> None:
        self._head = head
        self._rows = rows
        self._considered = considered
        self.keys = head.keys
        self.starts = head.starts
        self.run_starts = head.run_starts

    @property
    def whole_segment(self) -> int | None:
        """The number of the segment, if what is asked of it is answered for all of its documents."""
        return self._head.id if self._stretches is None else None

    def places(self, pattern: tuple[int, ...]) -> Places:
        """See `Shelf`."""
        if len(pattern) == 1:
            return self._unit_places(pattern[0])
        if len(pattern) == 2 and self._stretches is None:
            return self._pair_places(*pattern)
        found, step = self._in_step(pattern)
        return as_places(found) - np.uint32(step)  # the pair at 0 was among those met, so none lies before it

    def wide_places(self) -> Places:
        """See `Shelf`."""
        return self._places_beginning(*FIRST_HALVES)

    def alike_places(self, pattern: tuple[int, ...]) -> Places:
        """See `Shelf`."""
        if len(pattern) == 1:
            return merged([self._unit_places(unit) for unit in look_alikes(pattern[0])])
        return self._places_of(_alike_pairs(*pattern))

    def alike_phrase_set(self, pattern: tuple[int, ...]) -> PlaceSet:
        """See `Shelf`."""
        exact = as_set(self.places(pattern)) if len(pattern) == 1 else self._covered(pattern)
        return exact | self.merely_alike_set(pattern)

    def merely_alike_set(self, pattern: tuple[int, ...]) -> PlaceSet:
        """See `Shelf`; where one pair of a pattern stands as others do, which is rare, the others are looked for."""
        if len(pattern) == 1:
            return as_set(merged([self._unit_places(unit) for unit in look_alikes(pattern[0]) if unit != pattern[0]]))
        others_along = _other_pairs_along(pattern)
        if not any(others_along):
            return PlaceSet()
        pairs, counts, chosen = self._cheapest_pairs(pattern)
        others = {offset: self._set_of(others_along[offset]) for offset in chosen}
        left = self._among_considered(PlaceSet.union(*(found.shift(-offset) for offset, found in others.items())))
        unread = sum(counts[offset] for offset in chosen)
        for offset in chosen:
            if not left:
                break
            if len(left) * TEXT_COSTS < unread:
                return self._standing(left, pattern, alike=True)
            here = left.shift(offset)
            left = ((here & self._pair_set(*pairs[offset])) | (here & others[offset])).shift(-offset)
            unread -= counts[offset]
        return left

    def listed(self, pattern: tuple[int, ...]) -> DocumentList | None:
        """See `Shelf`."""
        if len(pattern) == 1:
            row = self._rows.row(self._head.id, Family.UNIT_DOCUMENTS, pattern[0])
            return read_documents(row or b"")
        if len(pattern) > 2 or _pair(*pattern) not in self._head.listed_pairs:
            return None
        return read_documents(self._rows.row(self._head.id, Family.PAIR_DOCUMENTS, _pair(*pattern)) or b"")

    def naming(self, kind: MentionKind, low: int, high: int) -> NDArray[np.int64]:
        """See `Shelf`."""
        if kind is MentionKind.AMOUNT:
            rows = self._rows.rows(self._head.id, Family.AMOUNT, amount_term(low), amount_term(high))
            return _concatenated([_amounts_between(row, low, high) for row in rows])
        rows = self._rows.rows(self._head.id, Family.DAY, low // DAYS_A_ROW, high // DAYS_A_ROW)
        return _concatenated([_days_between(row, low, high) for row in rows])

    def alike_count(self, first: int, second: int) -> int:
        """See `Shelf`."""
        return sum(self._count(*pair) for pair in product(look_alikes(first), look_alikes(second)))

    def windows(self, places: NDArray[np.int64], *, before: int, behind: int) -> Units:
        """See `Shelf`."""
        found = np.full((len(places), before + behind), BREAK, dtype=np.uint16)
        around, regions, ordinals = np.arange(-before, behind), *texts_at(self, places)
        order = np.argsort(ordinals, kind="stable")
        for ordinal, stretch in runs_of(ordinals[order]):
            document = unpack(0, self._rows.packed(self._head.id, ordinal) or NOTHING)
            for region in distinct(regions[order[stretch]]).tolist():
                chosen = order[stretch][regions[order[stretch]] == region]
                units = places[chosen, None] - int(self.starts[region, ordinal]) + around
                text = np.append(document.regions[region], np.uint16(BREAK))
                inside = (units >= 0) & (units < len(text))
                found[chosen] = text[np.where(inside, units, -1)]
        return found

    def _covered(self, pattern: tuple[int, ...]) -> PlaceSet:
        """Where a pattern of two units or more stands."""
        found, step = self._in_step(pattern)
        return found.shift(-step)

    def _in_step(self, pattern: tuple[int, ...]) -> tuple[PlaceSet, int]:
        """The same so many units further on than where it stands; to bring a set back takes longer than a list.

        The rarest pair comes first; what is left of it is brought in step with each further one, not they with it.
        Where so little is left that its text is read sooner than the lists of the others, the text is looked at.
        """
        pairs, counts, chosen = self._cheapest_pairs(pattern)
        unread = sum(counts[offset] for offset in chosen)
        step, left = 0, PlaceSet()
        for number, offset in enumerate(chosen):
            others = self._pair_set(*pairs[offset])
            left = left.shift(offset - step) & others if number else self._among_considered(others)
            step, unread = offset, unread - counts[offset]
            if len(left) * TEXT_COSTS < unread:
                return self._standing(left.shift(-step), pattern, alike=False), 0
        return left, step

    def _cheapest_pairs(self, pattern: tuple[int, ...]) -> tuple[Pairs, Sequence[int], Sequence[int]]:
        """The pairs of a pattern, about how often each stands, and which of them to look up, the rarest first."""
        pairs, numbers = _pairs_along(pattern)
        counts: list[int] = self._head.counts(numbers).tolist()
        return pairs, counts, sorted(cover(counts), key=counts.__getitem__)

    def _among_considered(self, places: PlaceSet) -> PlaceSet:
        if self._stretches is None:
            return places
        begins, ends = np.searchsorted(as_places(places), self._stretches)
        lengths = ends - begins
        inside = np.repeat(begins - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())
        return as_set(as_places(places)[inside])

    @cached_property
    def _stretches(self) -> NDArray[np.uint32] | None:
        """Where the texts of the considered documents begin and end, where they are few."""
        if self._considered is None or self._considered.mean() > _MOST_CUT_OUT:
            return None
        chosen = np.flatnonzero(self._considered)
        return np.stack([self.starts[:, chosen].ravel(), self.starts[:, chosen + 1].ravel()])

    def _standing(self, starts: PlaceSet, pattern: tuple[int, ...], *, alike: bool) -> PlaceSet:
        """Those of a few places where the text itself is the pattern, or looks like it."""
        if not starts:
            return starts
        places = as_places(starts)
        texts = self.windows(places.astype(np.int64), before=0, behind=len(pattern))
        wanted = np.array(pattern, np.uint16)
        if alike:
            texts, wanted = alike_units(texts), alike_units(wanted)
        return as_set(places[(texts == wanted).all(axis=1)])

    def _places_of(self, pairs: Pairs) -> Places:
        if len(pairs) > 1 and sum(self._count(*pair) for pair in pairs) >= SETS_FROM:
            return as_places(self._set_of(pairs))
        return merged([places for places in (self._pair_places(*pair) for pair in pairs) if len(places)])

    def _set_of(self, pairs: Pairs) -> PlaceSet:
        sets = [self._pair_set(*pair) for pair in pairs]
        return sets[0] if len(sets) == 1 else PlaceSet.union(PlaceSet(), *sets)

    def _pair_set(self, first: int, second: int) -> PlaceSet:
        count = self._head.count(_pair(first, second))
        if count is None or count < SETS_FROM:
            return as_set(self._pair_places(first, second))
        return self._rows.place_set(self._head.id, _pair(first, second))

    def _pair_places(self, first: int, second: int) -> Places:
        count = self._head.count(_pair(first, second))
        if count is None:
            row = self._rows.row(self._head.id, Family.GROUP, first)
            return Group(row).places(second) if row else nothing()
        if count >= SETS_FROM:
            return as_places(self._rows.place_set(self._head.id, _pair(first, second)))
        return read_places(self._pair_row(first, second), count)

    def _pair_row(self, first: int, second: int) -> bytes:
        return self._rows.row(self._head.id, Family.PAIR, _pair(first, second)) or b""

    def _count(self, first: int, second: int) -> int:
        count = self._head.count(_pair(first, second))
        return _MEAN_GROUP if count is None else count

    def _unit_places(self, unit: int) -> Places:
        return self._places_beginning(unit, unit)

    def _places_beginning(self, low: int, high: int) -> Places:
        """Where any of these units stands, both included."""
        first, last = _pair(low, BREAK), _pair(high, _UNITS - 1)
        rows = self._rows.rows(self._head.id, Family.PAIR, first, last)
        counts = self._head.own_counts[slice(*np.searchsorted(self._head.own_pairs, [first, last + 1]))]
        lists = [read_places(row, count) for row, count in zip(rows, counts.tolist(), strict=True)]
        lists += [Group(row).all_places() for row in self._rows.rows(self._head.id, Family.GROUP, low, high)]
        return np.sort(np.concatenate(lists)) if lists else nothing()


def _alike_pairs(first: int, second: int) -> Pairs:
    return list(product(look_alikes(first), look_alikes(second)))


@lru_cache(maxsize=1000)
def _pairs_along(pattern: tuple[int, ...]) -> tuple[Pairs, NDArray[np.uint32]]:
    """The pairs of a pattern, and the same as numbers."""
    pairs = list(pairwise(pattern))
    return pairs, np.array([_pair(*pair) for pair in pairs], np.uint32)


@lru_cache(maxsize=1000)
def _other_pairs_along(pattern: tuple[int, ...]) -> list[Pairs]:
    """For each pair of a pattern the pairs that look like it, but for itself."""
    return [[alike for alike in _alike_pairs(*pair) if alike != pair] for pair in pairwise(pattern)]


def _pair(first: int, second: int) -> int:
    return first << 16 | second


def _amounts_between(row: bytes, low: int, high: int) -> NDArray[np.int64]:
    total = len(row) // 10
    values = np.frombuffer(row, "<i8", total)
    first, last = np.searchsorted(values, low, side="left"), np.searchsorted(values, high, side="right")
    return np.frombuffer(row, "<u2", total, 8 * total)[first:last].astype(np.int64)


def _days_between(row: bytes, low: int, high: int) -> NDArray[np.int64]:
    total = len(row) // 10
    lows, highs = np.frombuffer(row, "<i4", total), np.frombuffer(row, "<i4", total, 4 * total)
    ordinals = np.frombuffer(row, "<u2", total, 8 * total)
    return ordinals[(lows >= low) & (highs <= high)].astype(np.int64)


def _concatenated(lists: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    return np.concatenate(lists) if lists else np.empty(0, np.int64)
