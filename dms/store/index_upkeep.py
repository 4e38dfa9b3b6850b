"""Keeping the index in shape: laying fresh documents down in segments, joining small segments, making all of it anew.

Invariants:
- A document is answered for by exactly one place at a time: beside the segments, or one segment; it moves in one
  transaction, and only if it is still the one that was copied.
- Segments are made outside any transaction; nobody waits while one is made.
- An index that is made anew lies beside the present one, segment by segment, until it is whole; then it takes its
  place in one transaction. Whoever is cut off goes on where it stopped.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from sqlalchemy import Connection, func, select, update

from dms.companion import SegmentName
from dms.domain.item import ItemState
from dms.index import FRESH, MOST_DOCUMENTS, IndexMemory, SegmentHead, segment_rows, unpack
from dms.store.errors import IndexUnreadable
from dms.store.finding import is_readable
from dms.store.index_rows import IndexRows
from dms.store.segment_files import SegmentFiles
from dms.store.tables import index_document, index_segment, index_state, item, item_change

SEGMENT_UNITS = 15_500_000
"""A segment is full with this many; the most it could number is 2**24."""
SEGMENT_DOCUMENTS = MOST_DOCUMENTS
FRESH_BYTES = 2_000_000
"""With more than this beside the segments, looking through it costs more than it should."""
SCATTERED_FROM = 50_000
"""Papers."""
SMALL_UNITS = SEGMENT_UNITS // 3
SMALL_SEGMENTS = 10
"""So many small segments are joined."""

PackedDocuments = Sequence[tuple[int, bytes]]
"""Item key and packed document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexState:
    """How far the index is."""

    complete: bool
    generation: int
    building: int | None
    """The generation that is being made, if one is."""
    built: int
    """How many documents it holds."""


@dataclass(frozen=True, slots=True)
class Joining:
    """Documents that are to lie in one new segment, and where they lie now."""

    sources: tuple[int, ...]
    documents: PackedDocuments


@dataclass(frozen=True, slots=True)
class NewSegment:
    """A segment that lies in a file and waits to be named."""

    packed: PackedDocuments
    units_total: int
    name: SegmentName

    @classmethod
    def of(cls, packed: PackedDocuments, files: SegmentFiles) -> "NewSegment":
        """A segment of these documents; making it is work, which belongs outside any transaction.

        Raises `CatalogueDiskFull`, `IndexUnreadable`.
        """
        documents = [unpack(key, data) for key, data in packed]
        name = files.seal(segment_rows(documents), [data for _, data in packed])
        return cls(packed, sum(document.units_total for document in documents), name)


