"""Where paper stands: rooms, racks, shelves, boxes, cabinets and safes, as a tree.

A location is no part of a reference code: a box may be moved without a number changing (DA/T 22).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class LocationKind(StrEnum):
    """What kind of place it is."""

    ROOM = "room"
    """库房"""
    RACK = "rack"
    """架"""
    SHELF = "shelf"
    """层"""
    BOX = "box"
    """盒"""
    CABINET = "cabinet"
    """柜"""
    SAFE = "safe"
    """保险柜"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """One place in the tree."""

    id: int
    parent_id: int | None
    """What it stands in; None for a room, or what stands for itself."""
    kind: LocationKind
    code: str
    """Unique among all places that are in use."""
    name: str
    barcode: str = ""
    retired: bool = False
    """Nothing is put there any more; what was recorded of it stays."""


MAY_STAND_IN: Mapping[LocationKind, frozenset[LocationKind]] = MappingProxyType(
    {
        LocationKind.ROOM: frozenset(),
        LocationKind.RACK: frozenset({LocationKind.ROOM}),
        LocationKind.CABINET: frozenset({LocationKind.ROOM}),
        LocationKind.SAFE: frozenset({LocationKind.ROOM, LocationKind.CABINET}),
        LocationKind.SHELF: frozenset({LocationKind.RACK, LocationKind.CABINET, LocationKind.SAFE}),
        LocationKind.BOX: frozenset(LocationKind) - {LocationKind.BOX},
    }
)
"""What may stand in what; anything may also stand for itself."""


def may_stand_in(kind: LocationKind, parent: LocationKind | None) -> bool:
    """Whether a place of this kind may stand in one of that kind; None: in nothing, which every kind may."""
    return parent is None or parent in MAY_STAND_IN[kind]
