"""What the pieces of upkeep are: which use case does each of them."""

import threading

from dms.archive import Archive
from dms.bootstrap.upkeep import Chore


def do_chore(chore: Chore, archive: Archive, stop: threading.Event) -> None:
    """Do one chore; its result is recorded in the catalogue. Raises what the use case raises."""
    raise NotImplementedError
