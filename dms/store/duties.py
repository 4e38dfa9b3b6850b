"""What follows from the catalogue as owed: papers that expire, papers that are missing; and what was done.

Invariant: what takes an actor leaves out whatever he may not know of, item by item and customer by customer (I5).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Subquery, and_, case, func, or_, select, true
from sqlalchemy.sql.expression import UnaryExpression
from sqlalchemy.sql.operators import custom_op

from dms.domain.actor import Actor
from dms.domain.customer import CustomerStatus
from dms.domain.item import ItemState
from dms.store.contract_lists import contract_known_to
from dms.store.duty_tables import duty_done as done_table
from dms.store.duty_tables import missing_owed as missing_table
from dms.store.items import visible_to
from dms.store.rights import among, customer_known_to
from dms.store.tables import contract, customer, item


@dataclass(frozen=True, slots=True, kw_only=True)
class Expiring:
    """Which papers that expire; None means that this does not matter."""

    until_on: Mapping[str, date]
    """The last day that counts, by document type; no other types."""
    since_on: date
    customer_id: int | None = None
    departments: frozenset[str] | None = None
    """Those of the customers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiringPaper:
    """The newest paper of its kind that a customer or one of its contracts has, and until when it holds."""

    item_id: str
    type_code: str
    customer_code: str
    customer_name: str
    department: str
    valid_to_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingOwed:
    """What the file of one customer, or one contract, lacked when it was last looked through."""

    customer_id: int
    contract_id: int | None
    """None where the customer file lacks it."""
    department: str
    requirements: tuple[str, ...]
    """Codes of what the checklists ask for."""
    found_on: date
    """When it was first found to lack anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingBatch:
    """What was found missing in one night and falls to one department."""

    department: str
    found_on: date
    papers: int


class Duties:
    """What is owed, and what was done of it. What takes no actor, or None for it, is for the archive's own work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def expiring(self, wanted: Expiring, *, actor: Actor | None = None) -> list[ExpiringPaper]:
        """The newest papers of their kind that end within these days; what ends first leads.

        A paper that a newer one of its kind outlives, for the same customer and contract, is not among them.
        """
        if not wanted.until_on:
            return []
        newest = _newest_of_their_kind(wanted)
        same = and_(
            item.c.customer_id == newest.c.customer_id,
            item.c.type_code == newest.c.type_code,
            item.c.contract_id.is_not_distinct_from(newest.c.contract_id),
            item.c.valid_to_on == newest.c.last_on,
        )
        query = (
            select(func.max(item.c.key), item.c.id, item.c.type_code, item.c.valid_to_on, customer.c.code)
            .add_columns(customer.c.name, customer.c.department)
            .join_from(newest, item, same)
            .join(customer, customer.c.id == item.c.customer_id)
            .where(_is_present(), customer.c.status != CustomerStatus.ENDED.value)
            .where(visible_to(actor) if actor else true())
            .group_by(item.c.customer_id, item.c.type_code, item.c.contract_id)
            .order_by(item.c.valid_to_on, item.c.key)
        )
        return [
            ExpiringPaper(
                item_id=row.id,
                type_code=row.type_code,
                customer_code=row.code,
                customer_name=row.name,
                department=row.department,
                valid_to_on=row.valid_to_on,
            )
            for row in self._connection.execute(query)
        ]

    def missing_batches(
        self, *, found_by_on: date, actor: Actor | None = None, departments: frozenset[str] | None = None
    ) -> list[MissingBatch]:
        """What was found missing on a day or before, as far as the actor may know of customers and contracts."""
        papers = func.sum(func.json_array_length(missing_table.c.requirements))
        query = (
            select(missing_table.c.department, missing_table.c.found_on, papers.label("papers"))
            .join(customer, customer.c.id == missing_table.c.customer_id)
            .outerjoin(contract, contract.c.id == missing_table.c.contract_id)
            .where(missing_table.c.found_on <= found_by_on, _missing_known_to(actor))
            .where(true() if departments is None else among(missing_table.c.department, departments))
            .group_by(missing_table.c.department, missing_table.c.found_on)
            .order_by(missing_table.c.found_on, missing_table.c.department)
        )
        return [MissingBatch(**row._mapping) for row in self._connection.execute(query)]

    def missing_count(self, customer_id: int, *, actor: Actor) -> int:
        """How many papers the file of a customer and its contracts lacked, as far as the actor may know of them."""
        papers = func.coalesce(func.sum(func.json_array_length(missing_table.c.requirements)), 0)
        query = (
            select(papers)
            .join_from(missing_table, customer, customer.c.id == missing_table.c.customer_id)
            .outerjoin(contract, contract.c.id == missing_table.c.contract_id)
            .where(missing_table.c.customer_id == customer_id, _missing_known_to(actor))
        )
        return int(self._connection.execute(query).scalar_one())

    def missing_of(self, customer_ids: Collection[int]) -> list[MissingOwed]:
        """What these customers and their contracts lacked when they were last looked through."""
        query = select(missing_table).where(missing_table.c.customer_id.in_(list(customer_ids)))
        return [_owed(row) for row in self._connection.execute(query)]

    def state_missing(self, customer_ids: Collection[int], owed: Iterable[MissingOwed]) -> None:
        """Replace what is known to be missing of these customers."""
        ids = list(customer_ids)
        self._connection.execute(missing_table.delete().where(missing_table.c.customer_id.in_(ids)))
        rows = [{name: getattr(each, name) for name in MissingOwed.__dataclass_fields__} for each in owed]
        if rows:
            self._connection.execute(missing_table.insert(), rows)

    def forget_missing_besides(self, customer_ids: Collection[int]) -> None:
        """Drop what was found for customers that are not among these any more."""
        kept = set(customer_ids)
        known = set(self._connection.execute(select(missing_table.c.customer_id).distinct()).scalars())
        self.state_missing(known - kept, ())

    def settle(self, subject: str, *, by: str, at: datetime, note: str) -> bool:
        """Say that a duty of the calendar was done; False where it was before."""
        if self.is_settled(subject):
            return False
        self._connection.execute(done_table.insert().values(subject=subject, by=by, done_at=at, note=note))
        return True

    def is_settled(self, subject: str) -> bool:
        """Whether somebody said that this was done."""
        query = select(done_table.c.subject).where(done_table.c.subject == subject)
        return self._connection.execute(query).first() is not None

    def settled(self) -> frozenset[str]:
        """Everything that somebody said was done."""
        return frozenset(self._connection.execute(select(done_table.c.subject)).scalars())


