"""Values that people type with spaces in them: ``May 18, 2023``, ``438,000 元``, ``日期:2023-05-01 至 2023-06-30``.

Words beside each other ask for each of them. Where together they are one amount, one date or a range of the field
before them, they are one term.

Invariant: only plain words are joined, from the left on, as many as are one value; never a number to the next one.
"""

import re
from collections.abc import Iterator, Sequence

from dms.domain.amount import NUMERALS
from dms.search.fields import VALUE_FIELDS, read_values
from dms.search.grammar import Both, Either, Term, Tree, Without
from dms.search.mentioning import mention_asked
from dms.search.words import mentions_of_text

MOST_WORDS = 8
"""``2023 年 5 月 18 日`` has six."""
_NUMBER = re.compile(rf"[0-9０-９{NUMERALS}]")
_RANGE = re.compile(r"\s(?:至|到|[-~～—–]+)|[^\s](?:至|到|[~～—–])\s")
_COMPARED = re.compile(
    r"(?:[<>=≥≤≧≦＜＞＝]+|不[低少小早超高多大晚][于過过]|[大小]于或?等于|至[少多]|最多|截[至止]|超过|[高多大晚低少小早]于|不[足满]|未满|自)\s\S+"
    r"|\S+\s(?:及?(?:[(（]含[)）])?以[上下内前后]|以来|起(?:至今)?|至今|止|之?[前后])"
)
"""Two words, of which one compares with the other."""
_SIGN = re.compile(r"\A[<>=≥≤≧≦＜＞＝]+")


def with_values_joined(tree: Tree) -> Tree:
    """The same tree, with each value of several words as one term."""
    match tree:
        case Both(parts):
            return Both(tuple(_joined([with_values_joined(part) for part in parts])))
        case Either(parts):
            return Either(tuple(map(with_values_joined, parts)))
        case Without(part):
            return Without(with_values_joined(part))
    return tree


def _joined(parts: Sequence[Tree]) -> Iterator[Tree]:
    begin = 0
    while begin < len(parts):
        value, words = _longest(parts[begin : begin + MOST_WORDS])
        yield value or parts[begin]
        begin += words


def _longest(parts: Sequence[Tree]) -> tuple[Term | None, int]:
    """The value that as many as possible of the first parts are together, and how many these are."""
    words: list[Term] = []
    for part in parts:
        if not isinstance(part, Term) or part.is_quotation or part.has_tilde:
            break
        # A field before a bracket is the field of every word in it.
        if words and part.field is not None and part.field != words[0].field:
            break
        words.append(part)
    for count in range(len(words), 1, -1):
        text = " ".join(word.text for word in words[:count])
        if _NUMBER.search(text) and _is_value(text, words[0].field):
            return Term(text=text, field=words[0].field), count
    return None, 1


def _is_value(text: str, field_name: str | None) -> bool:
    if field_name is None:
        return bool(mentions_of_text(text))
    field = VALUE_FIELDS.get(field_name.lower())
    is_one_value = _RANGE.search(text) or _COMPARED.fullmatch(text) or mention_asked(_SIGN.sub("", text))
    return is_one_value is not None and field is not None and read_values(field, text) is not None
