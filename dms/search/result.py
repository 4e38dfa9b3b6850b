"""What the search answers: plain values without any markup; whoever shows them escapes and marks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple, Self

from dms.domain.document_type import DocumentType, Series
from dms.domain.proposal import Place
from dms.errors import Bilingual


@dataclass(frozen=True, slots=True)
class HitPlace(Place):
    """A hit on a page: `start` and `end` count in the page's text as it was read."""

    corrected: tuple[int, int] | None = None
    """Where the hit stands in the text as a person corrected it, if it stands only there; `start` and `end` are then
    what was read in its place."""


class SnippetPart(NamedTuple):
    """A stretch of a snippet; `marked` where it is (part of) a hit."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of an item's text around one or more hits, on one line."""

    page: int | None
    """None where the words stand in the title, the customer or the contract instead of on a page."""
    parts: tuple[SnippetPart, ...]
    corrected: bool = False
    """Whether it comes from the text as a person corrected it."""

    @property
    def text(self) -> str:
        """The snippet without its marks."""
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One item that fits."""

    item_id: str
    title: str
    customer_code: str | None
    """None, like `customer_name`, until the item belongs to a customer."""
    customer_name: str | None
    year: int | None
    type_code: str | None
    series_code: str | None
    contract_no: str | None
    """The number of its contract in the ledger, or the one claimed at arrival; None if neither is known."""
    doc_on: date | None
    amount: Decimal | None
    """In yuan, of the catalogue."""
    grade: int
    confirmed: bool
    """Whether a person has confirmed what the machine read about it."""
    page: int | None
    """The first page with a hit; None where no page bears one."""
    pages_with_hits: tuple[int, ...]
    snippets: tuple[Snippet, ...]
    """At most five, in the order of the pages; those from the facts last. Without any word to mark: the beginning of
    the first page, unmarked."""
    score: float
    """Higher fits better; comparable within one answer only; 0 where nothing was searched for in the text."""
    tolerated: bool
    """Whether it fits only because something misread was borne with."""
    contract_title: str | None
    reference_code: str | None
    """档号; None until it is catalogued."""
    group: str | None
    """The customer code or contract number by which it is grouped; None without grouping, or where it has none."""

    @property
    def snippet(self) -> Snippet | None:
        """The first snippet, for lists with one line a hit."""
        return self.snippets[0] if self.snippets else None


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """One value of a facet with the true number of items that choosing it would show."""

    value: str
    """What goes into the filter: a code of customer, type or series, a year, a contract number, a grade, a state."""
    label: Bilingual
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """How the whole result is spread; items that have no such value yet are not counted. All empty where not asked for.

    Each facet is counted under the query and every *other* filter, so that choosing another value of the same
    facet stays possible. Customers and types: the most frequent first; years: the latest first; series: in order.
    """

    customers: tuple[FacetValue, ...]
    """The fifty with the most items, and the chosen one."""
    years: tuple[FacetValue, ...]
    types: tuple[FacetValue, ...]
    series: tuple[FacetValue, ...]
    contracts: tuple[FacetValue, ...]
    """Of the ledger; the fifty with the most items, and the chosen one; the value is the number. Papers that are not
    linked to it yet but claim its number are found by choosing it and not counted here."""
    grades: tuple[FacetValue, ...]
    states: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """How a query was understood, to be shown beside the result."""

    meaning: Bilingual
    """The whole query in words, with its brackets; empty for an empty query."""
    terms: tuple[Bilingual, ...]
    """The single conditions in the order in which they were typed."""
    notes: tuple[Bilingual, ...]
    """What the person should know: read literally, shortened, a word of punctuation only that was passed over."""
    read_literally: bool
    """Whether operators, quotes or brackets could not be understood, so that every word stands for itself."""
    synonyms_known: tuple[Bilingual, ...]
    """The words that have synonyms which were not used, each with them: 违约金：滞纳金."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeNames:
    """What the codes of document types and series are called in this archive."""

    types: Mapping[str, Bilingual]
    series: Mapping[str, Bilingual]

    @classmethod
    def of(cls, types: Iterable[DocumentType], series: Iterable[Series]) -> Self:
        """The names of these."""
        return cls(
            types={one.code: Bilingual(one.zh, one.en) for one in types},
            series={one.code: Bilingual(one.zh, one.en) for one in series},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """One page of hits, and what is true of the whole result."""

    total: int
    """Items that fit and that the asker may see; not bounded by `limit`."""
    exact_total: int
    """Those among them that fit without anything being borne with."""
    tolerance_bounded: bool
    """Whether more places had to be looked at for misread characters than is affordable, so that some were not."""
    index_complete: bool
    """False while the index is being made anew and may miss papers."""
    groups: tuple[FacetValue, ...]
    """The groups of the hits shown, with how many items of the whole result each holds; empty without grouping."""
    elapsed_ms: float
    hits: tuple[Hit, ...]
    facets: Facets
    explanation: Explanation
    names: CodeNames
