"""The memory that the index will need, of the process and of the machine, taken before anybody searches."""

from collections.abc import Callable

from dms.archive import Archive
from dms.process import left_memory_bytes, take_spare_memory


def take_memory_for_index(archive: Archive) -> int:
    """Take from the machine what the index keeps in memory once it has been searched; how many bytes that are.

    Never more than a quarter of what the machine has left. Worth nothing without `keep_freed_memory`. Raises
    `IndexUnreadable`.
    """
    with archive.looking() as view:
        return take_spare_memory(min(archive.store.index_keeps_bytes, view.index_upkeep.bytes_in_files()))


def read_ahead(archive: Archive, *, should_stop: Callable[[], bool]) -> int:
    """Let the machine read index and catalogue from its disk, so that nobody who searches waits for it; how many bytes.

    They lie in the memory that the machine gives to whoever asks for it: no more than half of what is left, the index
    first, and as much of both as that holds. Raises `IndexUnreadable`.
    """
    most_bytes = left_memory_bytes() // 2
    of_index = archive.store.read_index_ahead(most_bytes=most_bytes, should_stop=should_stop)
    return of_index + archive.store.read_catalogue_ahead(most_bytes=most_bytes - of_index, should_stop=should_stop)
