"""Whether the catalogue is sound in itself: encryption, structure and references, as SQLCipher and SQLite see them."""

from dms.evidence.findings import FindingCode
from dms.evidence.walk import Stage, Walk

CATALOGUE = "catalogue.db"


def check_catalogue(walk: Walk) -> None:
    """Every page of the catalogue is authentic, its trees are whole, and no row points into the void."""
    walk.tell(Stage.CATALOGUE, 0, 1)
    for detail in walk.archive.store.damage():
        walk.found(FindingCode.CATALOGUE_DAMAGED, CATALOGUE, detail=detail)
    walk.tell(Stage.CATALOGUE, 1, 1)
