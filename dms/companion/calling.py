"""The companion as the service has it: started, sent on errands, ended.

What always holds:
- C1 It is a fresh program (never a fork of this one), with an environment of its own and no open descriptor but its
  end of the line, and ends with this process, however this one ends: the line closes.
- C2 It is told the folder of the index, and names and keys of segments; no passphrase, no key of anything else.
- C3 Nobody waits for it. One errand at a time; whoever searches meanwhile does without.
- C4 What does not fit, or comes too late, is not believed: an errand takes only what was found for it.
"""

import contextlib
import os
import pickle
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from time import monotonic
from types import TracebackType
from typing import Final, Self

from dms.companion.held_segment import SegmentName
from dms.companion.messages import LINE_CLOSED, Finding, Halt, Line, Prepared, Presence, Ready, Task
from dms.index import NO_ERRAND, Errand, IndexMemory, LookUp

_COMMAND: Final = (sys.executable, "-B", "-P", "-s", "-m", "dms.companion")
"""Writes no byte code, and takes modules neither from the folder where it is nor from a person's own."""
_PROJECT = Path(__file__).parents[2]
_PASSED_ON: Final = ("PATH", "LD_LIBRARY_PATH")
_ONE_THREAD: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_LONGEST_STANDSTILL_S: Final = 2
"""So long a message may take that has begun to come, or to go."""
_MOST_UNREADY: Final = 3
"""With so many tasks given that it has not ended, it is behind, and gets no more."""
_GRACE_S: Final = 2.0
_LOOK_EVERY_S: Final = 0.1


class Companion:
    """A running companion; safe to share between threads."""

    def __init__(self, folder: Path, *, rows_kept_bytes: int) -> None:
        """Start it for the segments in this folder; raises `OSError` where there is no room for another process."""
        ours, its = socket.socketpair()
        with its:
            self._process = subprocess.Popen(  # noqa: S603 -- the command is our own
                [*_COMMAND, str(its.fileno()), str(folder.absolute()), str(rows_kept_bytes)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[its.fileno()],
                cwd="/",
                env=_environment(),
                start_new_session=True,  # or a terminal's Ctrl+C would reach it, too
            )
        patience = struct.pack("ll", _LONGEST_STANDSTILL_S, 0)
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, patience)
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, patience)
        self._line = Line(Connection(ours.detach()))
        self._using = Lock()
        self._is_lost = False
        self._tasks_given = 0
        self._tasks_ended = 0
        self._present: frozenset[str] = frozenset()
        self._is_prepared = False

    @property
    def pid(self) -> int:
        """The process id, for measuring."""
        return self._process.pid

    @property
    def is_usable(self) -> bool:
        """Whether it can be sent on errands."""
        return not self._is_lost and self._process.poll() is None

    def tell_present(self, names: Sequence[SegmentName]) -> None:
        """Let it know which segments there are, and get them ready; nothing happens where it knows, or is busy."""
        present = frozenset(name.object_id for name in names)
        if present == self._present or not self._using.acquire(blocking=False):
            return
        try:
            if self._say(Presence(tuple(names))):
                self._present = present
        finally:
            self._using.release()

    def is_prepared(self, *, within_s: float) -> bool:
        """Whether it has opened the segments that there are, or has done so soon enough."""
        until = monotonic() + within_s
        with self._using:
            while not self._is_prepared and self.is_usable and monotonic() < until:
                self._line.wait(_LOOK_EVERY_S)
                for _ in self._heard():
                    pass
        return self._is_prepared

    def sent(self, segments: Sequence[int], names: Sequence[SegmentName], look_ups: Sequence[LookUp]) -> Errand:
        """See `dms.index.Errands`; `segments` are the numbers under which the caller knows those of the names."""
        if not self._using.acquire(blocking=False):
            return NO_ERRAND
        for _ in self._heard():
            pass  # too late for whoever asked
        is_behind = self._tasks_given - self._tasks_ended >= _MOST_UNREADY
        if is_behind or not self._say(Task(self._tasks_given + 1, tuple(names), tuple(look_ups))):
            self._using.release()
            return NO_ERRAND
        self._tasks_given += 1
        return _CompanionErrand(self, segments, look_ups)

    def findings(self) -> Iterator[Finding]:
        """What has come for the task given last; to be asked by whoever is on the errand, alone."""
        return (finding for finding in self._heard() if finding.number == self._tasks_given)

    def leave(self, *, is_done: bool) -> None:
        """End the errand."""
        if not is_done:
            self._say(Halt())
        self._using.release()

    def close(self) -> None:
        """End it, and collect it."""
        self._is_lost = True
        with self._using:
            self._line.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_GRACE_S)
        self._process.kill()
        self._process.wait()

    def _heard(self) -> Iterator[Finding]:
        try:
            while not self._is_lost and self._line.has_news:
                match self._line.hear():
                    case Finding() as finding:
                        yield finding
                    case Ready(number):
                        self._tasks_ended = number
                    case Prepared():
                        self._is_prepared = True
        except (*LINE_CLOSED, pickle.UnpicklingError):
            self._is_lost = True

    def _say(self, message: object) -> bool:
        try:
            if not self._is_lost:
                self._line.say(message)
        except LINE_CLOSED:
            self._is_lost = True
        return not self._is_lost


class _CompanionErrand:
    """One errand of a companion."""

    def __init__(self, companion: Companion, segments: Sequence[int], look_ups: Sequence[LookUp]) -> None:
        self._companion = companion
        self._segments = segments
        self._look_ups = look_ups
        self._left = len(segments)

    def bring(self, memory: IndexMemory) -> None:
        """See `dms.index.Errand`."""
        for finding in self._companion.findings():
            self._left -= 1
            for look_up, weights in zip(self._look_ups, finding.weights, strict=True):
                memory.keep_weights((self._segments[finding.place], look_up), weights)

    def __enter__(self) -> Self:
        """See `dms.index.Errand`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """See `dms.index.Errand`."""
        self._companion.leave(is_done=not self._left)


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return kept | dict.fromkeys(_ONE_THREAD, "1") | {"LC_ALL": "C.UTF-8", "PYTHONPATH": str(_PROJECT)}
