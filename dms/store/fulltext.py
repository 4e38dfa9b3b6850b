"""The full-text index in the catalogue: written and asked.

Invariants:
- The document of an item is written in the transaction of the text it is made from, and the whole index can be made
  anew from the catalogue.
- Nothing is found, counted or ranked for a person past what `visible_to` lets him know of (I5).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Select, bindparam, select

from dms.domain.actor import Actor
from dms.domain.criterion import FactIs
from dms.domain.item import READABLE_STATES
from dms.index import FRESH, Index, IndexMemory, Mask, Ordering, Question, Sight, is_whole, pack, sight
from dms.store.errors import IndexUnreadable
from dms.store.finding import Facet, Found, FoundItem, Inquiry, found_item, found_items, is_readable
from dms.store.index_facts import STATES, fact_numbers, present_moment
from dms.store.index_rows import IndexRows
from dms.store.rights import restricted_customers
from dms.store.segment_files import SegmentFiles
from dms.store.tables import customer, index_document, index_segment, item, page


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

    def packed(self) -> bytes:
        """The form in which the index keeps it."""
        return pack(((self.body, self.corrected), self.title, self.customer, self.contract), self.amounts, self.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Present:
    """How the index stands at one moment."""

    complete: bool
    changes: int
    """The number of the last change of an item or of its document."""
    segments: Sequence[int]


_PAGE_TEXTS = (
    select(page.c.item_key, page.c.number, page.c.text)
    .where(page.c.item_key.in_(bindparam("keys", expanding=True)))
    .order_by(page.c.item_key, page.c.number)
)
_CUSTOMER_NAMES = select(customer.c.id, customer.c.code, customer.c.name).where(
    customer.c.id.in_(bindparam("ids", expanding=True))
)
_PRESENT = """
SELECT s.complete, (SELECT coalesce(max(seq), 0) FROM item_change), g.id
FROM index_state AS s LEFT JOIN index_segment AS g ON g.generation = s.generation ORDER BY g.id
"""


class FullText:
    """The index, by item key; one transaction's view of it.

    `memory` is what all readers share. A transaction that writes has a memory of its own, or what is never committed
    would be remembered.
    """

    def __init__(self, connection: Connection, files: SegmentFiles, memory: IndexMemory | None = None) -> None:
        self._connection = connection
        self._files = files
        self._memory = memory or IndexMemory()
        self._shares = memory is not None

    def put(self, item_key: int, indexed: IndexedText) -> None:
        """Write the document of an item, replacing the one it had."""
        self._rows.put_fresh(item_key, indexed.packed())
        self._connection.exec_driver_sql(
            "INSERT OR REPLACE INTO index_document (item_key, segment) VALUES (?, ?)", (item_key, FRESH)
        )
        self._note_change(item_key)

    def drop(self, item_key: int) -> None:
        """Take the document of an item out; nothing happens if there is none."""
        self._rows.drop_fresh([item_key])
        self._connection.execute(index_document.delete().where(index_document.c.item_key == item_key))
        self._note_change(item_key)

    def keys(self) -> set[int]:
        """The keys of the items that have a document."""
        return set(self._connection.execute(select(index_document.c.item_key)).scalars())

    def readable_keys(self) -> list[int]:
        """The keys of the items that are to have a document; for the archive's own work."""
        return list(self._connection.execute(select(item.c.key).where(is_readable()).order_by(item.c.key)).scalars())

    def is_sound(self) -> bool:
        """Whether the index is undamaged in itself: every document lies where it is said to, and is found there."""
        rows = IndexRows(self._connection, self._files.unopened(), IndexMemory())
        segments = {row.id: row.documents for row in self._connection.execute(select(index_segment))}
        homes = self._connection.execute(select(index_document.c.segment).distinct()).scalars()
        fresh = set(self._connection.scalars(_homes_beside_segments()))
        return (
            set(homes) <= {FRESH, *segments}
            and fresh == {key for key, _ in rows.fresh()}
            and all(_is_sound(segment, documents, rows) for segment, documents in segments.items())
        )

    def is_complete(self) -> bool:
        """Whether the index holds all it is to hold; False from the moment it is thrown away until it is made anew."""
        return self._present().complete

    def take_in(self) -> None:
        """Take in what has changed since somebody last looked, so that nobody who searches waits for it."""
        self._index().open_segments()

    def find(self, inquiry: Inquiry) -> Found:
        """Everything about the result, all of it under the same conditions."""
        present = self._present()
        index = self._index(present)
        answer = index.find(_question(inquiry, self._visible(index, inquiry.actor)), self._numbers)
        return Found(
            total=answer.total,
            best_rank=answer.best,
            ranks=answer.scores,
            counts={facet: self._facet_counts(facet, answer.counts.get(facet.value, {})) for facet in Facet},
            exact_total=answer.exact_total,
            tolerated=answer.tolerated,
            bounded=answer.bounded,
            complete=present.complete,
            groups=answer.groups,
            keys=tuple(answer.keys.tolist()),
        )

    def frequencies(self, texts: Sequence[str], actor: Actor, *, most: int) -> dict[str, int]:
        """In how many items that the actor may know of each folded text stands; `most` + 1 for all that is more."""
        index = self._index()
        return index.frequencies(texts, self._visible(index, actor), most=most)

    def sight(self, actor: Actor) -> Sight:
        """Which items the actor may find, and to which customers and contracts any of them belongs."""
        index = self._index()
        return sight(index.facts, self._visible(index, actor))

    def items(self, keys: Iterable[int], *, actor: Actor) -> dict[int, FoundItem]:
        """What is known of these items, as far as the actor may know of them."""
        rows = self._connection.execute(found_items(actor), {"keys": list(keys)})
        found = (found_item(row) for row in rows)
        return {one.key: one for one in found if one.state in READABLE_STATES}

    def page_texts(self, keys: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
        """Number and text of the pages of each item, in order."""
        wanted = list(keys)
        texts: dict[int, list[tuple[int, str]]] = {key: [] for key in wanted}
        for key, number, page_text in self._connection.execute(_PAGE_TEXTS, {"keys": wanted}):
            texts[key].append((number, page_text))
        return texts

    def customer_names(self, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
        """Code and name of customers by id, for the facet."""
        rows = self._connection.execute(_CUSTOMER_NAMES, {"ids": list(ids)})
        return {customer_id: (code, name) for customer_id, code, name in rows}

    @property
    def _rows(self) -> IndexRows:
        return IndexRows(self._connection, self._files, self._memory)

    def _present(self) -> "_Present":
        """How the index stands at this moment."""
        rows = self._connection.exec_driver_sql(_PRESENT).all()
        complete, changes, _ = rows[0]
        segments = [segment for _, _, segment in rows if segment is not None]
        return _Present(complete=bool(complete), changes=changes, segments=segments)

    def _index(self, present: "_Present | None" = None) -> Index:
        """The index of this moment."""
        present = present or self._present()
        if not self._shares:
            # What this transaction has written since it last looked is in no memory, and no other one sees it.
            self._memory = IndexMemory()
        rows = self._rows
        self._memory.forget_heads_but(present.segments)
        moment = present_moment(self._connection, rows, self._memory, number=present.changes)
        return Index(self._memory, rows, moment=moment, segments=present.segments, errands=rows)

    def _visible(self, index: Index, actor: Actor) -> Mask:
        return index.facts.visible(actor, restricted_customers(self._connection, actor))

    def _numbers(self, wanted: FactIs) -> Mapping[str, Sequence[int]]:
        return fact_numbers(self._connection, self._memory, wanted)

    def _facet_counts(self, facet: Facet, counts: Mapping[int, int]) -> dict[str | int, int]:
        match facet:
            case Facet.TYPE | Facet.SERIES:
                return {self._memory.code(number): count for number, count in counts.items()}
            case Facet.STATE:
                return {STATES[place].value: count for place, count in counts.items()}
            case _:
                return {value: count for value, count in counts.items()}  # noqa: C416

    def _note_change(self, item_key: int) -> None:
        self._connection.exec_driver_sql("INSERT OR REPLACE INTO item_change (item_key) VALUES (?)", (item_key,))


def _is_sound(segment: int, documents: int, rows: IndexRows) -> bool:
    try:
        rows.read_through(segment)
        return is_whole(segment, documents, rows)
    except IndexUnreadable:
        return False


def _homes_beside_segments() -> Select[int]:
    return select(index_document.c.item_key).where(index_document.c.segment == FRESH)


def _question(inquiry: Inquiry, visible: Mask) -> Question:
    return Question(
        criterion=inquiry.criterion,
        chosen={facet.value: criterion for facet, criterion in inquiry.chosen.items()},
        visible=visible,
        ordering=Ordering(inquiry.order.value),
        limit=inquiry.limit,
        offset=inquiry.offset,
        counted=[facet.value for facet in Facet] if inquiry.facets else [],
        settled=[Facet.CUSTOMER.value],
        grouping=inquiry.grouping.value if inquiry.grouping else None,
        wants_keys=inquiry.wants_keys,
    )
