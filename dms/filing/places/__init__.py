"""库位: where paper stands, as a tree of rooms, racks, shelves, boxes, cabinets and safes; no part of any number."""

from dms.filing.places.errors import (
    LOCATION_KIND_NAMES,
    BoxMixed,
    PlaceCannotStandThere,
    PlaceCodeTaken,
    PlaceFactInvalid,
    PlaceInUse,
    PlaceNotFound,
    VolumesUnknown,
)
from dms.filing.places.looking_up import PlaceInTree, PlaceShown, path_of_place, place_tree, show_place
from dms.filing.places.moving import check_box, move_volumes
from dms.filing.places.stating import PlaceStated, add_place, change_place, path_text, place_in_use, retire_place

__all__ = [
    "LOCATION_KIND_NAMES",
    "BoxMixed",
    "PlaceCannotStandThere",
    "PlaceCodeTaken",
    "PlaceFactInvalid",
    "PlaceInTree",
    "PlaceInUse",
    "PlaceNotFound",
    "PlaceShown",
    "PlaceStated",
    "VolumesUnknown",
    "add_place",
    "change_place",
    "check_box",
    "move_volumes",
    "path_of_place",
    "path_text",
    "place_in_use",
    "place_tree",
    "retire_place",
    "show_place",
]
