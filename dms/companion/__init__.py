"""The second process of a search: it looks up half of the segments, on the other processor.

An interpreter computes on one processor at a time, however many threads it has. So a service that searches a large
index has a companion: a small program, started clean, which is told names and keys of segments and nothing else, and
looks up in them what it is asked for. `Companion` is what the service has of it; `dms.companion.serving` runs in it.
Nothing depends on it (`dms.index.Errand`).
"""

from dms.companion.calling import Companion
from dms.companion.held_segment import OWNER, HeldSegment, SegmentName

__all__ = ["OWNER", "Companion", "HeldSegment", "SegmentName"]
