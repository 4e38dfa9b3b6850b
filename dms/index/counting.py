"""How often each value of a column stands among some items."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dms.index.facts import UNKNOWN
from dms.index.units import distinct

MOST_COUNTED = 200
"""So many values of a column are told, those of the most items; nobody reads a longer list."""

Values = NDArray[Any]


def value_counts(values: Values) -> dict[int, int]:
    """How often each known value stands."""
    present, counts = _counted(values)
    return dict(zip(present.tolist(), counts.tolist(), strict=True))


def frequent_counts(values: Values, besides: Values) -> dict[int, int]:
    """The same of the most frequent values only, the lower of two that are as frequent; and of some more besides."""
    present, counts = _counted(values)
    if len(present) > MOST_COUNTED:
        least = np.partition(counts, len(counts) - MOST_COUNTED)[len(counts) - MOST_COUNTED]
        likely = np.flatnonzero(counts >= least)
        foremost = likely[np.argsort(-counts[likely], kind="stable")][:MOST_COUNTED]
        told = np.isin(present, distinct(besides))
        told[foremost] = True
        present, counts = present[told], counts[told]
    return dict(zip(present.tolist(), counts.tolist(), strict=True))


def _counted(values: Values) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The known values in ascending order, and how often each stands."""
    # Numbers of a catalogue are small, and to count them is ten times as quick as to sort them.
    counts = np.bincount(values - UNKNOWN)[1:]
    present = np.flatnonzero(counts)
    return present, counts[present]
