"""检索: text analysis, the query language, the index, answers with the words marked. Whoosh and OpenCC only here."""

from dms.search.composing import QueryForm, compose_query
from dms.search.decomposing import form_of_query
from dms.search.errors import ResultTooLong, SavedSearchNotFound
from dms.search.exporting import ExportForm, export_results
from dms.search.help import QUERY_HELP, HelpExample, HelpSubject
from dms.search.indexing import (
    IndexAgreement,
    check_index,
    index_item,
    rebuild_index,
    unindex_item,
)
from dms.search.naming import MOST_NAMED, items_bearing
from dms.search.query import ParsedQuery, parse_query
from dms.search.recent import clear_recent_searches, recent_searches
from dms.search.rehearsing import rehearse
from dms.search.request import MAX_LIMIT, Grouping, SearchRequest, SearchSort
from dms.search.request_json import as_json as request_as_json
from dms.search.request_json import asks_nothing
from dms.search.request_json import from_json as request_from_json
from dms.search.result import (
    CodeNames,
    Explanation,
    Facets,
    FacetValue,
    Hit,
    HitPlace,
    SearchResult,
    Snippet,
    SnippetPart,
)
from dms.search.saved import (
    Listed,
    LookWish,
    News,
    SavedLook,
    SavedSearch,
    forget_saved,
    go_on_looking,
    look_at_saved,
    neighbours_of_new,
    news_of_saved,
    rename_saved,
    save_search,
    saved_searches,
)
from dms.search.searching import hit_places, search
from dms.search.spellings import Spelling, spellings
from dms.search.stepping import Neighbours, neighbours
from dms.search.suggesting import Suggestion, SuggestionKind, suggest, take_in_changes
from dms.search.synonyms import (
    checked_synonyms,
    restore_default_synonyms,
    set_synonym_groups,
    synonym_groups,
)

__all__ = [
    "MAX_LIMIT",
    "MOST_NAMED",
    "QUERY_HELP",
    "CodeNames",
    "Explanation",
    "ExportForm",
    "FacetValue",
    "Facets",
    "Grouping",
    "HelpExample",
    "HelpSubject",
    "Hit",
    "HitPlace",
    "IndexAgreement",
    "Listed",
    "LookWish",
    "Neighbours",
    "News",
    "ParsedQuery",
    "QueryForm",
    "ResultTooLong",
    "SavedLook",
    "SavedSearch",
    "SavedSearchNotFound",
    "SearchRequest",
    "SearchResult",
    "SearchSort",
    "Snippet",
    "SnippetPart",
    "Spelling",
    "Suggestion",
    "SuggestionKind",
    "asks_nothing",
    "check_index",
    "checked_synonyms",
    "clear_recent_searches",
    "compose_query",
    "export_results",
    "forget_saved",
    "form_of_query",
    "go_on_looking",
    "hit_places",
    "index_item",
    "items_bearing",
    "look_at_saved",
    "neighbours",
    "neighbours_of_new",
    "news_of_saved",
    "parse_query",
    "rebuild_index",
    "recent_searches",
    "rehearse",
    "rename_saved",
    "request_as_json",
    "request_from_json",
    "restore_default_synonyms",
    "save_search",
    "saved_searches",
    "search",
    "set_synonym_groups",
    "spellings",
    "suggest",
    "synonym_groups",
    "take_in_changes",
    "unindex_item",
]
