"""The form for people who do not type a query, as it is sent."""

from dataclasses import fields

from werkzeug.datastructures import MultiDict

from dms.search import QueryForm

_PREFIX = "form_"
_NAMES = tuple(field.name for field in fields(QueryForm))


def form_in(arguments: MultiDict[str, str]) -> QueryForm:
    """The form as it was sent; a field that was not sent is empty."""
    return QueryForm(**{name: arguments.get(_PREFIX + name, "").strip() for name in _NAMES})
