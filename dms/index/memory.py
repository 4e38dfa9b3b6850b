"""What the index keeps in memory between searches: heads and rows of segments, the facts, the fresh pile.

Invariant: whatever is kept is kept under a name that is never given to anything else (a segment's number, the number
of a change), so nothing that is kept is ever out of date.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from threading import Lock

from dms.index.building import Family
from dms.index.facts import Facts
from dms.index.pile import Pile
from dms.index.segment import Rows, SegmentHead

ROWS_KEPT_BYTES = 384 * 1024 * 1024
_ROW_OVERHEAD_BYTES = 200
_LARGEST_ROW_KEPT_BYTES = 4 * 1024 * 1024

RowName = tuple[int, Family, int]


@dataclass(frozen=True)
class Moment:
    """Facts and fresh documents of one moment of the catalogue."""

    facts: Facts
    fresh: Pile


class IndexMemory:
    """Shared by all threads of a process that search one archive."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._rows: OrderedDict[RowName, bytes | None] = OrderedDict()
        self._rows_bytes = 0
        self._heads: dict[int, SegmentHead] = {}
        self._moment: Moment | None = None
        self._numbers: dict[str, int] = {}

    def numbered(self, code: str) -> int:
        """The number under which a code stands in the columns; once given, it stays."""
        with self._lock:
            return self._numbers.setdefault(code, len(self._numbers))

    def numbers_of(self, codes: Sequence[str]) -> list[int]:
        """The numbers of some codes, given in upper case; upper and lower case are alike."""
        return [number for code, number in self._numbers.items() if code.upper() in codes]

    def code(self, number: int) -> str:
        """The code that was given this number."""
        return next(code for code, given in self._numbers.items() if given == number)

    @property
    def moment(self) -> Moment | None:
        """The latest moment that is known."""
        return self._moment

    def keep_moment(self, moment: Moment) -> None:
        """Remember a moment, unless a later one is known already."""
        with self._lock:
            if self._moment is None or self._moment.facts.moment < moment.facts.moment:
                self._moment = moment

    def head(self, segment: int, rows: Rows) -> SegmentHead:
        """The head of a segment, read once."""
        head = self._heads.get(segment)
        if head is None:
            head = SegmentHead.read(segment, rows)
            with self._lock:
                self._heads[segment] = head
        return head

    def forget_heads_but(self, segments: Collection[int]) -> None:
        """Let go of segments that are no more."""
        if len(self._heads) > 2 * len(segments) + 8:
            with self._lock:
                self._heads = {segment: head for segment, head in self._heads.items() if segment in segments}

    def row(self, name: RowName, read: Callable[[], bytes | None]) -> bytes | None:
        """A row, read at most once as long as there is room for it."""
        with self._lock:
            if name in self._rows:
                self._rows.move_to_end(name)
                return self._rows[name]
        row = read()
        if row is None or len(row) <= _LARGEST_ROW_KEPT_BYTES:
            self._keep(name, row)
        return row

    def _keep(self, name: RowName, row: bytes | None) -> None:
        with self._lock:
            if name not in self._rows:
                self._rows[name] = row
                self._rows_bytes += _cost(row)
            while self._rows_bytes > ROWS_KEPT_BYTES:
                _, oldest = self._rows.popitem(last=False)
                self._rows_bytes -= _cost(oldest)


def _cost(row: bytes | None) -> int:
    return _ROW_OVERHEAD_BYTES + len(row or b"")
