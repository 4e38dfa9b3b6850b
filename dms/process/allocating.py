"""Memory for the index, taken from the machine while nobody waits for it, and not given back between searches.

A search fills and frees some tens of megabytes. The C library hands freed memory back to the machine and asks for it
anew, page by page; on a virtual machine, whose host then has to find each page, that takes longer than the search. So
a service keeps what it has freed, takes what the index will need at its start, and gives it back when it is sealed.

Only the GNU C library is told (mallopt(3)); with any other one nothing happens here.
"""

import ctypes
import sys
from pathlib import Path
from typing import Any, Final

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # malloc.h
_KEPT_FREE_BYTES: Final = 512 * 1024 * 1024
"""Beyond this, freed memory goes back to the machine after all."""
_FROM_THE_HEAP_BYTES: Final = 32 * 1024 * 1024
"""What is larger is borrowed from the machine for itself, and given back at once."""
_PIECE_BYTES: Final = 1024 * 1024
"""Taken in one go; others may run in between."""


def keep_freed_memory() -> None:
    """Let this process keep the memory that it frees; to be called before it has threads."""
    allocator = _allocator()
    if allocator is not None:
        allocator.mallopt(_ARENA_MAX, 1)  # one thread runs at a time, and what one has freed another may take
        allocator.mallopt(_MMAP_THRESHOLD, _FROM_THE_HEAP_BYTES)
        allocator.mallopt(_TRIM_THRESHOLD, _KEPT_FREE_BYTES)


def take_spare_memory(wanted_bytes: int) -> int:
    """Take so much memory from the machine, but no more than a quarter of what it has left; how many bytes it was.

    Worth nothing without `keep_freed_memory`.
    """
    return take_memory(min(wanted_bytes, left_memory_bytes() // 4)) if _allocator() is not None else 0


def take_memory(size_bytes: int) -> int:
    """Take so much memory from the machine, and free it at once; how many bytes it was, in whole pieces."""
    taken = [bytearray(b"\x01") * _PIECE_BYTES for _ in range(size_bytes // _PIECE_BYTES)]
    return len(taken) * _PIECE_BYTES


def give_memory_back() -> None:
    """Give back to the machine what is free."""
    allocator = _allocator()
    if allocator is not None:
        allocator.malloc_trim(0)


def left_memory_bytes() -> int:
    """What the machine could give without taking it from anybody (proc(5), ``meminfo``); 0 where it does not tell."""
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")), 0)


def _allocator() -> Any:  # noqa: ANN401  # a library of C
    """The C library, if it is one that can be told."""
    library = ctypes.CDLL(None) if sys.platform == "linux" else None
    return library if library is not None and hasattr(library, "gnu_get_libc_version") else None
