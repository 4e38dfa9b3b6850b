"""The form for people who do not type a query: its fields in an address, and the query that they mean.

Invariant: the form stands filled in beside a query only as long as it means that very query.
"""

from dataclasses import asdict, fields

from werkzeug.datastructures import MultiDict

from dms.search import QueryForm, compose_query

PREFIX = "form_"
_NAMES = tuple(field.name for field in fields(QueryForm))


def form_in(arguments: MultiDict[str, str]) -> QueryForm:
    """The form as it was sent; a field that was not sent is empty."""
    return QueryForm(**{name: arguments.get(PREFIX + name, "").strip() for name in _NAMES})


def arguments_of_form(form: QueryForm, query: str) -> dict[str, str]:
    """The filled fields by their names in an address; none where the query has been changed by hand since."""
    if compose_query(form) != query:
        return {}
    return {PREFIX + name: value for name, value in asdict(form).items() if value}
