"""What a shelf says of one wanted text, for all of its documents, whoever may see them.

Nothing of it depends on who asks, on rights or on facts, so it may be looked up anywhere, and be remembered.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from dms.domain.criterion import Chain, Criterion, FactIs, FactRange, Mention, Phrase, Wanted, leaves
from dms.index.chaining import chain_places
from dms.index.postings import as_places
from dms.index.shelf import Shelf, look_alikes
from dms.index.tallying import Weights, listed_weights, tally
from dms.index.units import pattern_of


class LookUp(NamedTuple):
    """What is looked up on a shelf."""

    wanted: Wanted
    alike: bool
    """Whether what stands only but for look-alikes is looked for, instead of what stands exactly; of phrases only."""

    def on(self, shelf: Shelf) -> Weights:
        """For each document of the shelf how much speaks for it."""
        match self.wanted:
            case Phrase() as phrase:
                return _looks_alike(shelf, phrase) if self.alike else _stands(shelf, phrase)
            case Chain(part=part) as chain:
                return tally(shelf, chain_places(shelf, chain), part)
            case Mention(kind, low, high):
                named = np.zeros(len(shelf.keys))
                named[shelf.naming(kind, low, high)] = 1.0
                return named


def look_ups_of(criterion: Criterion) -> Sequence[LookUp]:
    """All that a criterion may ask of a shelf as a whole, each once, what is quick to look up first."""
    texts = [leaf for leaf in sorted(leaves(criterion), key=effort) if not isinstance(leaf, FactIs | FactRange)]
    return [
        look_up
        for text in dict.fromkeys(texts)
        for look_up in (LookUp(text, alike=False), LookUp(text, alike=True))
        if not look_up.alike or (isinstance(text, Phrase) and text.tolerant)
    ]


_EFFORTS: tuple[tuple[type, int], ...] = ((FactRange, 0), (FactIs, 0), (Mention, 1), (Phrase, 2), (Chain, 4))


def effort(criterion: Criterion) -> int:
    """What is quick to look up goes first; nothing else is looked up where nothing is left."""
    return next((effort for kind, effort in _EFFORTS if isinstance(criterion, kind)), 3)


def _stands(shelf: Shelf, phrase: Phrase) -> Weights:
    pattern = pattern_of(phrase.folded)
    listed = listed_weights(shelf, pattern, phrase.part)
    return tally(shelf, shelf.places(pattern), phrase.part) if listed is None else listed


def _looks_alike(shelf: Shelf, phrase: Phrase) -> Weights:
    pattern = pattern_of(phrase.folded)
    if all(len(look_alikes(unit)) == 1 for unit in pattern):
        return np.zeros(len(shelf.keys))  # what stands there stands exactly
    if len(pattern) == 1:
        others = [unit for unit in look_alikes(*pattern) if unit != pattern[0]]
        listed = [listed_weights(shelf, (unit,), phrase.part) for unit in others]
        told = [weights for weights in listed if weights is not None]
        if len(told) == len(listed):
            return np.asarray(np.sum(told, axis=0))
    return tally(shelf, as_places(shelf.merely_alike_set(pattern)), phrase.part)
