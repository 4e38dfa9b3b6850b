"""Title documents and the ledger of what goes in and out.

Invariants:
- What takes an actor leaves out every title document of a customer that he may not know of; whoever is no custodian
  sees none whose scan he may not see either (I5).
- A balance changes through a movement only; the catalogue sees to that by itself.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select, true
from sqlalchemy.sql.expression import UnaryExpression

from dms.domain.actor import Actor, Permission
from dms.domain.title_document import (
    ENDED,
    MovementKind,
    TitleCondition,
    TitleDocument,
    TitleFacts,
    TitleKind,
    TitleMovement,
    TitleState,
)
from dms.store.engine import inserted_id
from dms.store.holds import reach
from dms.store.items import visible_to
from dms.store.rights import among, customer_known_to
from dms.store.tables import Moment, customer, item
from dms.store.title_tables import title_document as table
from dms.store.title_tables import title_kind, title_movement

_FACTS = tuple(TitleFacts.__dataclass_fields__)


class TitleOrder(StrEnum):
    """How the ledger is sorted."""

    NUMBER = "number"
    NEWEST = "newest"
    NAME = "name"
    RIGHT_HOLDER = "right_holder"
    VALUE = "value"
    """The most valuable first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleFilter:
    """Which title documents; what is empty or None does not matter."""

    states: frozenset[TitleState] = frozenset()
    kind_code: str = ""
    customer_ids: frozenset[int] = frozenset()
    """Any of these customers, such as one and those that were merged into it."""
    contract_id: int | None = None
    item_key: int | None = None
    location_id: int | None = None
    slip_id: int | None = None
    words: str = ""
    """Part of its number, name, certificate number or right holder."""


