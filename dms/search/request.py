"""What a person asks of the search."""

from dataclasses import dataclass
from enum import StrEnum

MAX_LIMIT = 200
"""Hits in one answer at most; a larger `limit` is taken as this."""


class SearchSort(StrEnum):
    """The order of the hits; what is alike stands by date of the paper, then by arrival, so paging is stable."""

    RELEVANCE = "relevance"
    DATE = "date"
    """The latest paper first, undated ones last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """One search; each None is a filter that was not chosen."""

    query: str = ""
    """As typed; see `dms.search.query` for the language. Empty lists everything that passes the filters, by date."""
    customer_code: str | None = None
    year: int | None = None
    type_code: str | None = None
    series_code: str | None = None
    contract_no: str | None = None
    """The whole number, upper and lower case alike."""
    sort: SearchSort = SearchSort.RELEVANCE
    limit: int = 20
    """Hits wanted, from 0 (counts and facets only) to `MAX_LIMIT`."""
    offset: int = 0
    """Hits to pass over."""
