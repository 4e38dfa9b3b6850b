"""Keeping due days up to date beside the service: what changed a moment ago moves the days that depend on it.

What is to be done follows from the catalogue, so a restart neither forgets nor repeats; one process does it at a time.
"""

import logging
import threading
from typing import Final

from dms.archive import Archive, ArchiveSealed
from dms.bootstrap.locking import sole_holder
from dms.custody.keeping import all_due_days_stale, recompute_due, settle_due
from dms.domain.actor import SYSTEM
from dms.errors import DmsError
from dms.logs import log_event, log_fault

LOCK: Final = "due.lock"
LOOK_EVERY_SECONDS: Final = 20.0

_log = logging.getLogger(__name__)


class DueKeeping:
    """Keeps the due days in a thread beside the web application, until stopped."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="due", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the batch under way."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(LOOK_EVERY_SECONDS):
            try:
                keep_due_days(self._archive, self._stop)
            except ArchiveSealed:
                return
            except DmsError as error:
                log_event(_log, "due_days_wait", level=logging.WARNING, code=error.code)
            except Exception as error:  # noqa: BLE001 -- the next round tries again; nothing is destroyed by these days
                log_fault(_log, "due_keeping_failed", error)


def keep_due_days(archive: Archive, stop: threading.Event) -> None:
    """Bring what changed into the due days, unless another process is at it; ends soon after the event is set."""
    with sole_holder(archive.home / LOCK) as ours:
        if not ours:
            return
        if all_due_days_stale(archive):
            done = recompute_due(SYSTEM, archive=archive, should_stop=stop.is_set)
            log_event(_log, "due_days_computed", papers=done.examined, changed=done.changed)
        settle_due(archive)
