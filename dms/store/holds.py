"""The register of holds, and what each of them covers.

Invariants:
- A hold covers what it was placed on as it stands now, and besides it whatever lay there while it was in force.
- Holds are added and released, nothing else (triggers hold this).
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, column, func, or_, select
from sqlalchemy import table as named

from dms.domain.actor import Actor
from dms.domain.hold import Hold, HoldRelease, HoldTarget, NewHold
from dms.store.contract_lists import contract_known_to
from dms.store.disputes import dispute_known_to
from dms.store.engine import inserted_id
from dms.store.items import visible_to
from dms.store.keeping_tables import dispute
from dms.store.keeping_tables import hold as table
from dms.store.rights import among, customer_known_to
from dms.store.tables import contract, customer, item, volume
from dms.store.volumes import known_to

reach = named("hold_reach", column("hold_id"), column("kind"), column("subject_id"))
"""A view of the catalogue: what the holds in force cover, by kind (`_BY_KIND`) and number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldFilter:
    """Which holds are asked for; what is None does not matter."""

    hold_id: int | None = None
    in_force: bool | None = None
    target: HoldTarget | None = None
    subject_id: int | None = None


class Holds:
    """Holds, by id; for the archive's own work: what a person may know of is asked of the subject."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, stated: NewHold) -> Hold:
        """The new hold, in force."""
        values = {name: getattr(stated, name) for name in NewHold.__dataclass_fields__}
        result = self._connection.execute(table.insert().values(**values | {"target": stated.target.value}))
        return self.get(inserted_id(result))

    def release(self, hold_id: int, release: HoldRelease) -> None:
        """End a hold that is in force; one that is not stays as it is."""
        running = and_(table.c.id == hold_id, table.c.released_at.is_(None))
        values = {
            "released_by": release.released_by,
            "released_at": release.released_at,
            "release_reason": release.reason,
            "release_authority": release.authority,
        }
        self._connection.execute(table.update().where(running).values(**values))

    def get(self, hold_id: int) -> Hold:
        """The hold with this id, which must exist."""
        return _hold(self._connection.execute(select(table).where(table.c.id == hold_id)).one())

    def find(self, hold_id: int) -> Hold | None:
        """The hold with this id, if there is one."""
        row = self._connection.execute(select(table).where(table.c.id == hold_id)).first()
        return _hold(row) if row else None

    def covering(self, item_key: int) -> tuple[Hold, ...]:
        """The holds in force that cover an item, the oldest first; empty where it is free."""
        query = (
            select(table)
            .where(table.c.id.in_(select(reach.c.hold_id).select_from(item).where(item.c.key == item_key, _MET)))
            .order_by(table.c.id)
        )
        return tuple(_hold(row) for row in self._connection.execute(query))

    def held_among(self, item_keys: Collection[int]) -> frozenset[int]:
        """Those of these items that lie under any hold in force."""
        query = select(item.c.key).where(among(item.c.key, item_keys), is_held())
        return frozenset(self._connection.execute(query).scalars())

    def on_volume(self, volume_id: int) -> tuple[Hold, ...]:
        """The holds in force on a volume, or on any paper in it, the oldest first."""
        of_papers = select(reach.c.hold_id).select_from(item).where(item.c.volume_id == volume_id, _MET)
        on_it = and_(table.c.target == HoldTarget.VOLUME.value, table.c.subject_id == volume_id)
        query = select(table).where(table.c.released_at.is_(None), or_(on_it, table.c.id.in_(of_papers)))
        return tuple(_hold(row) for row in self._connection.execute(query.order_by(table.c.id)))

    def on(self, target: HoldTarget, subject_id: int) -> tuple[Hold, ...]:
        """Every hold that was ever placed on exactly this, the newest first."""
        exact = and_(table.c.target == target.value, table.c.subject_id == subject_id)
        query = select(table).where(exact).order_by(table.c.id.desc())
        return tuple(_hold(row) for row in self._connection.execute(query))

    def list(
        self,
        wanted: HoldFilter | None = None,
        *,
        actor: Actor | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> tuple[int, tuple[Hold, ...]]:
        """How many holds fit, and one page of them, the newest first.

        With an actor only those on what he may know of (I5); None for the archive's own work.
        """
        where = [*_conditions(wanted or HoldFilter()), *([] if actor is None else [hold_known_to(actor)])]
        total = self._connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one()
        query = select(table).where(*where).order_by(table.c.id.desc()).limit(limit).offset(offset)
        return total, tuple(_hold(row) for row in self._connection.execute(query))

    def covered_count(self, hold_id: int, *, actor: Actor | None = None) -> int:
        """How many items lie under a hold now, as far as the actor may know of them; 0 for one that was released."""
        seen = [] if actor is None else [visible_to(actor)]
        query = select(func.count()).select_from(item).where(is_held(hold_id=hold_id), *seen)
        return self._connection.execute(query).scalar_one()


def is_held(*, hold_id: int | None = None) -> ColumnElement[bool]:
    """The condition that a row of `item` lies under a hold in force, or under this one; never NULL."""

    def subjects(kind: str) -> Select[Any]:
        exact = [reach.c.hold_id == hold_id] if hold_id is not None else []
        return select(reach.c.subject_id).where(reach.c.kind == kind, *exact).correlate(None)

    return or_(*(and_(of.is_not(None), of.in_(subjects(kind))) for kind, of in _BY_KIND.items()))


_BY_KIND: dict[str, ColumnElement[Any]] = {
    "item": item.c.key,
    "contract": item.c.contract_id,
    "customer": item.c.customer_id,
    "volume": item.c.volume_id,
}
"""What a paper is asked for: itself, and what it belongs to."""


_MET = or_(*(and_(reach.c.kind == kind, reach.c.subject_id == of) for kind, of in _BY_KIND.items()))


def hold_known_to(actor: Actor) -> ColumnElement[bool]:
    """The condition that the actor may know of what a hold was placed on."""
    known = {
        HoldTarget.ITEM: select(item.c.key).where(item.c.key == table.c.subject_id, visible_to(actor)),
        HoldTarget.CONTRACT: select(contract.c.id).where(contract.c.id == table.c.subject_id, contract_known_to(actor)),
        HoldTarget.CUSTOMER: select(customer.c.id).where(customer.c.id == table.c.subject_id, customer_known_to(actor)),
        HoldTarget.VOLUME: select(volume.c.id).where(volume.c.id == table.c.subject_id, known_to(actor)),
        HoldTarget.DISPUTE: select(dispute.c.id).where(dispute.c.id == table.c.subject_id, dispute_known_to(actor)),
    }
    return or_(
        *(and_(table.c.target == target.value, query.correlate(table).exists()) for target, query in known.items())
    )


def _conditions(wanted: HoldFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.in_force is not None:
        conditions.append(table.c.released_at.is_(None) if wanted.in_force else table.c.released_at.is_not(None))
    if wanted.hold_id is not None:
        conditions.append(table.c.id == wanted.hold_id)
    if wanted.target is not None:
        conditions.append(table.c.target == wanted.target.value)
    if wanted.subject_id is not None:
        conditions.append(table.c.subject_id == wanted.subject_id)
    return conditions


def _hold(row: Row[Any]) -> Hold:
    release = None
    if row.released_at is not None:
        release = HoldRelease(
            reason=row.release_reason,
            authority=row.release_authority,
            released_by=row.released_by,
            released_at=row.released_at,
        )
    values = {name: getattr(row, name) for name in NewHold.__dataclass_fields__}
    return Hold(id=row.id, release=release, **values | {"target": HoldTarget(row.target)})
