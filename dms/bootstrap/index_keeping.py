"""Keeping the index in shape beside the service: made anew where it is incomplete, settled where much is fresh.

What is to be done follows from the catalogue, so a restart neither forgets nor repeats; one process does it at a time.
"""

import errno
import logging
import os
import threading
from time import monotonic
from typing import Final

from dms.archive import Archive, ArchiveSealed, settle_index
from dms.bootstrap.locking import sole_holder
from dms.bootstrap.readying import make_ready
from dms.errors import DmsError
from dms.logs import log_event, log_fault
from dms.search import rebuild_index, take_in_changes
from dms.store import GARBAGE_AFTER_SECONDS

LOCK: Final = "index.lock"
LOOK_EVERY_SECONDS: Final = 5.0
RETRY_AFTER_SECONDS: Final = 60.0
"""A disk that was full a moment ago still is, and to make a segment for it is work."""
SWEEP_EVERY_SECONDS: Final = 3600.0

_log = logging.getLogger(__name__)


class IndexKeeping:
    """Keeps the index in a thread beside the web application, until stopped."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._sweep_next_at = 0.0
        self._is_prepared = False
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="index", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the segment under way."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            pause_seconds = RETRY_AFTER_SECONDS
            try:
                self._sweep()  # first, for it may make the room that the rest needs
                keep_index(self._archive, self._stop)
                take_in_changes(self._archive)
                self._prepare()
                keep_companion(self._archive)
                pause_seconds = LOOK_EVERY_SECONDS
            except ArchiveSealed:
                return
            except DmsError as error:
                log_event(_log, "index_waits", level=logging.WARNING, code=error.code)
            except Exception as error:  # noqa: BLE001 -- the next round tries again; searches go on meanwhile
                log_fault(_log, "index_keeping_failed", error)
            self._stop.wait(pause_seconds)

    def _prepare(self) -> None:
        """What the first person who searches would wait for."""
        if not self._is_prepared:
            make_ready(self._archive, should_stop=self._stop.is_set)
            self._is_prepared = True

    def _sweep(self) -> None:
        if monotonic() >= self._sweep_next_at:
            sweep_index(self._archive)
            self._sweep_next_at = monotonic() + SWEEP_EVERY_SECONDS


def keep_index(archive: Archive, stop: threading.Event) -> None:
    """Do what the index needs now, unless another process is at it; ends soon after the event is set."""
    with sole_holder(archive.home / LOCK) as ours:
        if not ours:
            return
        give_up_lost_files(archive)
        if needs_making(archive):
            items = rebuild_index(archive, should_stop=stop.is_set)
            log_event(_log, "index_made", items=items)
        while not stop.is_set() and settle_index(archive):
            pass


def keep_companion(archive: Archive) -> None:
    """Start anew a companion that was lost; one that is well is told which segments there are by now."""
    try:
        archive.store.keep_companion()
    except OSError as error:  # no room for another process; searches go on without
        log_event(_log, "companion_refused", level=logging.WARNING, reason=os.strerror(error.errno or errno.EAGAIN))


def give_up_lost_files(archive: Archive) -> None:
    """Forget what lay in files that are gone or damaged, so that the rest answers; the index needs making then."""
    with archive.looking() as view:
        lost = view.index_upkeep.lost()
    if lost:
        with archive.begin() as work:
            work.index_upkeep.give_up(lost)
        log_event(_log, "index_files_lost", level=logging.WARNING, files=len(lost))


def sweep_index(archive: Archive, *, older_than_s: float = GARBAGE_AFTER_SECONDS) -> None:
    """Remove the files that nobody needs any more; see `Store.sweep_index`."""
    files = archive.store.sweep_index(older_than_s=older_than_s)
    if files:
        log_event(_log, "index_swept", files=files)


def needs_making(archive: Archive) -> bool:
    """Whether the index misses papers, was being made anew when somebody stopped, or has grown since to twice of it."""
    with archive.looking() as view:
        state, is_scattered = view.index_upkeep.state(), view.index_upkeep.is_scattered()
    return not state.complete or state.building is not None or is_scattered
