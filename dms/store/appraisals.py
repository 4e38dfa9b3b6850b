"""Appraisals in the catalogue: committees, the papers before them, and what members said.

Invariants: opinions are only added; a decided appraisal never changes (triggers hold both).
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, not_, or_, select, true

from dms.domain.actor import Actor
from dms.domain.appraisal import AppraisalCase, AppraisalLine, AppraisalState, Opinion, Verdict
from dms.domain.destruction_list import ENDED_STATES
from dms.domain.item import ItemState
from dms.store.appraisal_tables import appraisal_case as table
from dms.store.appraisal_tables import appraisal_line as line_table
from dms.store.appraisal_tables import appraisal_opinion, destruction_line, destruction_list
from dms.store.engine import inserted_id
from dms.store.holds import is_held
from dms.store.items import visible_to
from dms.store.keeping_tables import due_date
from dms.store.rights import among
from dms.store.tables import item

_A_YEAR = timedelta(days=365)
_RUNNING = (AppraisalState.OPEN.value, AppraisalState.CONSIDERING.value)


class Appraisals:
    """Cases by id or number, with their papers; what takes no actor is for the archive's own work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, case: AppraisalCase) -> AppraisalCase:
        """The new case, with its id and the next number of its year; those that were stated are left out of account."""
        number = self._next_number(case.begun_at.year)
        values = _columns(replace(case, number=number))
        del values["id"]
        case_id = inserted_id(self._connection.execute(table.insert().values(**values)))
        return replace(case, id=case_id, number=number)

    def change(self, case: AppraisalCase) -> None:
        """Replace what is known of the case with this id."""
        self._connection.execute(table.update().where(table.c.id == case.id).values(**_columns(case)))

    def get(self, case_id: int) -> AppraisalCase:
        """The case with this id, which must exist."""
        return _case(self._connection.execute(select(table).where(table.c.id == case_id)).one())

    def known(self, case_id: int, *, actor: Actor) -> AppraisalCase | None:
        """The case with this id, if it exists and the actor may know of every paper in it."""
        row = self._connection.execute(select(table).where(table.c.id == case_id, _known_to(actor))).first()
        return _case(row) if row else None

    def id_of(self, number: str) -> int | None:
        """The id of the case with this number."""
        return self._connection.execute(select(table.c.id).where(table.c.number == number)).scalar()

    def page(
        self, *, actor: Actor, states: Collection[AppraisalState] = (), limit: int, offset: int = 0
    ) -> tuple[int, list[AppraisalCase]]:
        """How many cases fit, and one page of them, the newest first."""
        wanted = [table.c.state.in_([state.value for state in states])] if states else []
        query = select(table).where(*wanted, _known_to(actor))
        total = self._connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
        rows = self._connection.execute(query.order_by(table.c.id.desc()).limit(limit).offset(offset))
        return total, [_case(row) for row in rows]

    def in_state(self, state: AppraisalState) -> list[AppraisalCase]:
        """Every case in this state, the oldest first; for duties."""
        query = select(table).where(table.c.state == state.value).order_by(table.c.id)
        return [_case(row) for row in self._connection.execute(query)]

    def decided_in(self, year: int, *, actor: Actor) -> list[AppraisalCase]:
        """The cases decided in a calendar year (UTC) that the actor may know of, in order."""
        decided = func.substr(table.c.decided_at, 1, 4) == str(year)
        query = select(table).where(decided, _known_to(actor)).order_by(table.c.id)
        return [_case(row) for row in self._connection.execute(query)]

    def put_before(self, lines: Iterable[AppraisalLine]) -> None:
        """Add papers to a case, in this order, behind those that it has."""
        rows = [_line_columns(line) for line in lines]
        if not rows:
            return
        last = select(func.coalesce(func.max(line_table.c.position), 0)).where(
            line_table.c.case_id == rows[0]["case_id"]
        )
        start = self._connection.execute(last).scalar_one() + 1
        self._connection.execute(
            line_table.insert(), [row | {"position": position} for position, row in enumerate(rows, start=start)]
        )

    def take_out(self, line_id: int) -> None:
        """Take a paper out of an open case."""
        self._connection.execute(line_table.delete().where(line_table.c.id == line_id))

    def decide(self, lines: Iterable[AppraisalLine]) -> None:
        """Keep what is decided of these lines."""
        for line in lines:
            values = {"verdict": line.verdict.value if line.verdict else None, "years": line.years}
            statement = line_table.update().where(line_table.c.id == line.id)
            self._connection.execute(statement.values(**values, reason=line.reason))

    def lines(self, case_id: int, *, limit: int | None = None, offset: int = 0) -> list[AppraisalLine]:
        """The papers before a committee, in order."""
        query = select(line_table).where(line_table.c.case_id == case_id).order_by(line_table.c.position)
        return [_line(row) for row in self._connection.execute(query.limit(limit).offset(offset))]

    def count(self, case_id: int) -> int:
        """How many papers a case has."""
        query = select(func.count()).where(line_table.c.case_id == case_id)
        return self._connection.execute(query).scalar_one()

    def verdict_counts(self, case_ids: Collection[int]) -> dict[int, dict[Verdict | None, int]]:
        """How many papers of each case were decided how; None for those that are not decided."""
        query = (
            select(line_table.c.case_id, line_table.c.verdict, func.count())
            .where(among(line_table.c.case_id, case_ids))
            .group_by(line_table.c.case_id, line_table.c.verdict)
        )
        counts: dict[int, dict[Verdict | None, int]] = {}
        for case_id, verdict, count in self._connection.execute(query):
            counts.setdefault(case_id, {})[Verdict(verdict) if verdict else None] = count
        return counts

    def of_item(self, item_key: int) -> list[tuple[AppraisalCase, AppraisalLine]]:
        """Every appraisal of a paper with what was decided, the oldest first."""
        query = select(line_table).where(line_table.c.item_key == item_key).order_by(line_table.c.case_id)
        lines = [_line(row) for row in self._connection.execute(query)]
        return [(self.get(line.case_id), line) for line in lines]

    def under_way(self, item_keys: Collection[int]) -> dict[int, str]:
        """Which of these papers lie before a committee now, with the number of the case."""
        query = (
            select(line_table.c.item_key, table.c.number)
            .join(table, table.c.id == line_table.c.case_id)
            .where(among(line_table.c.item_key, item_keys), table.c.state.in_(_RUNNING))
        )
        return {row.item_key: row.number for row in self._connection.execute(query)}

    def to_destroy(self, case_id: int | None = None) -> list[tuple[AppraisalCase, AppraisalLine]]:
        """What was decided to be destroyed and is still there, of one case or of all, by case and position.

        A paper that lay before another committee since is left out: the later verdict counts.
        """
        later, later_case = line_table.alias(), table.alias()
        superseded = (
            select(later.c.id)
            .join(later_case, later_case.c.id == later.c.case_id)
            .where(later.c.item_key == line_table.c.item_key, later.c.id > line_table.c.id)
            .where(later_case.c.state != AppraisalState.WITHDRAWN.value)
        )
        present = select(item.c.key).where(item.c.state != ItemState.DESTROYED.value)
        wanted = [
            line_table.c.verdict == Verdict.DESTROY.value,
            table.c.state == AppraisalState.DECIDED.value,
            line_table.c.item_key.in_(present),
            ~superseded.correlate(line_table).exists(),
        ]
        if case_id is not None:
            wanted.append(table.c.id == case_id)
        query = select(line_table).join(table, table.c.id == line_table.c.case_id).where(*wanted)
        lines = [
            _line(row) for row in self._connection.execute(query.order_by(line_table.c.case_id, line_table.c.position))
        ]
        cases = {number: self.get(number) for number in {line.case_id for line in lines}}
        return [(cases[line.case_id], line) for line in lines]

    def count_forgotten(self, on: date, *, at_most: int) -> int:
        """How many papers are due, free of holds, and neither before a committee nor decided on, up to `at_most`.

        What was set aside, or spared when a list was carried out, counts again a year later.
        """
        recent = datetime.combine(on - _A_YEAR, time(), UTC)
        before = select(line_table.c.item_key).join(table, table.c.id == line_table.c.case_id)
        dealt_with = or_(table.c.state.in_(_RUNNING), table.c.decided_at >= recent)
        listed = (
            select(destruction_line.c.item_key)
            .join(destruction_list, destruction_list.c.id == destruction_line.c.list_id)
            .where(destruction_list.c.state.not_in([state.value for state in ENDED_STATES]))
        )
        due = (
            select(due_date.c.item_key)
            .join(item, item.c.key == due_date.c.item_key)
            .where(due_date.c.due_on < on, item.c.state != ItemState.DESTROYED.value, not_(is_held()))
            .where(due_date.c.item_key.not_in(before.where(dealt_with)), due_date.c.item_key.not_in(listed))
            .limit(at_most)
        )
        return self._connection.execute(select(func.count()).select_from(due.subquery())).scalar_one()

    def say(self, case_id: int, opinions: Iterable[Opinion]) -> None:
        """Add what members said."""
        rows = [
            {name: getattr(opinion, name) for name in _OPINION} | {"case_id": case_id, "verdict": opinion.verdict.value}
            for opinion in opinions
        ]
        if rows:
            self._connection.execute(appraisal_opinion.insert(), rows)

    def opinions(self, case_id: int) -> list[Opinion]:
        """What was said in a case, in the order in which it was said."""
        query = select(appraisal_opinion).where(appraisal_opinion.c.case_id == case_id).order_by(appraisal_opinion.c.id)
        return [_opinion(row) for row in self._connection.execute(query)]

    def _next_number(self, year: int) -> str:
        # Cases are never deleted, so the count never goes back.
        query = select(func.count()).where(table.c.number.like(f"JD{year}-%"))
        return f"JD{year}-{self._connection.execute(query).scalar_one() + 1:03}"


