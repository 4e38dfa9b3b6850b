"""Whether the full-text index answers for exactly the readable items; it is made anew at any time.

Whether the index is whole in itself is part of the check of the catalogue, which looks without locking anybody out.
"""

from dms.evidence.findings import FindingCode
from dms.evidence.walk import Stage, Walk

INDEX = "fulltext"


def check_search_index(walk: Walk) -> None:
    """Every readable item, and nothing else, is in the index; both as one transaction sees them."""
    walk.tell(Stage.INDEX, 0, 1)
    with walk.archive.looking() as view:
        wanted, present = set(view.fulltext.readable_keys()), view.fulltext.keys()
    walk.counts["indexed_items"] = len(present)
    if wanted != present:
        missing, surplus = len(wanted - present), len(present - wanted)
        walk.found(FindingCode.INDEX_DISAGREES, INDEX, missing=missing, surplus=surplus)
    walk.tell(Stage.INDEX, 1, 1)
