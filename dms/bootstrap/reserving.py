"""The memory that the index will need, taken before anybody searches."""

from dms.archive import Archive
from dms.process import take_spare_memory


def take_memory_for_index(archive: Archive) -> int:
    """Take from the machine what the index keeps in memory once it has been searched; how many bytes that are.

    Never more than a quarter of what the machine has left. Worth nothing without `keep_freed_memory`. Raises
    `IndexUnreadable`.
    """
    with archive.looking() as view:
        return take_spare_memory(min(archive.store.index_keeps_bytes, view.index_upkeep.bytes_in_files()))
