"""Bringing items into the index and out of it; the index holds hints only and can be made anew at any time."""

from collections.abc import Callable

from dms.archive import Archive
from dms.store import UnitOfWork


def index_item(work: UnitOfWork, item_key: int) -> None:
    """Write the index row of an item from its pages and facts, in the caller's transaction; safe to repeat.

    To be called wherever page texts, title, customer, contract or the state of an item change.
    """
    raise NotImplementedError


def unindex_item(work: UnitOfWork, item_key: int) -> None:
    """Take an item out of the index, in the caller's transaction; safe to repeat."""
    raise NotImplementedError


def index_customer_items(work: UnitOfWork, customer_id: int) -> int:
    """Index every readable item of a customer anew, after a change of its names or code; how many there were."""
    raise NotImplementedError


def rebuild_index(archive: Archive, *, progress: Callable[[int, int], None] | None = None) -> int:
    """Index every readable item anew, in short transactions; how many there were. `progress(done, total)`."""
    raise NotImplementedError
