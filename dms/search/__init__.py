"""检索: text analysis, the query language, the index, answers with the words marked. Whoosh and OpenCC only here."""

from dms.search.composing import QueryForm, compose_query
from dms.search.help import QUERY_HELP, HelpExample, HelpSubject
from dms.search.indexing import (
    IndexAgreement,
    check_index,
    index_item,
    rebuild_index,
    unindex_item,
)
from dms.search.query import ParsedQuery, parse_query
from dms.search.recent import clear_recent_searches, recent_searches
from dms.search.request import MAX_LIMIT, Grouping, SearchRequest, SearchSort
from dms.search.result import Explanation, Facets, FacetValue, Hit, SearchResult, Snippet, SnippetPart
from dms.search.searching import hit_places, search
from dms.search.suggesting import Suggestion, SuggestionKind, suggest
from dms.search.synonyms import (
    checked_synonyms,
    restore_default_synonyms,
    set_synonym_groups,
    synonym_groups,
)

__all__ = [
    "MAX_LIMIT",
    "QUERY_HELP",
    "Explanation",
    "FacetValue",
    "Facets",
    "Grouping",
    "HelpExample",
    "HelpSubject",
    "Hit",
    "IndexAgreement",
    "ParsedQuery",
    "QueryForm",
    "SearchRequest",
    "SearchResult",
    "SearchSort",
    "Snippet",
    "SnippetPart",
    "Suggestion",
    "SuggestionKind",
    "check_index",
    "checked_synonyms",
    "clear_recent_searches",
    "compose_query",
    "hit_places",
    "index_item",
    "parse_query",
    "rebuild_index",
    "recent_searches",
    "restore_default_synonyms",
    "search",
    "set_synonym_groups",
    "suggest",
    "synonym_groups",
    "unindex_item",
]
