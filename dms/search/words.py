"""The words of a query: their text and signs, and what they may stand for besides themselves."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dms.domain.criterion import Mention
from dms.domain.document_type import DEFAULT_DOCUMENT_TYPES, DEFAULT_SERIES, DocumentType, Series
from dms.search.analysis import folded
from dms.search.grammar import Term
from dms.search.mentioning import mention_asked
from dms.search.wildcards import Pattern, has_wildcards, read_pattern

_TILDES = ("~", "～")
_BARE_YEAR = re.compile(r"[0-9]{4}")


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
    return Word(
        written=written, pattern=read_pattern(written), has_tilde=has_tilde, is_plain=not has_wildcards(written)
    )


def literal_word(written: str) -> Word:
    """The text as it stands, in which nothing is a sign."""
    return _quotation(written, has_tilde=False)


def mention_of(word: Word) -> Mention | None:
    """What the word mentions if it is an amount or a date; four digits alone may be anything, and are no year."""
    if not word.is_plain or _BARE_YEAR.fullmatch(unicodedata.normalize("NFKC", word.written)):
        return None
    return mention_asked(word.written)


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