_PRESENT = (ItemState.FILED.value, ItemState.REVIEW.value)


def _newest_of_their_kind(wanted: Expiring) -> Subquery:
    """By customer, type and contract the last day of the paper that holds longest; read from its index alone."""
    kind = (item.c.customer_id, item.c.type_code, item.c.contract_id)
    conditions = [item.c.valid_to_on >= wanted.since_on, item.c.type_code.in_(list(wanted.until_on))]
    if wanted.customer_id is not None:
        conditions.append(item.c.customer_id == wanted.customer_id)
    elif wanted.departments is not None:
        of_department = select(customer.c.id).where(among(customer.c.department, wanted.departments))
        conditions.append(item.c.customer_id.in_(of_department.correlate(None)))
    else:
        conditions.append(item.c.customer_id.is_not(None))
    last_on = func.max(item.c.valid_to_on)
    return (
        select(*kind, last_on.label("last_on"))
        .where(item.c.valid_to_on.is_not(None), _is_present(), *conditions)
        .group_by(*kind)
        .having(last_on <= _limit(wanted.until_on))
        .subquery()
    )


def _is_present() -> ColumnElement[bool]:
    # The plus sign keeps SQLite from the index by state, by which it would go through every filed paper.
    return UnaryExpression(item.c.state, operator=custom_op("+")).in_(_PRESENT)


def _missing_known_to(actor: Actor | None) -> ColumnElement[bool]:
    if actor is None:
        return true()
    of_contract = or_(missing_table.c.contract_id.is_(None), contract_known_to(actor))
    return and_(customer_known_to(actor), of_contract)


def _limit(until_on: Mapping[str, date]) -> ColumnElement[date]:
    return case(*((item.c.type_code == code, day) for code, day in until_on.items()))


def _owed(row: Row[Any]) -> MissingOwed:
    return MissingOwed(
        customer_id=row.customer_id,
        contract_id=row.contract_id,
        department=row.department,
        requirements=tuple(row.requirements),
        found_on=row.found_on,
    )
