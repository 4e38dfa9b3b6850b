"""Where the index lies: segments in files of their own, and beside them, in the catalogue, documents in none yet.

Invariant: the number of a segment is given once and never again, and its rows are never changed, only removed with it;
so whatever is remembered of a segment stays true.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property

from sqlalchemy import Connection

from dms.index import Document, Family, IndexMemory, PlaceSet, unpack
from dms.store.engine import DriverConnection
from dms.store.segment_files import SegmentFile, SegmentFiles, SegmentName


class IndexRows:
    """The rows as one transaction sees them."""

    def __init__(self, connection: Connection, files: SegmentFiles, memory: IndexMemory) -> None:
        self._connection = connection
        self._files = files
        self._memory = memory
        self._opened: dict[int, SegmentFile] = {}
        self._foreseen: Sequence[int] = ()

    def foresee(self, segments: Sequence[int]) -> None:
        """See `dms.index.Rows`; what the first of them is asked for, the disk begins to read of the others."""
        self._foreseen = segments

    def row(self, segment: int, family: Family, term: int) -> bytes | None:
        """See `dms.index.Rows`."""
        return self._memory.row((segment, family, term), lambda: self._read(segment, family, term))

    def place_set(self, segment: int, pair: int) -> PlaceSet:
        """See `dms.index.Rows`."""
        return self._memory.place_set((segment, Family.PAIR, pair), lambda: self._read(segment, Family.PAIR, pair))

    def rows(self, segment: int, family: Family, first: int, last: int) -> Sequence[bytes]:
        """See `dms.index.Rows`."""
        name = (segment, family, first, last)
        return self._memory.run(name, lambda: self._file(segment).laid.rows(family, first, last))

    def packed(self, segment: int, ordinal: int) -> bytes | None:
        """See `dms.index.Rows`."""
        return self._file(segment).laid.packed(ordinal)

    def all_packed(self, segment: int) -> Sequence[bytes]:
        """The packed documents of a segment by ordinal."""
        return self._file(segment).laid.all_packed()

    def read_through(self, segment: int) -> None:
        """Read every byte of a segment; `IndexUnreadable` where one is not as it was written."""
        self._file(segment).read_through()

    @cached_property
    def names(self) -> dict[int, SegmentName]:
        """Under which names the segments are found, by number."""
        found = self._driven.execute("SELECT id, object_id, key FROM index_segment ORDER BY id")
        return {number: SegmentName(object_id, bytes(key)) for number, object_id, key in found}

    def fresh(self, *, most_bytes: int | None = None) -> list[tuple[int, bytes]]:
        """The packed documents that are in no segment yet, by item key; the first of many."""
        found: list[tuple[int, bytes]] = []
        left = most_bytes
        for key, packed in self._driven.execute("SELECT item_key, packed FROM index_text ORDER BY item_key"):
            found.append((key, bytes(packed)))
            left = None if left is None else left - len(packed)
            if left is not None and left <= 0:
                break
        return found

    def fresh_documents(self) -> list[Document]:
        """The same, unpacked."""
        return [unpack(key, packed) for key, packed in self.fresh()]

    def fresh_packed(self, item_key: int) -> bytes | None:
        """A packed document that is in no segment yet, if there is such."""
        found = self._driven.execute("SELECT packed FROM index_text WHERE item_key = ?", (item_key,)).fetchone()
        return bytes(found[0]) if found else None

    def fresh_bytes(self) -> int:
        """How large they are together."""
        return int(self._driven.execute("SELECT coalesce(sum(length(packed)), 0) FROM index_text").fetchone()[0])

    def put_fresh(self, item_key: int, packed: bytes) -> None:
        """Lay a document down beside the segments, in the place of the one it had there."""
        self._write("INSERT OR REPLACE INTO index_text (item_key, packed) VALUES (?, ?)", [(item_key, packed)])

    def drop_fresh(self, item_keys: Iterable[int]) -> None:
        """Remove documents from beside the segments."""
        self._write("DELETE FROM index_text WHERE item_key = ?", [(key,) for key in item_keys])

    def _read(self, segment: int, family: Family, term: int) -> bytes | None:
        if self._foreseen and segment == self._foreseen[0]:
            for later in self._foreseen[1:]:
                if not self._memory.knows_row((later, family, term)):
                    self._file(later).will_need(family, term)
        return self._file(segment).laid.row(family, term)

    def _file(self, segment: int) -> SegmentFile:
        if segment not in self._opened:
            self._opened[segment] = self._files.opened(self.names[segment])
        return self._opened[segment]

    @property
    def _driven(self) -> DriverConnection:
        """The connection of the driver; SQLAlchemy costs more than the reading itself."""
        driven = self._connection.connection.driver_connection
        assert isinstance(driven, DriverConnection)
        return driven

    def _write(self, statement: str, rows: Sequence[tuple[int | bytes, ...]]) -> None:
        if rows:
            self._connection.exec_driver_sql(statement, list(rows))
