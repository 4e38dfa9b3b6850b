"""Room on the disk as the pages show it: asked for at most once a minute, however many pages are opened."""

from threading import Lock
from time import monotonic

from dms.archive import Archive
from dms.custody import space_left
from dms.domain.space import SpaceOutlook
from dms.ingest import ReceivingLimits

FRESH_SECONDS = 60.0


class SpaceWatch:
    """How the disk of the archive stands; safe to share between threads."""

    def __init__(self, archive: Archive, limits: ReceivingLimits) -> None:
        self._archive = archive
        self._reserve_bytes = limits.min_free_disk_bytes
        self._lock = Lock()
        self._looked: tuple[float, SpaceOutlook] | None = None

    def outlook(self) -> SpaceOutlook:
        """How the disk stands, as of a minute ago at most."""
        with self._lock:
            if self._looked is None or monotonic() - self._looked[0] > FRESH_SECONDS:
                self._looked = monotonic(), space_left(self._archive, reserve_bytes=self._reserve_bytes)
            return self._looked[1]
