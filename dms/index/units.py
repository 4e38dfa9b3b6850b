"""Text as the index sees it: UTF-16 code units, one number for each of the characters that papers are written with.

Invariants:
- A text is a substring of another exactly where its units are: half of a pair of surrogates never begins a text.
- `BREAK` stands behind every run and in none, so nothing reaches from one run into the next; folding never yields it.
"""

from collections.abc import Iterable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Units = NDArray[np.uint16]
Places = NDArray[np.uint32]
"""Places in a shelf, in ascending order, each once."""
Number = TypeVar("Number", bound=np.generic)
Mask = NDArray[np.bool_]
"""One truth for each document of a shelf."""

BREAK = 0
FIRST_HALVES = (0xD800, 0xDBFF)
"""The first and the last unit that a character of two units may begin with."""
_LITTLE_ENDIAN = "utf-16-le"


def distinct(numbers: NDArray[Number]) -> NDArray[Number]:
    """The numbers in ascending order, each once; several times as quick as `np.unique`, which hashes them."""
    ascending = np.sort(numbers)
    once: NDArray[Number] = ascending[np.append(True, ascending[1:] != ascending[:-1])[: len(ascending)]]
    return once


def units_of(text: str) -> Units:
    """The units of a text."""
    return np.frombuffer(text.encode(_LITTLE_ENDIAN, "replace"), dtype="<u2")


def units_of_runs(runs: Iterable[str]) -> Units:
    """The units of several runs, each with a break behind it; of empty runs nothing."""
    return units_of("".join(f"{run}\0" for run in runs if run))


def pattern_of(text: str) -> tuple[int, ...]:
    """The units of a text that is looked for, as plain numbers."""
    return tuple(units_of(text).tolist())
