"""A query put together from a form, for people who do not type languages.

Invariant: the composed text, parsed again, asks for exactly what the fields of the form say; whatever stands in them is
text, never a sign of the language.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dms.search.analysis import folded
from dms.search.query import GRAMMAR
from dms.search.values import Interval, Value, read_amounts, read_days

_TEN_THOUSAND = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryForm:
    """The fields of the form as they were filled in; an empty one asks for nothing."""

    all_words: str = ""
    """Words, with space between them, that must all be there."""
    exact_phrase: str = ""
    any_words: str = ""
    """Words of which at least one must be there."""
    no_words: str = ""
    """Words of which none may be there."""
    near_first: str = ""
    """A word or a phrase that is to stand near `near_second`; if only one of the two is given, it must be there."""
    near_second: str = ""
    near_distance: str = ""
    """Characters between the two at most; the default distance of the language for what is no number."""
    near_in_order: str = ""
    """Anything if `near_first` is to stand before `near_second`."""
    amount_from: str = ""
    amount_to: str = ""
    date_from: str = ""
    """A day, or a month or year of which the first day counts; the last one for `date_to`."""
    date_to: str = ""
    title: str = ""
    """Words in the title."""
    customer: str = ""
    """Words in the customer's code, name or credit code."""
    contract: str = ""
    """One phrase in the number or title of the contract."""


def compose_query(form: QueryForm) -> str:
    """The query text for `dms.search.query.parse_query`; empty for an empty form."""
    return " ".join(
        [
            *map(_word, form.all_words.split()),
            *_phrase(form.exact_phrase),
            *_any_of(list(map(_word, form.any_words.split()))),
            *_near(form),
            *(f"题名:{_word(word)}" for word in form.title.split()),
            *(f"客户:{_word(word)}" for word in form.customer.split()),
            *(f"合同:{phrase}" for phrase in _phrase(form.contract)),
            *_between("金额", (form.amount_from, form.amount_to), read_amounts, _shown_amount),
            *_between("日期", (form.date_from, form.date_to), read_days, date.isoformat),
            *(f"NOT {_word(word)}" for word in form.no_words.split()),
        ]
    )


def _word(word: str) -> str:
    return word if GRAMMAR.is_plain_word(word) else _quoted(word)


def _quoted(text: str) -> str:
    # The mark itself cannot be written inside; a space, like the mark, folds to nothing.
    return f'"{text.replace(chr(34), " ").strip()}"'


def _phrase(text: str) -> Iterator[str]:
    if text.strip():
        yield _quoted(text)


def _any_of(words: Sequence[str]) -> Iterator[str]:
    if words:
        yield words[0] if len(words) == 1 else f"({' OR '.join(words)})"


def _near(form: QueryForm) -> Iterator[str]:
    sides = [side for side in (form.near_first, form.near_second) if side.strip()]
    if all(map(folded, sides)) and len(sides) > 1:
        yield _operator(form).join(map(_side, sides))
    else:
        yield from map(_side, sides)


def _side(text: str) -> str:
    return _word(text.strip()) if len(text.split()) == 1 else _quoted(text)


def _operator(form: QueryForm) -> str:
    distance = unicodedata.normalize("NFKC", form.near_distance).strip()
    number = f"/{distance}" if re.fullmatch(r"[0-9]{1,9}", distance) else ""
    return f" BEFORE{number} " if form.near_in_order else f" NEAR{number} "


def _between(
    field: str,
    ends: tuple[str, str],
    read: Callable[[str], Interval[Value] | None],
    show: Callable[[Value], str],
) -> Iterator[str]:
    """The condition on one field; an end that cannot be read stands there as text, and the language says so."""
    first, last = _in_order(ends, read)
    start, end = read(first), read(last)
    low, high = start.low if start else None, end.high if end else None
    for written, bound in ((first, low), (last, high)):
        if bound is None:
            yield from (f"{field}:{phrase}" for phrase in _phrase(written))
    if low is not None and high is not None:
        yield f"{field}:[{show(low)} TO {show(high)}]"
    elif low is not None:
        yield f"{field}:>={show(low)}"
    elif high is not None:
        yield f"{field}:<={show(high)}"


def _in_order(ends: tuple[str, str], read: Callable[[str], Interval[Value] | None]) -> tuple[str, str]:
    first, last = (read(end) for end in ends)
    if not (first and last) or first.low is None or last.low is None:
        return ends
    return ends if first.low <= last.low else (ends[1], ends[0])


def _shown_amount(amount: Decimal) -> str:
    plain = f"{amount:f}"
    return plain if read_amounts(plain) else f"{amount / _TEN_THOUSAND:f}万"
