"""On how many processors this process may run."""

import os
import sys


def processors() -> int:
    """At least 1; fewer than the machine has where the process is bound to some of them."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
