"""索引: the full-text index as a library of its own; knows criteria and numbers, nothing of SQL, people or pages.

`Index` answers questions from segments, whose rows somebody else keeps; `segment_rows` makes them.
"""

from dms.index.asking import Index
from dms.index.building import MOST_DOCUMENTS, Family, Row, segment_rows
from dms.index.document import Document, pack, unpack
from dms.index.facts import ABSENT, FRESH, GONE, NAMES, Facts, FactTable
from dms.index.laying_out import LaidSegment, laid_out
from dms.index.memory import KEPT_BYTES, IndexMemory, Moment
from dms.index.pile import Pile
from dms.index.postings import MOST_PLACES, PlaceSet
from dms.index.proving import is_whole
from dms.index.question import Answer, Ordering, Question
from dms.index.segment import Rows, SegmentHead
from dms.index.sighting import Sight, sight
from dms.index.stating import FactNumbers
from dms.index.units import Mask

__all__ = [
    "ABSENT",
    "FRESH",
    "GONE",
    "KEPT_BYTES",
    "MOST_DOCUMENTS",
    "MOST_PLACES",
    "NAMES",
    "Answer",
    "Document",
    "FactNumbers",
    "FactTable",
    "Facts",
    "Family",
    "Index",
    "IndexMemory",
    "LaidSegment",
    "Mask",
    "Moment",
    "Ordering",
    "Pile",
    "PlaceSet",
    "Question",
    "Row",
    "Rows",
    "SegmentHead",
    "Sight",
    "is_whole",
    "laid_out",
    "pack",
    "segment_rows",
    "sight",
    "unpack",
]
