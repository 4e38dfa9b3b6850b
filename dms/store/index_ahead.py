"""Reading rows of the index, and reading them ahead on a second processor.

What one segment is asked for, the others will be asked for too. So while a search works its way through the segments
from the first to the last, a thread reads the same rows from the last to the first, until the two meet. To decrypt the
rows of a common phrase takes longer than to work with them.

Invariant: rows of a segment never change, so a row that the thread finds is the row that the search would find. One
that it does not find may have been removed since the search began, and is told to nobody.
"""

from collections.abc import Iterator, Sequence
from threading import Event, Thread

from sqlalchemy import Connection

from dms.index import Family, IndexMemory
from dms.store.engine import DriverConnection, DriverError

_SEGMENT_BITS = 36
_FAMILY_BITS = 32


def row_key(segment: int, family: Family, term: int) -> int:
    """Under which number a row of a segment is kept."""
    return segment << _SEGMENT_BITS | family << _FAMILY_BITS | term


def read_row(driven: DriverConnection, segment: int, family: Family, term: int) -> bytes | None:
    """One row, read past SQLAlchemy, which costs more than the reading itself."""
    key = (row_key(segment, family, term),)
    found = driven.execute("SELECT data FROM index_run WHERE key = ?", key).fetchone()
    return bytes(found[0]) if found else None


def driven_by(connection: Connection) -> DriverConnection:
    """The connection of the driver."""
    driven = connection.connection.driver_connection
    assert isinstance(driven, DriverConnection)
    return driven


class ReadingAhead:
    """What goes on beside one search, as a context: when it is left, nothing goes on any more."""

    def __init__(self, connection: Connection, memory: IndexMemory) -> None:
        self._engine = connection.engine
        self._memory = memory
        self._segments: Sequence[int] = ()
        self._asked: list[tuple[Family, int]] = []
        self._reached = 0
        self._misses = False
        self._stop = Event()
        self._thread: Thread | None = None

    def __enter__(self) -> "ReadingAhead":
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Wait until the thread has stopped."""
        self._end()

    def foresee(self, segments: Sequence[int]) -> None:
        """These segments will be asked for the same rows, in this order."""
        self._end()
        self._segments, self._asked, self._misses, self._reached = segments, [], False, 0

    def note(self, segment: int, family: Family, term: int, *, known: bool) -> None:
        """A row of a segment is asked for; `known` if it is in memory."""
        if len(self._segments) <= 1:
            return
        if segment == self._segments[0]:
            self._asked.append((family, term))
            self._misses |= not known
            return
        if segment != self._segments[self._reached]:
            self._reached = self._segments.index(segment)
        if self._misses and self._thread is None:
            self._thread = Thread(target=self._read_ahead, name="reading ahead", daemon=True)
            self._thread.start()

    def _end(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
        self._thread = None
        self._stop.clear()

    def _read_ahead(self) -> None:
        pooled = self._engine.raw_connection()
        try:
            driven = pooled.driver_connection
            assert isinstance(driven, DriverConnection)
            for segment, family, term in self._left():
                self._keep(driven, segment, family, term)
        except DriverError:
            return  # the search reads the same rows, and tells what is wrong with them
        finally:
            pooled.close()

    def _left(self) -> Iterator[tuple[int, Family, int]]:
        """The rows to be read, from the last segment back to where the search has come to meanwhile."""
        for place in range(len(self._segments) - 1, 0, -1):
            for family, term in self._asked:
                if self._stop.is_set() or place <= self._reached:
                    return
                yield self._segments[place], family, term

    def _keep(self, driven: DriverConnection, segment: int, family: Family, term: int) -> None:
        if self._memory.knows_row((segment, family, term)):
            return
        row = read_row(driven, segment, family, term)
        if row is not None:
            self._memory.keep_row((segment, family, term), row)
