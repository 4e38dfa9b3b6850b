"""Disks that break at a chosen operation, to stand in for a loss of power or a full medium."""

from vault import Disk
from vault.errors import StorageFull

OPERATIONS = ("make_folder", "create", "append", "sync", "close", "publish", "replace", "sync_folder", "remove")


class PowerLost(BaseException):
    """The machine is off; no line of the program runs any more, clean-up included."""


class CountedDisk(Disk):
    """Counts the operations that change something, in order of their happening."""

    def __init__(self):
        self.done = []

    def before(self, operation):
        """Called before every operation; may raise."""
        self.done.append(operation)


def _counted(operation):
    def run(self, *arguments):
        self.before(operation)
        return getattr(Disk, operation)(self, *arguments)

    return run


for _operation in OPERATIONS:
    setattr(CountedDisk, _operation, _counted(_operation))


class DiskThatLosesPower(CountedDisk):
    """Does so many operations, then none any more."""

    def __init__(self, operations_left):
        super().__init__()
        self.operations_left = operations_left

    def before(self, operation):
        if len(self.done) >= self.operations_left:
            raise PowerLost
        super().before(operation)


class FullDisk(CountedDisk):
    """Takes the first bytes, then has no room for more."""

    def before(self, operation):
        super().before(operation)
        if operation == "append" and self.done.count("append") > 1:
            raise StorageFull
