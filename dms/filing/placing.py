"""Laying papers into volumes and taking them out again.

What always holds:
- P1 A paper enters open volumes only; one that lies in a volume which is being cleaned may stay, or leave it.
- P2 Nothing enters, changes in, or leaves a volume that is catalogued, being checked, or sealed.
- P3 A reference code that a paper bore stays with it as a former one; the number stays spent, and says why.
"""

from dms.archive import Archive
from dms.domain.actor import SYSTEM
from dms.domain.item import Classification, Item
from dms.domain.volume import Volume, VolumeScope, VolumeState
from dms.filing.errors import VolumeClosed
from dms.store import UnitOfWork

CHANGEABLE_VOLUMES = frozenset({VolumeState.OPEN, VolumeState.CLEANING})


def check_changeable(item: Item, *, work: UnitOfWork) -> Volume | None:
    """The volume in which an item lies, if any; raises `VolumeClosed` where nothing in it may change (P2)."""
    if item.volume_id is None:
        return None
    volume = work.volumes.get(item.volume_id, actor=SYSTEM)
    if volume.state not in CHANGEABLE_VOLUMES:
        raise VolumeClosed(volume.state, volume.reference_code)
    return volume


def lay_in_volume(item: Item, classification: Classification, *, archive: Archive, work: UnitOfWork) -> int:
    """The id of the volume in which the item lies from now on: the one where it is, if it still belongs there.

    `classification` has customer, series and year. Raises `VolumeClosed`.
    """
    present = check_changeable(item, work=work)
    if present and _belongs(classification, present):
        return present.id
    volume_id = work.volumes.open_for(  # P1
        customer_id=_stated(classification.customer_id),
        series_code=str(classification.series_code),
        year=_stated(classification.year),
    )
    _leave(item, "移出：归入别卷", to_volume_id=volume_id, archive=archive, work=work)
    return volume_id


def take_out(item: Item, reason: str, *, archive: Archive, work: UnitOfWork) -> None:
    """Take an item out of its volume, if it lies in one; raises `VolumeClosed`."""
    if check_changeable(item, work=work):
        _leave(item, reason, to_volume_id=None, archive=archive, work=work)


def _leave(item: Item, reason: str, *, to_volume_id: int | None, archive: Archive, work: UnitOfWork) -> None:
    if item.volume_id is None:
        return
    work.items.unplace(item.key, to_volume_id=to_volume_id)
    spent = work.numbers.spent(item.reference_code) if item.reference_code else None
    if spent and spent.voided_at is None:
        work.numbers.void(spent.code, reason, archive.now())  # P3


def _belongs(classification: Classification, volume: Volume) -> bool:
    same_customer = volume.scope is VolumeScope.COLLECTIVE or classification.customer_id == volume.customer_id
    return same_customer and (classification.series_code, classification.year) == (volume.series_code, volume.year)


def _stated(value: int | None) -> int:
    if value is None:
        raise ValueError("checked before")
    return value
