"""Printing beside the service: what people asked for is made one after the other and sealed until it is taken out.

What always holds: one process at a time works the queue off (``printing.lock``); a job that a dead process left under
way goes on; what was printed long ago is removed.
"""

import logging
import threading
from typing import Final

from dms.archive import Archive, ArchiveSealed
from dms.bootstrap.locking import sole_holder
from dms.custody import acting_user
from dms.domain.actor import Actor, Origin
from dms.errors import DmsError
from dms.filing.printing_out import (
    do_next_print_job,
    forget_old_prints,
    is_anything_to_print,
    reclaim_print_jobs,
)
from dms.logs import log_event, log_fault

LOCK: Final = "printing.lock"
LOOK_EVERY_SECONDS: Final = 3.0

_log = logging.getLogger(__name__)


class PrintKeeping:
    """Works the queue of prints off in a thread beside the web application, until stopped."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="printing", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the document under way; the job goes on when somebody starts again."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                keep_printing(self._archive, self._stop)
            except ArchiveSealed:
                return
            except DmsError as error:
                log_event(_log, "printing_waits", level=logging.WARNING, code=error.code)
            except Exception as error:  # noqa: BLE001 -- the next round tries again
                log_fault(_log, "printing_broke_off", error)
            self._stop.wait(LOOK_EVERY_SECONDS)


def keep_printing(archive: Archive, stop: threading.Event) -> None:
    """Do every job that waits, unless another process is at it; ends soon after the event is set."""
    if not is_anything_to_print(archive):
        return
    with sole_holder(archive.home / LOCK) as ours:
        if not ours:
            return
        reclaim_print_jobs(archive)
        while not stop.is_set() and do_next_print_job(
            archive, actor_named=lambda name: _acting(name, archive), should_stop=stop.is_set
        ):
            pass
        forget_old_prints(archive)


def _acting(name: str, archive: Archive) -> Actor | None:
    """Whoever asked, with the rights that he has now; the operator asks for nothing that is made in the background."""
    user = acting_user(name, archive=archive)
    return user.actor(Origin.WEB) if user else None
