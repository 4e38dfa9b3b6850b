"""索引: the full-text index as a library of its own; knows criteria and numbers, nothing of SQL, people or pages.

`Index` answers questions from segments, whose rows somebody else keeps; `segment_rows` makes them.
"""

from dms.index.asking import Answer, Index, Question
from dms.index.building import MOST_DOCUMENTS, Family, Row, segment_rows
from dms.index.document import Document, pack, unpack
from dms.index.facts import FRESH, GONE, NAMES, FactRow, Facts
from dms.index.memory import IndexMemory, Moment
from dms.index.ordering import Ordering
from dms.index.pile import Pile
from dms.index.postings import MOST_PLACES
from dms.index.segment import Rows
from dms.index.stating import FactNumbers, day_number

__all__ = [
    "FRESH",
    "GONE",
    "MOST_DOCUMENTS",
    "MOST_PLACES",
    "NAMES",
    "Answer",
    "Document",
    "FactNumbers",
    "FactRow",
    "Facts",
    "Family",
    "Index",
    "IndexMemory",
    "Moment",
    "Ordering",
    "Pile",
    "Question",
    "Row",
    "Rows",
    "day_number",
    "pack",
    "segment_rows",
    "unpack",
]
