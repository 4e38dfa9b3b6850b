"""Destruction lists in the catalogue, with their lines and everything that was done to them.

Invariants: acts are only added; lines of a list that was laid before the signers gain an outcome and nothing else
(triggers hold both); a paper stands on one list at a time.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, not_, select, true

from dms.domain.actor import Actor
from dms.domain.destruction_line import DestructionLine, Outcome, SpareReason
from dms.domain.destruction_list import ENDED_STATES, ActKind, Appointed, DestructionList, ListAct, ListState, Office
from dms.domain.title_document import ENDED
from dms.store.appraisal_tables import destruction_act
from dms.store.appraisal_tables import destruction_line as line_table
from dms.store.appraisal_tables import destruction_list as table
from dms.store.engine import inserted_id
from dms.store.items import visible_to
from dms.store.rights import among
from dms.store.tables import destruction, item
from dms.store.title_tables import title_document


class DestructionLists:
    """Lists by id or number; what takes no actor is for the archive's own work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, listed: DestructionList) -> DestructionList:
        """The new list, with its id and the next number of its year; those that were stated are left out of account."""
        number = self._next_number(listed.begun_at.year)
        values = _columns(replace(listed, number=number))
        del values["id"]
        list_id = inserted_id(self._connection.execute(table.insert().values(**values)))
        return replace(listed, id=list_id, number=number)

    def change(self, listed: DestructionList) -> None:
        """Replace what is known of the list with this id, and add the acts that it has more than before."""
        known = select(func.count()).where(destruction_act.c.list_id == listed.id)
        more = listed.acts[self._connection.execute(known).scalar_one() :]
        rows = [_act_columns(act) | {"list_id": listed.id} for act in more]
        if rows:
            self._connection.execute(destruction_act.insert(), rows)
        self._connection.execute(table.update().where(table.c.id == listed.id).values(**_columns(listed)))

    def get(self, list_id: int) -> DestructionList:
        """The list with this id, which must exist."""
        return self._whole(self._connection.execute(select(table).where(table.c.id == list_id)).one())

    def known(self, list_id: int, *, actor: Actor) -> DestructionList | None:
        """The list with this id, if it exists and the actor may know of every paper on it."""
        row = self._connection.execute(select(table).where(table.c.id == list_id, _known_to(actor))).first()
        return self._whole(row) if row else None

    def id_of(self, number: str) -> int | None:
        """The id of the list with this number."""
        return self._connection.execute(select(table.c.id).where(table.c.number == number)).scalar()

    def page(
        self, *, actor: Actor, states: Collection[ListState] = (), limit: int, offset: int = 0
    ) -> tuple[int, list[DestructionList]]:
        """How many lists fit, and one page of them, the newest first."""
        wanted = [table.c.state.in_([state.value for state in states])] if states else []
        query = select(table).where(*wanted, _known_to(actor))
        total = self._connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
        rows = self._connection.execute(query.order_by(table.c.id.desc()).limit(limit).offset(offset)).all()
        return total, [self._whole(row) for row in rows]

    def running(self) -> list[DestructionList]:
        """Every list that has not ended, the oldest first; for duties."""
        query = select(table).where(table.c.state.not_in(_ENDED)).order_by(table.c.id)
        return [self._whole(row) for row in self._connection.execute(query).all()]

    def put_on(self, lines: Iterable[DestructionLine]) -> None:
        """Add lines to a list, in this order, behind those that it has."""
        rows = [_line_columns(line) for line in lines]
        if not rows:
            return
        last = select(func.coalesce(func.max(line_table.c.position), 0)).where(
            line_table.c.list_id == rows[0]["list_id"]
        )
        start = self._connection.execute(last).scalar_one() + 1
        self._connection.execute(
            line_table.insert(), [row | {"position": position} for position, row in enumerate(rows, start=start)]
        )

    def take_off(self, line_id: int) -> None:
        """Take a line off a list that is a draft or was returned."""
        self._connection.execute(line_table.delete().where(line_table.c.id == line_id))

    def lines(self, list_id: int, *, limit: int | None = None, offset: int = 0) -> list[DestructionLine]:
        """The lines of a list, in order."""
        query = select(line_table).where(line_table.c.list_id == list_id).order_by(line_table.c.position)
        return [_line(row) for row in self._connection.execute(query.limit(limit).offset(offset))]

    def pending(self, list_id: int, *, limit: int) -> list[DestructionLine]:
        """The next so many lines that are neither destroyed nor spared."""
        pending = (line_table.c.list_id == list_id, line_table.c.outcome == Outcome.PENDING.value)
        query = select(line_table).where(*pending).order_by(line_table.c.position).limit(limit)
        return [_line(row) for row in self._connection.execute(query)]

    def settle(self, line_id: int, spared: SpareReason | None, *, at: datetime) -> None:
        """The line was destroyed, or spared for a reason."""
        outcome = Outcome.SPARED if spared else Outcome.DESTROYED
        values = {"outcome": outcome.value, "spared": spared.value if spared else None, "settled_at": at}
        self._connection.execute(line_table.update().where(line_table.c.id == line_id).values(**values))

    def spare_rest(self, list_id: int, reason: SpareReason, *, at: datetime) -> int:
        """Spare every line that is still pending; how many there were."""
        pending = (line_table.c.list_id == list_id, line_table.c.outcome == Outcome.PENDING.value)
        values = {"outcome": Outcome.SPARED.value, "spared": reason.value, "settled_at": at}
        return self._connection.execute(line_table.update().where(*pending).values(**values)).rowcount

    def counts(self, list_ids: Collection[int]) -> dict[int, dict[Outcome, int]]:
        """How many lines of each list came to what; a list without lines is absent."""
        query = (
            select(line_table.c.list_id, line_table.c.outcome, func.count())
            .where(among(line_table.c.list_id, list_ids))
            .group_by(line_table.c.list_id, line_table.c.outcome)
        )
        counts: dict[int, dict[Outcome, int]] = {}
        for list_id, outcome, count in self._connection.execute(query):
            counts.setdefault(list_id, {})[Outcome(outcome)] = count
        return counts

    def on_lists(self, item_keys: Collection[int]) -> dict[int, str]:
        """Which of these papers stand on a list that has not ended and were not spared, with its number."""
        query = (
            select(line_table.c.item_key, table.c.number)
            .join(table, table.c.id == line_table.c.list_id)
            .where(among(line_table.c.item_key, item_keys), table.c.state.not_in(_ENDED))
            .where(line_table.c.outcome != Outcome.SPARED.value)
        )
        return {row.item_key: row.number for row in self._connection.execute(query)}

    def titled_among(self, item_keys: Collection[int]) -> frozenset[int]:
        """Those of these papers that are the scans of title documents which we still answer for."""
        kept = title_document.c.state.not_in([state.value for state in ENDED])
        query = select(title_document.c.item_key).where(kept, among(title_document.c.item_key, item_keys))
        return frozenset(self._connection.execute(query).scalars())

    def of_item(self, item_key: int) -> list[tuple[DestructionList, DestructionLine]]:
        """The lists on which a paper stood or stands, the oldest first."""
        query = select(line_table).where(line_table.c.item_key == item_key).order_by(line_table.c.list_id)
        lines = [_line(row) for row in self._connection.execute(query)]
        return [(self.get(line.list_id), line) for line in lines]

    def destroyed_between(self, first: date, last: date) -> tuple[int, int]:
        """How many papers and pages were destroyed from the first to the last day (UTC); for figures."""
        moment = func.substr(destruction.c.destroyed_at, 1, 10)
        query = select(func.count(), func.coalesce(func.sum(destruction.c.pages), 0)).where(
            moment >= first.isoformat(), moment <= last.isoformat()
        )
        papers, pages = self._connection.execute(query).one()
        return papers, pages

    def _whole(self, row: Row[Any]) -> DestructionList:
        query = select(destruction_act).where(destruction_act.c.list_id == row.id).order_by(destruction_act.c.id)
        acts = tuple(_act(each) for each in self._connection.execute(query))
        values = {name: getattr(row, name) for name in _LIST}
        stated = {"state": ListState(row.state), "appointed": _appointed(row.appointed), "acts": acts}
        return DestructionList(**values | stated)

    def _next_number(self, year: int) -> str:
        # Lists are never deleted, so the count never goes back; a restored older copy may have destroyed under more.
        known = select(func.count()).where(table.c.number.like(f"XH{year}-%"))
        following = self._connection.execute(known).scalar_one() + 1
        spent = set(self._connection.execute(select(destruction.c.authority).distinct()).scalars())
        while f"XH{year}-{following:03}" in spent:
            following += 1
        return f"XH{year}-{following:03}"


