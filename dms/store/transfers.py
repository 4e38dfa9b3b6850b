"""Hand-overs of papers: batches and the lines of their lists.

Invariant: what takes an actor leaves out every batch of another department, and every batch whose list names a paper
that he may not know of, so that neither a title nor a count tells of it (I5).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, String, and_, cast, func, not_, or_, select, true

from dms.domain.actor import Actor
from dms.domain.item import CopyKind, ItemMedium
from dms.domain.reference_code import CodeKind
from dms.domain.transfer import Signature, SignatureRole, TransferBatch, TransferLine, TransferState
from dms.store.engine import inserted_id
from dms.store.filing_tables import spent_number
from dms.store.filing_tables import transfer_batch as table
from dms.store.filing_tables import transfer_line as line_table
from dms.store.items import visible_to
from dms.store.rights import among
from dms.store.tables import item


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferTotals:
    """What the list of one batch comes to."""

    papers: int
    pages: int
    sheets: int
    ticked: int
    """Papers that the check found there."""
    missing: int
    """Papers that the check did not find."""


class Transfers:
    """Batches, by id or number, with their lines.

    What takes no actor, or None for it, is for the archive's own work.
    """

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

    def known(self, batch_id: int, *, actor: Actor) -> TransferBatch | None:
        """The batch with this id, if it exists and the actor may know of it."""
        row = self._connection.execute(select(table).where(table.c.id == batch_id, _known_to(actor))).first()
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
        actor: Actor | None = None,
        limit: int,
        offset: int = 0,
    ) -> tuple[int, list[TransferBatch]]:
        """How many batches fit, and one page of them, the newest first; what is empty or None does not matter."""
        where = [*_fitting(states, year, department), _known_to(actor)]
        total = self._connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one()
        query = select(table).where(*where).order_by(table.c.id.desc()).limit(limit).offset(offset)
        return total, [_batch(row) for row in self._connection.execute(query)]

    def overdue(self, on: date, *, actor: Actor | None = None) -> list[TransferBatch]:
        """The batches that were not accepted in time, the longest overdue first."""
        last_day = func.coalesce(table.c.extended_to_on, table.c.due_on)
        late = select(table).where(table.c.state.not_in(_ENDED), last_day < on, _known_to(actor))
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

    def of_item(self, item_key: int, *, actor: Actor | None = None) -> list[TransferBatch]:
        """The batches with which an item was handed over, the oldest first."""
        listed = select(line_table.c.batch_id).where(line_table.c.item_key == item_key)
        query = select(table).where(table.c.id.in_(listed), _known_to(actor)).order_by(table.c.id)
        return [_batch(row) for row in self._connection.execute(query)]

    def totals(self, batch_ids: Collection[int]) -> dict[int, TransferTotals]:
        """What the lists of these batches come to, by id; a batch without lines is absent."""
        lines = line_table.c
        query = (
            select(
                lines.batch_id,
                func.count(),
                func.coalesce(func.sum(lines.pages), 0),
                func.coalesce(func.sum(func.coalesce(lines.sheets, lines.pages)), 0),
                func.count().filter(lines.ticked.is_(True)),
                func.count().filter(lines.ticked.is_(False)),
            )
            .where(among(lines.batch_id, batch_ids))
            .group_by(lines.batch_id)
        )
        names = ("papers", "pages", "sheets", "ticked", "missing")
        rows = self._connection.execute(query).all()
        return {row[0]: TransferTotals(**dict(zip(names, row[1:], strict=True))) for row in rows}

    def departments(self, *, actor: Actor) -> list[str]:
        """The departments from which anything was handed over that the actor may know of, by name."""
        query = select(table.c.from_department).where(table.c.from_department != "", _known_to(actor)).distinct()
        return sorted(self._connection.execute(query).scalars())

    def years(self, *, actor: Actor) -> list[int]:
        """The years of the batches that the actor may know of, the latest first."""
        query = select(table.c.year).where(_known_to(actor)).distinct().order_by(table.c.year.desc())
        return list(self._connection.execute(query).scalars())

    def accessions(
        self, *, actor: Actor | None = None, year: int | None = None, limit: int, offset: int = 0
    ) -> tuple[int, list[tuple[str, TransferBatch]]]:
        """How many batches stand in the accession register, and one page of them, each with its number there.

        The latest number comes first; `year` is that of the batch.
        """
        exact = [table.c.year == year] if year is not None else []
        entered = spent_number.c.subject == func.concat("transfer:", cast(table.c.id, String))
        entries = (
            select(spent_number.c.code.label("accession"), table)
            .join(table, entered)
            .where(spent_number.c.kind == CodeKind.ACCESSION.value, *exact, _known_to(actor))
        )
        total = self._connection.execute(select(func.count()).select_from(entries.subquery())).scalar_one()
        latest = (spent_number.c.spent_at.desc(), spent_number.c.number.desc())
        rows = self._connection.execute(entries.order_by(*latest).limit(limit).offset(offset)).all()
        return total, [(row.accession, _batch(row)) for row in rows]


_ENDED = (TransferState.ACCEPTED.value, TransferState.WITHDRAWN.value)


def _known_to(actor: Actor | None) -> ColumnElement[bool]:
    if actor is None:
        return true()
    listed = select(line_table.c.id).join(item, item.c.key == line_table.c.item_key)
    barred = listed.where(line_table.c.batch_id == table.c.id, not_(visible_to(actor))).correlate(table)
    within_reach = or_(table.c.from_department == "", among(table.c.from_department, actor.departments or ()))
    return and_(true() if actor.departments is None else within_reach, ~barred.exists())


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
    values = {name: getattr(row, name) for name in TransferBatch.__dataclass_fields__}
    return TransferBatch(**values | {"state": TransferState(row.state), "signatures": signatures})


def _line_columns(line: TransferLine, batch_id: int, position: int) -> dict[str, Any]:
    values = {name: getattr(line, name) for name in TransferLine.__dataclass_fields__ if name != "id"}
    kinds = {"copy_kind": line.copy_kind.value, "medium": line.medium.value}
    return values | kinds | {"batch_id": batch_id, "position": position}


def _line(row: Row[Any]) -> TransferLine:
    kinds = {"copy_kind": CopyKind(row.copy_kind), "medium": ItemMedium(row.medium)}
    return TransferLine(**dict(row._mapping) | kinds)
