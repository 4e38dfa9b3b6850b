"""What a verification asks of the catalogue: everything there is, in batches, so that each transaction stays short."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from dms.domain.item import ItemState, RenditionRole
from dms.domain.journal import JournalEntry
from dms.store.corrections import page_correction
from dms.store.destructions import GRADE_AND_EPOCH_BYTES, GRADE_BYTE
from dms.store.filing_tables import print_result
from dms.store.tables import destruction, item, journal, page, proposal, rendition, volume

GRADE_DIGITS = 2
WRAPPED_KEY_BYTES = 124


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyedItem:
    """One item with what the catalogue says it consists of."""

    key: int
    id: str
    state: ItemState
    size_bytes: int
    pages_total: int | None
    has_key: bool
    """Whether there is a wrapped key at all; whether it opens is for the vault to say."""
    place: tuple[int | None, str | None, int | None]
    """Customer, series and year of the item."""
    volume: tuple[int | None, str, int] | None
    """Customer (None for a collective one), series and year of the volume it lies in; None where it lies in none."""
    pages: frozenset[int]
    """The numbers of the pages that were read."""
    corrected_pages: frozenset[int]
    """The numbers of the pages that were ever corrected."""
    parts: tuple[tuple[RenditionRole, int | None], ...]
    """Role and page of every sealed object."""
    original_digest: str
    """SHA-256 (hex) of the original as its row has it; empty where there is no such row."""
    proposals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WrappingEpochInUse:
    """How many items need one wrapping key of the keyring."""

    grade: int
    epoch: int
    items: int


class Survey:
    """Everything there is, whoever may see it; for the archive's own work only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def items(self, *, after_key: int, limit: int) -> list[SurveyedItem]:
        """The next so many items, stubs included, in the order of their arrival."""
        query = _items().where(item.c.key > after_key).order_by(item.c.key).limit(limit)
        return self._surveyed(list(self._connection.execute(query)))

    def items_total(self) -> int:
        """How many items there are, stubs included."""
        return self._connection.execute(select(func.count()).select_from(item)).scalar_one()

    def objects_total(self) -> int:
        """How many sealed objects the catalogue points to."""
        return self._connection.execute(select(func.count()).select_from(rendition)).scalar_one()

    def item(self, item_id: str) -> SurveyedItem | None:
        """One item; None where there is none with this id."""
        found = self._surveyed(list(self._connection.execute(_items().where(item.c.id == item_id))))
        return found[0] if found else None

    def entries(self, *, after_seq: int, limit: int) -> list[JournalEntry]:
        """The next so many entries of the journal, the oldest first."""
        query = select(journal).where(journal.c.seq > after_seq).order_by(journal.c.seq).limit(limit)
        return [JournalEntry(**row._mapping) for row in self._connection.execute(query)]

    def entry_digest(self, seq: int) -> str | None:
        """The digest of one entry of the journal; None where there is none with this number."""
        return self._connection.execute(select(journal.c.digest).where(journal.c.seq == seq)).scalar()

    def acts_upon(self, item_id: str, actions: Iterable[str]) -> list[JournalEntry]:
        """The entries about an item that tell of one of these acts, the oldest first."""
        about = (journal.c.subject == item_id) & journal.c.action.in_(list(actions))
        rows = self._connection.execute(select(journal).where(about).order_by(journal.c.seq))
        return [JournalEntry(**row._mapping) for row in rows]

    def was_done(self, action: str) -> bool:
        """Whether the journal tells of any such act."""
        query = select(journal.c.seq).where(journal.c.action == action).limit(1)
        return self._connection.execute(query).first() is not None

    def destroyed_ids(self) -> set[str]:
        """The ids of the items of whose destruction there is a proof."""
        return set(self._connection.execute(select(destruction.c.item_id)).scalars())

    def knows_object(self, object_id: str) -> bool:
        """Whether a row points to this object."""
        return bool(self.known_objects([object_id]))

    def known_objects(self, object_ids: Iterable[str]) -> set[str]:
        """Those of the objects to which a row points."""
        wanted = list(object_ids)
        pointing = (rendition.c.object_id, print_result.c.object_id)
        queries = [select(column).where(column.in_(wanted)) for column in pointing]
        return {object_id for query in queries for object_id in self._connection.execute(query).scalars()}

    def epochs_in_use(self) -> list[WrappingEpochInUse]:
        """Which wrapping keys the keys of items and of printed documents need, and for how many of them."""
        in_use: Counter[str] = Counter()
        for wrapped_key in (item.c.wrapped_key, print_result.c.wrapped_key):
            in_use.update(self._epochs_named(wrapped_key))
        return [
            WrappingEpochInUse(grade=int(name[:GRADE_DIGITS], 16), epoch=int(name[GRADE_DIGITS:], 16), items=count)
            for name, count in sorted(in_use.items())
        ]

    def _epochs_named(self, wrapped_key: ColumnElement[bytes]) -> dict[str, int]:
        named = func.hex(func.substr(wrapped_key, GRADE_BYTE, GRADE_AND_EPOCH_BYTES))
        query = select(named, func.count()).where(func.length(wrapped_key) == WRAPPED_KEY_BYTES).group_by(named)
        return {str(name): int(count) for name, count in self._connection.execute(query)}

    def _surveyed(self, rows: list[Row[tuple[object, ...]]]) -> list[SurveyedItem]:
        keys = [row.key for row in rows]
        pages, corrected = self._pages(keys), self._corrected_pages(keys)
        parts, originals = self._parts(keys)
        proposals = self._proposals(keys)
        return [
            SurveyedItem(
                key=row.key,
                id=row.id,
                state=ItemState(row.state),
                size_bytes=row.size_bytes,
                pages_total=row.pages_total,
                has_key=bool(row.wrapped_key_bytes),
                place=(row.customer_id, row.series_code, row.year),
                volume=(row.volume_customer, row.volume_series, row.volume_year) if row.volume_id else None,
                pages=frozenset(pages.get(row.key, ())),
                corrected_pages=frozenset(corrected.get(row.key, ())),
                parts=tuple(parts.get(row.key, ())),
                original_digest=originals.get(row.key, ""),
                proposals=proposals.get(row.key, 0),
            )
            for row in rows
        ]

    def _pages(self, keys: list[int]) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        query = select(page.c.item_key, page.c.number).where(page.c.item_key.in_(keys))
        for key, number in self._connection.execute(query):
            found.setdefault(key, []).append(number)
        return found

    def _corrected_pages(self, keys: list[int]) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        columns = (page_correction.c.item_key, page_correction.c.page_number)
        for key, number in self._connection.execute(select(*columns).where(page_correction.c.item_key.in_(keys))):
            found.setdefault(key, []).append(number)
        return found

    def _parts(self, keys: list[int]) -> tuple[dict[int, list[tuple[RenditionRole, int | None]]], dict[int, str]]:
        parts: dict[int, list[tuple[RenditionRole, int | None]]] = {}
        originals: dict[int, str] = {}
        columns = (rendition.c.item_key, rendition.c.role, rendition.c.page, rendition.c.digest)
        for key, role, number, digest in self._connection.execute(
            select(*columns).where(rendition.c.item_key.in_(keys))
        ):
            parts.setdefault(key, []).append((RenditionRole(role), number))
            if role == RenditionRole.ORIGINAL:
                originals[key] = digest
        return parts, originals

    def _proposals(self, keys: list[int]) -> dict[int, int]:
        query = select(proposal.c.item_key, func.count()).where(proposal.c.item_key.in_(keys))
        return {int(key): int(count) for key, count in self._connection.execute(query.group_by(proposal.c.item_key))}


def _items() -> Select[tuple[object, ...]]:
    return select(
        item.c.key,
        item.c.id,
        item.c.state,
        item.c.size_bytes,
        item.c.pages_total,
        func.length(item.c.wrapped_key).label("wrapped_key_bytes"),
        item.c.customer_id,
        item.c.series_code,
        item.c.year,
        volume.c.id.label("volume_id"),
        volume.c.customer_id.label("volume_customer"),
        volume.c.series_code.label("volume_series"),
        volume.c.year.label("volume_year"),
    ).select_from(item.outerjoin(volume, volume.c.id == item.c.volume_id))
