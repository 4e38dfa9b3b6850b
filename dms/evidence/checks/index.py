"""Whether the full-text index is whole and answers for exactly the readable items; it is made anew at any time."""

from dms.evidence.findings import FindingCode
from dms.evidence.walk import Stage, Walk
from dms.search import check_index

INDEX = "fulltext"


def check_search_index(walk: Walk) -> None:
    """Every readable item, and nothing else, is in the index, where it is said to be; as one transaction sees them."""
    walk.tell(Stage.INDEX, 0, 1)
    agreement = check_index(walk.archive)
    walk.counts["indexed_items"] = agreement.items - agreement.missing + agreement.surplus
    if not agreement.sound:
        walk.found(FindingCode.INDEX_DAMAGED, INDEX)
    if agreement.surplus or (agreement.missing and agreement.complete):
        walk.found(FindingCode.INDEX_DISAGREES, INDEX, missing=agreement.missing, surplus=agreement.surplus)
    elif agreement.missing:
        walk.found(FindingCode.INDEX_INCOMPLETE, INDEX, missing=agreement.missing)
    walk.tell(Stage.INDEX, 1, 1)
