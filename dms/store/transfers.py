"""Hand-overs of papers: batches and the lines of their lists."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from dms.domain.item import CopyKind, ItemMedium
from dms.domain.transfer import Signature, SignatureRole, TransferBatch, TransferLine, TransferState
from dms.store.engine import inserted_id
from dms.store.filing_tables import transfer_batch as table
from dms.store.filing_tables import transfer_line as line_table


class Transfers:
    """Batches, by id or number, with their lines."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, batch: TransferBatch) -> TransferBatch:
        """The new batch, with its id; the one that was stated is left out of account."""
        values = _columns(batch)
        del values["id"]
        return replace(batch, id=inserted_id(self._connection.execute(table.insert().values(**values))))

    def change(self, batch: TransferBatch) -> None:
        """Replace what is known of the batch with this id."""
        self._connection.execute(table.update().where(table.c.id == batch.id).values(**_columns(batch)))

    def get(self, batch_id: int) -> TransferBatch:
        """The batch with this id, which must exist."""
        return _batch(self._connection.execute(select(table).where(table.c.id == batch_id)).one())

    def find(self, batch_id: int) -> TransferBatch | None:
        """The batch with this id, if there is one."""
        row = self._connection.execute(select(table).where(table.c.id == batch_id)).first()
        return _batch(row) if row else None

    def with_number(self, number: str) -> TransferBatch | None:
        """The batch with this number, if there is one."""
        row = self._connection.execute(select(table).where(table.c.number == number)).first()
        return _batch(row) if row and number else None

    def page(
        self,
        *,
        states: Collection[TransferState] = (),
        year: int | None = None,
        department: str | None = None,
        limit: int,
        offset: int = 0,
    ) -> tuple[int, list[TransferBatch]]:
        """How many batches fit, and one page of them, the newest first; what is empty or None does not matter."""
        where = _fitting(states, year, department)
        total = self._connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one()
        query = select(table).where(*where).order_by(table.c.id.desc()).limit(limit).offset(offset)
        return total, [_batch(row) for row in self._connection.execute(query)]

    def overdue(self, on: date) -> list[TransferBatch]:
        """The batches that were not accepted in time, the longest overdue first."""
        last_day = func.coalesce(table.c.extended_to_on, table.c.due_on)
        late = select(table).where(table.c.state != TransferState.ACCEPTED.value, last_day < on)
        return [_batch(row) for row in self._connection.execute(late.order_by(last_day, table.c.id))]

    def state_lines(self, batch_id: int, lines: Sequence[TransferLine]) -> None:
        """Replace the list of a batch; positions are counted anew in this order."""
        self._connection.execute(line_table.delete().where(line_table.c.batch_id == batch_id))
        rows = [_line_columns(line, batch_id, position) for position, line in enumerate(lines, start=1)]
        if rows:
            self._connection.execute(line_table.insert(), rows)

    def add_line(self, line: TransferLine) -> int:
        """The id of one more line at the end of the list of its batch."""
        last = select(func.coalesce(func.max(line_table.c.position), 0)).where(line_table.c.batch_id == line.batch_id)
        position = self._connection.execute(last).scalar_one() + 1
        values = _line_columns(line, line.batch_id, position)
        return inserted_id(self._connection.execute(line_table.insert().values(**values)))

    def tick(self, line_id: int, ticked: bool | None, *, difference: str = "") -> None:
        """What the check on receipt says about a line."""
        statement = line_table.update().where(line_table.c.id == line_id)
        self._connection.execute(statement.values(ticked=ticked, difference=difference))

    def tie(self, line_id: int, item_key: int) -> None:
        """Say which item a line has become."""
        self._connection.execute(line_table.update().where(line_table.c.id == line_id).values(item_key=item_key))

    def lines(self, batch_id: int) -> list[TransferLine]:
        """The list of a batch, in order."""
        query = select(line_table).where(line_table.c.batch_id == batch_id).order_by(line_table.c.position)
        return [_line(row) for row in self._connection.execute(query)]

    def of_item(self, item_key: int) -> list[TransferBatch]:
        """The batches with which an item was handed over, the oldest first."""
        listed = select(line_table.c.batch_id).where(line_table.c.item_key == item_key)
        return [_batch(row) for row in self._connection.execute(select(table).where(table.c.id.in_(listed)))]


def _fitting(states: Iterable[TransferState], year: int | None, department: str | None) -> list[ColumnElement[bool]]:
    exact = {table.c.year: year, table.c.from_department: department}
    conditions = [column == value for column, value in exact.items() if value is not None]
    wanted = [state.value for state in states]
    return [*conditions, table.c.state.in_(wanted)] if wanted else conditions


def _columns(batch: TransferBatch) -> dict[str, Any]:
    signatures = [
        {"role": each.role.value, "name": each.name, "signed_at": each.signed_at.isoformat()}
        for each in batch.signatures
    ]
    values = {name: getattr(batch, name) for name in TransferBatch.__dataclass_fields__}
    return values | {"state": batch.state.value, "signatures": signatures}


def _batch(row: Row[Any]) -> TransferBatch:
    signatures = tuple(
        Signature(
            role=SignatureRole(each["role"]), name=each["name"], signed_at=datetime.fromisoformat(each["signed_at"])
        )
        for each in row.signatures
    )
    return TransferBatch(**dict(row._mapping) | {"state": TransferState(row.state), "signatures": signatures})


def _line_columns(line: TransferLine, batch_id: int, position: int) -> dict[str, Any]:
    values = {name: getattr(line, name) for name in TransferLine.__dataclass_fields__ if name != "id"}
    kinds = {"copy_kind": line.copy_kind.value, "medium": line.medium.value}
    return values | kinds | {"batch_id": batch_id, "position": position}


def _line(row: Row[Any]) -> TransferLine:
    kinds = {"copy_kind": CopyKind(row.copy_kind), "medium": ItemMedium(row.medium)}
    return TransferLine(**dict(row._mapping) | kinds)
