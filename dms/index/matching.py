"""Which documents of one shelf fit a criterion, and how much speaks for each.

Invariants:
- A fit is exact: strictly taken, a document fits exactly if its text and its facts do. Taken with what is borne with,
  more documents fit, never fewer.
- Of documents outside `considered` nothing is promised, and nothing is told to anybody.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from dms.domain.criterion import (
    AllOf,
    AnyOf,
    AtLeast,
    Chain,
    Criterion,
    FactIs,
    FactRange,
    Mention,
    Not,
    Phrase,
    Wanted,
)
from dms.index.covering import even_pieces
from dms.index.errand import NO_ERRAND, Errand
from dms.index.facts import Columns
from dms.index.looking_up import LookUp, effort
from dms.index.memory import IndexMemory
from dms.index.postings import as_places
from dms.index.shelf import Shelf
from dms.index.stating import FactNumbers, facts_fit
from dms.index.tallying import Weights, documents_of, tally
from dms.index.tolerating import tolerated_places
from dms.index.units import Mask, pattern_of

TOLERATED_COUNTS = 0.5
"""A place that only fits because something was borne with says half as much."""


class Matching:
    """One criterion's parts on one shelf, each looked up once."""

    def __init__(
        self,
        shelf: Shelf,
        facts: Columns,
        considered: Mask,
        *,
        numbers: FactNumbers,
        memory: IndexMemory,
        errand: Errand = NO_ERRAND,
    ) -> None:
        self.shelf = shelf
        self.facts = facts
        self.considered = considered
        self._open = considered
        """Documents that still may fit; of others it need not be known what is misread in them."""
        self._numbers = numbers
        self._memory = memory
        self._errand = errand
        self._misread: Mapping[Phrase, int] = {}
        self._exact: dict[Wanted, Weights] = {}
        self._alike: dict[Phrase, Weights] = {}
        self._borne: dict[Phrase, Weights] = {}

    def strictly(self, criterion: Criterion) -> Mask:
        """The documents that fit exactly."""
        return self._fits(criterion, self._fits_exactly)

    def but_for_look_alikes(self, criterion: Criterion) -> Mask:
        """The documents that fit where look-alikes count as the same and nothing else is borne with."""
        return self._fits(criterion, self._fits_alike)

    def leniently(self, criterion: Criterion) -> Mask:
        """The documents that fit with what is borne with.

        Where all parts have to fit, what is misread in one is looked for only where the others before it fit.
        """
        for part in sorted(criterion.parts, key=effort) if isinstance(criterion, AllOf) else (criterion,):
            self._open = self._open & self._fits(part, self._fits_somehow)
        return self._open

    def bear_with(self, misread: Mapping[Phrase, int]) -> None:
        """From now on so many misread characters of each tolerant phrase are borne with, besides look-alikes."""
        self._misread = misread
        self._open = self.considered
        self._borne = {}

    def alike(self, phrase: Phrase) -> Mask:
        """The considered documents in which the phrase stands exactly but for look-alikes."""
        return self._alike_weights(phrase) + self._exact_weights(phrase) * self.considered > 0

    def doubtful(self, phrase: Phrase, misread: int) -> Mask:
        """The other considered documents that hold any of the pieces of which one is left whole by so many errors."""
        held = np.zeros(len(self.considered), dtype=np.bool_)
        pattern = pattern_of(phrase.folded)
        for first, end in even_pieces(len(pattern), misread + 1):
            places = as_places(self.shelf.alike_phrase_set(pattern[first:end]))
            held[documents_of(self.shelf, places)] = True
        return held & self.considered & ~self.alike(phrase)

    def weights(self, wanted: Wanted) -> Weights:
        """How much of one wanted text speaks for each document, exact places and others together."""
        exact = self._exact_weights(wanted)
        if isinstance(wanted, Phrase) and wanted.tolerant:
            return exact + TOLERATED_COUNTS * self._borne_weights(wanted)
        return exact

    def _fits(self, criterion: Criterion, text_fits: Callable[[Wanted], Mask]) -> Mask:
        match criterion:
            case Phrase() | Chain() | Mention():
                return text_fits(criterion)
            case FactIs() | FactRange():
                return facts_fit(criterion, self.facts, self.shelf.keys, self._numbers)
            case AllOf(parts):
                return self._all(parts, text_fits)
            case AnyOf(parts):
                return np.asarray(np.any([self._nothing(), *(self._fits(part, text_fits) for part in parts)], axis=0))
            case AtLeast(count, parts):
                fitting = [self._fits(part, text_fits) for part in parts]
                return np.asarray(np.sum([self._nothing(), *fitting], axis=0) >= count)
            case Not(part):
                return ~self._fits(part, text_fits)

    def _all(self, parts: Sequence[Criterion], text_fits: Callable[[Wanted], Mask]) -> Mask:
        fits = self.considered.copy()
        for part in sorted(parts, key=effort):
            if not fits.any():
                break
            fits &= self._fits(part, text_fits)
        return fits

    def _nothing(self) -> Mask:
        return np.zeros(len(self.considered), dtype=np.bool_)

    def _fits_exactly(self, wanted: Wanted) -> Mask:
        return self._exact_weights(wanted) > 0

    def _fits_alike(self, wanted: Wanted) -> Mask:
        if isinstance(wanted, Phrase) and wanted.tolerant:
            return self.alike(wanted)
        return self._fits_exactly(wanted)

    def _fits_somehow(self, wanted: Wanted) -> Mask:
        return self.weights(wanted) > 0

    def _exact_weights(self, wanted: Wanted) -> Weights:
        if wanted not in self._exact:
            self._exact[wanted] = self._looked_up(LookUp(wanted, alike=False))
        return self._exact[wanted]

    def _alike_weights(self, phrase: Phrase) -> Weights:
        """Of what stands only but for look-alikes."""
        if phrase not in self._alike:
            alike = self._looked_up(LookUp(phrase, alike=True))
            self._alike[phrase] = self._among(alike, ~self._fits_exactly(phrase))
        return self._alike[phrase]

    def _looked_up(self, look_up: LookUp) -> Weights:
        segment = self.shelf.whole_segment
        if segment is None:
            return look_up.on(self.shelf)
        self._errand.bring(self._memory)
        return self._memory.weights((segment, look_up), lambda: look_up.on(self.shelf))

    def _borne_weights(self, phrase: Phrase) -> Weights:
        if phrase not in self._borne:
            self._borne[phrase] = self._alike_weights(phrase) + self._misread_weights(phrase)
        return self._borne[phrase]

    def _misread_weights(self, phrase: Phrase) -> Weights:
        misread, open_ones = self._misread.get(phrase, 0), self._open & ~self.alike(phrase)
        if not misread or not open_ones.any():
            return np.zeros(len(self.considered))
        places = tolerated_places(self.shelf, pattern_of(phrase.folded), open_ones, misread)
        return self._among(tally(self.shelf, places, phrase.part), open_ones)

    def _among(self, weights: Weights, chosen: Mask) -> Weights:
        weights[~(chosen & self.considered)] = 0
        return weights
