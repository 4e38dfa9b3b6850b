"""Overseeing the archive's keep: sizes, room, verification, copies and keys, for those who keep it running.

Nothing here names a paper or a customer; backup places are named by the name that the administrator gave them.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from dms.archive import Archive
from dms.domain.actor import GRADES, Actor, Permission
from dms.domain.inspection import Inspection, InspectionScope
from dms.domain.item import ItemState
from dms.domain.space import SpaceOutlook, space_outlook
from dms.store import TasksWaiting

CATALOGUE_NAMES: Final = ("catalogue.db", "catalogue.db-wal")
GROWTH_OVER_DAYS: Final = 14
KEY_ACTIONS: Final = ("keys_rotated", "root_changed")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveStanding:
    """How much the archive holds, and what is left to do."""

    founded_at: datetime
    items: Mapping[ItemState, int]
    pages_count: int
    sealed_bytes: int
    catalogue_bytes: int
    tasks: TasksWaiting
    oldest_task_age: timedelta | None
    """None where nothing waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotStanding:
    """One way to unlock the archive."""

    kind: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeysStanding:
    """Who can open the archive, and how old the keys are."""

    slots: tuple[SlotStanding, ...]
    epochs: Mapping[int, tuple[int, ...]]
    """The epochs of the wrapping keys of items, by grade."""
    rotated_at: datetime | None
    """None where the keys are those of the founding."""


def archive_standing(actor: Actor, *, archive: Archive) -> ArchiveStanding:
    """How much there is and what waits, at this moment."""
    actor.require(Permission.OPERATE)
    now = archive.now()
    with archive.looking() as view:
        tasks = view.figures.tasks_waiting()
        return ArchiveStanding(
            founded_at=view.figures.founded_at(),
            items=view.figures.items_by_state(),
            pages_count=view.figures.pages_count(),
            sealed_bytes=view.figures.sealed_bytes(),
            catalogue_bytes=catalogue_bytes(archive),
            tasks=tasks,
            oldest_task_age=max(now - tasks.oldest_since, timedelta()) if tasks.oldest_since else None,
        )


def inspections_standing(actor: Actor, *, archive: Archive) -> dict[InspectionScope, Inspection | None]:
    """The latest inspection of each scope."""
    actor.require(Permission.OPERATE)
    with archive.looking() as view:
        return {scope: view.inspections.latest(scope) for scope in InspectionScope}


def keys_standing(actor: Actor, *, archive: Archive) -> KeysStanding:
    """The slots and epochs of the keyring, and when keys were last changed; no key and no secret."""
    actor.require(Permission.OPERATE)
    keyring = archive.keyring
    with archive.looking() as view:
        rotated_at = view.figures.latest_at(*KEY_ACTIONS)
    return KeysStanding(
        slots=tuple(SlotStanding(kind=str(slot.kind), label=slot.label) for slot in keyring.slots()),
        epochs={grade: tuple(keyring.epochs(grade)) for grade in GRADES},
        rotated_at=rotated_at,
    )


def catalogue_bytes(archive: Archive) -> int:
    """The size of the encrypted catalogue with its write-ahead log."""
    return sum(_size(archive.home / name) for name in CATALOGUE_NAMES)


def space_left(archive: Archive, *, reserve_bytes: int) -> SpaceOutlook:
    """How the disk of the archive stands, judged by what was received in the last `GROWTH_OVER_DAYS` days."""
    disk = shutil.disk_usage(archive.home)
    with archive.looking() as view:
        since = archive.now() - timedelta(days=GROWTH_OVER_DAYS)
        sealed_bytes = view.figures.sealed_bytes(received_since=since)
    return space_outlook(
        free_bytes=disk.free,
        total_bytes=disk.total,
        reserve_bytes=reserve_bytes,
        growth_bytes_per_day=sealed_bytes // GROWTH_OVER_DAYS,
    )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0  # the log goes when nobody has the catalogue open