_OPINION = tuple(Opinion.__dataclass_fields__)


def _known_to(actor: Actor) -> ColumnElement[bool]:
    if actor.clearance == 1 and actor.departments is None:
        return true()
    listed = select(line_table.c.id).join(item, item.c.key == line_table.c.item_key)
    barred = listed.where(line_table.c.case_id == table.c.id, not_(visible_to(actor))).correlate(table)
    return ~barred.exists()


def _columns(case: AppraisalCase) -> dict[str, Any]:
    values = {name: getattr(case, name) for name in AppraisalCase.__dataclass_fields__}
    return values | {"state": case.state.value, "members": list(case.members)}


def _case(row: Row[Any]) -> AppraisalCase:
    values = {name: getattr(row, name) for name in AppraisalCase.__dataclass_fields__}
    return AppraisalCase(**values | {"state": AppraisalState(row.state), "members": tuple(row.members)})


def _line_columns(line: AppraisalLine) -> dict[str, Any]:
    values = {name: getattr(line, name) for name in AppraisalLine.__dataclass_fields__ if name != "id"}
    return values | {"verdict": line.verdict.value if line.verdict else None}


def _line(row: Row[Any]) -> AppraisalLine:
    return AppraisalLine(**dict(row._mapping) | {"verdict": Verdict(row.verdict) if row.verdict else None})


def _opinion(row: Row[Any]) -> Opinion:
    return Opinion(**{name: getattr(row, name) for name in _OPINION} | {"verdict": Verdict(row.verdict)})