class IndexUpkeep:
    """The upkeep of the index in one transaction."""

    def __init__(self, connection: Connection, files: SegmentFiles) -> None:
        self._connection = connection
        self._files = files

    def state(self) -> IndexState:
        """How far the index is."""
        row = self._connection.execute(select(index_state)).one()
        return IndexState(complete=row.complete, generation=row.generation, building=row.building, built=row.built)

    def due(self) -> Joining | None:
        """What should be joined now; None if nothing, or while the index is made anew."""
        if self.state().building is not None:
            return None
        if self._rows.fresh_bytes() > FRESH_BYTES:
            return self._joining([FRESH])
        small = self._segments_below(SMALL_UNITS)
        return self._joining(self._first_fitting(small)) if len(small) >= SMALL_SEGMENTS else None

    def soiled(self) -> list[int]:
        """The segments in whose lists destroyed items still are, of whatever generation."""
        destroyed = self._destroyed()
        candidates = self._rows.names if destroyed else ()
        return [segment for segment in candidates if destroyed & self._readable_keys(segment)]

    def drop_silent(self, segments: Iterable[int]) -> list[int]:
        """Drop those of the segments that do not answer; those that do are returned.

        Whoever makes the index anew notices what he has lost, and makes it again.
        """
        wanted = set(segments)
        answering = wanted.intersection(self._segments_below())
        being_made = wanted.intersection(self._segments_of(self.state().building))
        self._take_back(being_made)
        for segment in wanted - answering - being_made:
            self.drop(segment)
        return sorted(answering)

    def joining(self, sources: Sequence[int]) -> Joining:
        """The documents of some segments that still count."""
        return self._joining(sources)

    def replace(self, joining: Joining, new: NewSegment) -> bool:
        """Put a new segment in the place of what it was made from; False, and nothing, if that is there no more.

        While the index is made anew, what lies beside the segments stays there: it is newer than what is made.
        """
        segments = {source for source in joining.sources if source != FRESH}
        lays_down = len(segments) < len(joining.sources)
        if not segments <= set(self._segments_below()) or (lays_down and self.state().building is not None):
            return False
        if self._holds_destroyed(new):
            return False
        moved = self._unchanged(new, joining.sources)
        if moved:
            self._move(moved, self._write(new, self.state().generation))
        for segment in segments - self._homes_in_use():
            self.drop(segment)
        return True

    def begin_building(self) -> IndexState:
        """Begin to make the index anew, or go on with it; what was made and cannot be read is made again."""
        state = self.state()
        if state.building is None:
            last_change = select(func.coalesce(func.max(item_change.c.seq), 0)).scalar_subquery()
            begun = update(index_state).values(building=state.generation + 1, built=0, built_since=last_change)
            self._connection.execute(begun)
        building = self.state().building
        self._take_back([segment for segment in self._segments_of(building) if not self._readable_keys(segment)])
        return self.state()

    def left_to_build(self, state: IndexState) -> list[int]:
        """The keys of the items that are to have a document and have none yet in the index that is being made.

        Papers of one customer come one after the other, so that a search of them need not ask every segment.
        """
        built = {key for segment in self._segments_of(state.building) for key in self._keys(segment)}
        query = select(item.c.key).where(is_readable()).order_by(item.c.customer_id, item.c.key)
        return [key for key in self._connection.scalars(query) if key not in built]

    def add_built(self, state: IndexState, new: NewSegment) -> bool:
        """Add a segment to the index that is being made; False, and nothing, if somebody else has come further.

        So it is too where a paper in it was destroyed while it was made.
        """
        if self.state() != state or state.building is None or self._holds_destroyed(new):
            return False
        self._write(new, state.building)
        self._connection.execute(update(index_state).values(built=state.built + len(new.packed)))
        return True

    def finish_building(self, state: IndexState, readable: Iterable[int]) -> bool:
        """Let the new index take the place of the old one, for the items that are readable now.

        What was laid down beside the segments meanwhile is newer, and stays. False, and nothing, if it is not whole.
        """
        if self.state() != state or state.building is None:
            return False
        wanted = set(readable)
        fresh = self._laid_down_since_begun() & wanted
        homes = [
            (key, segment)
            for segment in self._segments_of(state.building)
            for key in self._keys(segment)
            if key in wanted and key not in fresh
        ]
        if not wanted <= fresh.union(key for key, _ in homes):
            return False
        self._rows.drop_fresh({key for key, _ in self._rows.fresh()} - fresh)
        self._connection.execute(index_document.delete())
        self._insert_homes([*homes, *((key, FRESH) for key in fresh)])
        self._note_changes_of_all()
        self._connection.execute(
            update(index_state).values(
                generation=state.building, building=None, built=0, complete=True, made_of=len(homes)
            )
        )
        return True

    def is_scattered(self) -> bool:
        """Whether most papers were laid down one by one since the index was made, each where it came to lie.

        Made anew, it has the papers of a customer together again. It has doubled since, so to make it costs no more
        than laying down did; below `SCATTERED_FROM` papers there are so few segments that it makes no difference.
        """
        generation = select(index_state.c.generation).scalar_subquery()
        laid = select(func.coalesce(func.sum(index_segment.c.documents), 0))
        documents = self._connection.execute(laid.where(index_segment.c.generation == generation)).scalar_one()
        made_of = self._connection.execute(select(index_state.c.made_of)).scalar_one()
        return bool(documents >= SCATTERED_FROM and documents >= 2 * made_of)

    def stale(self) -> list[int]:
        """The segments of earlier generations, which answer no more."""
        state = self.state()
        kept = [state.generation, state.building or state.generation]
        query = select(index_segment.c.id).where(index_segment.c.generation.not_in(kept))
        return list(self._connection.execute(query).scalars())

    def lost(self) -> list[int]:
        """The segments whose files are gone, as all are in a catalogue that came out of a backup, or damaged.

        Damage is known of files that somebody in this process could not read. Raises `IndexUnreadable`.
        """
        names = self._rows.names
        lost = self._files.lost(names.values())
        return [segment for segment, name in names.items() if name.object_id in lost]

    def give_up(self, segments: Iterable[int]) -> None:
        """Drop segments that nobody can read, if they are there still; what lay in them waits to be indexed anew.

        The others answer meanwhile, and say that the index is incomplete.
        """
        answering = self.drop_silent(segments)
        lost = select(index_document.c.item_key).where(index_document.c.segment.in_(answering))
        self._note_changes(list(self._connection.scalars(lost)))
        self._connection.execute(index_document.delete().where(index_document.c.segment.in_(answering)))
        for segment in answering:
            self.drop(segment)
        if answering:
            self._connection.execute(update(index_state).values(complete=False))

    def files_in_use(self) -> set[str]:
        """The object ids of all segments."""
        return {name.object_id for name in self.names()}

    def names(self) -> Sequence[SegmentName]:
        """The names of all segments, in the order of their numbers."""
        return list(self._rows.names.values())

    def bytes_in_files(self) -> int:
        """How large the files of all segments are together; `IndexUnreadable`."""
        return self._files.bytes_of(self.names())

    def drop(self, segment: int) -> None:
        """Remove a segment; its key goes with this, its file once it is swept."""
        self._connection.execute(index_segment.delete().where(index_segment.c.id == segment))

    @property
    def _rows(self) -> IndexRows:
        return IndexRows(self._connection, self._files, IndexMemory())

    def _segments_below(self, units: int = 1 << 62) -> list[int]:
        query = select(index_segment.c.id).where(
            index_segment.c.generation == self.state().generation, index_segment.c.units < units
        )
        return list(self._connection.execute(query.order_by(index_segment.c.id)).scalars())

    def _laid_down_since_begun(self) -> set[int]:
        since = select(index_state.c.built_since).scalar_subquery()
        changed = select(item_change.c.item_key).where(item_change.c.seq > since)
        query = select(index_document.c.item_key).where(
            index_document.c.segment == FRESH, index_document.c.item_key.in_(changed)
        )
        return set(self._connection.scalars(query))

    def _first_fitting(self, segments: Sequence[int]) -> list[int]:
        """As many of the segments, from the first on, as fit into one."""
        units = dict(self._connection.execute(select(index_segment.c.id, index_segment.c.units)).all())
        ends = accumulate(units[segment] for segment in segments)
        return [segment for segment, end in zip(segments, ends, strict=True) if end <= SEGMENT_UNITS]

    def _homes_in_use(self) -> set[int]:
        return set(self._connection.execute(select(index_document.c.segment).distinct()).scalars())

    def _segments_of(self, generation: int | None) -> list[int]:
        query = select(index_segment.c.id).where(index_segment.c.generation == generation)
        return list(self._connection.execute(query.order_by(index_segment.c.id)).scalars())

    def _take_back(self, segments: Iterable[int]) -> None:
        """Drop segments of the index that is being made; whoever makes it sees from the count that they are gone."""
        for segment in segments:
            made = self._connection.scalar(select(index_segment.c.documents).where(index_segment.c.id == segment))
            self._connection.execute(update(index_state).values(built=index_state.c.built - made))
            self.drop(segment)

    def _destroyed(self) -> set[int]:
        return set(self._connection.scalars(select(item.c.key).where(item.c.state == ItemState.DESTROYED.value)))

    def _holds_destroyed(self, new: NewSegment) -> bool:
        """Whether a paper was destroyed after its text was read for this segment; nobody would cleanse that again."""
        return not self._destroyed().isdisjoint(key for key, _ in new.packed)

    def _keys(self, segment: int) -> list[int]:
        keys: list[int] = SegmentHead.read(segment, self._rows).keys.tolist()
        return keys

    def _readable_keys(self, segment: int) -> set[int]:
        """The same; none where the segment cannot be read, which is mended by making the index anew."""
        try:
            return set(self._keys(segment))
        except IndexUnreadable:
            return set()

    def _joining(self, sources: Sequence[int]) -> Joining:
        homes = dict(
            self._connection.execute(
                select(index_document.c.item_key, index_document.c.segment).where(index_document.c.segment.in_(sources))
            ).all()
        )
        found = [
            (key, packed) for source in sources for key, packed in self._all_packed(source) if homes.get(key) == source
        ]
        return Joining(tuple(sources), _fitting(sorted(found)))

    def _all_packed(self, source: int) -> list[tuple[int, bytes]]:
        if source == FRESH:
            return self._rows.fresh(most_bytes=2 * SEGMENT_UNITS)
        if source not in self._rows.names:  # replaced by somebody else since it was chosen
            return []
        return list(zip(self._keys(source), self._rows.all_packed(source), strict=True))

    def _write(self, new: NewSegment, generation: int) -> int:
        number = int(self._connection.execute(select(index_state.c.last_segment)).scalar_one()) + 1
        self._connection.execute(update(index_state).values(last_segment=number))
        self._connection.execute(
            index_segment.insert().values(
                id=number,
                generation=generation,
                documents=len(new.packed),
                units=new.units_total,
                object_id=new.name.object_id,
                key=new.name.key,
            )
        )
        return number

    def _unchanged(self, new: NewSegment, sources: Sequence[int]) -> dict[int, int]:
        """The documents of a new segment that still count as they are, with where they lie now."""
        homes = dict(self._connection.execute(select(index_document.c.item_key, index_document.c.segment)).all())
        standing = [(key, packed) for key, packed in new.packed if homes.get(key) in sources]
        return {key: homes[key] for key, packed in standing if self._is_same(homes[key], key, packed)}

    def _move(self, moved: Mapping[int, int], number: int) -> None:
        self._rows.drop_fresh(key for key, home in moved.items() if home == FRESH)
        self._insert_homes([(key, number) for key in moved])
        self._note_changes(list(moved))

    def _is_same(self, home: int, key: int, packed: bytes) -> bool:
        return home != FRESH or self._rows.fresh_packed(key) == packed

    def _insert_homes(self, homes: Sequence[tuple[int, int]]) -> None:
        if homes:
            statement = "INSERT OR REPLACE INTO index_document (item_key, segment) VALUES (?, ?)"
            self._connection.exec_driver_sql(statement, list(homes))

    def _note_changes(self, keys: Sequence[int]) -> None:
        if keys:
            statement = "INSERT OR REPLACE INTO item_change (item_key) VALUES (?)"
            self._connection.exec_driver_sql(statement, [(key,) for key in keys])

    def _note_changes_of_all(self) -> None:
        self._connection.exec_driver_sql("INSERT OR REPLACE INTO item_change (item_key) SELECT key FROM item")


def _fitting(documents: Sequence[tuple[int, bytes]]) -> PackedDocuments:
    """As many of the documents, from the first on, as fit into one segment."""
    taken: list[tuple[int, bytes]] = []
    units = 0
    for key, packed in documents:
        units += len(packed) // 2
        if taken and (units > SEGMENT_UNITS or len(taken) == MOST_DOCUMENTS):
            break
        taken.append((key, packed))
    return taken
