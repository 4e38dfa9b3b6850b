"""What the first visitor would wait for, done before he comes."""

from dms.archive import Archive
from dms.bootstrap.reserving import take_memory_for_index
from dms.custody import rehearse_visit
from dms.search import rehearse

COMPANION_READY_WITHIN_S = 10.0


def make_ready(archive: Archive) -> None:
    """Take the memory that the index will need, start a companion, and rehearse a search and a visit.

    Raises `IndexUnreadable`. Takes up to a few seconds for a large index; may go on beside visitors.
    """
    take_memory_for_index(archive)
    archive.store.keep_companion(patience_s=COMPANION_READY_WITHIN_S)
    rehearse(archive)
    rehearse_visit(archive)
