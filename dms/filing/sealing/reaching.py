"""Reaching a volume that somebody named, and making sure that he may do with it what he wants to."""

from collections.abc import Collection
from dataclasses import replace

from dms.archive import item_for
from dms.domain.actor import SYSTEM, Actor, Permission
from dms.domain.item import Item
from dms.domain.one_line import one_line
from dms.domain.volume import SEALED_STATES, Volume, VolumeState
from dms.filing.sealing.errors import (
    PaperNotInVolume,
    ReasonMissing,
    SamePersonTwice,
    VolumeNotFound,
    VolumePartlyHidden,
    VolumeStateUnfit,
)
from dms.store import ItemFilter, UnitOfWork

MAX_REASON_CHARACTERS = 500


def volume_for(actor: Actor, volume_id: int, *, work: UnitOfWork) -> Volume:
    """The volume, if the actor may know of it; raises `VolumeNotFound` alike for missing and for forbidden ones."""
    volume = work.volumes.find(volume_id, actor=actor)
    if volume is None:
        raise VolumeNotFound(str(volume_id))
    return volume


def volume_in(states: Collection[VolumeState], actor: Actor, volume_id: int, *, work: UnitOfWork) -> Volume:
    """The volume, which must be in one of these states; raises `VolumeNotFound` or `VolumeStateUnfit`."""
    volume = volume_for(actor, volume_id, work=work)
    if volume.state not in states:
        raise VolumeStateUnfit(volume.state)
    return volume


def require_whole(actor: Actor, volume_id: int, *, work: UnitOfWork) -> None:
    """Raise `VolumePartlyHidden` unless the actor may see every paper in the volume: he vouches for all of it."""
    if not sees_whole(actor, volume_id, work=work):
        raise VolumePartlyHidden


def sees_whole(actor: Actor, volume_id: int, *, work: UnitOfWork) -> bool:
    """Whether the actor may see every paper in the volume."""
    wanted = ItemFilter(volume_id=volume_id)
    return work.items.count(wanted, actor=actor) == work.items.count(wanted, actor=SYSTEM)


def as_known(volumes: Collection[Volume], *, work: UnitOfWork) -> list[Volume]:
    """The volumes as their asker may know them, in the same order.

    Title and dates are made up from all that lies in a volume, so they are left out where part of it is hidden (I5).
    """
    whole = work.volumes.with_ids({volume.id for volume in volumes}, actor=SYSTEM)
    return [
        volume
        if volume.item_count == whole[volume.id].item_count
        else replace(volume, title="", first_on=None, last_on=None)
        for volume in volumes
    ]


def require_second(actor: Actor, second: Actor, volume_id: int, *, work: UnitOfWork) -> None:
    """Raise unless `second` is another person who may file papers and see the whole volume.

    `SamePersonTwice`, `ActionForbidden`, `VolumePartlyHidden`.
    """
    second.require(Permission.CONFIRM)
    if is_same_person(actor.name, second.name):
        raise SamePersonTwice(second.name)
    require_whole(second, volume_id, work=work)


def is_same_person(one: str, other: str) -> bool:
    """Whether two account names are those of one person."""
    return one.strip().casefold() == other.strip().casefold()


def sealed_in(actor: Actor, item_id: str, *, work: UnitOfWork) -> tuple[Item, Volume]:
    """The item and the sealed volume in which it lies; raises `ItemNotFound` or `PaperNotInVolume`."""
    item = item_for(actor, item_id, work=work)
    volume = work.volumes.find(item.volume_id, actor=actor) if item.volume_id is not None else None
    if volume is None or volume.state not in SEALED_STATES:
        raise PaperNotInVolume(item_id)
    return item, volume


def reason_given(reason: str) -> str:
    """The reason on one line; raises `ReasonMissing`."""
    stated = one_line(reason)[:MAX_REASON_CHARACTERS]
    if not stated:
        raise ReasonMissing
    return stated
