"""Where the rows of the index lie in the catalogue, by plain numbers.

Invariant: the number of a segment is given once and never again, and its rows are never changed, only removed with it;
so whatever is remembered of a segment stays true.
"""

from collections.abc import Iterable, Sequence
from functools import partial

from sqlalchemy import Connection

from dms.index import FRESH, Document, Family, IndexMemory, PlaceSet, Row, unpack
from dms.store.index_ahead import ReadingAhead, driven_by, read_row, row_key

_TEXT_BITS = 40
ROWS_AT_ONCE = 2000


def _text_key(segment: int, ordinal: int) -> int:
    return segment << _TEXT_BITS | ordinal


class IndexRows:
    """The rows as one transaction sees them; read past SQLAlchemy, which costs more than the reading itself."""

    def __init__(self, connection: Connection, memory: IndexMemory, *, ahead: ReadingAhead | None = None) -> None:
        self._connection = connection
        self._memory = memory
        self._driven = driven_by(connection)
        self._ahead = ahead

    def foresee(self, segments: Sequence[int]) -> None:
        """See `dms.index.Rows`."""
        if self._ahead:
            self._ahead.foresee(segments)

    def row(self, segment: int, family: Family, term: int) -> bytes | None:
        """See `dms.index.Rows`."""
        self._note(segment, family, term)
        return self._memory.row((segment, family, term), partial(read_row, self._driven, segment, family, term))

    def place_set(self, segment: int, pair: int) -> PlaceSet:
        """See `dms.index.Rows`."""
        self._note(segment, Family.PAIR, pair)
        read = partial(read_row, self._driven, segment, Family.PAIR, pair)
        return self._memory.place_set((segment, Family.PAIR, pair), read)

    def rows(self, segment: int, family: Family, first: int, last: int) -> Sequence[bytes]:
        """See `dms.index.Rows`."""
        return self._memory.run((segment, family, first, last), partial(self._run, segment, family, first, last))

    def _run(self, segment: int, family: Family, first: int, last: int) -> tuple[bytes, ...]:
        found = self._driven.execute(
            "SELECT data FROM index_run WHERE key BETWEEN ? AND ? ORDER BY key",
            (row_key(segment, family, first), row_key(segment, family, last)),
        )
        return tuple(row[0] for row in found)

    def packed(self, segment: int, ordinal: int) -> bytes | None:
        """See `dms.index.Rows`."""
        key = (_text_key(segment, ordinal),)
        found = self._driven.execute("SELECT data FROM index_text WHERE key = ?", key).fetchone()
        return bytes(found[0]) if found else None

    def all_packed(self, segment: int, *, most_bytes: int | None = None) -> list[tuple[int, bytes]]:
        """The packed documents of a segment by ordinal, of those in no segment yet by item key; the first of many."""
        first, end = _text_key(segment, 0), _text_key(segment + 1, 0)
        query = "SELECT key, data FROM index_text WHERE key >= ? AND key < ? ORDER BY key"
        found: list[tuple[int, bytes]] = []
        left = most_bytes
        for key, packed in self._driven.execute(query, (first, end)):
            found.append((key - first, packed))
            left = None if left is None else left - len(packed)
            if left is not None and left <= 0:
                break
        return found

    def fresh(self) -> list[Document]:
        """The documents that are in no segment yet, by item key."""
        return [unpack(key, packed) for key, packed in self.all_packed(FRESH)]

    def fresh_bytes(self) -> int:
        """How large they are together."""
        end = (_text_key(FRESH + 1, 0),)
        query = "SELECT coalesce(sum(length(data)), 0) FROM index_text WHERE key < ?"
        return int(self._driven.execute(query, end).fetchone()[0])

    def put_fresh(self, item_key: int, packed: bytes) -> None:
        """Lay a document down beside the segments, in the place of the one it had there."""
        self._write("INSERT OR REPLACE INTO index_text (key, data) VALUES (?, ?)", [(item_key, packed)])

    def drop_fresh(self, item_keys: Iterable[int]) -> None:
        """Remove documents from beside the segments."""
        self._write("DELETE FROM index_text WHERE key = ?", [(key,) for key in item_keys])

    def put_segment(self, segment: int, rows: Iterable[Row], packed: Sequence[bytes]) -> None:
        """Write every row of a new segment."""
        batch: list[tuple[int, bytes]] = []
        statement = "INSERT INTO index_run (key, data) VALUES (?, ?)"
        for row in rows:
            batch.append((row_key(segment, row.family, row.term), row.data))
            if len(batch) == ROWS_AT_ONCE:
                self._write(statement, batch)
                batch = []
        self._write(statement, batch)
        texts = [(_text_key(segment, ordinal), data) for ordinal, data in enumerate(packed)]
        self._write("INSERT INTO index_text (key, data) VALUES (?, ?)", texts)

    def drop_segment(self, segment: int) -> None:
        """Remove every row of a segment."""
        run = (row_key(segment, Family.HEAD, 0), row_key(segment + 1, Family.HEAD, 0))
        self._write("DELETE FROM index_run WHERE key >= ? AND key < ?", [run])
        text = (_text_key(segment, 0), _text_key(segment + 1, 0))
        self._write("DELETE FROM index_text WHERE key >= ? AND key < ?", [text])

    def _note(self, segment: int, family: Family, term: int) -> None:
        if self._ahead:
            self._ahead.note(segment, family, term, known=self._memory.knows_row((segment, family, term)))

    def _write(self, statement: str, rows: Sequence[tuple[int | bytes, ...]]) -> None:
        if rows:
            self._connection.exec_driver_sql(statement, list(rows))
