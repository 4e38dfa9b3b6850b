"""The full-text index in the catalogue: written, checked and asked.

Invariant: the row of an item is written in the transaction of the text it is made from, and the whole index can be
made anew from the catalogue.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, text
from sqlalchemy.exc import DatabaseError

from dms.domain.actor import Actor
from dms.store.finding import (
    HIT,
    TOTAL,
    Facet,
    Found,
    FoundItem,
    Inquiry,
    found_item,
    found_items,
    is_readable,
    statement,
)
from dms.store.phrases import index, tokens
from dms.store.tables import customer, item, page


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedText:
    """The folded text of one item; every string is a run of its own, which no phrase leaves."""

    body: str
    title: tuple[str, ...]
    customer: tuple[str, ...]
    contract: tuple[str, ...]
    corrected: str = ""
    """The body once more, as persons corrected it; empty where nobody did."""
    amounts: tuple[int, ...] = ()
    """Amounts that the pages name, in fen."""
    days: tuple[tuple[int, int], ...] = ()
    """Days, months and years that the pages name, as first and last `date.toordinal`."""


class FullText:
    """The index, by item key."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, item_key: int, indexed: IndexedText) -> None:
        """Write the row of an item, replacing the one it had."""
        self.drop(item_key)
        self._connection.execute(
            insert(index).values(
                rowid=item_key,
                body=tokens([indexed.body]),
                title=tokens(indexed.title),
                customer=tokens(indexed.customer),
                contract=tokens(indexed.contract),
            )
        )

    def drop(self, item_key: int) -> None:
        """Take the row of an item out; nothing happens if there is none."""
        self._connection.execute(delete(index).where(index.c.rowid == item_key))

    def drop_all(self) -> None:
        """Empty the index, before it is made anew."""
        self._connection.execute(text("INSERT INTO fulltext(fulltext) VALUES ('delete-all')"))

    def tidy(self) -> None:
        """Merge the index into one segment, after many rows were written."""
        self._connection.execute(text("INSERT INTO fulltext(fulltext) VALUES ('optimize')"))

    def is_sound(self) -> bool:
        """Whether the index is undamaged in itself; needs a transaction that writes, though it writes nothing."""
        try:
            self._connection.execute(text("INSERT INTO fulltext(fulltext) VALUES ('integrity-check')"))
        except DatabaseError:
            return False
        return True

    def keys(self) -> set[int]:
        """The keys of the items that have a row."""
        return set(self._connection.execute(select(index.c.rowid)).scalars())

    def readable_keys(self) -> list[int]:
        """The keys of the items that are to have a row; for the archive's own work."""
        return list(self._connection.execute(select(item.c.key).where(is_readable()).order_by(item.c.key)).scalars())

    def find(self, inquiry: Inquiry) -> Found:
        """Everything about the result in one statement, all of it under the same conditions."""
        rows = list(self._connection.execute(statement(inquiry)))
        counts: dict[Facet, dict[str | int, int]] = {facet: {} for facet in Facet}
        for row in rows:
            if row.kind in counts:
                counts[Facet(row.kind)][row.value] = row.number
        summary = next(row for row in rows if row.kind == TOTAL)
        hits = sorted((row for row in rows if row.kind == HIT), key=lambda row: row.place)
        return Found(
            total=summary.value,
            best_rank=summary.number or 0.0,
            ranks={row.value: row.number for row in hits},
            counts=counts,
            exact_total=summary.value,
            tolerated=frozenset(),
            bounded=False,
            complete=True,
            groups={},
            keys=(),
        )

    def items(self, keys: Iterable[int], *, actor: Actor) -> dict[int, FoundItem]:
        """What is known of these items, as far as the actor may know of them."""
        query = found_items(keys, actor)
        return {row.key: found_item(row) for row in self._connection.execute(query)}

    def page_texts(self, keys: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
        """Number and text of the pages of each item, in order."""
        wanted = list(keys)
        query = select(page.c.item_key, page.c.number, page.c.text).where(page.c.item_key.in_(wanted))
        texts: dict[int, list[tuple[int, str]]] = {key: [] for key in wanted}
        for key, number, page_text in self._connection.execute(query.order_by(page.c.item_key, page.c.number)):
            texts[key].append((number, page_text))
        return texts

    def customer_names(self, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
        """Code and name of customers by id, for the facet."""
        query = select(customer.c.id, customer.c.code, customer.c.name).where(customer.c.id.in_(list(ids)))
        return {row.id: (row.code, row.name) for row in self._connection.execute(query)}
