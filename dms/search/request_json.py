"""A search request as JSON and back, for searches that are kept.

What always holds: what was never stated is not written, and what this program does not know, because another version
wrote it, counts as not stated; reading never fails for what the catalogue holds. Whatever `SearchRequest` gains is kept
without a change here, as long as it is text, a number, a switch, a choice or a list of texts.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from enum import Enum
from typing import Any

from dms.search.query import MAX_QUERY_CHARACTERS
from dms.search.request import Grouping, SearchRequest, SearchSort

_NOTHING_ASKED = SearchRequest()
_CHOICES: Mapping[str, type[Enum]] = {"sort": SearchSort, "grouping": Grouping}
_OF_THE_SCREEN = ("limit", "offset", "facets")
"""Which stretch of the answer is shown, and with what; not part of what is asked."""
_OF_THE_ORDER = ("sort", "grouping")


def as_json(request: SearchRequest) -> dict[str, Any]:
    """What was asked, without the stretch of the answer that was shown, and no more of a query than is used."""
    stated = {one.name: getattr(request, one.name) for one in fields(SearchRequest) if one.name not in _OF_THE_SCREEN}
    return {name: _plain(value) for name, value in stated.items() if value != getattr(_NOTHING_ASKED, name)}


def from_json(stated: Mapping[str, Any]) -> SearchRequest:
    """The request that was written so, from the beginning of its answer."""
    known = {one.name: _value(one.name, stated[one.name]) for one in fields(SearchRequest) if one.name in stated}
    return replace(_NOTHING_ASKED, **{name: value for name, value in known.items() if value is not None})


def identity(request: SearchRequest) -> str:
    """The same text for requests that ask the same, in whatever order they show it."""
    asked = {name: value for name, value in as_json(request).items() if name not in _OF_THE_ORDER}
    return json.dumps(asked, sort_keys=True, ensure_ascii=False)


def asks_nothing(request: SearchRequest) -> bool:
    """Whether neither a query nor any filter is stated; switches alone ask for nothing."""
    asked = as_json(request).items()
    return not any(value for name, value in asked if name not in _OF_THE_ORDER and not isinstance(value, bool))


def _plain(value: Any) -> Any:  # noqa: ANN401  # whatever a field of the request holds
    match value:
        case Enum():
            return value.value
        case tuple():
            return [_plain(part) for part in value]
        case str():
            # Half of a surrogate pair, which a command line may hold, can stand in no catalogue.
            return value[:MAX_QUERY_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
        case _:
            return value


def _value(name: str, plain: Any) -> Any:  # noqa: ANN401  # whatever JSON holds
    """The value of a field; None for one that cannot be a value of it."""
    if name in _CHOICES:
        return next((choice for choice in _CHOICES[name] if choice.value == plain), None)
    if isinstance(plain, list):
        return tuple(str(text) for text in plain)
    return plain if isinstance(plain, str | int | bool) else None
