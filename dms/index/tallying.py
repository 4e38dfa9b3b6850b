"""From places to documents: how much each document of a shelf says of what was looked for."""

import numpy as np
from numpy.typing import NDArray

from dms.domain.criterion import TextPart
from dms.index.document import REGIONS, WEIGHTS
from dms.index.shelf import Shelf
from dms.index.units import Places

Weights = NDArray[np.float64]
"""For each document of a shelf how much speaks for it; 0 where nothing does."""

_FEW_TO_MANY = 8
_REGIONS_OF: dict[TextPart, tuple[int, ...]] = {
    TextPart.ANYWHERE: tuple(range(len(REGIONS))),
    TextPart.FACTS: tuple(range(1, len(REGIONS))),
    **{part: (index,) for index, part in enumerate(REGIONS)},
}


def tally(shelf: Shelf, places: Places, part: TextPart) -> Weights:
    """The weight of ascending places in one part of each document."""
    weights = np.zeros(len(shelf.keys))
    bounds = [0, *np.searchsorted(places, shelf.starts[:, -1]).tolist()]
    for region in _REGIONS_OF[part]:
        inside = places[bounds[region] : bounds[region + 1]]
        if len(inside):
            weights += WEIGHTS[region] * _times(shelf.starts[region], inside)
    return weights


def listed_weights(shelf: Shelf, pattern: tuple[int, ...], part: TextPart) -> Weights | None:
    """The same from the document list of a pattern; None where there is no list, or where it does not tell."""
    if part not in (TextPart.ANYWHERE, TextPart.BODY, TextPart.FACTS):
        return None
    listed = shelf.listed(pattern)
    if listed is None:
        return None
    ordinals, times, elsewhere = listed
    weights = np.zeros(len(shelf.keys))
    if part is not TextPart.FACTS:
        weights[ordinals] += times
    if part is not TextPart.BODY:
        weights[ordinals] += elsewhere
    return weights


def documents_of(shelf: Shelf, places: Places) -> NDArray[np.int64]:
    """The ordinal of the document on which each of ascending places stands."""
    bounds = [0, *np.searchsorted(places, shelf.starts[:, -1]).tolist()]
    parts = [
        _ordinals(shelf.starts[region], places[slice(*bounds[region : region + 2])]) for region in range(len(REGIONS))
    ]
    return np.concatenate(parts)


def _ordinals(starts: NDArray[np.uint32], places: Places) -> NDArray[np.int64]:
    if len(places) < len(starts):
        return np.searchsorted(starts, places, side="right") - 1
    return np.repeat(np.arange(len(starts) - 1), np.diff(np.searchsorted(places, starts)))


def _times(starts: NDArray[np.uint32], places: Places) -> NDArray[np.int64]:
    """How many of ascending places lie in each document."""
    if len(places) * _FEW_TO_MANY < len(starts):
        inside = np.searchsorted(starts, places, side="right") - 1
        return np.bincount(inside, minlength=len(starts) - 1)
    return np.diff(np.searchsorted(places, starts))
