"""The archive's reading room: one pool of key-less children for each archive, guarded by a lock of the machine.

Invariant: whoever holds ``workers.lock`` is the only one that takes tasks of this archive, so a task found running
when the lock is taken belongs to a dead process. The kernel gives the lock back when its holder dies, however.
"""

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dms.archive import Archive
from dms.bootstrap.errors import EngineUnknown
from dms.bootstrap.locking import sole_holder
from dms.bootstrap.opening import INBOX
from dms.config import Settings
from dms.domain.actor import SYSTEM
from dms.errors import DmsError
from dms.ingest import (
    Describer,
    Progress,
    ReadingRoom,
    ReceivingLimits,
    collect_inbox,
    reclaim_orphans,
    work_until_stopped,
)
from dms.ingest.reading import EngineName, ReaderPool

LOCK = "workers.lock"
LOCK_RETRY_SECONDS = 1.0
INBOX_EVERY_SECONDS = 2.0

_log = logging.getLogger(__name__)


def reader_pool(settings: Settings) -> ReaderPool:
    """The pool of reading children that the settings call for; raises `EngineUnknown`."""
    return ReaderPool(processes=settings.reading_processes, engine=_engine(settings))


def require_engine(settings: Settings) -> None:
    """Refuse settings by which nothing would be read; raises `EngineUnknown`."""
    _engine(settings)


def _engine(settings: Settings) -> EngineName:
    try:
        return EngineName(settings.ocr_engine)
    except ValueError as error:
        raise EngineUnknown(settings.ocr_engine) from error


def receiving_limits(settings: Settings) -> ReceivingLimits:
    """What the settings allow to be received."""
    return ReceivingLimits(max_upload_bytes=settings.max_upload_bytes, min_free_disk_bytes=settings.min_free_disk_bytes)


@contextmanager
def worker_lock(home: Path) -> Iterator[bool]:
    """Whether this process is now the one that reads for the archive; the lock is held until the block ends."""
    with sole_holder(home / LOCK) as ours:
        yield ours


def reading_room(archive: Archive, pool: ReaderPool, report: Callable[[Progress], None]) -> ReadingRoom:
    """The room in which papers of this archive are read by these children."""
    return ReadingRoom(archive=archive, pool=pool, describer=Describer(archive), report=report)


class InboxWatch:
    """Takes in what is dropped into the archive's inbox, in a thread beside the web application, until stopped."""

    def __init__(self, archive: Archive, settings: Settings) -> None:
        self._archive = archive
        self._limits = receiving_limits(settings)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="inbox", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the paper under way."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(INBOX_EVERY_SECONDS):
            with contextlib.suppress(DmsError, OSError):  # a full disk or a vanished paper: the next round tries again
                collect_inbox(SYSTEM, self._archive.home / INBOX, archive=self._archive, limits=self._limits)


class BackgroundReading:
    """Reads papers as they arrive, in a thread beside the web application, until stopped."""

    def __init__(self, archive: Archive, settings: Settings) -> None:
        """Raises `EngineUnknown`, before anything is served that nobody would read."""
        _engine(settings)
        self._archive = archive
        self._settings = settings
        self._pool: ReaderPool | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="reading", daemon=True)

    @property
    def readers_alive(self) -> int:
        """How many reading children live at this moment."""
        pool = self._pool
        return len(pool.child_pids) if pool else 0

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the pages under way and end."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            with worker_lock(self._archive.home) as ours:
                if ours:
                    self._read_on()
            self._stop.wait(LOCK_RETRY_SECONDS)

    def _read_on(self) -> None:
        try:
            self._read()
        except Exception as error:  # noqa: BLE001 -- a full disk now must not mean that nothing is read tomorrow
            # The name alone: a message might say what a paper says, and logs are readable.
            _log.error("Reading broke off (%s) and begins anew.", type(error).__name__)

    def _read(self) -> None:
        reclaim_orphans(self._archive)
        with reader_pool(self._settings) as pool:
            self._pool = pool
            work_until_stopped(reading_room(self._archive, pool, lambda progress: None), self._stop)
