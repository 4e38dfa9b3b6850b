"""What keeping the index does, and what it promises: every word is found, and no file is taken for another."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from crash.papers import is_kept
from dms.archive import Archive, settle_index
from dms.domain.actor import OPERATOR
from dms.filing import correct_page
from dms.search import SearchRequest, check_index, indexing, rebuild_index, search
from dms.store import index_upkeep


def make_anew(archive: Archive) -> str:
    """How many papers are in the index, each of which lies in a segment of its own."""
    with _sizes((indexing, "SEGMENT_UNITS", 1)):
        return str(rebuild_index(archive))


def settle(archive: Archive) -> str:
    """Nothing: all papers lie in one segment, and what nobody needs any more is gone."""
    with _sizes((index_upkeep, "FRESH_BYTES", 0), (index_upkeep, "SMALL_SEGMENTS", 2)):
        while settle_index(archive):
            pass
    archive.store.sweep_index(older_than_s=0)  # the only program that has the archive open
    return ""


def is_whole(archive: Archive, told: str) -> None:
    """The index holds every paper and says so."""
    with archive.looking() as view:
        assert view.fulltext.is_complete(), "the index is incomplete"
    assert check_index(archive).agrees, "the index does not agree with the catalogue"


def correct(archive: Archive, item_id: str, text: str) -> str:
    """The id of the paper, whose first page says something else now."""
    correct_page(OPERATOR, item_id, 1, text, archive=archive)
    return item_id


def is_corrected(archive: Archive, item_id: str, text: str, original: str) -> None:
    """The paper is found by what was read and by what it says now."""
    is_kept(archive, item_id, original)
    hits = search(OPERATOR, SearchRequest(query=f'"{text}"'), archive=archive).hits
    assert [hit.item_id for hit in hits] == [item_id], f"“{text}” is not found"


@contextmanager
def _sizes(*stated: tuple[ModuleType, str, int]) -> Iterator[None]:
    """As if little were much: an archive large enough for real sizes would take minutes for every fault."""
    present = [(module, name, getattr(module, name)) for module, name, _ in stated]
    for module, name, size in stated:
        setattr(module, name, size)
    try:
        yield
    finally:
        for module, name, size in present:
            setattr(module, name, size)
