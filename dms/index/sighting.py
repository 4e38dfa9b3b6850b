"""What an actor may know of, as flags that can be looked up one by one."""

from dataclasses import dataclass

import numpy as np

from dms.index.facts import UNKNOWN, Facts
from dms.index.units import Mask


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What is visible in one moment for one actor: a byte for each number, 1 where visible, otherwise 0.

    Numbers beyond the end stand for nothing visible.
    """

    items: bytes
    """By item key."""
    customers: bytes
    """By customer id: whether a visible item belongs to it."""
    contracts: bytes
    """By contract id, likewise."""


def sight(facts: Facts, visible: Mask) -> Sight:
    """The sight that a mask of visible items gives."""
    return Sight(
        items=visible.tobytes(),
        customers=_owners(facts, visible, "customer"),
        contracts=_owners(facts, visible, "contract"),
    )


def _owners(facts: Facts, visible: Mask, column: str) -> bytes:
    values = facts.columns[column][visible]
    return (np.bincount(values[values != UNKNOWN]) > 0).tobytes()
