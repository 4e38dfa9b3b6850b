"""Keeping the memory of a process that holds keys to itself.

Invariant: from before the first key is in memory, this process leaves no core dump (which would put keys and papers
on a disk, readable), and on Linux no other process of the same account can look into its memory.
"""

import ctypes
import resource
import sys

_DUMPABLE = 4
"""PR_SET_DUMPABLE, linux/prctl.h"""


def guard_memory() -> None:
    """Forbid core dumps and, on Linux, tracing by others; may be called again."""
    _, ceiling = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, ceiling))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DUMPABLE, 0, 0, 0, 0)