_ENDED = tuple(state.value for state in ENDED_STATES)
_LIST = tuple(name for name in DestructionList.__dataclass_fields__ if name != "acts")
_ACT = tuple(ListAct.__dataclass_fields__)


def _known_to(actor: Actor) -> ColumnElement[bool]:
    if actor.clearance == 1 and actor.departments is None:
        return true()
    listed = select(line_table.c.id).join(item, item.c.key == line_table.c.item_key)
    barred = listed.where(line_table.c.list_id == table.c.id, not_(visible_to(actor))).correlate(table)
    return ~barred.exists()


def _columns(listed: DestructionList) -> dict[str, Any]:
    appointed = {
        "signers": [[office.value, name] for office, name in listed.appointed.signers],
        "approver": listed.appointed.approver,
        "supervisors": list(listed.appointed.supervisors),
    }
    values = {name: getattr(listed, name) for name in _LIST}
    return values | {"state": listed.state.value, "appointed": appointed}


def _appointed(stored: dict[str, Any]) -> Appointed:
    return Appointed(
        signers=tuple((Office(office), name) for office, name in stored["signers"]),
        approver=stored["approver"],
        supervisors=tuple(stored["supervisors"]),
    )


def _act_columns(act: ListAct) -> dict[str, Any]:
    values = {name: getattr(act, name) for name in _ACT}
    return values | {"kind": act.kind.value, "office": act.office.value if act.office else None}


def _act(row: Row[Any]) -> ListAct:
    kinds = {"kind": ActKind(row.kind), "office": Office(row.office) if row.office else None}
    return ListAct(**{name: getattr(row, name) for name in _ACT} | kinds)


def _line_columns(line: DestructionLine) -> dict[str, Any]:
    values = {name: getattr(line, name) for name in DestructionLine.__dataclass_fields__ if name != "id"}
    return values | {"outcome": line.outcome.value, "spared": line.spared.value if line.spared else None}


def _line(row: Row[Any]) -> DestructionLine:
    kinds = {"outcome": Outcome(row.outcome), "spared": SpareReason(row.spared) if row.spared else None}
    return DestructionLine(**dict(row._mapping) | kinds)
