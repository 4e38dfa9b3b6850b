"""The days on which terms end, as last computed; lists of what is due, and what appraisals extended.

Invariants:
- What is listed or counted for a person goes through `visible_to`.
- A day that moved leaves its former one, with the reason (triggers hold this).
"""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, not_, select

from dms.domain.actor import Actor
from dms.domain.due_day import DueBasis, DueChange, DueDay, DueReason, DueState, TermExtension
from dms.domain.item import ItemState
from dms.store.holds import is_held
from dms.store.items import visible_to
from dms.store.keeping_tables import due_change, due_stale, term_extension
from dms.store.keeping_tables import due_date as table
from dms.store.rights import among
from dms.store.tables import contract, customer, item, volume


@dataclass(frozen=True, slots=True, kw_only=True)
class DueFilter:
    """Which due papers are asked for; what is None or empty does not matter."""

    customer_id: int | None = None
    series_code: str = ""
    volume_id: int | None = None
    rule_code: str = ""
    held: bool | None = None
    """True for those under hold alone, False for those free of holds."""
    item_keys: Collection[int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePaper:
    """A paper whose term ended, as lists show it."""

    item_key: int
    item_id: str
    title: str
    reference_code: str | None
    customer_id: int | None
    customer_code: str
    customer_name: str
    contract_no: str
    volume_id: int | None
    volume_code: str
    """档号 of the volume; empty while it lies loose."""
    series_code: str
    year: int | None
    type_code: str
    doc_on: date | None
    grade: int
    pages: int
    sheets: int | None
    copy_kind: str
    medium: str
    rule_code: str
    basis_on: date | None
    due_on: date
    held: bool
    """Whether any hold lies on it: it is due, and may not be destroyed."""


class DueDates:
    """Due days by item; how they are computed stands in `dms.store.due_computing`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, item_key: int) -> DueDay | None:
        """The day of an item as last computed; None for one that is not filed, or not computed yet."""
        row = self._connection.execute(select(table).where(table.c.item_key == item_key)).first()
        return due_day_in(row) if row else None

    def of_items(self, item_keys: Collection[int]) -> dict[int, DueDay]:
        """The days of these items by key; one without any is absent."""
        query = select(table).where(among(table.c.item_key, item_keys))
        return {row.item_key: due_day_in(row) for row in self._connection.execute(query)}

    def due_by(
        self,
        on: date,
        *,
        actor: Actor | None,
        wanted: DueFilter | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> tuple[int, list[DuePaper]]:
        """How many papers' terms have ended by this day, and one page of them, the longest due first.

        A term ends with its last day: what is kept until 31 December 2034 is due from 1 January 2035 on. `actor` is
        None for the archive's own work. Destroyed papers are never among them.
        """
        where = _due(on, wanted or DueFilter(), actor)
        joined = table.join(item, item.c.key == table.c.item_key)
        total = self._connection.execute(select(func.count()).select_from(joined).where(*where)).scalar_one()
        return total, list(self._papers(_listed(where).limit(limit).offset(offset)))

    def count_due(self, on: date, *, actor: Actor | None, at_most: int | None = None) -> int:
        """How many papers' terms have ended by this day; `at_most` where more need not be counted."""
        joined = table.join(item, item.c.key == table.c.item_key)
        due = select(table.c.item_key).select_from(joined).where(*_due(on, DueFilter(), actor)).limit(at_most)
        return self._connection.execute(select(func.count()).select_from(due.subquery())).scalar_one()

    def keys_due(self, on: date, *, wanted: DueFilter | None = None) -> tuple[int, ...]:
        """The keys of everything due by this day, the longest due first; for the archive's own work."""
        joined = table.join(item, item.c.key == table.c.item_key)
        where = _due(on, wanted or DueFilter(), None)
        query = select(table.c.item_key).select_from(joined).where(*where).order_by(table.c.due_on, table.c.item_key)
        return tuple(self._connection.execute(query).scalars())

    def history(self, item_key: int) -> list[DueChange]:
        """How the day of an item moved, the oldest move first."""
        query = select(due_change).where(due_change.c.item_key == item_key).order_by(due_change.c.id)
        return [_change(row) for row in self._connection.execute(query)]

    def note_changes(self, changes: Iterable[DueChange]) -> None:
        """Keep how due days moved."""
        told: dict[DueDay, str] = {}  # a million moves lead from few days to few others

        def telling(day: DueDay) -> str:
            return told.get(day) or told.setdefault(day, json.dumps(_telling(day)))

        rows = [
            (each.item_key, _moment(each.changed_at), each.reason.value, telling(each.before), telling(each.after))
            for each in changes
        ]
        if rows:
            self._connection.exec_driver_sql(
                "INSERT INTO due_change (item_key, changed_at, reason, before, after) VALUES (?, ?, ?, ?, ?)", rows
            )

    def extend(self, extensions: Iterable[TermExtension]) -> None:
        """Keep what appraisals decided; their days count from the next computation on."""
        rows = [
            {name: getattr(each, name) for name in TermExtension.__dataclass_fields__}
            | {"for_ever": each.until_on is None}
            for each in extensions
        ]
        if rows:
            self._connection.execute(term_extension.insert(), rows)

    def extensions_of(self, item_key: int) -> list[TermExtension]:
        """What appraisals decided about an item, the oldest first."""
        query = select(term_extension).where(term_extension.c.item_key == item_key).order_by(term_extension.c.id)
        names = TermExtension.__dataclass_fields__
        return [
            TermExtension(**{name: getattr(row, name) for name in names}) for row in self._connection.execute(query)
        ]

    def stale_count(self) -> int:
        """How many changes of facts have not been brought into the due days yet."""
        return self._connection.execute(select(func.count()).select_from(due_stale)).scalar_one()

    def is_stale(self) -> bool:
        """Whether any fact has changed since the due days were computed."""
        return self._connection.execute(select(due_stale.c.kind).limit(1)).first() is not None

    def _papers(self, query: Select[Any]) -> Iterator[DuePaper]:
        names = DuePaper.__dataclass_fields__
        for row in self._connection.execute(query):
            yield DuePaper(**{name: getattr(row, name) for name in names})


def due_day_in(row: Row[Any]) -> DueDay:
    """The day that a row of ``due_date`` keeps."""
    return DueDay(
        state=DueState(row.state),
        due_on=row.due_on,
        rule_code=row.rule_code,
        rule_version=row.rule_version,
        basis=DueBasis(row.basis),
        basis_on=row.basis_on,
    )


def _moment(at: datetime) -> str:
    """A moment as `Moment` writes it."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _telling(day: DueDay) -> dict[str, Any]:
    return {
        "state": day.state.value,
        "due_on": day.due_on.isoformat() if day.due_on else None,
        "rule_code": day.rule_code,
        "rule_version": day.rule_version,
        "basis": day.basis.value,
        "basis_on": day.basis_on.isoformat() if day.basis_on else None,
    }


def _change(row: Row[Any]) -> DueChange:
    changed_at: datetime = row.changed_at
    return DueChange(
        item_key=row.item_key,
        changed_at=changed_at,
        reason=DueReason(row.reason),
        before=_told(row.before),
        after=_told(row.after),
    )


def _told(told: dict[str, Any]) -> DueDay:
    due_on, basis_on = told["due_on"], told["basis_on"]
    return DueDay(
        state=DueState(told["state"]),
        due_on=date.fromisoformat(due_on) if due_on else None,
        rule_code=told["rule_code"],
        rule_version=told["rule_version"],
        basis=DueBasis(told["basis"]),
        basis_on=date.fromisoformat(basis_on) if basis_on else None,
    )


def _due(on: date, wanted: DueFilter, actor: Actor | None) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [table.c.due_on < on, item.c.state != ItemState.DESTROYED.value]
    exact: dict[ColumnElement[Any], int | str | None] = {
        item.c.customer_id: wanted.customer_id,
        item.c.volume_id: wanted.volume_id,
        item.c.series_code: wanted.series_code or None,
        table.c.rule_code: wanted.rule_code or None,
    }
    conditions += [column == value for column, value in exact.items() if value is not None]
    if wanted.held is not None:
        conditions.append(is_held() if wanted.held else not_(is_held()))
    if wanted.item_keys is not None:
        conditions.append(among(table.c.item_key, wanted.item_keys))
    if actor is not None:
        conditions.append(visible_to(actor))
    return conditions


def _listed(where: list[ColumnElement[bool]]) -> Select[Any]:
    joined = (
        table.join(item, item.c.key == table.c.item_key)
        .outerjoin(customer, customer.c.id == item.c.customer_id)
        .outerjoin(contract, contract.c.id == item.c.contract_id)
        .outerjoin(volume, volume.c.id == item.c.volume_id)
    )
    columns = (
        table.c.item_key, item.c.id.label("item_id"), _title().label("title"), item.c.reference_code,
        item.c.customer_id, func.coalesce(customer.c.code, "").label("customer_code"),
        func.coalesce(customer.c.name, "").label("customer_name"),
        func.coalesce(contract.c.number, item.c.claimed_contract_no).label("contract_no"), item.c.volume_id,
        func.coalesce(volume.c.reference_code, "").label("volume_code"),
        func.coalesce(item.c.series_code, "").label("series_code"), item.c.year,
        func.coalesce(item.c.type_code, "").label("type_code"), item.c.doc_on, item.c.grade,
        func.coalesce(item.c.pages_total, 0).label("pages"), item.c.sheets, item.c.copy_kind, item.c.medium,
        table.c.rule_code, table.c.basis_on, table.c.due_on, is_held().label("held"),
    )  # fmt: skip  # as `DuePaper` names them
    return select(*columns).select_from(joined).where(*where).order_by(table.c.due_on, table.c.item_key)


def _title() -> ColumnElement[str]:
    return func.coalesce(func.nullif(item.c.title, ""), item.c.original_filename)
