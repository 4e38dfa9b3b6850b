"""What a child takes away from itself before it looks at the first byte of a paper.

- C1 Nothing can be written: the size of any new content is limited to zero, and opening for writing is refused.
- C2 No program is started except, for the second engine, Tesseract; no connection is made.
- C3 Memory, descriptors and core dumps are bounded; the processor time of one question is bounded by the kernel, so a
  child that hangs ends even when nobody is left to kill it.
- C4 The child ends as soon as its parent's end of the pipe is gone, in the midst of work if need be.

- C5 It reads its own code, its libraries and its models, and no other place: neither the vault nor the memory of the
  process that started it.

C1, C2 and C5 are held by the kernel where it offers the means (`landlock`), C1 and C2 also by an audit hook for what
Python code attempts. The fence goes up before any other thread exists, because it holds for the thread that calls.
A parent-death signal is deliberately not used: Linux sends it when the *thread* that started the child ends.
"""

import ctypes
import os
import re
import select
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import IO, Any

from dms.ingest.reading.keyless.landlock import fence_in

if sys.platform != "win32":
    import resource

_OWN_CODE = Path(__file__).resolve().parents[3]
_OPEN_DESCRIPTORS = 128
_NO_NEW_PRIVILEGES = 38  # PR_SET_NO_NEW_PRIVS, linux/prctl.h
_PEAK = re.compile(rb"^VmHWM:\s+(\d+) kB$", re.MULTILINE)
_LONGEST_ACCOUNT = 2**16
_DUMPABLE = 4  # PR_SET_DUMPABLE
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
_FORBIDDEN = frozenset(
    {"os.system", "os.exec", "os.fork", "os.forkpty", "os.spawn", "pty.spawn"}
    | {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"}
    | {"os.remove", "os.rename", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown"}
)


def take_over_streams() -> tuple[IO[bytes], IO[bytes]]:
    """The two pipes to the parent, moved out of reach: what a library prints goes nowhere."""
    inward, outward = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)
    return inward, outward


def confine(*, address_space_bytes: int, program: str | None) -> None:
    """Give up what a reader does not need; `program` is the name of the one program it may start, if any."""
    if sys.platform != "win32":
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write then fails with an error instead of killing us
        _limit(resource.RLIMIT_AS, address_space_bytes)
        _limit(resource.RLIMIT_FSIZE, 0)
        _limit(resource.RLIMIT_CORE, 0)
        _limit(resource.RLIMIT_NOFILE, _OPEN_DESCRIPTORS)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        libc.prctl(_DUMPABLE, 0, 0, 0, 0)
    fence_in(_OWN_CODE, program=program)
    sys.addaudithook(_refuse_all_but(program))


def allow_processor_time(seconds: float) -> None:
    """Let the kernel end this process when it has used `seconds` more of processor time."""
    if sys.platform != "win32":
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 1, hard))


class MemoryGauge:
    """Tells how much memory this process has had in use; made before it is confined, for it opens what it reads.

    Linux hands the peak that `getrusage` tells on to every program that a process starts, so a child of a service
    with a large index would look worn after its first page; its own account begins with the program (proc(5)).
    """

    def __init__(self) -> None:
        self._account = os.open("/proc/self/status", os.O_RDONLY) if sys.platform == "linux" else None

    def peak_bytes(self) -> int:
        """The most so far; 0 where the system does not say."""
        if self._account is not None:
            told = _PEAK.search(os.pread(self._account, _LONGEST_ACCOUNT, 0))
            return int(told[1]) * 1024 if told else 0
        return 0 if sys.platform == "win32" else _peak_of_usage()


def _peak_of_usage() -> int:
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def end_with_parent(inward: IO[bytes]) -> None:
    """Watch the pipe from the parent and end this process the moment it is closed (C4)."""
    if sys.platform != "win32":
        threading.Thread(target=_watch, args=(inward.fileno(),), daemon=True).start()


def _watch(descriptor: int) -> None:
    hang_up = select.poll()
    hang_up.register(descriptor, 0)  # no events asked for: only a hang-up or an error wakes us
    hang_up.poll()
    os.killpg(0, signal.SIGKILL)  # the parent gave us a group of our own; what we started goes with us


def _limit(which: int, bound: int) -> None:
    _, hard = resource.getrlimit(which)
    if hard != resource.RLIM_INFINITY:
        bound = min(bound, hard)
    resource.setrlimit(which, (bound, bound))


def _refuse_all_but(program: str | None) -> Callable[[str, tuple[Any, ...]], None]:
    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            _refuse_writing(arguments)
        elif event in {"subprocess.Popen", "os.posix_spawn"}:
            if PurePath(os.fsdecode(arguments[0])).name != program:
                raise PermissionError(event)
        elif event in _FORBIDDEN:
            raise PermissionError(event)

    return refuse


def _refuse_writing(arguments: tuple[Any, ...]) -> None:
    path, _, flags = arguments
    if isinstance(flags, int) and flags & _WRITING and path != os.devnull and not isinstance(path, int):
        raise PermissionError("open")
