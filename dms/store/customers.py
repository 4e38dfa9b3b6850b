"""Customers in the catalogue."""

import json
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select

from dms.domain.actor import Actor
from dms.domain.customer import (
    Contact,
    Customer,
    CustomerFacts,
    CustomerGrade,
    CustomerNature,
    CustomerStatus,
    FormerName,
    Side,
    VolumeAxis,
)
from dms.store.engine import inserted_id
from dms.store.rights import customer_known_to
from dms.store.tables import customer as table


class Customers:
    """The customers, found by id, code, credit code or name.

    Only what takes an actor asks who may know of them; everything else is for the archive's own work, or for a
    customer that was come to through one of its papers.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, facts: CustomerFacts, *, at: datetime) -> Customer:
        """The new customer; the caller has checked that code and credit code are free."""
        values = _columns(facts) | {"created_at": at}
        result = self._connection.execute(table.insert().values(**values))
        return Customer(id=inserted_id(result), facts=facts, created_at=at)

    def change(self, customer_id: int, facts: CustomerFacts) -> None:
        """Replace what is stated about a customer."""
        self._connection.execute(table.update().where(table.c.id == customer_id).values(**_columns(facts)))

    def merge(self, customer_id: int, *, into_id: int) -> None:
        """Say that a customer turned out to be another one; both codes stay, nothing is renumbered."""
        values = {"merged_into_id": into_id}
        self._connection.execute(table.update().where(table.c.id == customer_id).values(**values))

    def merged(self) -> dict[int, int]:
        """Into which customer each one was merged that does not stand for itself any more, by id."""
        query = select(table.c.id, table.c.merged_into_id).where(table.c.merged_into_id.is_not(None))
        return {row.id: row.merged_into_id for row in self._connection.execute(query)}

    def ids_of(self, customer_id: int) -> frozenset[int]:
        """The ids that papers of a customer may bear: its own, and of each that was merged into it, in any steps."""
        heirs, ids = self.merged(), {customer_id}
        while more := {merged for merged, heir in heirs.items() if heir in ids} - ids:
            ids |= more
        return frozenset(ids)

    def heir(self, customer: Customer) -> Customer:
        """The customer that this one was merged into, at the end of all mergers; itself if it stands for itself."""
        seen = {customer.id}
        while customer.merged_into_id is not None and customer.merged_into_id not in seen:
            customer = self.get(customer.merged_into_id)
            seen.add(customer.id)
        return customer

    def get(self, customer_id: int) -> Customer:
        """The customer with this id, which must exist."""
        return _customer(self._connection.execute(select(table).where(table.c.id == customer_id)).one())

    def with_code(self, code: str) -> Customer | None:
        """The customer with this code, upper and lower case alike."""
        return self._first(table.c.code == code) or self._first(func.upper(table.c.code) == code.upper())

    def known_with_code(self, code: str, *, actor: Actor) -> Customer | None:
        """The customer with this code, upper and lower case alike, if the actor may know of it."""
        return self._first(and_(func.upper(table.c.code) == code.upper(), customer_known_to(actor)))

    def is_known(self, customer_id: int, *, actor: Actor) -> bool:
        """Whether the actor may know of this customer."""
        return self._first(and_(table.c.id == customer_id, customer_known_to(actor))) is not None

    def with_uscc(self, uscc: str) -> Customer | None:
        """The customer with this credit code."""
        return self._first(table.c.uscc == uscc)

    def with_name(self, name: str) -> Customer | None:
        """The customer that bears this name now."""
        return self._first(table.c.name == name)

    def with_ids(self, ids: Collection[int]) -> dict[int, Customer]:
        """The customers with these ids, by id."""
        # As one JSON text, for a statement takes a bounded number of single values.
        wanted = select(func.json_each(json.dumps(sorted(ids))).table_valued("value").c.value)
        rows = self._connection.execute(select(table).where(table.c.id.in_(wanted)))
        return {row.id: _customer(row) for row in rows}

    def all(self) -> list[Customer]:
        """Every customer, by code."""
        return [_customer(row) for row in self._connection.execute(select(table).order_by(table.c.code))]

    def matching(self, words: str, *, actor: Actor, limit: int, offset: int = 0) -> tuple[int, list[Customer]]:
        """How many customers contain `words` in code, name, former name or credit code, and one page of them.

        Only customers count that the actor may know of.
        """
        where = and_(_contains(words) if words else table.c.id > 0, customer_known_to(actor))
        total = self._connection.execute(select(func.count()).where(where)).scalar_one()
        rows = self._connection.execute(select(table).where(where).order_by(table.c.code).limit(limit).offset(offset))
        return total, [_customer(row) for row in rows]

    def departments(self, *, actor: Actor) -> list[str]:
        """The departments that customers the actor may know of belong to, by name."""
        query = select(table.c.department).where(table.c.department != "", customer_known_to(actor)).distinct()
        return sorted(self._connection.execute(query).scalars())

    def next_code(self) -> str:
        """A code that nobody bears yet, in the form ``C0123``."""
        number = self._connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one() + 1
        while self.with_code(f"C{number:04d}"):
            number += 1
        return f"C{number:04d}"

    def _first(self, condition: ColumnElement[bool]) -> Customer | None:
        row = self._connection.execute(select(table).where(condition)).first()
        return _customer(row) if row else None


def _contains(words: str) -> ColumnElement[bool]:
    pattern = f"%{_escaped(words)}%"
    former = func.json_each(table.c.former_names).table_valued("value")
    former_name = func.json_extract(former.c.value, "$.name")
    formerly = select(former.c.value).where(former_name.like(pattern, escape="\\")).exists()
    searched = (table.c.code, table.c.name, table.c.uscc)
    return or_(formerly, *(column.like(pattern, escape="\\") for column in searched))


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _columns(facts: CustomerFacts) -> dict[str, Any]:
    return {
        "code": facts.code,
        "name": facts.name,
        "former_names": [
            {"name": former.name, "until_on": former.until_on.isoformat() if former.until_on else None}
            for former in facts.former_names
        ],
        "uscc": facts.uscc,
        "sides": sorted(facts.sides),
        "grade": facts.grade.value,
        "department": facts.department,
        "status": facts.status.value,
        "nature": facts.nature.value,
        "volume_axis": facts.volume_axis.value,
        "particulars": _particulars(facts),
    }


_PLAIN = (
    "legal_representative", "address", "postcode", "phone", "fax", "registered_capital", "scale", "scope", "industry",
    "custodian", "second_contact", "risk_reason",
)  # fmt: skip  # the texts of a customer card that nothing is asked by


def _particulars(facts: CustomerFacts) -> dict[str, Any]:
    stated = {name: text for name in _PLAIN if (text := getattr(facts, name))}
    contacts = [{"name": each.name, "phone": each.phone, "role": each.role} for each in facts.contacts]
    return stated | ({"contacts": contacts} if contacts else {})


def _customer(row: Row[Any]) -> Customer:
    former = tuple(
        FormerName(entry["name"], date.fromisoformat(entry["until_on"]) if entry["until_on"] else None)
        for entry in row.former_names
    )
    facts = CustomerFacts(
        code=row.code,
        name=row.name,
        former_names=former,
        uscc=row.uscc,
        sides=frozenset(Side(side) for side in row.sides),
        grade=CustomerGrade(row.grade),
        department=row.department,
        status=CustomerStatus(row.status),
        nature=CustomerNature(row.nature),
        volume_axis=VolumeAxis(row.volume_axis),
        contacts=tuple(Contact(**each) for each in row.particulars.get("contacts", ())),
        **{name: row.particulars.get(name, "") for name in _PLAIN},
    )
    return Customer(id=row.id, facts=facts, created_at=row.created_at, merged_into_id=row.merged_into_id)
