"""Putting volumes somewhere: every volume stands at one place, and moving it changes none of its numbers.

What always holds:
- All volumes of one wish are moved, or none; the journal keeps from where to where.
- Different years and retention terms never share a box (DA/T 22-2015, 6.4).
"""

from collections.abc import Iterable, Sequence

from dms.archive import Archive
from dms.domain.actor import SYSTEM, Actor, Permission
from dms.domain.location import Location, LocationKind
from dms.domain.one_line import one_line
from dms.domain.volume import Volume
from dms.filing.places.errors import BoxMixed, VolumesUnknown
from dms.filing.places.stating import path_text, place_in_use
from dms.store import UnitOfWork, VolumeFilter

MOST_IN_A_BOX = 1000


def move_volumes(actor: Actor, references: Sequence[str], place_code: str, *, archive: Archive) -> int:
    """How many volumes were put there: each named by its reference code, or by its number in the catalogue.

    An empty place means that nobody says any more where they stand. Raises `PlaceNotFound`, `VolumesUnknown` or
    `BoxMixed`; then none was moved.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    with archive.begin() as work:
        place = place_in_use(place_code, work=work) if one_line(place_code) else None
        volumes = _volumes(actor, references, work=work)
        if place is not None:
            check_box(place, volumes, work=work)
        after = path_text(place.id, work=work) if place else ""
        for volume in volumes:
            before = path_text(volume.location_id, work=work) if volume.location_id else ""
            work.volumes.relocate(volume.id, place.id if place else None)
            subject = volume.reference_code or f"volume:{volume.id}"
            archive.record(work, actor, "volume_moved", subject, before=before, after=after)
    return len(volumes)


def check_box(place: Location, volumes: Iterable[Volume], *, work: UnitOfWork) -> None:
    """Raises `BoxMixed` where these volumes do not go into a box together with what is in it."""
    if place.kind is not LocationKind.BOX:
        return
    # What lies in the box lies there for everybody, also what the actor may not read.
    inside = work.volumes.page(VolumeFilter(location_id=place.id), actor=SYSTEM, limit=MOST_IN_A_BOX)
    together = [*inside, *volumes]
    terms = {volume.retention_code for volume in together if volume.retention_code}
    if len({volume.year for volume in together}) > 1 or len(terms) > 1:
        raise BoxMixed(place.code)


def _volumes(actor: Actor, references: Sequence[str], *, work: UnitOfWork) -> list[Volume]:
    named = dict.fromkeys(filter(None, map(one_line, references)))
    found = {reference: _volume(actor, reference, work=work) for reference in named}
    unknown = [reference for reference, volume in found.items() if volume is None]
    if unknown or not found:
        raise VolumesUnknown(unknown)
    return list({volume.id: volume for volume in found.values() if volume is not None}.values())


def _volume(actor: Actor, reference: str, *, work: UnitOfWork) -> Volume | None:
    by_code = work.volumes.with_code(reference, actor=actor)
    if by_code is not None or not (reference.isascii() and reference.isdecimal() and len(reference) < 19):
        return by_code
    return work.volumes.find(int(reference), actor=actor)
