"""One keyless child as the parent sees it: started clean, asked with a deadline, ended without a trace.

What always holds:
- P1 The child is a fresh program (never a fork of this one), with an empty environment but for what its libraries
  need, ``/`` as its folder and no open descriptor but its three pipes; it never sees a key.
- P2 A question is answered by a checked value or a named error within its time limit, or the child is killed.
- P3 After `ask` raised a `ReaderFailed`, the child is dead and collected; after a refusal it lives on.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from dms.ingest.reading.answers import ANSWER_BOUNDS
from dms.ingest.reading.errors import ReaderDied, ReaderFailed, ReaderMisbehaved, ReaderTimedOut, error_from
from dms.ingest.reading.frames import BrokenFrame, Frame, StreamEnded, read_frame, write_frame

KEYLESS_CHILD: tuple[str, ...] = (sys.executable, "-I", "-B", str(Path(__file__).parent / "keyless" / "__main__.py"))
"""The command that starts a real child; isolated from the user's Python settings, writing no byte code."""

_PASSED_ON = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "TESSDATA_PREFIX")
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_THREAD_LIMIT")
_GRACE_S = 2.0


class ChildProcess:
    """A running child; used by one thread at a time."""

    def __init__(self, command: Sequence[str], configuration: dict[str, Any]) -> None:
        """Start the program and send it its configuration; raises `ReaderDied` when it does not even take that."""
        self._process = subprocess.Popen(  # noqa: S603 -- the command is our own, never composed from input
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            close_fds=True,
            cwd="/",
            env=_clean_environment(),
            start_new_session=True,  # a group of its own, so that what it started dies with it
        )
        self._ran_out = threading.Event()
        self._tell({"ask": "configure", **configuration})

    @property
    def pid(self) -> int:
        """The process id, for measuring."""
        return self._process.pid

    def ask(self, header: dict[str, Any], parts: Sequence[bytes] = (), *, limit_s: float) -> Frame:
        """The child's answer, of checked size only; raises the error it named, or a `ReaderFailed` (P3)."""
        deadline = threading.Timer(limit_s, self._run_out)
        deadline.daemon = True
        deadline.start()
        try:
            return self._exchange(header, parts)
        except ReaderFailed as failure:
            self.kill()
            raise (ReaderTimedOut(limit_s=limit_s) if self._ran_out.is_set() else failure) from None
        finally:
            deadline.cancel()
            deadline.join()  # afterwards no late deadline can strike the next question

    @property
    def usable(self) -> bool:
        """Whether the child can be asked again."""
        return self._process.poll() is None and not self._ran_out.is_set()

    def close(self) -> None:
        """Let the child end by itself, kill it if it does not within two seconds, and collect it."""
        self._close(self._process.stdin)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_GRACE_S)
        self.kill()

    def kill(self) -> None:
        """End the child and all that it started, and collect it."""
        self._strike()
        self._process.wait()
        self._close(self._process.stdin)
        self._close(self._process.stdout)

    def _exchange(self, header: dict[str, Any], parts: Sequence[bytes]) -> Frame:
        self._tell(header, parts)
        answer = self._hear()
        if answer.header.get("answer") == "error":
            raise error_from(answer.header.get("code"), answer.header.get("details"))
        return answer

    def _tell(self, header: dict[str, Any], parts: Sequence[bytes] = ()) -> None:
        try:
            write_frame(_open(self._process.stdin), header, parts)
        except (OSError, ValueError):
            raise ReaderDied from None

    def _hear(self) -> Frame:
        try:
            return read_frame(_open(self._process.stdout), ANSWER_BOUNDS)
        except (StreamEnded, OSError, ValueError):
            raise ReaderDied from None
        except BrokenFrame:
            raise ReaderMisbehaved from None

    def _run_out(self) -> None:
        self._ran_out.set()
        self._strike()

    def _strike(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if sys.platform == "win32":
                self._process.kill()
            elif self._process.returncode is None:  # not collected yet, so the number still means this child
                os.killpg(self._process.pid, signal.SIGKILL)

    @staticmethod
    def _close(stream: IO[bytes] | None) -> None:
        with contextlib.suppress(OSError):  # what is left in the buffer for a dead child goes nowhere
            _open(stream).close()


def _open(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise ReaderDied
    return stream


def _clean_environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return kept | dict.fromkeys(_ONE_THREAD, "1") | {"LC_ALL": "C.UTF-8", "HOME": "/nonexistent"}
