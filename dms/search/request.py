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
    OLDEST = "oldest"
    """The earliest paper first, undated ones last."""
    ARRIVAL = "arrival"
    """What came in last first."""
    AMOUNT = "amount"
    """The largest amount of the catalogue first, papers without one last."""


class Grouping(StrEnum):
    """By what the hits stand together; groups follow each other as their first hits do."""

    CUSTOMER = "customer"
    CONTRACT = "contract"


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
    grade: int | None = None
    state: str | None = None
    """``review`` or ``filed``."""
    within: tuple[str, ...] = ()
    """Earlier queries, in whose results this one searches."""
    like_item_id: str | None = None
    """A paper to which the found ones are to be similar; it is not among them."""
    tolerant: bool = False
    """Whether every phrase bears with what was misread."""
    synonyms: bool = False
    """Whether a word also finds the words that the company holds to mean the same."""
    grouping: Grouping | None = None
    facets: bool = True
    """False leaves the facets out, for whoever does not show them."""
    sort: SearchSort = SearchSort.RELEVANCE
    limit: int = 20
    """Hits wanted, from 0 (counts and facets only) to `MAX_LIMIT`."""
    offset: int = 0
    """Hits to pass over."""
