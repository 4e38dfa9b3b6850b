"""How much the catalogue knows of: counts, bytes and moments for those who keep the archive running; no names."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from dms.domain.item import ItemState
from dms.domain.task import TaskState
from dms.store.tables import item, journal, page, rendition, task


@dataclass(frozen=True, slots=True, kw_only=True)
class TasksWaiting:
    """The queue of work left to do."""

    count: int
    """Waiting or under way."""
    given_up_count: int
    oldest_since: datetime | None
    """Since when the longest waiting task could be done; None where none waits."""


class Figures:
    """Counts over the whole catalogue, whoever may see what."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def items_by_state(self) -> dict[ItemState, int]:
        """How many items are in each state."""
        rows = self._connection.execute(select(item.c.state, func.count()).group_by(item.c.state))
        counted = {ItemState(state): int(count) for state, count in rows}
        return {state: counted.get(state, 0) for state in ItemState}

    def pages_count(self) -> int:
        """How many pages have been read."""
        return int(self._connection.execute(select(func.count()).select_from(page)).scalar_one())

    def sealed_bytes(self, *, received_since: datetime | None = None) -> int:
        """The bytes sealed in the vault, of all items or of those received since a moment."""
        query = select(func.coalesce(func.sum(rendition.c.size_bytes), 0))
        if received_since is not None:
            # Over the items, which are few and found by an index, not over every object that there is.
            query = query.join(item, item.c.key == rendition.c.item_key).where(item.c.received_at >= received_since)
        return int(self._connection.execute(query).scalar_one())

    def tasks_waiting(self) -> TasksWaiting:
        """What is left to do."""
        rows = self._connection.execute(select(task.c.state, func.count()).group_by(task.c.state))
        counts = {TaskState(state): int(count) for state, count in rows}
        waiting = select(func.min(task.c.not_before_at)).where(task.c.state == TaskState.WAITING.value)
        return TasksWaiting(
            count=counts.get(TaskState.WAITING, 0) + counts.get(TaskState.RUNNING, 0),
            given_up_count=counts.get(TaskState.GIVEN_UP, 0),
            oldest_since=self._connection.execute(waiting).scalar_one(),
        )

    def founded_at(self) -> datetime:
        """When the archive was founded: the moment of its first journal entry."""
        founded_at: datetime = self._connection.execute(
            select(journal.c.at).order_by(journal.c.seq).limit(1)
        ).scalar_one()
        return founded_at

    def latest_at(self, *actions: str) -> datetime | None:
        """When one of these acts was last journaled; None where it never was."""
        query = select(journal.c.at).where(journal.c.action.in_(actions)).order_by(journal.c.seq.desc()).limit(1)
        return self._connection.execute(query).scalar_one_or_none()
