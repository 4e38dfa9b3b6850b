"""The readers: a few keyless children, shared by any number of threads.

What always holds:
- R1 A child serves one question at a time; at most `processes` children live at any moment.
- R2 A child that died, stalled, lied or grew too big is replaced; only the paper it worked on hears of it.
- R3 A paper's bytes are sent to a child once and kept there until it is sent another paper's.
- R4 After `close` no child is left, not even a dead one, and no descriptor is open.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import count
from types import TracebackType
from typing import Any, Self

from dms.ingest.reading.answers import Examination, PageResult, examination_from, page_from, peak_memory_from
from dms.ingest.reading.child_process import KEYLESS_CHILD, ChildProcess
from dms.ingest.reading.errors import DocumentTooLarge, EmptyDocument, PoolClosed, ReadingRefused
from dms.ingest.reading.frames import Frame
from dms.ingest.reading.limits import EngineName, ReadingLimits

_FORGETTING_S = 10.0


@dataclass(slots=True, eq=False)
class _Seat:
    """A place for one child; `paper` is the bytes object that the child was sent last, None if it has none."""

    child: ChildProcess | None = None
    paper: bytes | None = None
    token: int = 0
    pages_read: int = 0


class ReaderPool:
    """Readers for the threads that work on papers; a context manager.

    Children are started when they are first needed. `examine` and `read_page` may be called from any thread and wait
    until a child is free.
    """

    def __init__(
        self,
        *,
        processes: int,
        limits: ReadingLimits | None = None,
        engine: EngineName | str = EngineName.RAPIDOCR,
        command: Sequence[str] = KEYLESS_CHILD,
    ) -> None:
        """Take `processes` children at most; `command` starts one and is replaced only by tests."""
        self.processes = processes
        self._limits = limits or ReadingLimits()
        self._engine = EngineName(engine)
        self._command = tuple(command)
        self._tokens = count(1)
        self._seats = [_Seat() for _ in range(max(1, processes))]
        self._free = list(self._seats)
        self._changed = threading.Condition()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def idle(self) -> bool:
        """Whether no child is at work."""
        with self._changed:
            return len(self._free) == len(self._seats)

    @property
    def child_pids(self) -> tuple[int, ...]:
        """The process ids of the living children, for measuring."""
        return tuple(seat.child.pid for seat in self._seats if seat.child)

    def examine(self, uploaded_bytes: bytes) -> Examination:
        """What the paper is and how many pages it has; raises `ReadingRefused` or `ReaderFailed`."""
        self._require_size(uploaded_bytes)
        with self._seat_for(uploaded_bytes) as seat:
            answer = self._ask(seat, uploaded_bytes, {"ask": "examine"}, self._limits.examination_s)
            with _dismissing(seat):
                return examination_from(answer, most_pages=self._limits.pages)

    def read_page(self, uploaded_bytes: bytes, number: int) -> PageResult:
        """Page `number` (from 1), read; raises `ReadingRefused` or `ReaderFailed`."""
        self._require_size(uploaded_bytes)
        with self._seat_for(uploaded_bytes) as seat:
            answer = self._ask(seat, uploaded_bytes, {"ask": "read", "page": number}, self._limits.page_s)
            with _dismissing(seat):
                result = page_from(answer, number=number)
                peak_memory_bytes = peak_memory_from(answer)
            self._recycle(seat, peak_memory_bytes)
            return result

    def forget(self, uploaded_bytes: bytes) -> None:
        """Let go of a paper that is done with, so that neither this process nor an idle child keeps its bytes."""
        with self._changed:
            seats = [seat for seat in self._free if seat.paper is uploaded_bytes]
            self._free = [seat for seat in self._free if seat not in seats]
        for seat in seats:
            with self._given_back(seat), _dismissing(seat):
                self._tell_to_forget(seat)

    def close(self) -> None:
        """End every child; waits for the questions under way. May be called again."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: len(self._free) == len(self._seats))
            for seat in self._seats:
                _dismiss(seat)

    @staticmethod
    def _tell_to_forget(seat: _Seat) -> None:
        seat.paper = None
        if seat.child:
            seat.child.ask({"ask": "forget"}, limit_s=_FORGETTING_S)

    def _require_size(self, uploaded_bytes: bytes) -> None:
        if not uploaded_bytes:
            raise EmptyDocument
        if len(uploaded_bytes) > self._limits.document_bytes:
            raise DocumentTooLarge(size_bytes=len(uploaded_bytes), limit_bytes=self._limits.document_bytes)

    @contextmanager
    def _seat_for(self, paper: bytes) -> Iterator[_Seat]:
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._free)
            if self._closed:
                raise PoolClosed
            seat = min(self._free, key=lambda free: _reluctance(free, paper))
            self._free.remove(seat)
        with self._given_back(seat):
            yield seat

    @contextmanager
    def _given_back(self, seat: _Seat) -> Iterator[None]:
        try:
            yield
        finally:
            with self._changed:
                self._free.append(seat)
                self._changed.notify_all()

    def _ask(self, seat: _Seat, paper: bytes, question: dict[str, Any], limit_s: float) -> Frame:
        with _dismissing(seat):
            child = self._living_child(seat)
            known = seat.paper is paper
            if not known:
                seat.paper, seat.token = paper, next(self._tokens)
            header = question | {"token": seat.token}
            return child.ask(header, () if known else (paper,), limit_s=limit_s)

    def _living_child(self, seat: _Seat) -> ChildProcess:
        if seat.child and not seat.child.usable:
            _dismiss(seat)
        if seat.child is None:
            seat.child = ChildProcess(self._command, {"engine": self._engine, "limits": asdict(self._limits)})
        return seat.child

    def _recycle(self, seat: _Seat, peak_memory_bytes: int) -> None:
        seat.pages_read += 1
        worn = seat.pages_read >= self._limits.recycle_after_pages
        if worn or peak_memory_bytes > self._limits.recycle_above_bytes:
            _dismiss(seat)


def _reluctance(seat: _Seat, paper: bytes) -> int:
    """Which free seat to take first: one that holds the paper, then a running child, then an empty seat."""
    if seat.child is None:
        return 2
    return 0 if seat.paper is paper else 1


@contextmanager
def _dismissing(seat: _Seat) -> Iterator[None]:
    """R2: a child that failed, was interrupted, or whose answer was not believable, does not stay."""
    try:
        yield
    except ReadingRefused:
        raise
    except BaseException:
        _dismiss(seat)
        raise


def _dismiss(seat: _Seat) -> None:
    child, seat.child, seat.paper, seat.pages_read = seat.child, None, None, 0
    if child:
        child.close()
