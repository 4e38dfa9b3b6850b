"""What the first visitor would wait for, done before he comes."""

from collections.abc import Callable
from contextlib import suppress

from dms.archive import Archive
from dms.bootstrap.reserving import read_ahead, take_memory_for_index
from dms.custody import rehearse_visit
from dms.search import rehearse

COMPANION_READY_WITHIN_S = 10.0


def make_ready(archive: Archive, *, should_stop: Callable[[], bool] = lambda: False) -> None:
    """Start a companion, take the memory that the index will need, rehearse a search and a visit, and let the machine
    read index and catalogue.

    Raises `IndexUnreadable`. Takes up to a few seconds for a large index, and for as long as a slow disk takes to read
    them; may go on beside visitors.
    """
    with suppress(OSError):  # a second process is welcome, not necessary
        archive.store.keep_companion(patience_s=COMPANION_READY_WITHIN_S)
    take_memory_for_index(archive)
    rehearse(archive)
    rehearse_visit(archive)
    read_ahead(archive, should_stop=should_stop)
