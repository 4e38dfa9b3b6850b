"""A disk that remembers what it was told will be needed."""

from vault import Disk


class AdvisedDisk(Disk):
    """Reads as any other."""

    def __init__(self):
        self.advised = []
        """Stretches of bytes in order: descriptor, first byte, how many."""

    def will_need(self, descriptor, offset, length):
        self.advised.append((descriptor, offset, length))
        super().will_need(descriptor, offset, length)

    def bytes_advised(self):
        """Of each descriptor how many bytes from its first on, with none left out."""
        reach = {}
        for descriptor, offset, length in self.advised:
            if offset <= reach.get(descriptor, 0):
                reach[descriptor] = max(reach.get(descriptor, 0), offset + length)
        return reach