class Titles:
    """Title documents with their movements; without an actor for the archive's own work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def kinds(self) -> list[TitleKind]:
        """The kinds in use, in order."""
        query = select(title_kind).where(title_kind.c.retired.is_(False)).order_by(title_kind.c.position)
        return [TitleKind(code=row.code, zh=row.zh, en=row.en) for row in self._connection.execute(query)]

    def state_kind(self, kind: TitleKind) -> None:
        """Add a kind, or replace the one with its code."""
        values = {"zh": kind.zh, "en": kind.en, "retired": False}
        changed = self._connection.execute(title_kind.update().where(title_kind.c.code == kind.code).values(**values))
        if not changed.rowcount:
            last = self._connection.execute(select(func.coalesce(func.max(title_kind.c.position), 0))).scalar_one()
            self._connection.execute(title_kind.insert().values(code=kind.code, position=last + 1, **values))

    def add(self, title: TitleDocument, *, year: int) -> TitleDocument:
        """The new title document with its id and its number of the ledger; it lies nowhere until it is moved in."""
        numbered = replace(title, number=next_number(self._connection, table.c.number, "QZ", year), balance=0)
        values = _columns(numbered)
        del values["id"]
        return replace(numbered, id=inserted_id(self._connection.execute(table.insert().values(**values))))

    def change_state(self, title_id: int, state: TitleState) -> None:
        """Say where a title document stands now."""
        self._connection.execute(table.update().where(table.c.id == title_id).values(state=state.value))

    def place(self, title_id: int, location_id: int) -> None:
        """Say in which safe it belongs from now on."""
        self._connection.execute(table.update().where(table.c.id == title_id).values(location_id=location_id))

    def get(self, title_id: int) -> TitleDocument:
        """The title document with this id, which must exist."""
        return _title(self._connection.execute(select(table).where(table.c.id == title_id)).one())

    def known(self, title_id: int, *, actor: Actor) -> TitleDocument | None:
        """The title document with this id, if it exists and the actor may know of it."""
        row = self._connection.execute(select(table).where(table.c.id == title_id, title_known_to(actor))).first()
        return _title(row) if row else None

    def with_number(self, number: str, *, actor: Actor) -> TitleDocument | None:
        """The title document with this number of the ledger, if the actor may know of it."""
        row = self._connection.execute(select(table).where(table.c.number == number, title_known_to(actor))).first()
        return _title(row) if row else None

    def replacing(self, title_id: int) -> TitleDocument | None:
        """What this title document was exchanged for, if it was."""
        row = self._connection.execute(select(table).where(table.c.replaces_id == title_id)).first()
        return _title(row) if row else None

    def with_certificate(self, certificate_no: str, kind_code: str) -> list[TitleDocument]:
        """Those of this kind with this certificate number that are still in our hands."""
        query = select(table).where(
            table.c.certificate_no == certificate_no, table.c.kind_code == kind_code, table.c.state.not_in(_ENDED)
        )
        return [_title(row) for row in self._connection.execute(query)]

    def page(
        self,
        wanted: TitleFilter,
        *,
        actor: Actor | None,
        order: TitleOrder = TitleOrder.NUMBER,
        limit: int,
        offset: int = 0,
    ) -> tuple[int, list[TitleDocument]]:
        """How many fit, and one page of them."""
        where = [*_fitting(wanted), _known(actor)]
        total = self._connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one()
        query = select(table).where(*where).order_by(*_ORDERS[order]).limit(limit).offset(offset)
        return total, [_title(row) for row in self._connection.execute(query)]

    def of_safe(self, location_id: int) -> list[TitleDocument]:
        """Everything that lies or belongs in this safe and was ever put in, ended ones left out, by number."""
        held = (TitleState.IN_SAFE.value, TitleState.OUT.value)
        query = select(table).where(table.c.location_id == location_id, table.c.state.in_(held))
        return [_title(row) for row in self._connection.execute(query.order_by(table.c.number))]

    def are_kept_in(self, location_id: int) -> bool:
        """Whether any title document that is still in our hands lies, or belongs, in this place."""
        query = select(table.c.id).where(table.c.location_id == location_id, table.c.state.not_in(_ENDED)).limit(1)
        return self._connection.execute(query).first() is not None

    def hidden_in(self, location_id: int, *, actor: Actor) -> int:
        """How many of those that lie in this safe the actor may not know of."""
        held = and_(table.c.location_id == location_id, table.c.balance > 0)
        total = self._connection.execute(select(func.count()).select_from(table).where(held)).scalar_one()
        known = select(func.count()).select_from(table).where(held, title_known_to(actor))
        return int(total - self._connection.execute(known).scalar_one())

    def counts_by_state(self, *, actor: Actor) -> dict[TitleState, int]:
        """How many there are in each state that the actor may know of; a state without any is absent."""
        query = select(table.c.state, func.count()).where(title_known_to(actor)).group_by(table.c.state)
        return {TitleState(row[0]): row[1] for row in self._connection.execute(query)}

    def counts_by_safe(self, *, actor: Actor) -> dict[int, tuple[int, int]]:
        """How many title documents lie in each safe, and how many pieces of them; an empty safe is absent."""
        query = (
            select(table.c.location_id, func.count(), func.sum(table.c.balance))
            .where(table.c.balance > 0, title_known_to(actor))
            .group_by(table.c.location_id)
        )
        return {row[0]: (row[1], row[2]) for row in self._connection.execute(query)}

    def move(self, movement: TitleMovement) -> TitleMovement:
        """The new line of the ledger with its id and balance; the catalogue refuses one below nought."""
        before = select(table.c.balance).where(table.c.id == movement.title_id)
        entered = replace(movement, balance=self._connection.execute(before).scalar_one() + movement.change)
        values = {name: getattr(entered, name) for name in TitleMovement.__dataclass_fields__ if name != "id"}
        values |= {"kind": entered.kind.value, "condition": entered.condition and entered.condition.value}
        return replace(entered, id=inserted_id(self._connection.execute(title_movement.insert().values(**values))))

    def movements(self, title_id: int) -> list[TitleMovement]:
        """The ledger of one title document, the oldest line first."""
        query = select(title_movement).where(title_movement.c.title_id == title_id).order_by(title_movement.c.id)
        return [_movement(row) for row in self._connection.execute(query)]

    def outstanding(self, request_id: int) -> int:
        """How much of what a request took out has not come back."""
        query = select(func.coalesce(func.sum(title_movement.c.change), 0))
        return -int(self._connection.execute(query.where(title_movement.c.request_id == request_id)).scalar_one())

    def movements_page(
        self,
        *,
        actor: Actor | None,
        since: datetime | None = None,
        before: datetime | None = None,
        location_id: int | None = None,
        opening_id: int | None = None,
        limit: int,
        offset: int = 0,
    ) -> tuple[int, list[TitleMovement]]:
        """How many lines of the ledger fit, and one page of them, the oldest first; None does not matter."""
        lines = title_movement.c
        where = [_known(actor)]
        where += [lines.moved_at >= since] if since else []
        where += [lines.moved_at < before] if before else []
        where += [lines.location_id == location_id] if location_id is not None else []
        where += [lines.opening_id == opening_id] if opening_id is not None else []
        joined = title_movement.join(table, table.c.id == lines.title_id)
        total = self._connection.execute(select(func.count()).select_from(joined).where(*where)).scalar_one()
        query = select(title_movement).select_from(joined).where(*where).order_by(lines.id)
        return total, [_movement(row) for row in self._connection.execute(query.limit(limit).offset(offset))]

    def with_ids(self, ids: Collection[int]) -> dict[int, TitleDocument]:
        """The title documents with these ids, by id."""
        query = select(table).where(among(table.c.id, ids))
        return {row.id: _title(row) for row in self._connection.execute(query)}

    def first_put_in(self) -> dict[int, datetime]:
        """When something was put into each safe first, of those in which anything lies now."""
        held = select(table.c.location_id).where(table.c.balance > 0).distinct()
        lines = title_movement.c
        query = select(lines.location_id, func.min(lines.moved_at, type_=Moment)).where(lines.location_id.in_(held))
        rows = self._connection.execute(query.group_by(lines.location_id)).all()
        return {row[0]: row[1] for row in rows}

    def held_by(self, title: TitleDocument) -> frozenset[int]:
        """The ids of the holds in force that reach it: through its scan, its contract or its customer."""
        subjects = {"item": title.item_key, "contract": title.contract_id, "customer": title.customer_id}
        met = or_(*(and_(reach.c.kind == kind, reach.c.subject_id == key) for kind, key in subjects.items() if key))
        return frozenset(self._connection.execute(select(reach.c.hold_id).where(met)).scalars())

    def balances_on(self, before: datetime, *, actor: Actor) -> dict[int, int]:
        """What lay in the safes at a moment, by title document; those without anything are absent."""
        latest = (
            select(func.max(title_movement.c.id))
            .where(title_movement.c.moved_at < before)
            .group_by(title_movement.c.title_id)
        )
        joined = title_movement.join(table, table.c.id == title_movement.c.title_id)
        query = (
            select(title_movement.c.title_id, title_movement.c.balance)
            .select_from(joined)
            .where(title_movement.c.id.in_(latest), title_movement.c.balance > 0, title_known_to(actor))
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}


def title_known_to(actor: Actor) -> ColumnElement[bool]:
    """The condition that a title document may be known to the actor; part of every query made for a person (I5)."""
    customers = select(customer.c.id).where(customer_known_to(actor)).correlate(None)
    by_customer = table.c.customer_id.in_(customers)
    if actor.may(Permission.KEEP_TITLES):
        return by_customer
    scans = select(item.c.key).where(visible_to(actor)).correlate(None)
    return and_(by_customer, or_(table.c.item_key.is_(None), table.c.item_key.in_(scans)))


def next_number(connection: Connection, column: ColumnElement[Any], prefix: str, year: int) -> str:
    """The next number of a year in a column whose rows are never deleted: ``QZ-2026-0001``."""
    # A range, for an index answers it; what stands behind the hyphen in the order of characters ends it.
    given = select(func.count()).where(column >= f"{prefix}-{year}-", column < f"{prefix}-{year}.")
    return f"{prefix}-{year}-{connection.execute(given).scalar_one() + 1:04}"


_ENDED = tuple(sorted(state.value for state in ENDED))
_ORDERS: dict[TitleOrder, tuple[UnaryExpression[Any] | ColumnElement[Any], ...]] = {
    TitleOrder.NUMBER: (table.c.id,),
    TitleOrder.NEWEST: (table.c.id.desc(),),
    TitleOrder.NAME: (table.c.name, table.c.id),
    TitleOrder.RIGHT_HOLDER: (table.c.right_holder, table.c.id),
    TitleOrder.VALUE: (table.c.value.desc().nulls_last(), table.c.id),
}


def _known(actor: Actor | None) -> ColumnElement[bool]:
    return true() if actor is None else title_known_to(actor)


def _fitting(wanted: TitleFilter) -> list[ColumnElement[bool]]:
    exact = {
        table.c.kind_code: wanted.kind_code or None,
        table.c.contract_id: wanted.contract_id,
        table.c.item_key: wanted.item_key,
        table.c.location_id: wanted.location_id,
        table.c.slip_id: wanted.slip_id,
    }
    where: list[ColumnElement[bool]] = [column == value for column, value in exact.items() if value is not None]
    if wanted.customer_ids:
        where.append(table.c.customer_id.in_(sorted(wanted.customer_ids)))
    if wanted.states:
        where.append(table.c.state.in_([state.value for state in wanted.states]))
    if wanted.words:
        told = (table.c.number, table.c.name, table.c.certificate_no, table.c.right_holder)
        where.append(or_(*(column.contains(wanted.words, autoescape=True) for column in told)))
    return where


def facts_columns(facts: TitleFacts) -> dict[str, Any]:
    """What a title document says of itself, by column."""
    return {name: getattr(facts, name) for name in _FACTS}


def facts_in(row: Row[Any]) -> TitleFacts:
    """What the row of a title document, or of a line of a slip, says of it."""
    return TitleFacts(**{name: getattr(row, name) for name in _FACTS})


def _columns(title: TitleDocument) -> dict[str, Any]:
    values = {name: getattr(title, name) for name in TitleDocument.__dataclass_fields__ if name != "facts"}
    return values | facts_columns(title.facts) | {"state": title.state.value}


def _title(row: Row[Any]) -> TitleDocument:
    own = [name for name in TitleDocument.__dataclass_fields__ if name != "facts"]
    values = {name: getattr(row, name) for name in own} | {"state": TitleState(row.state), "facts": facts_in(row)}
    return TitleDocument(**values)


def _movement(row: Row[Any]) -> TitleMovement:
    kinds = {"kind": MovementKind(row.kind), "condition": TitleCondition(row.condition) if row.condition else None}
    return TitleMovement(**dict(row._mapping) | kinds)
