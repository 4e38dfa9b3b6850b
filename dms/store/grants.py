"""Access granted to persons, in the catalogue.

Invariant: a grant is added and ended, and nothing else ever happens to it (triggers see to that).
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    Date,
    ForeignKey,
    Integer,
    Row,
    Table,
    Text,
    bindparam,
    or_,
    select,
)

from dms.domain.access import AccessGrant, Granted, GrantedUse
from dms.domain.clock import local_day
from dms.store.engine import inserted_id
from dms.store.tables import Moment, metadata

table = Table(
    "access_grant",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("user_id", ForeignKey("user.id"), nullable=False, index=True),
    Column("customer_id", ForeignKey("customer.id")),
    Column("item_key", ForeignKey("item.key")),
    Column("reason", Text, nullable=False),
    Column("granted_by", Text, nullable=False),
    Column("granted_at", Moment, nullable=False),
    Column("until_on", Date),
    Column("ended_at", Moment),
    Column("uses", Text, nullable=False, server_default=GrantedUse.LOOK.value),
    Column("until_at", Moment),
    CheckConstraint("(customer_id IS NULL) <> (item_key IS NULL)", name="one_thing_is_granted"),
)

_IN_FORCE = (
    table.c.ended_at.is_(None)
    & or_(table.c.until_at.is_(None), table.c.until_at > bindparam("moment"))
    & or_(table.c.until_on.is_(None), table.c.until_on >= bindparam("day"))
)
_OF_USER_IN_FORCE = select(table.c.customer_id, table.c.item_key, table.c.uses).where(
    table.c.user_id == bindparam("of_user"), _IN_FORCE
)


class Grants:
    """The grants, by person."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(  # noqa: PLR0913  # the facts of one grant
        self,
        *,
        user_id: int,
        customer_id: int | None,
        item_key: int | None,
        reason: str,
        granted_by: str,
        granted_at: datetime,
        until_on: date | None,
        uses: GrantedUse = GrantedUse.LOOK,
        until_at: datetime | None = None,
    ) -> AccessGrant:
        """The new grant, of exactly one customer or item."""
        result = self._connection.execute(
            table.insert().values(
                user_id=user_id,
                customer_id=customer_id,
                item_key=item_key,
                reason=reason,
                granted_by=granted_by,
                granted_at=granted_at,
                until_on=until_on,
                uses=uses.value,
                until_at=until_at,
            )
        )
        query = select(table).where(table.c.id == inserted_id(result))
        return _grant(self._connection.execute(query).one())

    def get(self, grant_id: int) -> AccessGrant | None:
        """The grant with this number."""
        row = self._connection.execute(select(table).where(table.c.id == grant_id)).first()
        return _grant(row) if row else None

    def end(self, grant_id: int, *, at: datetime) -> None:
        """End a grant; one that was ended before stays as it is."""
        running = (table.c.id == grant_id) & table.c.ended_at.is_(None)
        self._connection.execute(table.update().where(running).values(ended_at=at))

    def of_user(self, user_id: int) -> list[AccessGrant]:
        """Every grant that a person ever had, the newest first."""
        query = select(table).where(table.c.user_id == user_id).order_by(table.c.id.desc())
        return [_grant(row) for row in self._connection.execute(query)]

    def in_force(self, user_id: int, *, at: datetime) -> Granted:
        """What is granted to a person at this moment."""
        rows = self._connection.execute(_OF_USER_IN_FORCE, {"of_user": user_id, **_on(at)}).all()
        to_take = [row for row in rows if row.uses == GrantedUse.TAKE]
        return Granted(
            customers=frozenset(row.customer_id for row in rows if row.customer_id is not None),
            items=frozenset(row.item_key for row in rows if row.item_key is not None),
            customers_to_take=frozenset(row.customer_id for row in to_take if row.customer_id is not None),
            items_to_take=frozenset(row.item_key for row in to_take if row.item_key is not None),
        )

    def counts_in_force(self, *, at: datetime) -> dict[int, int]:
        """How many grants each person has at this moment, by user id; one without any is absent."""
        counts: dict[int, int] = {}
        for user_id in self._connection.execute(select(table.c.user_id).where(_IN_FORCE), _on(at)).scalars():
            counts[user_id] = counts.get(user_id, 0) + 1
        return counts


def _on(at: datetime) -> dict[str, datetime | date]:
    """What `_IN_FORCE` has to be told."""
    return {"moment": at, "day": local_day(at)}


def _grant(row: Row[Any]) -> AccessGrant:
    return AccessGrant(**dict(row._mapping) | {"uses": GrantedUse(row.uses)})
