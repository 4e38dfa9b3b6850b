"""A search that nobody asked for, before anybody does."""

from dms.archive import Archive
from dms.domain.actor import SYSTEM
from dms.search.answering import answer
from dms.search.request import SearchRequest

_REHEARSED = (
    SearchRequest(query="一 NEAR/9 二", tolerant=True, customer_code="-", year=1, contract_no="-", limit=1),
    SearchRequest(query="", limit=1),
)
"""One that asks for everything there is to ask for, and one that finds something."""


def rehearse(archive: Archive) -> None:
    """Make what every search uses and what is made once for a process: statements, tables, segments that are opened.

    Nothing is told to anybody, so nothing is journaled. Raises `IndexUnreadable`.
    """
    with archive.looking() as view:
        for request in _REHEARSED:
            answer(view, SYSTEM, request)
