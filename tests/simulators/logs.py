"""The log of a test: what a process would write, and everything put back afterwards."""

import logging
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def log_put_back() -> Iterator[None]:
    """Whatever the block does to the log, the hooks and the signals of this process is undone at its end."""
    root = logging.getLogger()
    before = root.handlers[:], root.level, threading.excepthook, sys.excepthook, signal.getsignal(signal.SIGTERM)
    levels = {name: logging.getLogger(name).level for name in ("dms", "vault")}
    try:
        yield
    finally:
        root.handlers, _, threading.excepthook, sys.excepthook, on_sigterm = before
        root.setLevel(before[1])
        signal.signal(signal.SIGTERM, on_sigterm)
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)
        logging.captureWarnings(False)
