"""The query language: what a person types, as a criterion, and in words how it was understood.

- Words stand for themselves; every one must be in the item, in the text or in title, customer or contract, and is
  found inside longer ones too. ``"exact phrase"`` (also “ ” 「 」 『 』) may hold spaces and signs.
- ``AND OR NOT`` in capitals or ``与 或 非`` as words of their own, and brackets, also （ ）.
- Fields, with ``:`` or ``：``: 客户 customer, 合同 contract, 题名 title, 正文 text (contained in it); 类型 type,
  类目 series (code or name); 年度 year, 金额 amount, 日期 date, 页数 pages (one value, ``2021..2023``,
  ``[2021 TO 2023]``, ``>=2021``).
- ``*`` and ``?`` are punctuation and mean nothing.

Invariant: every text is a query. What cannot be understood is read literally, and the explanation says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dms.domain.criterion import (
    EVERYTHING,
    NOTHING,
    AllOf,
    AnyOf,
    Criterion,
    Fact,
    FactIs,
    FactRange,
    Not,
    Phrase,
    TextPart,
)
from dms.domain.document_type import DEFAULT_DOCUMENT_TYPES, DEFAULT_SERIES, DocumentType, Series
from dms.errors import Bilingual
from dms.search import wording
from dms.search.analysis import folded
from dms.search.grammar import Both, Either, Grammar, Term, Tree, Without
from dms.search.result import Explanation
from dms.search.values import read_amounts, read_counts, read_days, read_years

MAX_QUERY_CHARACTERS = 1000
"""A longer query is cut here, and the explanation says so."""
MAX_TERMS = 64
"""A query of more words is a pasted passage, and is looked for as it stands."""

_TEXT_FIELDS = {
    "客户": TextPart.CUSTOMER,
    "customer": TextPart.CUSTOMER,
    "合同": TextPart.CONTRACT,
    "contract": TextPart.CONTRACT,
    "题名": TextPart.TITLE,
    "标题": TextPart.TITLE,
    "title": TextPart.TITLE,
    "正文": TextPart.BODY,
    "text": TextPart.BODY,
}
_NAME_FIELDS = {"类型": Fact.TYPE, "type": Fact.TYPE, "类目": Fact.SERIES, "series": Fact.SERIES}
_RANGE_FIELDS = {
    "年度": Fact.YEAR,
    "年份": Fact.YEAR,
    "year": Fact.YEAR,
    "金额": Fact.AMOUNT,
    "amount": Fact.AMOUNT,
    "日期": Fact.DOC_DATE,
    "date": Fact.DOC_DATE,
    "页数": Fact.PAGES,
    "pages": Fact.PAGES,
}
_GRAMMAR = Grammar(frozenset({*_TEXT_FIELDS, *_NAME_FIELDS, *_RANGE_FIELDS}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The names that 类型 and 类目 understand: the scheme of the archive that is searched."""

    types: Sequence[DocumentType] = DEFAULT_DOCUMENT_TYPES
    series: Sequence[Series] = DEFAULT_SERIES


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


def parse_query(text: str, frame: Frame | None = None) -> ParsedQuery:
    """What any text asks for; never raises."""
    query = text[:MAX_QUERY_CHARACTERS].strip()
    notes = [wording.shortened(MAX_QUERY_CHARACTERS)] if len(text.strip()) > MAX_QUERY_CHARACTERS else []
    if not query:
        return ParsedQuery(criterion=EVERYTHING, explanation=_explanation(None, notes, literal=False))
    parsed = _GRAMMAR.parse(query)
    if sum(1 for _ in _terms(parsed.tree)) > MAX_TERMS:
        return _passage(query, notes)
    understanding = _Understanding(frame or Frame())
    understood = understanding.of(parsed.tree)
    literal = parsed.settled_literally or understanding.read_literally
    notes += [*understanding.notes, *([wording.READ_LITERALLY] if literal else [])]
    return _parsed(understood, notes, literal=literal)


@dataclass(frozen=True, slots=True)
class _Understood:
    """A part of a query with its meaning in words and the single conditions in it."""

    criterion: Criterion
    meaning: Bilingual
    terms: tuple[Bilingual, ...]


def _passage(query: str, notes: list[Bilingual]) -> ParsedQuery:
    run = folded(query)
    meaning = wording.phrase(query, TextPart.ANYWHERE)
    understood = _Understood(Phrase(run), meaning, (meaning,)) if run else None
    return _parsed(understood, [*notes, wording.READ_AS_PASSAGE], literal=True)


def _parsed(understood: _Understood | None, notes: list[Bilingual], *, literal: bool) -> ParsedQuery:
    if understood is None:
        explanation = _explanation(None, [wording.ONLY_PUNCTUATION, *notes], literal=literal)
        return ParsedQuery(criterion=NOTHING, explanation=explanation)
    return ParsedQuery(criterion=understood.criterion, explanation=_explanation(understood, notes, literal=literal))


def _explanation(understood: _Understood | None, notes: list[Bilingual], *, literal: bool) -> Explanation:
    return Explanation(
        meaning=understood.meaning if understood else Bilingual("", ""),
        terms=understood.terms if understood else (),
        notes=tuple(notes),
        read_literally=literal,
    )


