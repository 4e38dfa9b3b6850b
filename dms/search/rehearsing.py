"""A search that nobody asked for, before anybody does."""

from dms.archive import Archive
from dms.domain.actor import SYSTEM
from dms.search.answering import answer
from dms.search.request import SearchRequest
from dms.search.tracing import TracedText

_REHEARSED = (
    SearchRequest(query="一 NEAR/9 二", tolerant=True, customer_code="-", year=1, contract_no="-", limit=1),
    SearchRequest(query="", limit=1),
)
"""One that asks for everything there is to ask for, and one that finds something."""

_ROWS, _CELLS = range(0xB0, 0xF8), range(0xA1, 0xFF)
"""Of the Chinese characters in GB/T 2312: the 6,763 of which a year's papers hold all but a few."""


def rehearse(archive: Archive) -> None:
    """Make what every search uses and what is made once for a process: statements, tables, segments that are opened,
    and what each character of common writing folds to.

    Nothing is told to anybody, so nothing is journaled. Raises `IndexUnreadable`.
    """
    TracedText(_common_characters())
    with archive.looking() as view:
        for request in _REHEARSED:
            answer(view, SYSTEM, request)


def _common_characters() -> str:
    cells = bytes(octet for row in _ROWS for cell in _CELLS for octet in (row, cell))
    return cells.decode("gb2312", "ignore")
