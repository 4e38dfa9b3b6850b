"""How many papers there are, without going through them: counts that triggers keep, summed up for one person (I5).

Papers that are granted one by one are few, and looked at themselves.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, false, func, not_, select

from dms.domain.actor import Actor
from dms.domain.item import ItemState
from dms.domain.policy import Reach, Use, reach
from dms.store.report_tables import held_count as table
from dms.store.rights import among, of_customer_within, visible_to
from dms.store.tables import item, page


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldCount:
    """How much is in one state."""

    items: int
    pages: int
    """Those that bear writing."""


_LOOKED_BACK = 20_000
"""Papers; beyond them nothing is new, and whoever sees few of them would have all of them gone through."""
_NONE = HeldCount(items=0, pages=0)


class HeldCounts:
    """Counts by state."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_state(self, *, actor: Actor) -> dict[ItemState, HeldCount]:
        """How much there is in each state that the actor may know of."""
        found = self._kept(actor)
        for state, more in self._granted(actor).items():
            known = found.get(state, _NONE)
            found[state] = HeldCount(items=known.items + more.items, pages=known.pages + more.pages)
        return {state: found.get(state, _NONE) for state in ItemState}

    def items_up_to(self, most: int, *, actor: Actor, state: ItemState) -> int:
        """How many papers in one state the actor may know of, where they are fewer than `most`; else `most`."""
        kept: int = self._connection.execute(_counts(reach(actor, Use.KNOW), state), {"most": most}).scalar_one()
        granted = self._granted(actor).get(state, _NONE).items if kept < most else 0
        return min(most, kept + granted)

    def latest_arrivals(self, *, actor: Actor, limit: int) -> tuple[int, ...]:
        """The keys of what came in last that the actor may know of, the latest first, among the latest of all."""
        newest = self._connection.execute(select(func.coalesce(func.max(item.c.key), 0))).scalar_one()
        query = select(item.c.key).where(item.c.key > newest - _LOOKED_BACK, visible_to(actor))
        return tuple(self._connection.execute(query.order_by(item.c.key.desc()).limit(limit)).scalars())

    def _kept(self, actor: Actor) -> dict[ItemState, HeldCount]:
        rows = self._connection.execute(_sums(reach(actor, Use.KNOW)))
        return {ItemState(row[0]): HeldCount(items=row[1], pages=row[2]) for row in rows}

    def _granted(self, actor: Actor) -> dict[ItemState, HeldCount]:
        """What the actor may know of by grants of single papers alone."""
        granted = reach(actor, Use.KNOW).items
        if not granted:
            return {}
        alone = replace(actor, granted_items=frozenset(), items_to_take=frozenset())
        written = select(func.count()).where(page.c.item_key == item.c.key, page.c.blank.is_(False))
        query = (
            select(item.c.state, func.count(), func.sum(written.correlate(item).scalar_subquery()))
            .where(among(item.c.key, granted), visible_to(actor), not_(visible_to(alone)))
            .group_by(item.c.state)
        )
        rows: list[Any] = list(self._connection.execute(query))
        return {ItemState(row[0]): HeldCount(items=row[1], pages=row[2]) for row in rows}


@lru_cache(maxsize=256)
def _counts(within: Reach, state: ItemState) -> Select[Any]:
    """As many papers as the first counts give that are within a reach; every page of the application asks."""
    counts = select(table.c["items"]).where(*_within(within, (state,)), table.c["items"] > 0)
    return select(func.coalesce(func.sum(counts.limit(bindparam("most")).subquery().c["items"]), 0))


@lru_cache(maxsize=256)
def _sums(within: Reach) -> Select[Any]:
    """Papers and pages by state, of what is within a reach."""
    sums = select(table.c.state, func.sum(table.c["items"]), func.sum(table.c["pages"]))
    return sums.where(*_within(within, tuple(ItemState))).group_by(table.c.state)


def _within(within: Reach, states: Collection[ItemState]) -> list[ColumnElement[bool]]:
    if within.is_empty or not within.by_department:
        return [false()]
    customer_id = func.nullif(table.c.customer_id, 0)
    conditions = [
        table.c.grade >= within.clearance,
        table.c.state.in_([state.value for state in within.states if state in states]),
        of_customer_within(customer_id, within),
    ]
    return conditions if within.storage_only else [*conditions, table.c.storage_only.is_(False)]
