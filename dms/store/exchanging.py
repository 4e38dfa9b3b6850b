"""Items entered and taken out whole: for moving an archive, where nothing happens to a paper but a change of house."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, func, select

from dms.domain.item import Arrival, Item, Placement, Rendition, RenditionRole
from dms.store.classifications import classification_columns
from dms.store.items import Items
from dms.store.tables import item as table
from dms.store.tables import rendition, volume


class WholeItems:
    """Items with everything that is known of them; for the archive's own work only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, stated: Item) -> int:
        """The key of an item that is entered as it stands elsewhere: state, times and decisions kept."""
        items = Items(self._connection)
        key = items.add(_arrival(stated)).key
        if stated.problem:
            items.break_off(key, stated.state, stated.problem)
        self._connection.execute(
            table.update()
            .where(table.c.key == key)
            .values(
                state=stated.state.value,
                volume_id=stated.volume_id,
                media_type=stated.media_type,
                pages_total=stated.pages_total,
                doubts=list(stated.doubts),
                former_codes=list(stated.former_codes),
                storage_only=stated.storage_only,
                **_placed(stated.placement),
                **classification_columns(stated.classification),
            )
        )
        return key

    def renditions(self, item_key: int) -> list[Rendition]:
        """Every sealed object of an item, by role and page."""
        columns = [rendition.c[name] for name in Rendition.__dataclass_fields__]
        query = select(*columns).where(rendition.c.item_key == item_key).order_by(rendition.c.role, rendition.c.page)
        rows = self._connection.execute(query)
        return [Rendition(**dict(row._mapping) | {"role": RenditionRole(row.role)}) for row in rows]

    def volume_key(self, volume_id: int) -> tuple[int | None, str, int]:
        """Customer, series and year of a volume, which must exist."""
        query = select(volume.c.customer_id, volume.c.series_code, volume.c.year).where(volume.c.id == volume_id)
        row = self._connection.execute(query).one()
        return row.customer_id, row.series_code, row.year

    def sealed_bytes(self, roles: Iterable[RenditionRole]) -> int:
        """How many bytes of plaintext the archive holds in these roles."""
        wanted = [role.value for role in roles]
        query = select(func.coalesce(func.sum(rendition.c.size_bytes), 0)).where(rendition.c.role.in_(wanted))
        return int(self._connection.execute(query).scalar_one())

    def any(self) -> bool:
        """Whether anything was ever taken in."""
        return self._connection.execute(select(table.c.key).limit(1)).first() is not None


def _placed(placement: Placement | None) -> dict[str, Any]:
    names = ("position", "reference_code", "first_page", "last_page")
    return {name: getattr(placement, name) for name in names} if placement else {}


def _arrival(stated: Item) -> Arrival:
    return Arrival(
        id=stated.id,
        original_filename=stated.original_filename,
        size_bytes=stated.size_bytes,
        digest=stated.digest,
        wrapped_key=stated.wrapped_key,
        received_at=stated.received_at,
        received_by=stated.received_by,
        claim=stated.claim,
        claimed_contract_no=stated.claimed_contract_no,
    )
