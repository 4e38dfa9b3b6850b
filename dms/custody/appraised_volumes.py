"""What an appraisal and a destruction make of the volumes in which the papers lie, and what the filing notes say of it.

What always holds:
- A volume is under appraisal only where every paper that is left in it is.
- It counts as destroyed only when nothing is left in it; until then each lost paper stands in its filing note.
- Every change of a term and every destruction leaves a line in the filing note by itself.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from dms.domain.actor import SYSTEM
from dms.domain.item import Item, ItemState
from dms.domain.volume import FilingNoteLine, NoteKind, VolumeState
from dms.store import UnitOfWork

_APPRAISABLE = frozenset({VolumeState.SEALED, VolumeState.SHELVED})
_GONE = frozenset({ItemState.DESTROYED, ItemState.WITHDRAWN})


def volumes_appraised(item_keys: Collection[int], *, work: UnitOfWork) -> None:
    """Put the volumes under appraisal of which everything that is left is among these papers."""
    wanted = frozenset(item_keys)
    for volume_id, left in _left_in_volumes(wanted, work=work).items():
        state = work.volumes.get(volume_id, actor=SYSTEM).state
        if state in _APPRAISABLE and {item.key for item in left} <= wanted:
            work.volumes.change_state(volume_id, VolumeState.EXPIRED)


def volumes_put_back(item_keys: Collection[int], *, work: UnitOfWork) -> None:
    """Put the volumes of these papers back on the shelf, as far as they are under appraisal and something is left."""
    for volume_id, left in _left_in_volumes(item_keys, work=work).items():
        if left and work.volumes.get(volume_id, actor=SYSTEM).state is VolumeState.EXPIRED:
            work.volumes.change_state(volume_id, VolumeState.SHELVED)


def note_appraised(  # what a line of the filing note consists of
    said: Mapping[int, str], *, by: str, second_person: str, at: datetime, work: UnitOfWork
) -> None:
    """Tell the filing notes what was decided, by the key of each paper; once for a volume that it is true of whole."""
    lines: list[FilingNoteLine] = []
    for volume_id, left in _left_in_volumes(said, work=work).items():
        texts = {said.get(item.key, "") for item in left}
        whole = len(texts) == 1 and "" not in texts
        told: Iterable[tuple[int | None, str]] = (
            [(None, f"全卷 {len(left)} 件{texts.pop()}")]
            if whole
            else [(item.key, f"{item.title}：{said[item.key]}") for item in left if item.key in said]
        )
        lines += [
            FilingNoteLine(
                volume_id=volume_id,
                written_at=at,
                by=by,
                second_person=second_person,
                kind=NoteKind.APPRAISED,
                text=text,
                item_key=key,
            )
            for key, text in told
        ]
    work.volume_notes.add_all(lines)


def volumes_after_destruction(
    item_keys: Collection[int], authority: str, *, by: str, second_person: str = "", at: datetime, work: UnitOfWork
) -> None:
    """Note the destruction in every volume that lost one of these papers; an emptied volume counts as destroyed."""
    for volume_id, lost in _lost_by_volume(item_keys, work=work).items():
        left = [item for item in work.items.of_volume(volume_id, actor=SYSTEM) if item.state not in _GONE]
        told = f"{len(lost)} 件依销毁清册 {authority} 销毁"
        line = FilingNoteLine(
            volume_id=volume_id,
            written_at=at,
            by=by,
            second_person=second_person,
            kind=NoteKind.DESTROYED,
            text=f"本卷 {told}，卷内尚存 {len(left)} 件：{_named(lost)}" if left else f"全卷 {told}",
            item_key=lost[0].key if len(lost) == 1 else None,
        )
        work.volume_notes.add(line)
        _settle(volume_id, is_empty=not left, work=work)


def _settle(volume_id: int, *, is_empty: bool, work: UnitOfWork) -> None:
    state = work.volumes.get(volume_id, actor=SYSTEM).state
    if is_empty and state in _APPRAISABLE:
        work.volumes.change_state(volume_id, VolumeState.EXPIRED)
        state = VolumeState.EXPIRED
    if state is VolumeState.EXPIRED:
        work.volumes.change_state(volume_id, VolumeState.DESTROYED if is_empty else VolumeState.SHELVED)


def _left_in_volumes(item_keys: Collection[int], *, work: UnitOfWork) -> dict[int, list[Item]]:
    """What is left in each volume in which any of these papers lies."""
    lying = work.items.with_keys(item_keys, actor=SYSTEM)
    volume_ids = dict.fromkeys(item.volume_id for item in lying if item.volume_id is not None)
    return {
        volume_id: [item for item in work.items.of_volume(volume_id, actor=SYSTEM) if item.state not in _GONE]
        for volume_id in volume_ids
    }


def _lost_by_volume(item_keys: Collection[int], *, work: UnitOfWork) -> dict[int, list[Item]]:
    lost: dict[int, list[Item]] = {}
    for item in work.items.with_keys(item_keys, actor=SYSTEM):
        if item.volume_id is not None and item.state is ItemState.DESTROYED:
            lost.setdefault(item.volume_id, []).append(item)
    return lost


def _named(items: Collection[Item]) -> str:
    titles = [item.reference_code or item.title for item in items]
    return "、".join(titles[:5]) + ("等" if len(titles) > 5 else "")  # as many as a line holds
