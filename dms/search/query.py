"""The query language: what a person types, as a criterion, and in words how it was understood.

- Words stand for themselves; every one must be in the item, in the text or in title, customer or contract, and is
  found inside longer ones too. ``"exact phrase"`` (also “ ” 「 」 『 』) may hold spaces and signs.
- ``AND OR NOT`` in capitals, ``&& |`` or ``与 或 非`` as words of their own, and brackets, also （ ）.
- ``a NEAR/10 b`` or ``a 近/10 b``: within so many characters on either side; ``a BEFORE/10 b`` or ``a 先/10 b``: in
  this order; without a number 20. Both sides are words, quotations or ``(a OR b)``; chains of them go on to the right.
- ``*`` inside a word is any run of up to 30 characters, ``?`` exactly one. ``word~`` and ``"phrase"~`` bear with
  characters that were misread.
- Fields, with ``:`` or ``：``: 客户 customer, 合同 contract, 题名 title, 正文 text (contained in it);
  信用代码 uscc and 合同编号 contract_no, recorded or in the text;
  类型 type, 类目 series, 状态 state (code or name); 年度 year, 金额 amount, 日期 date, 密级 grade, 页数 pages (one
  value, ``2021..2023``, ``[2021 TO 2023]``, ``>=2021``). 金额 and 日期 find the recorded value or one that the text
  mentions; 登记金额 and 登记日期 the recorded one alone, 文中金额 and 文中日期 the mentioned one alone.
- An amount or a date as a word is found however it is written.

Invariants: every text is a query. What cannot be understood is read literally, and the explanation says so. Under NOT
everything means exactly what it names.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dms.domain.criterion import EVERYTHING, NOTHING, Criterion
from dms.errors import Bilingual
from dms.search import wording
from dms.search.fields import FIELD_NAMES, VALUE_FIELDS
from dms.search.grammar import Both, Either, Grammar, Near, Term, Tree, Without
from dms.search.joining import with_values_joined
from dms.search.result import Explanation
from dms.search.understanding import MAX_TERMS, Understanding, Understood
from dms.search.words import Frame, Generosity

__all__ = ["GRAMMAR", "MAX_QUERY_CHARACTERS", "MAX_TERMS", "Frame", "ParsedQuery", "parse_query"]

MAX_QUERY_CHARACTERS = 1000
"""A longer query is cut here, and the explanation says so."""

GRAMMAR = Grammar(FIELD_NAMES, frozenset(VALUE_FIELDS))


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedQuery:
    """A query understood."""

    criterion: Criterion
    """`EVERYTHING` for an empty query, `NOTHING` for one that holds nothing to look for."""
    explanation: Explanation

    @property
    def read_literally(self) -> bool:
        """Whether some sign or field was taken as plain text."""
        return self.explanation.read_literally

    @property
    def synonyms_known(self) -> tuple[Bilingual, ...]:
        """The words that have synonyms which were not used, with them."""
        return self.explanation.synonyms_known


def parse_query(
    text: str, frame: Frame | None = None, *, tolerant: bool = False, synonyms: bool = False
) -> ParsedQuery:
    """What any text asks for; never raises.

    With `tolerant` every phrase outside NOT bears with what was misread, with `synonyms` every word outside NOT that
    the frame knows as a whole finds its synonyms too.
    """
    query = text[:MAX_QUERY_CHARACTERS].strip()
    notes = [wording.shortened(MAX_QUERY_CHARACTERS)] if len(text.strip()) > MAX_QUERY_CHARACTERS else []
    if not query:
        return ParsedQuery(criterion=EVERYTHING, explanation=_explanation(None, notes, literal=False))
    generosity = Generosity(is_tolerant=tolerant, with_synonyms=synonyms)
    parsed = GRAMMAR.parse(query)
    typed_terms = sum(1 for _ in _terms(parsed.tree))
    understanding = Understanding(frame or Frame(), typed_terms=typed_terms)
    if typed_terms > MAX_TERMS:
        return _answer(understanding.exactly(query, generosity), [*notes, wording.READ_AS_PASSAGE], literal=True)
    understood = understanding.of(with_values_joined(parsed.tree), generosity)
    literal = parsed.settled_literally or understanding.read_literally
    notes += [*understanding.notes, *([wording.READ_LITERALLY] if literal else [])]
    return _answer(understood, notes, literal=literal, synonyms_known=understanding.synonyms_known)


def _answer(
    understood: Understood | None,
    notes: list[Bilingual],
    *,
    literal: bool,
    synonyms_known: tuple[Bilingual, ...] = (),
) -> ParsedQuery:
    if understood is None:
        explanation = _explanation(None, [wording.ONLY_PUNCTUATION, *notes], literal=literal)
        return ParsedQuery(criterion=NOTHING, explanation=explanation)
    explanation = _explanation(understood, notes, literal=literal, synonyms_known=synonyms_known)
    return ParsedQuery(criterion=understood.criterion, explanation=explanation)


def _explanation(
    understood: Understood | None,
    notes: list[Bilingual],
    *,
    literal: bool,
    synonyms_known: tuple[Bilingual, ...] = (),
) -> Explanation:
    return Explanation(
        meaning=understood.meaning if understood else Bilingual("", ""),
        terms=understood.terms if understood else (),
        notes=tuple(notes),
        read_literally=literal,
        synonyms_known=synonyms_known,
    )


def _terms(tree: Tree) -> Iterator[Term]:
    match tree:
        case Term():
            yield tree
        case Both(parts) | Either(parts) | Near(parts):
            for part in parts:
                yield from _terms(part)
        case Without(part):
            yield from _terms(part)