def _terms(tree: Tree) -> Iterator[Term]:
    match tree:
        case Term():
            yield tree
        case Both(parts) | Either(parts):
            for part in parts:
                yield from _terms(part)
        case Without(part):
            yield from _terms(part)


class _Understanding:
    """Turns a tree into a criterion, and gathers what the person should know about it."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self.notes: list[Bilingual] = []
        self.read_literally = False

    def of(self, tree: Tree) -> _Understood | None:
        """The meaning of a tree; None where nothing in it can be looked for."""
        match tree:
            case Term():
                return self._term(tree)
            case Without(part):
                return self._without(part)
            case Both(parts):
                return _combined(self._each(parts), AllOf)
            case Either(parts):
                return _combined(self._each(parts), AnyOf)

    def _each(self, parts: Sequence[Tree]) -> list[_Understood]:
        return [understood for part in parts if (understood := self.of(part))]

    def _without(self, part: Tree) -> _Understood | None:
        understood = self.of(part)
        if understood is None:
            return None
        meaning = wording.without(_grouped(understood))
        terms = (meaning,) if len(understood.terms) == 1 else tuple(map(wording.without, understood.terms))
        return _Understood(Not(understood.criterion), meaning, terms)

    def _term(self, term: Term) -> _Understood | None:
        name = (term.field or "").lower()
        if name in _TEXT_FIELDS:
            return self._phrase(term.text, _TEXT_FIELDS[name])
        if name in _NAME_FIELDS:
            return self._named(term, _NAME_FIELDS[name])
        if name in _RANGE_FIELDS:
            return self._ranged(term, _RANGE_FIELDS[name])
        return self._phrase(term.text, TextPart.ANYWHERE)

    def _phrase(self, written: str, part: TextPart) -> _Understood | None:
        run = folded(written)
        if not run:
            self.notes.append(wording.passed_over(written))
            return None
        meaning = wording.phrase(written, part)
        return _Understood(Phrase(run, part), meaning, (meaning,))

    def _named(self, term: Term, fact: Fact) -> _Understood | None:
        named: Sequence[DocumentType | Series] = self._frame.types if fact is Fact.TYPE else self._frame.series
        chosen = _with_name(term.text, named)
        if not chosen:
            return self._literally(term)
        meaning = wording.fact(fact, [Bilingual(one.zh, one.en) for one in chosen])
        return _Understood(FactIs(fact, tuple(one.code for one in chosen)), meaning, (meaning,))

    def _ranged(self, term: Term, fact: Fact) -> _Understood | None:
        wanted = _range(fact, term.text)
        if wanted is None:
            return self._literally(term)
        meaning = wording.fact_range(wanted)
        return _Understood(wanted, meaning, (meaning,))

    def _literally(self, term: Term) -> _Understood | None:
        self.read_literally = True
        return self._phrase(term.written, TextPart.ANYWHERE)


def _combined(parts: list[_Understood], group: type[AllOf] | type[AnyOf]) -> _Understood | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    flat = tuple(inner for part in parts for inner in _unwrapped(part.criterion, group))
    words = wording.all_of if group is AllOf else wording.any_of
    meanings = [part.meaning if isinstance(part.criterion, group) else _grouped(part) for part in parts]
    return _Understood(group(flat), words(meanings), tuple(term for part in parts for term in part.terms))


def _unwrapped(criterion: Criterion, group: type[AllOf] | type[AnyOf]) -> tuple[Criterion, ...]:
    return criterion.parts if isinstance(criterion, AllOf | AnyOf) and isinstance(criterion, group) else (criterion,)


def _grouped(understood: _Understood) -> Bilingual:
    is_group = isinstance(understood.criterion, AllOf | AnyOf)
    return wording.bracketed(understood.meaning) if is_group else understood.meaning


def _range(fact: Fact, written: str) -> FactRange | None:
    match fact:
        case Fact.YEAR:
            years = read_years(written)
            return FactRange(fact, years.low, years.high) if years else None
        case Fact.PAGES:
            counts = read_counts(written)
            return FactRange(fact, counts.low, counts.high) if counts else None
        case Fact.AMOUNT:
            amounts = read_amounts(written)
            return FactRange(fact, amounts.low, amounts.high) if amounts else None
        case _:
            days = read_days(written)
            return FactRange(fact, days.low, days.high) if days else None


def _with_name(written: str, named: Sequence[DocumentType | Series]) -> list[DocumentType | Series]:
    """Those with this code or name, else those whose name contains it, else those that contain its characters in order.

    The last finds 补充协议 in 补充（变更）协议.
    """
    sought = folded(written)
    names = [(one, [folded(one.code), folded(one.zh), folded(one.en)]) for one in named]
    for fits in (str.__eq__, str.__contains__, _contains_in_order):
        chosen = [one for one, keys in names if any(fits(key, sought) for key in keys)]
        if chosen and sought:
            return chosen
    return []


def _contains_in_order(name: str, sought: str) -> bool:
    rest = iter(name)
    return len(sought) > 1 and all(character in rest for character in sought)
