"""What the first visitor would wait for, done before he comes."""

from contextlib import suppress

from dms.archive import Archive
from dms.bootstrap.reserving import take_memory_for_index
from dms.custody import rehearse_visit
from dms.search import rehearse

COMPANION_READY_WITHIN_S = 10.0


def make_ready(archive: Archive) -> None:
    """Start a companion, take the memory that the index will need, and rehearse a search and a visit.

    Raises `IndexUnreadable`. Takes up to a few seconds for a large index; may go on beside visitors.
    """
    with suppress(OSError):  # a second process is welcome, not necessary
        archive.store.keep_companion(patience_s=COMPANION_READY_WITHIN_S)
    take_memory_for_index(archive)
    rehearse(archive)
    rehearse_visit(archive)
