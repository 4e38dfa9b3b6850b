"""A disk on which little room is left."""

from vault import Disk
from vault.errors import StorageFull


class DiskWithoutRoom(Disk):
    """Takes a hundred kilobytes, then is full."""

    def __init__(self):
        self.taken = 0

    def append(self, descriptor, data):
        self.taken += len(data)
        if self.taken > 100_000:
            raise StorageFull
        super().append(descriptor, data)
