"""What is asked of the index, and what it answers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from dms.domain.criterion import Criterion
from dms.index.units import Mask


class Ordering(Enum):
    """How found items stand; see `dms.store.finding.FoundOrder`."""

    RELEVANCE = "relevance"
    DATE = "date"
    OLDEST = "oldest"
    ARRIVAL = "arrival"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of the index."""

    criterion: Criterion
    chosen: Mapping[str, Criterion]
    """Filters by column, which ask for no text: each narrows the result and every count but its own column's."""
    visible: Mask
    """By item key."""
    ordering: Ordering
    limit: int
    offset: int
    counted: Sequence[str]
    """The columns whose values are counted; of a column with very many, the frequent ones and those that are chosen."""
    settled: Collection[str]
    """Counted columns of which, once they are filtered by, no other value is of interest."""
    grouping: str | None
    wants_keys: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the index says."""

    total: int
    exact_total: int
    best: float
    """The highest score of the whole result."""
    scores: Mapping[int, float]
    """Item key to score, in the order asked for."""
    tolerated: frozenset[int]
    """Those among them that fit only because something was borne with."""
    bounded: bool
    counts: Mapping[str, Mapping[int, int]]
    groups: Mapping[int, int]
    """How many items of the whole result bear the group values of `scores`."""
    keys: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Fitting:
    """The items that fit, with what is known of how well."""

    keys: NDArray[np.int64]
    exact: Mask
    alike: Mask
    """Whether nothing but look-alikes was borne with; what is exact is alike too."""
    weights: NDArray[np.float64]
    """Shape (wanted texts, items)."""
    lengths: NDArray[np.int64]
    """Units of the bodies."""
