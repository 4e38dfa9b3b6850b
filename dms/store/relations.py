"""How items stand to one another."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, or_, select
from sqlalchemy.dialects.sqlite import insert

from dms.domain.item import ItemRelation, RelationKind
from dms.store.filing_tables import item_relation as table
from dms.store.rights import among


class Relations:
    """Relations between items, stated once each; who may see the items is asked by the caller."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, relation: ItemRelation) -> None:
        """State a relation; one that is known already stays as it was stated first."""
        values = {name: getattr(relation, name) for name in _FIELDS} | {"kind": relation.kind.value}
        self._connection.execute(insert(table).values(**values).on_conflict_do_nothing())

    def remove(self, item_key: int, kind: RelationKind, other_key: int) -> None:
        """Take back a relation that was a mistake; nothing happens where it is not there."""
        same = (table.c.item_key == item_key, table.c.kind == kind.value, table.c.other_key == other_key)
        self._connection.execute(table.delete().where(*same))

    def of_item(self, item_key: int) -> list[ItemRelation]:
        """Every relation in which an item stands, on either side, in the order of statement."""
        return self.among_items([item_key])

    def among_items(self, item_keys: Collection[int]) -> list[ItemRelation]:
        """Every relation in which any of these items stands, on either side, in the order of statement."""
        touching = or_(among(table.c.item_key, item_keys), among(table.c.other_key, item_keys))
        order = (table.c.noted_at, table.c.item_key, table.c.other_key)
        return [_relation(row) for row in self._connection.execute(select(table).where(touching).order_by(*order))]


_FIELDS = tuple(ItemRelation.__dataclass_fields__)


def _relation(row: Row[Any]) -> ItemRelation:
    return ItemRelation(**{name: getattr(row, name) for name in _FIELDS} | {"kind": RelationKind(row.kind)})
