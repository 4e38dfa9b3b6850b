"""Volumes in the catalogue."""

from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, select

from dms.domain.actor import Actor
from dms.domain.item import ItemState
from dms.domain.volume import Volume, VolumeState
from dms.store.engine import inserted_id
from dms.store.items import visible_to
from dms.store.tables import item, page
from dms.store.tables import volume as table


class Volumes:
    """Open volumes: one for each customer, series and year in which something lies."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open_for(self, *, customer_id: int, series_code: str, year: int) -> int:
        """The id of the open volume of this customer, series and year, made if there is none."""
        key = {"customer_id": customer_id, "series_code": series_code, "year": year}
        known = self._connection.execute(select(table.c.id).filter_by(**key)).scalar()
        if known is not None:
            return int(known)
        result = self._connection.execute(table.insert().values(**key, state=VolumeState.OPEN.value))
        return inserted_id(result)

    def get(self, volume_id: int, *, actor: Actor) -> Volume:
        """The volume with this id, which must exist, with the counts of what the actor may know of."""
        return _volume(self._connection.execute(_counted(actor).where(table.c.id == volume_id)).one())

    def list(self, *, actor: Actor, customer_id: int | None = None, year: int | None = None) -> list[Volume]:
        """The volumes of one customer or year, or all, by customer, series and year.

        Counts are of what the actor may know of; a volume in which nothing of that lies is left out.
        """
        query = _counted(actor).order_by(table.c.customer_id, table.c.series_code, table.c.year)
        query = query.having(func.count(item.c.key) > 0)
        if customer_id is not None:
            query = query.where(table.c.customer_id == customer_id)
        if year is not None:
            query = query.where(table.c.year == year)
        return [_volume(row) for row in self._connection.execute(query)]


def _counted(actor: Actor) -> Select[Any]:
    lies_in = and_(item.c.volume_id == table.c.id, item.c.state == ItemState.FILED, visible_to(actor))
    written = (
        select(func.count())
        .select_from(page.join(item, item.c.key == page.c.item_key))
        .where(lies_in, page.c.blank.is_(False))
        .correlate(table)
        .scalar_subquery()
    )
    items = func.count(item.c.key)
    joined = table.outerjoin(item, lies_in)
    return select(table, items.label("items"), written.label("pages")).select_from(joined).group_by(table.c.id)


def _volume(row: Row[Any]) -> Volume:
    return Volume(
        id=row.id,
        customer_id=row.customer_id,
        series_code=row.series_code,
        year=row.year,
        state=VolumeState(row.state),
        item_count=row.items,
        page_count=row.pages,
    )
