"""Which documents bear stated facts, by the columns of `dms.index.facts`."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dms.domain.criterion import AllOf, AnyOf, AtLeast, Bound, Criterion, Fact, FactIs, FactRange, Not
from dms.index.facts import NO_AMOUNT, RANGED, UNKNOWN, Columns
from dms.index.units import Mask

FactNumbers = Callable[[FactIs], Mapping[str, Sequence[int]]]
"""What a stated fact means in numbers: values of columns (``key`` among them), any of which will do."""

_FEN = 100


def facts_fit(wanted: Criterion, facts: Columns, keys: NDArray[np.int64], numbers: FactNumbers) -> Mask:
    """Which of the documents with these facts and item keys fit a criterion that asks for no text."""
    match wanted:
        case FactIs():
            return _stated(numbers(wanted), facts, keys)
        case FactRange(fact):
            return _between(wanted, keys if fact is Fact.ITEM else facts[RANGED[fact]])
        case Not(part):
            return ~facts_fit(part, facts, keys, numbers)
        case AllOf(parts):
            return _at_least(len(parts), [facts_fit(part, facts, keys, numbers) for part in parts], keys)
        case AnyOf(parts):
            return _at_least(1, [facts_fit(part, facts, keys, numbers) for part in parts], keys)
        case AtLeast(count, parts):
            return _at_least(count, [facts_fit(part, facts, keys, numbers) for part in parts], keys)
        case _:
            raise AssertionError(f"{wanted} asks for text")


def _at_least(count: int, fitting: Sequence[Mask], keys: NDArray[np.int64]) -> Mask:
    return np.asarray(np.sum([np.zeros(len(keys), dtype=np.int64), *fitting], axis=0) >= count)


def _stated(values: Mapping[str, Sequence[int]], facts: Columns, keys: NDArray[np.int64]) -> Mask:
    fits = np.zeros(len(keys), dtype=np.bool_)
    for column, wanted in values.items():
        held = keys if column == "key" else facts[column]
        fits |= held == wanted[0] if len(wanted) == 1 else np.isin(held, list(wanted))
    return fits


def _between(wanted: FactRange, held: NDArray[Any]) -> Mask:
    fits = np.asarray((held != UNKNOWN) & (held != NO_AMOUNT))
    if wanted.low is not None:
        fits &= held >= _number(wanted.low)
    if wanted.high is not None:
        fits &= held <= _number(wanted.high)
    return fits


def _number(bound: Bound) -> int:
    """A bound as the columns state it: fen, or a day as eight digits."""
    match bound:
        case Decimal():
            return int(bound * _FEN)
        case date():
            return day_number(bound)
        case _:
            return bound


def day_number(day: date) -> int:
    """A day as eight digits, ``20230518``."""
    return (day.year * 100 + day.month) * 100 + day.day
