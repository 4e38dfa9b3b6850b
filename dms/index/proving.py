"""Proving that a segment is whole: its documents are all there, and its lists tell of their text."""

import numpy as np

from dms.index.document import unpack
from dms.index.segment import Rows, Segment, SegmentHead
from dms.index.units import BREAK

_SAMPLE_UNITS = 12


def is_whole(segment: int, documents: int, rows: Rows) -> bool:
    """Whether a segment of so many documents has them all, and finds a stretch of the first and of the last of them."""
    head = SegmentHead.read(segment, rows)
    if len(head.keys) != documents or head.starts.shape[1] != documents + 1:
        return False
    shelf = Segment(head, rows)
    return all(_is_found(shelf, head, ordinal, rows) for ordinal in {0, documents - 1})


def _is_found(shelf: Segment, head: SegmentHead, ordinal: int, rows: Rows) -> bool:
    packed = rows.packed(head.id, ordinal)
    if packed is None:
        return False
    body = unpack(int(head.keys[ordinal]), packed).regions[0]
    stretch = body[: int(np.argmax(body[:_SAMPLE_UNITS] == BREAK)) or _SAMPLE_UNITS]
    if not len(stretch):
        return True
    return int(head.starts[0, ordinal]) in shelf.places(tuple(stretch.tolist())).tolist()
