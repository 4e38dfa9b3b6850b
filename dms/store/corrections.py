"""The corrections of persons to page texts, as the catalogue keeps them.

Invariant: rows are added only; they go when their item is destroyed, and not before (a trigger holds this).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, ForeignKey, Integer, Row, Table, Text, bindparam, select

from dms.domain.correction import PageCorrection
from dms.store.tables import Moment, metadata

page_correction = Table(
    "page_correction",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_key", ForeignKey("item.key"), nullable=False, index=True),
    Column("page_number", Integer, nullable=False),
    Column("text", Text),
    Column("corrected_by", Text, nullable=False),
    Column("corrected_at", Moment, nullable=False),
)


class Corrections:
    """What persons corrected, by the key of the item."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, item_key: int, stated: PageCorrection) -> None:
        """One more correction, which counts from now on."""
        values = {name: getattr(stated, name) for name in PageCorrection.__dataclass_fields__}
        self._connection.execute(page_correction.insert().values(item_key=item_key, **values))

    def all(self, item_key: int) -> list[PageCorrection]:
        """Every correction of an item, the oldest first."""
        query = select(page_correction).where(page_correction.c.item_key == item_key).order_by(page_correction.c.id)
        return [_correction(row) for row in self._connection.execute(query)]

    def texts(self, item_key: int) -> Mapping[int, str]:
        """The corrected texts that count, by page number; none for a page that nobody corrected."""
        return latest_corrections(self._connection, [item_key]).get(item_key, {})

    def forget(self, item_key: int) -> None:
        """Remove every correction of an item that is destroyed; the catalogue refuses it for any other."""
        self._connection.execute(page_correction.delete().where(page_correction.c.item_key == item_key))


_OF_ITEMS = (
    select(page_correction)
    .where(page_correction.c.item_key.in_(bindparam("keys", expanding=True)))
    .order_by(page_correction.c.id)
)


def latest_corrections(connection: Connection, item_keys: Sequence[int]) -> dict[int, dict[int, str]]:
    """The corrected texts that count, by item key and page number."""
    found: dict[int, dict[int, str]] = {}
    for row in connection.execute(_OF_ITEMS, {"keys": item_keys}):
        pages = found.setdefault(row.item_key, {})
        if row.text is None:
            pages.pop(row.page_number, None)
        else:
            pages[row.page_number] = row.text
    return found


def _correction(row: Row[Any]) -> PageCorrection:
    return PageCorrection(
        page_number=row.page_number, text=row.text, corrected_by=row.corrected_by, corrected_at=row.corrected_at
    )
