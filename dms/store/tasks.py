"""The queue of work left to do.

Invariant: a task row is written in the transaction of the fact that calls for it and deleted in the transaction of
the fact that settles it, so work is neither forgotten nor done twice. Whoever takes tasks holds the archive's
worker lock; a task found running by a new holder belongs to a dead process and waits again.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from dms.domain.task import Task, TaskKind, TaskState
from dms.store.tables import task as table


class Tasks:
    """The queue."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, kind: TaskKind, subject: int, *, at: datetime) -> None:
        """Ask for a piece of work; asking twice for the same work leaves one fresh task."""
        self.settle(kind, subject)
        self._connection.execute(
            table.insert().values(
                kind=kind.value, subject=subject, state=TaskState.WAITING.value, attempts=0, not_before_at=at
            )
        )

    def take(self, kind: TaskKind, *, at: datetime) -> Task | None:
        """The oldest waiting task that is due, now marked running with one more attempt; None if there is none."""
        query = (
            select(table)
            .where(table.c.kind == kind.value, table.c.state == TaskState.WAITING.value, table.c.not_before_at <= at)
            .order_by(table.c.id)
            .limit(1)
        )
        row = self._connection.execute(query).first()
        if row is None:
            return None
        values = {"state": TaskState.RUNNING.value, "attempts": row.attempts + 1}
        self._connection.execute(table.update().where(table.c.id == row.id).values(**values))
        return _task(row, **values)

    def settle(self, kind: TaskKind, subject: int) -> None:
        """The work is done, or no longer wanted."""
        self._connection.execute(table.delete().where(table.c.kind == kind.value, table.c.subject == subject))

    def settle_all(self, subject: int) -> None:
        """Nothing is to be done with this subject any more."""
        self._connection.execute(table.delete().where(table.c.subject == subject))

    def postpone(self, task_id: int, *, until: datetime) -> None:
        """Let a task wait for another attempt."""
        values = {"state": TaskState.WAITING.value, "not_before_at": until}
        self._connection.execute(table.update().where(table.c.id == task_id).values(**values))

    def put_back(self, task_id: int) -> None:
        """Let a task wait as if it had not been taken: whoever took it was told to stop."""
        values = {"state": TaskState.WAITING.value, "attempts": table.c.attempts - 1}
        self._connection.execute(table.update().where(table.c.id == task_id).values(**values))

    def reclaim(self) -> int:
        """How many running tasks of dead processes were set waiting; only for the new holder of the worker lock."""
        running = table.c.state == TaskState.RUNNING.value
        return self._connection.execute(table.update().where(running).values(state=TaskState.WAITING.value)).rowcount

    def waiting_count(self) -> int:
        """How many tasks wait or run."""
        return self._connection.execute(select(func.count()).select_from(table)).scalar_one()


def _task(row: Row[Any], *, state: str, attempts: int) -> Task:
    return Task(
        id=row.id,
        kind=TaskKind(row.kind),
        subject=row.subject,
        state=TaskState(state),
        attempts=attempts,
        not_before_at=row.not_before_at,
    )
