"""Understanding a paper (part 6 of ingestion): from the text of its pages to proposals, matches and doubts.

What always holds: pure functions of values; no database, no settings, no clock. Everything is a proposal that a person
confirms or corrects; only certain ones may be filled in beforehand.
"""

from dms.ingest.understanding.comprehension import understand
from dms.ingest.understanding.cues import Cues, default_cues, read_cues
from dms.ingest.understanding.directory import Directory, KnownContract, KnownCustomer
from dms.ingest.understanding.known import NOTHING_KNOWN, Known
from dms.ingest.understanding.outcome import ContractMatch, CustomerMatch, Doubt, MatchKind, Reason, Understanding

__all__ = [
    "NOTHING_KNOWN",
    "ContractMatch",
    "Cues",
    "CustomerMatch",
    "Directory",
    "Doubt",
    "Known",
    "KnownContract",
    "KnownCustomer",
    "MatchKind",
    "Reason",
    "Understanding",
    "default_cues",
    "read_cues",
    "understand",
]
