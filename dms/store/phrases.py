"""How folded text is laid down in the full-text index and asked for: FTS5 in one place.

Invariants:
- A phrase is found exactly where its characters stand as a substring of an indexed run: the tokens of a run are its
  overlapping pairs of characters and, last, its last character alone. A phrase of n characters is n - 1 pairs in a
  row; one character is the beginning of a token. The single last character of a run also keeps phrases from
  reaching into the next run.
- Every phrase is quoted, so that no character of it can be an operator.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from sqlalchemy import CTE, ColumnElement, column, func, literal_column, select
from sqlalchemy import table as bare_table

from dms.domain.criterion import AllOf, AnyOf, Criterion, Phrase, TextPart

index = bare_table("fulltext", column("rowid"), column("body"), column("title"), column("customer"), column("contract"))
_whole_row: ColumnElement[str] = literal_column("fulltext")

_COLUMNS = {
    TextPart.ANYWHERE: "",
    TextPart.BODY: "body : ",
    TextPart.FACTS: "{title customer contract} : ",
    TextPart.TITLE: "title : ",
    TextPart.CUSTOMER: "customer : ",
    TextPart.CONTRACT: "contract : ",
}

_WEIGHTS = (1.0, 4.0, 2.0, 4.0)
"""Body, title, customer, contract: a word in a title says more about a paper than one among a thousand."""


def tokens(runs: Iterable[str]) -> str:
    """The tokens of folded runs, separated by single spaces, as a column of the index takes them."""
    return " ".join(token for run in runs for token in _run_tokens(run))


def _run_tokens(run: str) -> list[str]:
    return [*map("".join, pairwise(run)), run[-1]] if run else []


def _expression(phrase: Phrase) -> str:
    """A phrase in the language of FTS5."""
    if len(phrase.folded) == 1:
        return f"{_COLUMNS[phrase.part]}{_quoted(phrase.folded)} *"
    return f"{_COLUMNS[phrase.part]}{_quoted(' '.join(map(''.join, pairwise(phrase.folded))))}"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def merged(criterion: Criterion) -> str | None:
    """The whole criterion as one FTS5 expression, or None if it asks for more than the presence of text."""
    match criterion:
        case Phrase():
            return _expression(criterion)
        case AllOf(parts) if parts:
            return _joined(" AND ", parts)
        case AnyOf(parts) if parts:
            return _joined(" OR ", parts)
        case _:
            return None


def any_phrase(phrases: Sequence[Phrase]) -> str:
    """An FTS5 expression that fits where at least one of the phrases stands."""
    return f"({' OR '.join(map(_expression, phrases))})"


def _joined(operator: str, parts: Sequence[Criterion]) -> str | None:
    expressions = [merged(part) for part in parts]
    known = [expression for expression in expressions if expression is not None]
    return f"({operator.join(known)})" if len(known) == len(expressions) else None


def standing(key: ColumnElement[int], expression: str) -> ColumnElement[bool]:
    """The condition that the row with this key fits an FTS5 expression."""
    return key.in_(select(index.c.rowid).where(_whole_row.op("MATCH")(expression)))


def ranked(expression: str) -> CTE:
    """Key and BM25 rank (negative, smaller is better) of every row that fits an FTS5 expression."""
    rank = func.bm25(_whole_row, *map(literal_column, map(str, _WEIGHTS))).label("rank")
    query = select(index.c.rowid.label("key"), rank).where(_whole_row.op("MATCH")(expression))
    # Materialized, because FTS5 can rank only while it stands on the row.
    return query.cte("ranked").prefix_with("MATERIALIZED")
