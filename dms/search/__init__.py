"""检索: text analysis, the query language, the index, answers with the words marked. Whoosh and OpenCC only here."""

from dms.search.indexing import (
    IndexAgreement,
    check_index,
    index_item,
    rebuild_index,
    unindex_item,
)
from dms.search.query import ParsedQuery, parse_query
from dms.search.request import MAX_LIMIT, Grouping, SearchRequest, SearchSort
from dms.search.result import Explanation, Facets, FacetValue, Hit, SearchResult, Snippet, SnippetPart
from dms.search.searching import hit_places, search

__all__ = [
    "MAX_LIMIT",
    "Explanation",
    "FacetValue",
    "Facets",
    "Grouping",
    "Hit",
    "IndexAgreement",
    "ParsedQuery",
    "SearchRequest",
    "SearchResult",
    "SearchSort",
    "Snippet",
    "SnippetPart",
    "check_index",
    "hit_places",
    "index_item",
    "parse_query",
    "rebuild_index",
    "search",
    "unindex_item",
]
