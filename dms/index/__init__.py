"""索引: the full-text index as a library of its own; knows criteria and numbers, nothing of SQL, people or pages.

`Index` answers questions from segments, whose rows somebody else keeps; `segment_rows` makes them.
"""

from dms.index.asking import Index
from dms.index.building import MOST_DOCUMENTS, Family, Row, segment_rows
from dms.index.document import Document, pack, unpack
from dms.index.errand import NO_ERRAND, Errand, Errands
from dms.index.facts import ABSENT, FRESH, GONE, NAMES, Facts, FactTable
from dms.index.kept_weights import KeptWeights
from dms.index.laying_out import LaidSegment, laid_out
from dms.index.looking_up import LookUp
from dms.index.memory import SHARE_OF_ROWS_KEPT_BYTES, IndexMemory, Moment
from dms.index.pile import Pile
from dms.index.postings import MOST_PLACES, PlaceSet
from dms.index.proving import is_whole
from dms.index.question import Answer, Ordering, Question
from dms.index.remembered_rows import OpenSegment, RememberedRows
from dms.index.segment import Rows, Segment, SegmentHead
from dms.index.sighting import Sight, sight
from dms.index.stating import FactNumbers
from dms.index.units import Mask

__all__ = [
    "ABSENT",
    "FRESH",
    "GONE",
    "MOST_DOCUMENTS",
    "MOST_PLACES",
    "NAMES",
    "NO_ERRAND",
    "SHARE_OF_ROWS_KEPT_BYTES",
    "Answer",
    "Document",
    "Errand",
    "Errands",
    "FactNumbers",
    "FactTable",
    "Facts",
    "Family",
    "Index",
    "IndexMemory",
    "KeptWeights",
    "LaidSegment",
    "LookUp",
    "Mask",
    "Moment",
    "OpenSegment",
    "Ordering",
    "Pile",
    "PlaceSet",
    "Question",
    "RememberedRows",
    "Row",
    "Rows",
    "Segment",
    "SegmentHead",
    "Sight",
    "is_whole",
    "laid_out",
    "pack",
    "segment_rows",
    "sight",
    "unpack",
]
