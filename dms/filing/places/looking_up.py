"""What lies where: the tree of places, and one place with its volumes.

Invariant: volumes of which the asker may know nothing are neither shown nor counted (I5).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.location import Location
from dms.domain.volume import Volume
from dms.filing.places.errors import PlaceNotFound
from dms.filing.places.stating import path_text, place_in_use
from dms.store import VolumeFilter


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceInTree:
    """One place where it stands in the tree."""

    place: Location
    depth: int
    """0 for a place that stands for itself."""
    volumes_here: int
    volumes_inside: int
    """With everything that stands in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceShown:
    """One place with what lies there."""

    place: Location
    path: tuple[Location, ...]
    """From the outermost to this one."""
    inside: tuple[PlaceInTree, ...]
    """The places that stand directly in it."""
    volumes: tuple[Volume, ...]
    """One page of the volumes that stand at the place itself."""
    volume_count: int
    """How many there are at the place itself."""
    customers: dict[int, str]
    """The names of the customers of these volumes, by id."""


def place_tree(actor: Actor, *, archive: Archive) -> tuple[PlaceInTree, ...]:
    """Every place in use, each followed by what stands in it, by code."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        places = [place for place in view.locations.all() if not place.retired]
        return tuple(_grown(places, view.locations.volume_counts(actor=actor)))


def show_place(actor: Actor, code: str, *, archive: Archive, limit: int = 50, offset: int = 0) -> PlaceShown:
    """The place in use with this code or barcode, and one page of its volumes; raises `PlaceNotFound`."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        place = place_in_use(code, work=view)
        places = [each for each in view.locations.all() if not each.retired]
        grown = _grown(places, view.locations.volume_counts(actor=actor))
        here = VolumeFilter(location_id=place.id)
        volumes = view.volumes.page(here, actor=actor, limit=limit, offset=offset)
        owners = {volume.customer_id for volume in volumes if volume.customer_id is not None}
        return PlaceShown(
            place=place,
            path=tuple(view.locations.path(place.id)),
            inside=tuple(each for each in grown if each.place.parent_id == place.id),
            volumes=tuple(volumes),
            volume_count=view.volumes.totals(here, actor=actor).volumes,
            customers={key: customer.name for key, customer in view.customers.with_ids(owners).items()},
        )


def path_of_place(actor: Actor, location_id: int, *, archive: Archive) -> str:
    """Where a place is, from the outermost: ``一号库 / 三架 / 二层``; raises `PlaceNotFound`."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        if view.locations.find(location_id) is None:
            raise PlaceNotFound(str(location_id))
        return path_text(location_id, work=view)


def _grown(places: list[Location], counts: Mapping[int, int]) -> Iterator[PlaceInTree]:
    inside: dict[int | None, list[Location]] = {}
    known = {place.id for place in places}
    for place in places:
        # What stood in a place that was retired meanwhile stands for itself.
        inside.setdefault(place.parent_id if place.parent_id in known else None, []).append(place)
    sums: dict[int, int] = {}

    def sum_of(place: Location) -> int:
        sums[place.id] = counts.get(place.id, 0) + sum(sum_of(child) for child in inside.get(place.id, []))
        return sums[place.id]

    def branch(place: Location, depth: int) -> Iterator[PlaceInTree]:
        here = counts.get(place.id, 0)
        yield PlaceInTree(place=place, depth=depth, volumes_here=here, volumes_inside=sums[place.id])
        for child in inside.get(place.id, []):
            yield from branch(child, depth + 1)

    for root in inside.get(None, []):
        sum_of(root)
        yield from branch(root, 0)
