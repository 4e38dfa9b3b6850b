"""Where the index lies: segments in files of their own, and beside them, in the catalogue, documents in none yet.

Invariant: the number of a segment is given once and never again, and its rows are never changed, only removed with it;
so whatever is remembered of a segment stays true.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property

from sqlalchemy import Connection

from dms.companion import SegmentName
from dms.index import Document, Errand, IndexMemory, LookUp, RememberedRows, unpack
from dms.store.engine import DriverConnection
from dms.store.segment_files import SegmentFile, SegmentFiles


class IndexRows(RememberedRows):
    """The rows as one transaction sees them."""

    def __init__(self, connection: Connection, files: SegmentFiles, memory: IndexMemory) -> None:
        super().__init__(memory)
        self._connection = connection
        self._files = files
        self._opened: dict[int, SegmentFile] = {}

    def sent(self, segments: Sequence[int], look_ups: Sequence[LookUp]) -> Errand:
        """See `dms.index.Errands`."""
        return self._files.errand(segments, [self.names[segment] for segment in segments], look_ups)

    def opened(self, segment: int) -> SegmentFile:
        """See `RememberedRows`."""
        if segment not in self._opened:
            self._opened[segment] = self._files.opened(self.names[segment])
        return self._opened[segment]

    def all_packed(self, segment: int) -> Sequence[bytes]:
        """The packed documents of a segment by ordinal."""
        return self.opened(segment).laid.all_packed()

    def read_through(self, segment: int) -> None:
        """Read every byte of a segment; `IndexUnreadable` where one is not as it was written."""
        self.opened(segment).read_through()

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

    @property
    def _driven(self) -> DriverConnection:
        """The connection of the driver; SQLAlchemy costs more than the reading itself."""
        driven = self._connection.connection.driver_connection
        assert isinstance(driven, DriverConnection)
        return driven

    def _write(self, statement: str, rows: Sequence[tuple[int | bytes, ...]]) -> None:
        if rows:
            self._connection.exec_driver_sql(statement, list(rows))
