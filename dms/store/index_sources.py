"""What the index is made from: the texts of items, read for many at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from dms.store.corrections import latest_corrections
from dms.store.tables import item, page


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexSource:
    """The texts of one item."""

    item_key: int
    title: str
    original_filename: str
    claimed_contract_no: str
    customer_id: int | None
    contract_id: int | None
    pages: Sequence[tuple[int, str]]
    """Number and text as read, in order."""
    corrections: Mapping[int, str]
    """Page number to text as corrected, where a person did so."""


def index_sources(connection: Connection, item_keys: Sequence[int]) -> list[IndexSource]:
    """The texts of some items, by ascending key."""
    pages: dict[int, list[tuple[int, str]]] = {}
    of_pages = select(page.c.item_key, page.c.number, page.c.text).where(page.c.item_key.in_(item_keys))
    for key, number, text in connection.execute(of_pages.order_by(page.c.item_key, page.c.number)):
        pages.setdefault(key, []).append((number, text))
    corrections = latest_corrections(connection, item_keys)
    of_items = select(
        item.c.key, item.c.title, item.c.original_filename, item.c.claimed_contract_no, item.c.customer_id,
        item.c.contract_id,
    ).where(item.c.key.in_(item_keys))  # fmt: skip  # one column after the other
    return [
        IndexSource(
            item_key=row.key,
            title=row.title,
            original_filename=row.original_filename,
            claimed_contract_no=row.claimed_contract_no,
            customer_id=row.customer_id,
            contract_id=row.contract_id,
            pages=pages.get(row.key, ()),
            corrections=corrections.get(row.key, {}),
        )
        for row in connection.execute(of_items.order_by(item.c.key))
    ]
