"""Asking the index: what fits, how it is spread, and in which order it stands.

Invariants:
- Only what is visible is considered; nothing else is counted, ranked, listed, or weighs in the rank of anything (I5).
- Ranks, counts and order depend on the items that fit, not on the shelves on which they happen to stand.
- The total is the true number, and so is every count.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dms.domain.criterion import Criterion, FactIs, FactRange, Phrase, Wanted, leaves, wanted
from dms.index.bearing import misread_at_most, misread_borne_among
from dms.index.counting import frequent_counts, value_counts
from dms.index.document import NOTHING, unpack
from dms.index.errand import NO_ERRAND, Errand, Errands
from dms.index.facts import FRESH, UNKNOWN, Columns, Facts
from dms.index.looking_up import LookUp, look_ups_of
from dms.index.matching import Matching
from dms.index.memory import IndexMemory, Moment
from dms.index.ordering import in_order
from dms.index.pile import Pile
from dms.index.question import Answer, Fitting, Ordering, Question
from dms.index.segment import Rows, Segment, SegmentHead
from dms.index.shelf import Shelf
from dms.index.stating import FactNumbers, facts_fit
from dms.index.units import Mask

FEW_DOCUMENTS = 3
"""So few considered documents of a segment are read rather than looked up."""
WORTH_AN_ERRAND = 6
"""For fewer segments nobody is sent."""
FEW_OF_ALL = 0.02
"""Such a share of the items considered, and it is first found out in which segments they are."""


class Index:
    """The index as one transaction sees it."""

    def __init__(
        self,
        memory: IndexMemory,
        rows: Rows,
        *,
        moment: Moment,
        segments: Sequence[int],
        errands: Errands | None = None,
    ) -> None:
        """`errands` look up whole segments beside us; without, all is looked up here."""
        self._memory = memory
        self._rows = rows
        self._errands = errands
        self._moment = moment
        self._segments = segments
        self._columns = moment.facts.columns

    @property
    def facts(self) -> Facts:
        """What is known of the items."""
        return self._moment.facts

    def open_segments(self) -> None:
        """Take in what has to be known of every segment, so that nobody who searches waits for it."""
        for number in self._segments:
            self._memory.head(number, self._rows)

    def find(self, question: Question, numbers: FactNumbers) -> Answer:
        """The answer to a question."""
        numbers = cache(numbers)  # asked of the catalogue, and for every segment
        filters = {
            column: facts_fit(fact, self._columns, self._all_keys, numbers) for column, fact in question.chosen.items()
        }
        considered = _considered(question, filters)
        fitting, bounded = self._fitting(question, considered, numbers)
        inside = {column: fits[fitting.keys] for column, fits in filters.items()}
        chosen = _all_of(inside, len(fitting.keys))
        counts = {
            column: self._frequent(column, fitting.keys, inside, settled=column in question.settled)
            for column in question.counted
        }
        result = _narrowed(fitting, chosen)
        order = in_order(result, self._columns, question)
        shown = order.indexes[question.offset : question.offset + question.limit]
        keys = result.keys[shown].tolist()
        return Answer(
            total=len(result.keys),
            exact_total=int(result.exact.sum()),
            best=order.best,
            scores=dict(zip(keys, order.scores[shown].tolist(), strict=True)),
            tolerated=frozenset(result.keys[shown][~result.exact[shown]].tolist()),
            bounded=bounded,
            counts=counts,
            groups=self._groups(question.grouping, result.keys, keys),
            keys=np.sort(result.keys) if question.wants_keys else np.empty(0, np.int64),
        )

    def frequencies(self, texts: Sequence[str], visible: Mask, *, most: int) -> dict[str, int]:
        """In how many visible items each folded text stands; `most` + 1 where it stands in more than `most`.

        What is commonest takes longest to count, and is looked for on the fewest shelves.
        """
        counts = dict.fromkeys(texts, 0)
        for shelf, considered in self._shelves(visible, reads_text=True):
            matching = self._matching(shelf, considered, _no_numbers)
            for text in [text for text, count in counts.items() if count <= most]:
                counts[text] += int((matching.strictly(Phrase(text)) & considered).sum())
        return {text: min(count, most + 1) for text, count in counts.items()}

    @cached_property
    def _all_keys(self) -> NDArray[np.int64]:
        return np.arange(self.facts.size, dtype=np.int64)

    def _fitting(self, question: Question, considered: Mask, numbers: FactNumbers) -> tuple[Fitting, bool]:
        """What fits, and whether less is borne with than was asked for."""
        criterion = question.criterion
        texts = wanted(criterion) if question.ordering is Ordering.RELEVANCE else ()
        reads_text = any(not isinstance(leaf, FactIs | FactRange) for leaf in leaves(criterion))
        tolerant = [leaf for leaf in leaves(criterion) if isinstance(leaf, Phrase) and leaf.tolerant]
        shelves = list(self._shelves(considered, reads_text=reads_text))
        bounded = False
        with self._errand([shelf for shelf, _ in shelves], look_ups_of(criterion)) as errand:
            matchings: Iterable[Matching] = (self._matching(*shelf, numbers, errand) for shelf in shelves)
            if tolerant:
                matchings = list(matchings)
                misread = {phrase: misread_borne_among(phrase, matchings) for phrase in tolerant}
                bounded = any(misread[phrase] < misread_at_most(phrase) for phrase in tolerant)
                for matching in matchings:
                    matching.bear_with(misread)
            found = [_fitting_on(matching, criterion, texts, bears=bool(tolerant)) for matching in matchings]
        return _together(found, len(texts)), bounded

    def _errand(self, shelves: Sequence[Shelf], look_ups: Sequence[LookUp]) -> Errand:
        """Somebody who looks up the last of these shelves meanwhile, as far as nobody has before."""
        whole = [shelf.whole_segment for shelf in shelves if shelf.whole_segment is not None]
        if self._errands is None or len(whole) < WORTH_AN_ERRAND:
            return NO_ERRAND
        unknown = [each for each in whole if any(not self._memory.knows_weights((each, one)) for one in look_ups)]
        if len(unknown) < WORTH_AN_ERRAND:
            return NO_ERRAND
        errand = self._errands.sent(unknown[: len(unknown) // 3 : -1], look_ups)
        if errand is not NO_ERRAND:
            self._rows.foresee(unknown[: len(unknown) // 2])
        return errand

    def _matching(self, shelf: Shelf, considered: Mask, numbers: FactNumbers, errand: Errand = NO_ERRAND) -> Matching:
        facts = _ColumnsOf(self._columns, shelf.keys)
        return Matching(shelf, facts, considered, numbers=numbers, memory=self._memory, errand=errand)

    def _shelves(self, considered: Mask, *, reads_text: bool) -> Iterator[tuple[Shelf, Mask]]:
        """The shelves with considered documents; the few of a segment with hardly any are gathered in a pile."""
        homes = self._columns["segment"]
        scattered: list[tuple[int, int, int]] = []
        whole: list[tuple[SegmentHead, Mask]] = []
        for number in self._segments_with(considered):
            head = self._memory.head(number, self._rows)
            here = considered[head.keys] & (homes[head.keys] == number)
            ordinals = np.flatnonzero(here)
            if len(ordinals) <= FEW_DOCUMENTS and reads_text:
                scattered += [(int(head.keys[ordinal]), number, ordinal) for ordinal in ordinals.tolist()]
            elif len(ordinals):
                whole.append((head, here))
        self._rows.foresee([head.id for head, _ in whole])
        yield from ((Segment(head, self._rows, here), here) for head, here in whole)
        fresh = self._moment.fresh
        here = considered[fresh.keys] & (homes[fresh.keys] == FRESH)
        if here.any():
            yield fresh, here
        if scattered:
            pile = Pile(
                [unpack(key, self._rows.packed(number, ordinal) or NOTHING) for key, number, ordinal in scattered]
            )
            yield pile, np.ones(len(scattered), dtype=np.bool_)

    def _segments_with(self, considered: Mask) -> Sequence[int]:
        """The segments that may hold considered documents; all of them where it costs more to tell."""
        keys = np.flatnonzero(considered)
        if len(keys) > FEW_OF_ALL * len(considered):
            return self._segments
        homes = set(self._columns["segment"][keys].tolist())
        return [number for number in self._segments if number in homes]

    def _frequent(
        self, column: str, found: NDArray[np.int64], inside: Mapping[str, Mask], *, settled: bool
    ) -> dict[int, int]:
        """The counts of a column's values among what passes all other filters, those chosen in it among them."""
        values = self._columns[column][found]
        passing = _all_of(inside, len(found), but=None if settled else column)
        chosen = values[inside[column]] if column in inside else values[:0]
        return frequent_counts(values if passing.all() else values[passing], chosen)

    def _groups(self, grouping: str | None, all_keys: NDArray[np.int64], shown: Sequence[int]) -> dict[int, int]:
        if grouping is None:
            return {}
        counts = value_counts(self._columns[grouping][all_keys])
        return {value: counts[value] for value in self._columns[grouping][list(shown)].tolist() if value != UNKNOWN}


