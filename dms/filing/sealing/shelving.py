"""Where a sealed volume stands, and how long it is kept: the two things that may still change on it."""

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.volume import SEALED_STATES, NoteKind, Volume, VolumeState
from dms.filing.errors import TermHeld
from dms.filing.places import check_box
from dms.filing.sealing.errors import LocationNotFound, RetentionUnknown
from dms.filing.sealing.noting import add_note
from dms.filing.sealing.reaching import reason_given, require_second, volume_in

_SHELVABLE = frozenset({VolumeState.SEALED, VolumeState.SHELVED, VolumeState.EXPIRED})


def shelve(actor: Actor, volume_id: int, location_code: str, *, archive: Archive) -> Volume:
    """The sealed volume at its place in the archive room, by code or barcode; also moves one that stands elsewhere.

    Raises `VolumeNotFound`, `VolumeStateUnfit`, `LocationNotFound`, or `BoxMixed` of the places.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    with archive.begin() as work:
        volume = volume_in(_SHELVABLE, actor, volume_id, work=work)
        place = work.locations.with_code(location_code.strip())
        if place is None or place.retired:
            raise LocationNotFound(location_code)
        check_box(place, [volume], work=work)
        work.volumes.relocate(volume_id, place.id)
        if volume.state is VolumeState.SEALED:
            work.volumes.change_state(volume_id, VolumeState.SHELVED)
        details = {"code": volume.reference_code, "after": place.code}
        archive.record(work, actor, "volume_shelved", f"volume:{volume_id}", **details)
        return work.volumes.get(volume_id, actor=actor)


def retain_volume(
    actor: Actor, second: Actor, volume_id: int, retention_code: str, reason: str, *, archive: Archive
) -> Volume:
    """The sealed volume under another retention rule, as an appraisal found; its reference code stays (D6).

    A volume that was due for appraisal stands on its shelf again. Raises `ReasonMissing`, `VolumeNotFound`,
    `VolumeStateUnfit`, `RetentionUnknown`, `TermHeld` or `SamePersonTwice`.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    given = reason_given(reason)
    with archive.begin() as work:
        volume = volume_in(SEALED_STATES - {VolumeState.DESTROYED}, actor, volume_id, work=work)
        require_second(actor, second, volume_id, work=work)
        if work.retention.with_code(retention_code) is None:
            raise RetentionUnknown(retention_code)
        if holds := work.holds.on_volume(volume_id):
            raise TermHeld(hold.number for hold in holds)
        work.volumes.retain(volume_id, retention_code)
        if volume.state is VolumeState.EXPIRED:
            work.volumes.change_state(volume_id, VolumeState.SHELVED)
        text = f"保管期限由 {volume.retention_code or '未定'} 改为 {retention_code}：{given}"
        add_note(actor, volume, NoteKind.APPRAISED, text, archive=archive, work=work, second=second)
        details = {"code": volume.reference_code, "before": volume.retention_code, "after": retention_code}
        archive.record(work, actor, "volume_retained", f"volume:{volume_id}", **details)
        return work.volumes.get(volume_id, actor=actor)
