"""Yearly binding runs and their lines, so that a run that broke off can be gone on with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, TableValuedAlias, func, select, true

from dms.domain.binding import BindingLine, BindingRun, BindingState
from dms.store.engine import inserted_id
from dms.store.filing_tables import binding_line as line_table
from dms.store.filing_tables import binding_run as table


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundSoFar:
    """What a run has bound."""

    volumes: int
    items: int
    pages: int


class BindingRuns:
    """The runs, by id."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, *, year: int, cut_off_on: date, at: datetime, by: str) -> BindingRun:
        """The new run, under way."""
        values = {"year": year, "cut_off_on": cut_off_on, "begun_at": at, "begun_by": by}
        state = BindingState.RUNNING
        run_id = inserted_id(self._connection.execute(table.insert().values(**values, state=state.value, facts={})))
        return BindingRun(
            id=run_id, year=year, cut_off_on=cut_off_on, state=state, begun_at=at, begun_by=by, ended_at=None, facts={}
        )

    def get(self, run_id: int) -> BindingRun:
        """The run with this id, which must exist."""
        return _run(self._connection.execute(select(table).where(table.c.id == run_id)).one())

    def find(self, run_id: int) -> BindingRun | None:
        """The run with this id; None where there is none."""
        row = self._connection.execute(select(table).where(table.c.id == run_id)).first()
        return _run(row) if row else None

    def under_way(self) -> BindingRun | None:
        """The run that has not ended; None where there is none."""
        query = select(table).where(table.c.ended_at.is_(None)).order_by(table.c.id)
        row = self._connection.execute(query).first()
        return _run(row) if row else None

    def all(self, *, year: int | None = None) -> list[BindingRun]:
        """Every run, or those of one year, the newest first."""
        query = select(table).order_by(table.c.id.desc())
        rows = self._connection.execute(query if year is None else query.where(table.c.year == year))
        return [_run(row) for row in rows]

    def note(self, run_id: int, facts: Mapping[str, Any]) -> None:
        """Replace what is known of a run so far."""
        self._connection.execute(table.update().where(table.c.id == run_id).values(facts=dict(facts)))

    def change_state(self, run_id: int, state: BindingState) -> None:
        """Put a run that has not ended into another state: waiting while it is stopped, or running."""
        self._connection.execute(table.update().where(table.c.id == run_id).values(state=state.value))

    def end(self, run_id: int, state: BindingState, *, at: datetime, facts: Mapping[str, Any]) -> None:
        """The run has ended, and what it came to."""
        values = {"state": state.value, "ended_at": at, "facts": dict(facts)}
        self._connection.execute(table.update().where(table.c.id == run_id).values(**values))

    def add_lines(self, lines: Sequence[BindingLine]) -> None:
        """The work list of a run."""
        rows = [_columns(line) for line in lines]
        if rows:
            self._connection.execute(line_table.insert(), rows)

    def change_line(self, line: BindingLine) -> None:
        """Replace what is known of the line of this run and position."""
        same = (line_table.c.run_id == line.run_id, line_table.c.position == line.position)
        self._connection.execute(line_table.update().where(*same).values(**_columns(line)))

    def lines(
        self, run_id: int, *, state: BindingState | None = None, limit: int | None = None, offset: int = 0
    ) -> list[BindingLine]:
        """The lines of a run, or those in one state, in order."""
        query = select(line_table).where(line_table.c.run_id == run_id).order_by(line_table.c.position)
        if state is not None:
            query = query.where(line_table.c.state == state.value)
        return [_line(row) for row in self._connection.execute(query.limit(limit).offset(offset))]

    def came_to(self, run_id: int) -> BoundSoFar:
        """What the lines of a run came to so far."""
        made = _made()
        items, pages = (func.coalesce(func.sum(_said(made, name)), 0) for name in ("items", "pages"))
        query = select(func.count(), items, pages).select_from(line_table).join(made, true())
        row = self._connection.execute(query.where(line_table.c.run_id == run_id)).one()
        return BoundSoFar(volumes=row[0], items=row[1], pages=row[2])

    def volume_ids(self, run_id: int, *, limit: int, offset: int = 0) -> Sequence[int]:
        """The volumes that came out of a run, in the order of its work list."""
        made = _made()
        query = (
            select(_said(made, "id")).select_from(line_table).join(made, true()).where(line_table.c.run_id == run_id)
        )
        rows = self._connection.execute(query.order_by(line_table.c.position, made.c.key).limit(limit).offset(offset))
        return list(rows.scalars())

    def line_counts(self, run_id: int) -> dict[BindingState, int]:
        """How many lines of a run are in each state; a state without any is absent."""
        query = select(line_table.c.state, func.count()).where(line_table.c.run_id == run_id)
        rows = self._connection.execute(query.group_by(line_table.c.state))
        return {BindingState(state): count for state, count in rows}


def _made() -> TableValuedAlias:
    """The volumes that the facts of a line name, one row each."""
    return func.json_each(line_table.c.facts, "$.volumes").table_valued("key", "value", name="made")


def _said(made: TableValuedAlias, name: str) -> ColumnElement[int]:
    return func.json_extract(made.c.value, f"$.{name}")


def _columns(line: BindingLine) -> dict[str, Any]:
    values = {name: getattr(line, name) for name in BindingLine.__dataclass_fields__}
    return values | {"state": line.state.value, "facts": dict(line.facts)}


def _run(row: Row[Any]) -> BindingRun:
    return BindingRun(**dict(row._mapping) | {"state": BindingState(row.state)})


def _line(row: Row[Any]) -> BindingLine:
    return BindingLine(**dict(row._mapping) | {"state": BindingState(row.state)})