class _ColumnsOf(Mapping[str, NDArray[Any]]):
    """The columns of some items only, cut out when they are asked for."""

    def __init__(self, columns: Columns, keys: NDArray[np.int64]) -> None:
        self._columns = columns
        self._keys = keys

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self._columns[name][self._keys]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


def _no_numbers(_fact: FactIs) -> Mapping[str, Sequence[int]]:
    return {}


def _considered(question: Question, filters: Mapping[str, Mask]) -> Mask:
    """What may be in the result or in any of the counts: what passes all filters, or all but one that is counted."""
    total = len(question.visible)
    passing = _all_of(filters, total)
    for column in filters:
        if column in question.counted and column not in question.settled:
            passing |= _all_of(filters, total, but=column)
    return question.visible & passing


def _all_of(masks: Mapping[str, Mask], length: int, *, but: str | None = None) -> Mask:
    fits = np.ones(length, dtype=np.bool_)
    for column, mask in masks.items():
        if column != but:
            fits &= mask
    return fits


def _fitting_on(matching: Matching, criterion: Criterion, texts: Sequence[Wanted], *, bears: bool) -> Fitting:
    exact = matching.strictly(criterion) & matching.considered
    fits = matching.leniently(criterion) & matching.considered if bears else exact
    alike = exact | (matching.but_for_look_alikes(criterion) & fits) if bears else exact
    ordinals = np.flatnonzero(fits)
    weights = np.zeros((len(texts), len(ordinals)))
    if len(ordinals):
        for number, text in enumerate(texts):
            weights[number] = matching.weights(text)[ordinals]
    bodies = matching.shelf.starts[0]
    lengths = (bodies[ordinals + 1] - bodies[ordinals]).astype(np.int64)
    return Fitting(matching.shelf.keys[ordinals], exact[ordinals], alike[ordinals], weights, lengths)


def _together(found: Sequence[Fitting], texts: int) -> Fitting:
    if not found:
        none = np.empty(0, np.bool_)
        return Fitting(np.empty(0, np.int64), none, none, np.empty((texts, 0)), np.empty(0, np.int64))
    return Fitting(
        np.concatenate([one.keys for one in found]),
        np.concatenate([one.exact for one in found]),
        np.concatenate([one.alike for one in found]),
        np.concatenate([one.weights for one in found], axis=1),
        np.concatenate([one.lengths for one in found]),
    )


def _narrowed(fitting: Fitting, chosen: Mask) -> Fitting:
    if chosen.all():
        return fitting
    return Fitting(
        fitting.keys[chosen],
        fitting.exact[chosen],
        fitting.alike[chosen],
        fitting.weights[:, chosen],
        fitting.lengths[chosen],
    )
