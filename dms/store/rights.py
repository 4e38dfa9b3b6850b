"""Whose papers a person may see, as conditions: by the department of the customer, or because it was granted (C8-17).

Invariants:
- Everything that is not stated bars: a person with departments sees the customers of the whole company, those of these
  departments, those granted to him, and papers that belong to no customer yet.
- Whoever may see a paper may know of its customer.
"""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, func, not_, or_, select, true

from dms.domain.actor import Actor
from dms.store.tables import customer, item


def restricted_customers(connection: Connection, actor: Actor) -> frozenset[int]:
    """The ids of the customers whose papers are barred to the actor by department; empty where none are.

    Single papers may be granted to him all the same (`Actor.granted_items`).
    """
    if actor.departments is None:
        return frozenset()
    return frozenset(connection.execute(select(customer.c.id).where(not_(_is_open(actor)))).scalars())


def of_open_customer(customer_id: ColumnElement[Any], actor: Actor) -> ColumnElement[bool]:
    """The condition that a column names no customer, or one whose papers are not barred by department."""
    if actor.departments is None:
        return true()
    # Uncorrelated, or a statement that names customers itself would lend this one its own.
    open_ids = select(customer.c.id).where(_is_open(actor)).correlate(None)
    return or_(customer_id.is_(None), customer_id.in_(open_ids))


def customer_known_to(actor: Actor) -> ColumnElement[bool]:
    """The condition that a customer may be known to the actor: its papers are open to him, or one is granted."""
    if actor.departments is None:
        return true()
    granted = exists().where(item.c.customer_id == customer.c.id, among(item.c.key, actor.granted_items))
    return or_(_is_open(actor), granted.correlate(customer)) if actor.granted_items else _is_open(actor)


def among(column: ColumnElement[Any], values: Collection[int | str]) -> ColumnElement[bool]:
    """The condition that a column is one of the values, however many there are."""
    return column.in_(_listed(values))


def _is_open(actor: Actor) -> ColumnElement[bool]:
    departments = actor.departments or frozenset()
    return or_(
        customer.c.department == "",
        among(customer.c.department, departments),
        among(customer.c.id, actor.granted_customers),
    )


def _listed(values: Collection[int | str]) -> Select[Any]:
    # As one JSON text, for a statement takes a bounded number of single values.
    as_text = json.dumps(sorted(values, key=str), ensure_ascii=False)
    return select(func.json_each(as_text).table_valued("value").c.value).correlate(None)
