"""Who may do what with papers, as conditions of queries, made from the reach that `dms.domain.policy` states (C8-17).

Invariants:
- Everything that is not stated bars: a person with departments sees the customers of the whole company, those of these
  departments, those granted to him, and papers that belong to no customer yet.
- Whoever may see a paper may know of its customer.
"""

import json
from collections.abc import Collection
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, false, func, not_, or_, select, true

from dms.domain.actor import Actor
from dms.domain.item import ItemState
from dms.domain.policy import Reach, Use, reach
from dms.store.tables import customer, item

REACHES_KEPT = 256
"""A condition is made once for everybody whose rights are the same; it says the same for ever."""


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The condition that an item may be known to the actor at all; part of every query made for a person (I5)."""
    return within_reach(actor, Use.KNOW)


def within_reach(actor: Actor, use: Use) -> ColumnElement[bool]:
    """The condition that the actor may use an item so, as far as the item itself tells; holds are asked beside it."""
    known = in_reach(reach(actor, Use.KNOW))
    return known if use is Use.KNOW else and_(known, in_reach(reach(actor, use)))


def restricted_customers(connection: Connection, actor: Actor) -> frozenset[int]:
    """The ids of the customers whose papers are barred to the actor by department; empty where none are.

    Single papers may be granted to him all the same (`Actor.granted_items`).
    """
    if actor.departments is None:
        return frozenset()
    barred = select(customer.c.id).where(not_(_is_open(reach(actor, Use.KNOW))))
    return frozenset(connection.execute(barred).scalars())


def of_open_customer(customer_id: ColumnElement[Any], actor: Actor) -> ColumnElement[bool]:
    """The condition that a column names no customer, or one whose papers are not barred by department."""
    return of_customer_within(customer_id, reach(actor, Use.KNOW))


def customer_known_to(actor: Actor) -> ColumnElement[bool]:
    """The condition that a customer may be known to the actor: its papers are open to him, or one is granted."""
    within = reach(actor, Use.KNOW)
    if not within.items or actor.departments is None:
        return _is_open(within)
    granted = exists().where(item.c.customer_id == customer.c.id, among(item.c.key, within.items), _usable(within))
    return or_(_is_open(within), granted.correlate(customer))


def among(column: ColumnElement[Any], values: Collection[int | str]) -> ColumnElement[bool]:
    """The condition that a column is one of the values, however many there are."""
    return column.in_(_listed(values))


@lru_cache(maxsize=REACHES_KEPT)
def in_reach(within: Reach) -> ColumnElement[bool]:
    """The condition that an item is within a reach."""
    if within.is_empty:
        return false()
    by_rank = and_(item.c.grade >= within.clearance, of_customer_within(item.c.customer_id, within))
    reached = or_(by_rank, among(item.c.key, within.items)) if within.items else by_rank
    return and_(reached, _usable(within))


def _usable(within: Reach) -> ColumnElement[bool]:
    """The part that no grant opens: the state of a paper, and whether it is kept in store only."""
    conditions: list[ColumnElement[bool]] = []
    left_out = [state.value for state in ItemState if state not in within.states]
    if left_out:
        conditions.append(item.c.state.not_in(left_out))
    if not within.storage_only:
        conditions.append(item.c.storage_only.is_(False))
    return and_(true(), *conditions)


def of_customer_within(customer_id: ColumnElement[Any], within: Reach) -> ColumnElement[bool]:
    """The condition that a column names no customer, or one within a reach."""
    if within.by_department and within.departments is None:
        return true()
    # Uncorrelated, or a statement that names customers itself would lend this one its own.
    open_ids = select(customer.c.id).where(_is_open(within)).correlate(None)
    of_open = customer_id.in_(open_ids)
    return or_(customer_id.is_(None), of_open) if within.by_department else of_open


def _is_open(within: Reach) -> ColumnElement[bool]:
    granted = among(customer.c.id, within.customers)
    if not within.by_department:
        return granted if within.customers else false()
    if within.departments is None:
        return true()
    return or_(customer.c.department == "", among(customer.c.department, within.departments), granted)


def _listed(values: Collection[int | str]) -> Select[Any]:
    # As one JSON text, for a statement takes a bounded number of single values.
    as_text = json.dumps(sorted(values, key=str), ensure_ascii=False)
    return select(func.json_each(as_text).table_valued("value").c.value).correlate(None)
