"""A search as it stands in an address: read out of the arguments, and written back into them.

Invariant: what is written is read as the same search, so that a bookmark, a facet and the way back from a paper all
mean the answer that the person saw.
"""

from enum import StrEnum
from typing import Any, TypeVar

from werkzeug.datastructures import MultiDict

from dms.search import Grouping, SearchRequest, SearchSort
from dms.web.paging import Paging

MAX_EARLIER_QUERIES = 8
"""So often can a person search within the results; the oldest ones beyond are let go."""
FILTERS = ("customer", "year", "type", "series", "contract", "grade", "state")
_ON = "1"

Arguments = dict[str, Any]
"""Texts and numbers by the name that they have in an address; lists of texts where a name may come more than once."""
_Choice = TypeVar("_Choice", bound=StrEnum)


def search_in(arguments: MultiDict[str, str], paging: Paging) -> SearchRequest:
    """The search that the arguments of an address ask for; whatever makes no sense counts as not said."""
    return SearchRequest(
        query=arguments.get("q", "").strip(),
        customer_code=_stated(arguments, "customer"),
        year=arguments.get("year", type=int),
        type_code=_stated(arguments, "type"),
        series_code=_stated(arguments, "series"),
        contract_no=_stated(arguments, "contract"),
        grade=arguments.get("grade", type=int),
        state=_stated(arguments, "state"),
        within=_earlier(arguments),
        like_item_id=_stated(arguments, "like"),
        tolerant=arguments.get("tolerant") == _ON,
        synonyms=arguments.get("synonyms") == _ON,
        grouping=_chosen(Grouping, arguments.get("group")),
        sort=_chosen(SearchSort, arguments.get("sort")) or SearchSort.RELEVANCE,
        limit=paging.limit,
        offset=paging.offset,
    )


def arguments_of(search: SearchRequest) -> Arguments:
    """What an address says of a search, whichever page of its answer is shown; nothing for what was not chosen."""
    said: Arguments = {
        "q": search.query,
        "customer": search.customer_code,
        "year": search.year,
        "type": search.type_code,
        "series": search.series_code,
        "contract": search.contract_no,
        "grade": search.grade,
        "state": search.state,
        "within": list(search.within),
        "like": search.like_item_id,
        "tolerant": _ON if search.tolerant else None,
        "synonyms": _ON if search.synonyms else None,
        "group": search.grouping.value if search.grouping else None,
        "sort": None if search.sort is SearchSort.RELEVANCE else search.sort.value,
    }
    return {name: value for name, value in said.items() if value not in (None, "", [])}


def is_asked(search: SearchRequest) -> bool:
    """Whether anything is looked for at all; the switches and the order alone ask for nothing."""
    return bool(arguments_of(search).keys() & {"q", "within", "like", *FILTERS})


def _stated(arguments: MultiDict[str, str], name: str) -> str | None:
    return arguments.get(name, "").strip() or None


def _earlier(arguments: MultiDict[str, str]) -> tuple[str, ...]:
    queries = [query.strip() for query in arguments.getlist("within")]
    return tuple(dict.fromkeys(query for query in queries if query))[-MAX_EARLIER_QUERIES:]


def _chosen(choices: type[_Choice], asked: str | None) -> _Choice | None:
    return next((choice for choice in choices if choice.value == asked), None)
