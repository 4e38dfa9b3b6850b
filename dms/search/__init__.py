"""检索: text analysis, the query language, the index, answers with the words marked. Whoosh and OpenCC only here."""

from dms.search.indexing import index_customer_items, index_item, rebuild_index, unindex_item
from dms.search.request import MAX_LIMIT, SearchRequest, SearchSort
from dms.search.result import Explanation, Facets, FacetValue, Hit, SearchResult, Snippet, SnippetPart
from dms.search.searching import hit_places, search

__all__ = [
    "MAX_LIMIT",
    "Explanation",
    "FacetValue",
    "Facets",
    "Hit",
    "SearchRequest",
    "SearchResult",
    "SearchSort",
    "Snippet",
    "SnippetPart",
    "hit_places",
    "index_customer_items",
    "index_item",
    "rebuild_index",
    "search",
    "unindex_item",
]
