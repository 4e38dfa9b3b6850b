"""Whether the catalogue is sound in itself: encryption, structure and references, as SQLCipher and SQLite see them."""

from dms.evidence.checks.index import INDEX
from dms.evidence.findings import FindingCode
from dms.evidence.walk import Stage, Walk
from dms.search import check_index

CATALOGUE = "catalogue.db"
ABOUT_THE_INDEX = "fts5"
"""SQLite's check of structure asks the full-text index too; what that answers begins so, and nothing else does."""


def check_catalogue(walk: Walk) -> None:
    """Every page of the catalogue is authentic, its trees and its index are whole, and no row points into the void."""
    walk.tell(Stage.CATALOGUE, 0, 1)
    details = walk.archive.store.damage()
    about_index = [detail for detail in details if ABOUT_THE_INDEX in detail.casefold()]
    if about_index and not check_index(walk.archive).sound:  # asked once more, in a transaction of its own
        walk.found(FindingCode.INDEX_DAMAGED, INDEX)
    for detail in details:
        if detail not in about_index:
            walk.found(FindingCode.CATALOGUE_DAMAGED, CATALOGUE, detail=detail)
    walk.tell(Stage.CATALOGUE, 1, 1)
