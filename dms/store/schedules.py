"""The approved schedules 《档案分类分级管理目录》; versions are added, never altered (triggers hold this)."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, func, select

from dms.domain.retention_schedule import RetentionSchedule, ScheduleLine
from dms.store.keeping_tables import retention_schedule as table


class RetentionSchedules:
    """Schedules by version."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_version(self) -> int:
        """The number of the next version."""
        return int(self._connection.execute(select(func.coalesce(func.max(table.c.version), 0))).scalar_one()) + 1

    def add(self, schedule: RetentionSchedule) -> None:
        """Keep an approved version; the database refuses one whose number is taken."""
        values = {name: getattr(schedule, name) for name in RetentionSchedule.__dataclass_fields__}
        lines = [asdict(line) for line in schedule.lines]
        self._connection.execute(table.insert().values(**values | {"lines": lines}))

    def get(self, version: int) -> RetentionSchedule | None:
        """The version with this number, if there is one."""
        row = self._connection.execute(select(table).where(table.c.version == version)).first()
        return _schedule(row) if row else None

    def all(self) -> Sequence[RetentionSchedule]:
        """Every version, the newest first."""
        return [_schedule(row) for row in self._connection.execute(select(table).order_by(table.c.version.desc()))]


def _schedule(row: Row[Any]) -> RetentionSchedule:
    values = {name: getattr(row, name) for name in RetentionSchedule.__dataclass_fields__}
    return RetentionSchedule(**values | {"lines": tuple(ScheduleLine(**line) for line in row.lines)})
