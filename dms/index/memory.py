"""What the index keeps in memory between searches: heads and rows of segments, the facts, the fresh pile.

Invariant: whatever is kept is kept under a name that is never given to anything else (a segment's number, the number
of a change), so nothing that is kept is ever out of date.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import cast

from dms.index.building import Family
from dms.index.facts import Facts
from dms.index.kept_weights import KeptWeights
from dms.index.looking_up import LookUp
from dms.index.pile import Pile
from dms.index.postings import PlaceSet
from dms.index.segment import Rows, SegmentHead
from dms.index.tallying import Weights

ROWS_KEPT_BYTES = 304 * 1024 * 1024
SHARE_OF_ROWS_KEPT_BYTES = 112 * 1024 * 1024
"""What each of two processes keeps that look up half of the segments each."""
WEIGHTS_KEPT_BYTES = 64 * 1024 * 1024
_ROW_OVERHEAD_BYTES = 200
_LARGEST_ROW_KEPT_BYTES = 4 * 1024 * 1024

RowName = tuple[int, Family, int]
SetName = tuple[int, int]
"""Segment and pair."""
RunName = tuple[int, Family, int, int]
"""Of neighbouring rows: segment, family, first and last term."""
Kept = bytes | PlaceSet | tuple[bytes, ...] | None
WeightsName = tuple[int, LookUp]
"""Segment, and what was looked up in it."""


@dataclass(frozen=True)
class Moment:
    """Facts and fresh documents of one moment of the catalogue."""

    facts: Facts
    fresh: Pile


class IndexMemory:
    """Shared by all threads of a process that search one archive."""

    def __init__(self, *, rows_kept_bytes: int = ROWS_KEPT_BYTES) -> None:
        """Keeps so much of rows at most."""
        self._rows_kept_bytes = rows_kept_bytes
        self._lock = Lock()
        self._rows: OrderedDict[RowName | SetName | RunName, tuple[Kept, int]] = OrderedDict()
        self._rows_bytes = 0
        self._weights: OrderedDict[WeightsName, KeptWeights] = OrderedDict()
        self._weights_bytes = 0
        self._heads: dict[int, SegmentHead] = {}
        self._moment: Moment | None = None
        self._numbers: dict[str, int] = {}

    @property
    def keeps_bytes(self) -> int:
        """What it comes to keep of a large index that is searched."""
        return self._rows_kept_bytes + WEIGHTS_KEPT_BYTES

    def keep_a_share_of_rows(self) -> None:
        """Keep less from now on, for another process looks up half of the segments."""
        self._rows_kept_bytes = SHARE_OF_ROWS_KEPT_BYTES

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
        known = self._known(name)
        if known is not None:
            return cast(bytes | None, known[0])
        row = read()
        self.keep_row(name, row)
        return row

    def run(self, name: RunName, read: Callable[[], tuple[bytes, ...]]) -> tuple[bytes, ...]:
        """The same of neighbouring rows; which of their terms have one at all is known only once they are read."""
        known = self._known(name)
        if known is not None:
            return cast(tuple[bytes, ...], known[0])
        rows = read()
        self._keep(name, rows, sum(map(len, rows)))
        return rows

    def weights(self, name: WeightsName, look_up: Callable[[], Weights]) -> Weights:
        """How much speaks for each document of a segment, looked up at most once as long as there is room for it.

        Who turns pages, sorts, or steps from hit to hit asks the same again. The answer is the caller's to change.
        """
        with self._lock:
            known = self._weights.get(name)
            if known is not None:
                self._weights.move_to_end(name)
        if known is not None:
            return known.whole()
        weights = look_up()
        self.keep_weights(name, KeptWeights.of(weights))
        return weights

    def knows_weights(self, name: WeightsName) -> bool:
        """Whether this need not be looked up."""
        return name in self._weights

    def keep_weights(self, name: WeightsName, kept: KeptWeights) -> None:
        """Remember what was looked up."""
        with self._lock:
            if name not in self._weights:
                self._weights[name] = kept
                self._weights_bytes += kept.size_bytes
            while self._weights_bytes > WEIGHTS_KEPT_BYTES:
                _, oldest = self._weights.popitem(last=False)
                self._weights_bytes -= oldest.size_bytes

    def place_set(self, name: RowName, read: Callable[[], bytes | None]) -> PlaceSet:
        """The same of a row that holds a set of places, as the set; it is shared, and nobody may change it."""
        segment, _, pair = name
        known = self._known((segment, pair))
        if known is not None:
            return cast(PlaceSet, known[0])
        row = self._taken(name) or read() or b""
        places = PlaceSet.deserialize(row) if row else PlaceSet()
        self._keep((segment, pair), places, len(row))
        return places

    def knows_row(self, name: RowName) -> bool:
        """Whether a row, or the set that it holds, need not be read."""
        return name in self._rows or (name[0], name[2]) in self._rows

    def keep_row(self, name: RowName, row: bytes | None) -> None:
        """Remember a row."""
        self._keep(name, row, len(row or b""))

    def _taken(self, name: RowName) -> bytes | None:
        """A row that is remembered, which is forgotten with that."""
        with self._lock:
            row, size_bytes = self._rows.pop(name, (None, -_ROW_OVERHEAD_BYTES))
            self._rows_bytes -= _ROW_OVERHEAD_BYTES + size_bytes
            return cast(bytes | None, row)

    def _known(self, name: RowName | SetName | RunName) -> tuple[Kept, int] | None:
        with self._lock:
            if name not in self._rows:
                return None
            self._rows.move_to_end(name)
            return self._rows[name]

    def _keep(self, name: RowName | SetName | RunName, kept: Kept, size_bytes: int) -> None:
        if size_bytes > _LARGEST_ROW_KEPT_BYTES:
            return
        with self._lock:
            if name not in self._rows:
                self._rows[name] = (kept, size_bytes)
                self._rows_bytes += _ROW_OVERHEAD_BYTES + size_bytes
            while self._rows_bytes > self._rows_kept_bytes:
                _, (_, oldest_bytes) = self._rows.popitem(last=False)
                self._rows_bytes -= _ROW_OVERHEAD_BYTES + oldest_bytes
