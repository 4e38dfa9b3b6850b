"""The form that says what a typed query says, so that a search goes on in the form whichever way it began.

Invariant: the form that is returned means exactly what the query means; where no form does, none is returned.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from dms.domain.criterion import AllOf, Criterion, TextPart
from dms.search.composing import QueryForm, compose_query
from dms.search.fields import TEXT_FIELDS, VALUE_FIELDS, ValueField, read_values
from dms.search.grammar import DEFAULT_DISTANCE, Both, Either, Near, Term, Tree, Without
from dms.search.query import GRAMMAR, MAX_QUERY_CHARACTERS, parse_query

Filled = Mapping[str, str]
"""Fields of the form by name."""

_OF_WORDS = frozenset({"all_words", "no_words", "title", "customer"})
"""Fields that hold several words, with space between them."""
_OF_PART = MappingProxyType(
    {TextPart.CUSTOMER: "customer", TextPart.TITLE: "title", TextPart.CONTRACT: "contract"},
)
_OF_VALUES: Mapping[ValueField, str] = MappingProxyType({VALUE_FIELDS["金额"]: "amount", VALUE_FIELDS["日期"]: "date"})
"""The form has a field for either end."""


def form_of_query(query: str) -> QueryForm | None:
    """The form filled in as the query has it; None for a query that says what the form cannot."""
    if not query.strip():
        return QueryForm()
    if len(query) > MAX_QUERY_CHARACTERS:
        return None  # what is cut off would be missing from the form
    tree = GRAMMAR.parse(query).tree
    filled = _together([_filled(part) for part in (tree.parts if isinstance(tree, Both) else (tree,))])
    if filled is None:
        return None
    form = QueryForm(**_with_unread(filled))
    return form if _asked(compose_query(form)) == _asked(query) else None


def _asked(query: str) -> Criterion | frozenset[Criterion]:
    """What a query asks for; in which order it asks for several things makes no difference."""
    criterion = parse_query(query).criterion
    return frozenset(criterion.parts) if isinstance(criterion, AllOf) else criterion


def _together(parts: Sequence[Filled | None]) -> Filled | None:
    """One form of several parts of a query; None where two of them need the same field, or one fits nowhere."""
    together: dict[str, str] = {}
    for part in parts:
        if part is None or any(name in together and name not in _OF_WORDS for name in part):
            return None
        together |= {name: f"{together.get(name, '')} {text}".strip() for name, text in part.items()}
    return together


def _with_unread(filled: Filled) -> Filled:
    """What is no value, in that end of the span which nothing else fills."""
    ends = dict(filled)
    for name in _OF_VALUES.values():
        text = ends.pop(name, None)
        if text is not None:
            ends[f"{name}_to" if f"{name}_from" in ends else f"{name}_from"] = text
    return ends


def _filled(part: Tree) -> Filled | None:
    """The fields that one part of a query fills; None where none can hold it."""
    match part:
        case Both((only,)):
            return _filled(only)
        case Term():
            return _of_term(part)
        case Without(Term(field=None) as term):
            return {"no_words": term.text}
        case Either(parts):
            words = [one.text for one in parts if isinstance(one, Term) and one.field is None]
            return {"any_words": " ".join(words)} if len(words) == len(parts) else None
        case Near((Term(field=None) as first, Term(field=None) as second), (joint,)):
            distance = "" if joint.distance == DEFAULT_DISTANCE else str(joint.distance)
            order = {"near_in_order": "1"} if joint.in_order else {}
            return {"near_first": first.text, "near_second": second.text, "near_distance": distance, **order}
        case _:
            return None


def _of_term(term: Term) -> Filled | None:
    if term.field is None:
        return {"exact_phrase" if _is_phrase(term) else "all_words": term.text}
    field = term.field.casefold()
    if field in VALUE_FIELDS:
        return _of_values(field, term.text)
    name = _OF_PART.get(TEXT_FIELDS[field]) if field in TEXT_FIELDS else None
    return {name: term.text} if name else None


def _is_phrase(term: Term) -> bool:
    """Whether the term is quoted for its own sake; a word with signs in it is quoted because of them."""
    return term.is_quotation and (GRAMMAR.is_plain_word(term.text) or len(term.text.split()) != 1)


def _of_values(field: str, written: str) -> Filled | None:
    name = _OF_VALUES.get(VALUE_FIELDS[field])
    if name is None:
        return None
    values = read_values(VALUE_FIELDS[field], written)
    if values is None:
        return {name: written}
    ends = {f"{name}_from": values.low, f"{name}_to": values.high}
    return {end: _shown(value) for end, value in ends.items() if value is not None}


def _shown(value: date | Decimal | int) -> str:
    return value.isoformat() if isinstance(value, date) else f"{value:f}".removesuffix(".00")
