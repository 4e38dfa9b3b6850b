"""Backup places, runs and restore drills in the catalogue."""

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from dms.domain.backup import (
    BackupPlace,
    BackupRetention,
    BackupRun,
    Medium,
    PlaceKind,
    RestoreDrill,
    RunState,
)
from dms.store.engine import inserted_id
from dms.store.upkeep_tables import backup_place, backup_run, restore_drill


class Backups:
    """What is known of the copies of the archive."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_place(self, place: BackupPlace) -> BackupPlace:
        """The place as recorded, with its number."""
        result = self._connection.execute(backup_place.insert().values(**_place_columns(place)))
        return replace(place, id=inserted_id(result))

    def places(self) -> list[BackupPlace]:
        """The places in use, in the order in which they were added."""
        query = select(backup_place).where(backup_place.c.removed_at.is_(None)).order_by(backup_place.c.id)
        return [_place(row) for row in self._connection.execute(query)]

    def change_place(self, place: BackupPlace) -> None:
        """Replace what is recorded of the place with this number."""
        values = _place_columns(place)
        self._connection.execute(backup_place.update().where(backup_place.c.id == place.id).values(**values))

    def remove_place(self, place_id: int, *, at: datetime) -> None:
        """The place is no longer used; its runs stay on record."""
        self._connection.execute(backup_place.update().where(backup_place.c.id == place_id).values(removed_at=at))

    def add_run(self, run: BackupRun) -> BackupRun:
        """The run as recorded, with its number."""
        values = asdict(run) | {"state": run.state.value}
        del values["id"]
        return replace(run, id=inserted_id(self._connection.execute(backup_run.insert().values(**values))))

    def runs(self, place_id: int | None = None, *, limit: int) -> list[BackupRun]:
        """The latest runs to one place or to all, the newest first."""
        query = select(backup_run).order_by(backup_run.c.id.desc()).limit(limit)
        if place_id is not None:
            query = query.where(backup_run.c.place_id == place_id)
        return [_run(row) for row in self._connection.execute(query)]

    def latest_complete(self, place_id: int) -> BackupRun | None:
        """The latest run to this place that ended well; None if there is none."""
        complete = (backup_run.c.place_id == place_id) & (backup_run.c.state == RunState.COMPLETE.value)
        row = self._connection.execute(
            select(backup_run).where(complete).order_by(backup_run.c.id.desc()).limit(1)
        ).first()
        return _run(row) if row else None

    def add_drill(self, drill: RestoreDrill) -> RestoreDrill:
        """The drill as recorded, with its number."""
        values = asdict(drill) | {"facts": dict(drill.facts)}
        del values["id"]
        return replace(drill, id=inserted_id(self._connection.execute(restore_drill.insert().values(**values))))

    def drills(self, *, limit: int) -> list[RestoreDrill]:
        """The latest drills, the newest first."""
        rows = self._connection.execute(select(restore_drill).order_by(restore_drill.c.id.desc()).limit(limit))
        return [RestoreDrill(**row._mapping) for row in rows]


def _place_columns(place: BackupPlace) -> dict[str, Any]:
    return {
        "name": place.name,
        "kind": place.kind.value,
        "address": place.address,
        "medium": place.medium.value,
        "offsite": place.offsite,
        "retention": asdict(place.retention),
        "added_at": place.added_at,
        "options": dict(place.options),
    }


def _place(row: Row[Any]) -> BackupPlace:
    return BackupPlace(
        id=row.id,
        name=row.name,
        kind=PlaceKind(row.kind),
        address=row.address,
        medium=Medium(row.medium),
        offsite=row.offsite,
        retention=BackupRetention(**row.retention),
        added_at=row.added_at,
        options=row.options,
    )


def _run(row: Row[Any]) -> BackupRun:
    return BackupRun(**dict(row._mapping) | {"state": RunState(row.state)})
