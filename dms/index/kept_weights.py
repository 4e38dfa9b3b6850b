"""Weights of documents, kept in as little room as they need."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dms.index.tallying import Weights

_OVERHEAD_BYTES = 200


@dataclass(frozen=True, slots=True)
class KeptWeights:
    """Most are small whole numbers, of all documents or of few."""

    total: int
    ordinals: NDArray[np.uint16] | None
    """Whose weights they are; None for all documents."""
    weights: NDArray[Any]

    @classmethod
    def of(cls, weights: Weights) -> "KeptWeights":
        """The same weights; nothing is shared with them."""
        narrow, ordinals = _narrowed(weights), np.flatnonzero(weights)
        if narrow.nbytes <= (narrow.itemsize + 2) * len(ordinals):
            return cls(len(weights), None, narrow)
        return cls(len(weights), ordinals.astype(np.uint16), narrow[ordinals])

    @property
    def size_bytes(self) -> int:
        """The room they take in memory, about."""
        return _OVERHEAD_BYTES + self.weights.nbytes + (0 if self.ordinals is None else self.ordinals.nbytes)

    def whole(self) -> Weights:
        """The weights as they were, the caller's to change."""
        if self.ordinals is None:
            return self.weights.astype(np.float64)
        weights = np.zeros(self.total)
        weights[self.ordinals] = self.weights
        return weights


def _narrowed(weights: Weights) -> NDArray[Any]:
    """The same numbers in the narrowest kind that holds them exactly; always an array of its own."""
    highest = weights.max(initial=0)
    for kind in (np.uint8, np.uint16):
        if highest <= np.iinfo(kind).max:
            narrow = weights.astype(kind)
            return narrow if np.array_equal(narrow, weights) else weights.copy()
    return weights.copy()
