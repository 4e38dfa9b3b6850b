"""The words of a query: their text and signs, and what they may stand for besides themselves."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dms.domain.criterion import Mention
from dms.domain.document_type import DEFAULT_DOCUMENT_TYPES, DEFAULT_SERIES, DocumentType, Series
from dms.search.analysis import folded
from dms.search.fields import VALUE_FIELDS, ValueField, read_values, valued
from dms.search.grammar import Term
from dms.search.mentioning import mention_asked
from dms.search.wildcards import Pattern, has_wildcards, read_pattern

_TILDES = ("~", "～")
_REQUIRED = re.compile(r"[+＋](?=[\u4e00-\u9fff])")
_BARE_YEAR = re.compile(r"[0-9]{4}")
_MONTH = re.compile(
    r"(?:19|20)[0-9]{2}(?:[./-](?:0?[1-9]|1[0-2])|(?P<without_mark>0[1-9]|1[0-2])|年(?:0?[1-9]|1[0-2])月份)"
)
_AMOUNT_IN_TEXT, _DATE_IN_TEXT = VALUE_FIELDS["文中金额"], VALUE_FIELDS["文中日期"]
_WITH_SIGN = re.compile(r"[<>≥≤≧≦=]+\s*(?:[¥￥$]?\s*[0-9].*|[^\sA-Za-z]*[万亿元].*)")
_MONEY = re.compile(r"[万萬亿億元圆¥￥]|[0-9],[0-9]{3}")
_DATE = re.compile(r"(?:19|20)[0-9]{2}\s*[-./年]\s*[0-9]{1,2}|(?:19|20)[0-9]{2}\s*年")
_RANGE_OR_COMPARISON = re.compile(
    r"至|到|~|\.\.|[-–—]|以[上下内]|不[低少小早超高多大晚][于过]|[大小]于|超过|不[足满]|至[少多]|最多"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What the archive that is searched gives to the language: the names of its scheme, and its synonyms."""

    types: Sequence[DocumentType] = DEFAULT_DOCUMENT_TYPES
    series: Sequence[Series] = DEFAULT_SERIES
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """A folded word to the other words, as written, that mean the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Generosity:
    """What a query finds besides what is typed."""

    is_tolerant: bool = False
    """Whether every phrase bears with what was misread."""
    with_synonyms: bool = False
    is_exact: bool = False
    """Whether nothing at all is widened, because it stands under NOT; stronger than the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A term that is looked for as text."""

    written: str
    """As typed, without the tilde."""
    pattern: Pattern
    has_tilde: bool
    is_plain: bool
    """Whether it is a word without wildcards and quotation marks, which may stand for more than itself."""

    @property
    def run(self) -> str:
        """The folded text of a word without wildcards inside."""
        return self.pattern.links[0][0]


def read_word(term: Term) -> Word:
    """The text of a term with the signs in it understood; its pattern is empty where it holds nothing to look for."""
    if term.is_quotation:
        return _quotation(term.text, has_tilde=term.has_tilde)
    has_tilde = term.text.endswith(_TILDES)
    written = term.text[:-1] if has_tilde else term.text
    if _REQUIRED.match(written):  # what other languages require so, this one does anyway
        written = written[1:]
    return Word(
        written=written, pattern=read_pattern(written), has_tilde=has_tilde, is_plain=not has_wildcards(written)
    )


def literal_word(written: str) -> Word:
    """The text as it stands, in which nothing is a sign."""
    return _quotation(written, has_tilde=False)


def mentions_of(word: Word) -> tuple[Mention, ...]:
    """What the word mentions if it is an amount or a date; four digits alone may be anything, and are no year."""
    return mentions_of_text(word.written) if word.is_plain else ()


def mentions_of_text(written: str) -> tuple[Mention, ...]:
    """The amount, the date, or the range of them, that a text asks for as a whole; more than one where it is either.

    ``2023.5`` is a month; ``202305`` may be a month and an amount; ``>=10万`` and ``10万至50万`` are ranges.
    """
    plain = unicodedata.normalize("NFKC", written).strip()
    if _BARE_YEAR.fullmatch(plain):
        return ()
    month = _MONTH.fullmatch(plain)
    asked = None if month and not month["without_mark"] else mention_asked(written)
    if month:
        return tuple(one for one in (_mention_in(_DATE_IN_TEXT, plain), asked) if one)
    ranged = None if asked else _range_asked(plain)
    return tuple(one for one in (asked, ranged) if one)


def _range_asked(plain: str) -> Mention | None:
    """A comparison or a range that its marks call one of amounts or of dates."""
    if not (_WITH_SIGN.fullmatch(plain) or _RANGE_OR_COMPARISON.search(plain)):
        return None
    if _DATE.search(plain):
        return _mention_in(_DATE_IN_TEXT, plain)
    is_money = _MONEY.search(plain) or _WITH_SIGN.fullmatch(plain)
    return _mention_in(_AMOUNT_IN_TEXT, plain) if is_money else None


def _mention_in(field: ValueField, plain: str) -> Mention | None:
    values = read_values(field, plain)
    asked = valued(field, values) if values else None
    return asked if isinstance(asked, Mention) else None


def synonyms_of(word: Word, frame: Frame) -> dict[str, str]:
    """The words that mean the same, folded to as written; empty for what is not a known word as a whole."""
    if not word.is_plain:
        return {}
    others = {folded(other): other for other in frame.synonyms.get(word.run, ())}
    return {run: other for run, other in others.items() if run and run != word.run}


def _quotation(text: str, *, has_tilde: bool) -> Word:
    run = folded(text)
    pattern = Pattern(((run,),) if run else (), (), is_trimmed=False)
    return Word(written=text, pattern=pattern, has_tilde=has_tilde, is_plain=False)
