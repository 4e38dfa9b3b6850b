"""What is known of every indexed item besides its text: columns, by item key, of one moment of the catalogue.

Invariant: a moment's columns never change; a later moment has columns of its own, made from what has changed since.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dms.domain.actor import Actor
from dms.domain.criterion import Fact
from dms.domain.policy import Use, reach
from dms.index.units import Mask

UNKNOWN = -1
NO_AMOUNT = np.iinfo(np.int64).min
GONE = -1
"""The segment of an item that is not in the index."""
FRESH = 0
"""The segment of an item that is in none yet."""

Columns = Mapping[str, NDArray[Any]]
_KINDS: dict[str, tuple[type[np.generic], int]] = {
    "segment": (np.int32, GONE),
    "customer": (np.int32, UNKNOWN),
    "contract": (np.int32, UNKNOWN),
    "year": (np.int32, UNKNOWN),
    "type": (np.int16, UNKNOWN),
    "series": (np.int16, UNKNOWN),
    "grade": (np.int16, 0),
    "state": (np.int16, UNKNOWN),
    "doc_on": (np.int32, UNKNOWN),
    "amount": (np.int64, int(NO_AMOUNT)),
    "pages": (np.int32, UNKNOWN),
    "storage_only": (np.int8, 0),
}
NAMES = tuple(_KINDS)
"""The columns, in the order in which a row of facts states them after the item's key."""
RANGED = {
    Fact.YEAR: "year",
    Fact.AMOUNT: "amount",
    Fact.DOC_DATE: "doc_on",
    Fact.PAGES: "pages",
    Fact.GRADE: "grade",
}
ABSENT: Mapping[str, int] = {name: absent for name, (_, absent) in _KINDS.items()}
"""What stands in each column where nothing is known."""
FactTable = Mapping[str, Sequence[int]]
"""Facts column by column, all equally long: the items' keys as ``key``, and every one of `NAMES`."""


@dataclass(frozen=True)
class Facts:
    """The facts of one moment."""

    moment: int
    """The number of the last change that they hold."""
    columns: Columns

    @classmethod
    def of(cls, moment: int, table: FactTable, *, highest: int) -> "Facts":
        """The facts that a table states; no item has a key above `highest`."""
        columns = {name: np.full(highest + 1, absent, kind) for name, (kind, absent) in _KINDS.items()}
        _state(columns, table)
        return cls(moment, columns)

    def changed(self, moment: int, table: FactTable) -> "Facts":
        """The facts of a later moment, given those of all items that changed since."""
        size = max([self.size, *(key + 1 for key in table["key"])])
        columns = {name: _grown(self.columns[name], size, absent) for name, (_, absent) in _KINDS.items()}
        _state(columns, table)
        return Facts(moment, columns)

    @property
    def size(self) -> int:
        """One more than the highest item key."""
        return len(self.columns["segment"])

    @cached_property
    def indexed(self) -> Mask:
        """By item key, whether it is in the index."""
        return np.asarray(self.columns["segment"] != GONE)

    def visible(self, actor: Actor, barred_customers: frozenset[int]) -> Mask:
        """By item key, whether the actor may know of the item; the counterpart of `dms.store.rights.visible_to`.

        Rejected and destroyed papers are in no index.
        """
        within = reach(actor, Use.KNOW)
        if within.is_empty:
            return np.zeros(self.size, dtype=bool)
        visible = self.indexed & (self.columns["grade"] >= within.clearance)
        if barred_customers:
            visible &= ~np.isin(self.columns["customer"], list(barred_customers))
        granted = [key for key in within.items if key < self.size]
        visible[granted] = self.indexed[granted]
        if not within.storage_only:
            visible &= self.columns["storage_only"] == 0
        return visible


def _state(columns: Mapping[str, NDArray[Any]], table: FactTable) -> None:
    keys = np.array(table["key"], dtype=np.int64)
    for name, column in columns.items():
        column[keys] = table[name]


def _grown(column: NDArray[Any], size: int, absent: int) -> NDArray[Any]:
    return np.concatenate([column, np.full(size - len(column), absent, column.dtype)])
