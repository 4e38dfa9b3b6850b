"""The order of found items: BM25 over what was found, and the orders by facts.

S. Robertson, H. Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009. How rare a text is, is counted
among the items that fit and the asker may see; what stands in each of them tells nothing.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dms.index.facts import UNKNOWN, Columns
from dms.index.question import Fitting, Ordering, Question

SATURATION = 1.2
LENGTH_COUNTS = 0.75
_WHOLE_BELOW = 4096
"""So few items are put in order whole."""

Keys = NDArray[np.int64]
Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ordered:
    """Indexes of items in order, at least as many as were wanted, and the score of each item."""

    indexes: NDArray[np.int64]
    scores: Scores
    best: float


def in_order(found: Fitting, columns: Columns, question: Question) -> Ordered:
    """The items in the order asked for; what is alike stands by date of the paper, latest first, then by arrival."""
    keys, wanted = found.keys, question.offset + question.limit
    scores = _scores(found.weights, found.lengths)
    candidates = np.arange(len(keys))
    by_relevance = question.ordering is Ordering.RELEVANCE and question.grouping is None
    if by_relevance and len(keys) > max(_WHOLE_BELOW, 2 * wanted):
        candidates = _foremost(scores + (scores.max() + 1) * _closeness(found), wanted)
    sorting = _sorting(keys[candidates], _closeness(found)[candidates], scores[candidates], columns, question.ordering)
    indexes = candidates[np.lexsort(sorting)]
    if question.grouping is not None:
        indexes = _grouped(indexes, columns[question.grouping][keys[indexes]])
    return Ordered(indexes, scores, float(scores.max()) if len(scores) else 0.0)


def _closeness(found: Fitting) -> Scores:
    """2 for what fits exactly, 1 where only look-alikes were borne with, 0 where characters are misread."""
    return found.exact.astype(np.float64) + found.alike


def _scores(weights: NDArray[np.float64], lengths: NDArray[np.int64]) -> Scores:
    total = weights.shape[1]
    if not total or not len(weights):
        return np.zeros(total)
    bearing = (weights > 0).sum(axis=1)
    rarity = 1 + np.log(total / np.maximum(bearing, 1))
    mean = max(float(lengths.mean()), 1.0)
    tamed = SATURATION * (1 - LENGTH_COUNTS + LENGTH_COUNTS * lengths / mean)
    scores: Scores = (rarity[:, None] * weights * (SATURATION + 1) / (weights + tamed)).sum(axis=0)
    return scores


def _foremost(scores: Scores, wanted: int) -> NDArray[np.int64]:
    """The indexes of the highest scores, with all that are equal to the last of them."""
    least = np.partition(scores, len(scores) - wanted)[len(scores) - wanted] if wanted else np.inf
    return np.flatnonzero(scores >= least)


def _sorting(
    keys: Keys, closeness: Scores, scores: Scores, columns: Columns, ordering: Ordering
) -> tuple[NDArray[np.generic], ...]:
    """Sort keys, the last of them first in weight, as `np.lexsort` takes them."""
    latest = (-keys, -columns["doc_on"][keys].astype(np.int64))
    match ordering:
        case Ordering.RELEVANCE:
            return (*latest, -scores, -closeness)
        case Ordering.DATE:
            return latest
        case Ordering.OLDEST:
            return (keys, np.where(columns["doc_on"][keys] < 0, np.iinfo(np.int32).max, columns["doc_on"][keys]))
        case Ordering.ARRIVAL:
            return (-keys,)
        case Ordering.AMOUNT:
            # The lowest number stands for no amount; it has no positive counterpart, so order is turned by its bits.
            return (*latest, ~columns["amount"][keys])


def _grouped(indexes: NDArray[np.int64], values: NDArray[np.generic]) -> NDArray[np.int64]:
    """The same order, but items of one group together, where the first of them stands; those without a group last."""
    _, firsts, inverse = np.unique(values, return_index=True, return_inverse=True)
    place = np.where(values[firsts] == UNKNOWN, len(values), firsts)[inverse]
    return indexes[np.argsort(place, kind="stable")]
