"""Stating places: rooms, racks, shelves, boxes, cabinets and safes, each with a code and perhaps a barcode.

What always holds:
- A code or barcode leads to one place in use; that of a retired place may be given again.
- A place stands in what may hold it, never in itself; it is retired only when nothing stands there any more.
"""

import re
from dataclasses import dataclass, replace

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.glyph import fold_width
from dms.domain.location import Location, LocationKind, may_stand_in
from dms.domain.one_line import one_line
from dms.filing.places.errors import (
    PlaceCannotStandThere,
    PlaceCodeTaken,
    PlaceFactInvalid,
    PlaceInUse,
    PlaceNotFound,
)
from dms.store import UnitOfWork

MAX_NAME_CHARACTERS = 60
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._·-]{0,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceStated:
    """What a person states about a place."""

    kind: LocationKind
    code: str
    name: str
    barcode: str = ""
    parent_code: str = ""
    """Code or barcode of what it stands in; empty for a place that stands for itself."""


def add_place(actor: Actor, stated: PlaceStated, *, archive: Archive) -> Location:
    """The new place.

    Raises `PlaceFactInvalid`, `PlaceCodeTaken`, `PlaceNotFound` (of what it stands in) or `PlaceCannotStandThere`.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    with archive.begin() as work:
        blank = Location(id=0, parent_id=None, kind=stated.kind, code="", name="")
        place = work.locations.add(_as_stated(blank, stated, work=work))
        archive.record(work, actor, "place_added", place.code, name=place.name, kind=place.kind.value)
    return place


def change_place(actor: Actor, code: str, stated: PlaceStated, *, archive: Archive) -> Location:
    """The place, stated anew or put elsewhere with everything in it.

    Raises what `add_place` raises, or `PlaceInUse` where a safe in which titles are kept would be one no more.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    with archive.begin() as work:
        known = place_in_use(code, work=work)
        place = _as_stated(known, stated, work=work)
        if place.kind is not known.kind and work.titles.are_kept_in(known.id):
            raise PlaceInUse(known.code)
        _check_children(place, work=work)
        work.locations.change(place)
        before, after = path_text(known.id, work=work), path_text(place.id, work=work)
        archive.record(work, actor, "place_changed", place.code, name=place.name, before=before, after=after)
    return place


def retire_place(actor: Actor, code: str, *, archive: Archive) -> Location:
    """The place, in which nothing is put any more; raises `PlaceNotFound` or `PlaceInUse`."""
    actor.require(Permission.MANAGE_CUSTOMERS)
    with archive.begin() as work:
        place = place_in_use(code, work=work)
        inside = [each for each in work.locations.all() if each.parent_id == place.id and not each.retired]
        if inside or place.id in work.locations.volume_counts() or work.titles.are_kept_in(place.id):
            raise PlaceInUse(place.code)
        retired = replace(place, retired=True)
        work.locations.change(retired)
        archive.record(work, actor, "place_retired", place.code, name=place.name)
    return retired


def place_in_use(code: str, *, work: UnitOfWork) -> Location:
    """The place in use with this code or barcode; raises `PlaceNotFound`."""
    place = work.locations.with_code(tidy_code(code)) if tidy_code(code) else None
    if place is None:
        raise PlaceNotFound(one_line(code))
    return place


def tidy_code(code: str) -> str:
    """A code or barcode without spaces, in half width."""
    return "".join(fold_width(one_line(code)).split())


def path_text(location_id: int, *, work: UnitOfWork) -> str:
    """Where a place is, from the outermost: ``一号库 / 三架 / 二层``."""
    return " / ".join(place.name for place in work.locations.path(location_id))


def _as_stated(place: Location, stated: PlaceStated, *, work: UnitOfWork) -> Location:
    code, barcode, name = tidy_code(stated.code), tidy_code(stated.barcode), one_line(stated.name)
    if not 0 < len(name) <= MAX_NAME_CHARACTERS:
        raise PlaceFactInvalid(name[:MAX_NAME_CHARACTERS])
    for text in (code, barcode) if barcode else (code,):
        if not _CODE.fullmatch(text):
            raise PlaceFactInvalid(text[:MAX_NAME_CHARACTERS])
        _check_free(text, place, work=work)
    parent_id = _parent(place, stated, work=work)
    return replace(place, kind=stated.kind, code=code, barcode=barcode, name=name, parent_id=parent_id)


def _check_free(text: str, place: Location, *, work: UnitOfWork) -> None:
    bearers = [each for each in work.locations.all() if text in {each.code, each.barcode} and not each.retired]
    other = next((each for each in bearers if each.id != place.id), None)
    if other is not None:
        raise PlaceCodeTaken(text, other.name)


def _parent(place: Location, stated: PlaceStated, *, work: UnitOfWork) -> int | None:
    if not tidy_code(stated.parent_code):
        return None
    parent = place_in_use(stated.parent_code, work=work)
    is_inside_itself = place.id in {each.id for each in work.locations.path(parent.id)}
    if is_inside_itself or not may_stand_in(stated.kind, parent.kind):
        raise PlaceCannotStandThere(stated.kind, parent.kind)
    return parent.id


def _check_children(place: Location, *, work: UnitOfWork) -> None:
    """A change of kind leaves nothing where it cannot stand."""
    for child in work.locations.all():
        if child.parent_id == place.id and not child.retired and not may_stand_in(child.kind, place.kind):
            raise PlaceCannotStandThere(child.kind, place.kind)
