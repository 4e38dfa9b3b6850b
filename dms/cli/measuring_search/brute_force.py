"""What a query must find, by looking at every paper: plain substrings and nothing of the product's own search.

Invariant: a query here is the tree that was drawn, never the text that was typed, so that a mistake in understanding
the text shows up as papers missed or too many.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from dms.cli.measuring_search.corpus import Corpus, Paper
from dms.cli.measuring_search.folding import plain, plain_pages

FARTHEST_WILD = 30
"""Characters that ``*`` stands for at most."""


@dataclass(frozen=True, slots=True)
class Record:
    """A paper as the brute force sees it."""

    item_id: str
    year: int
    runs: tuple[str, ...]
    """The pages as one text, then every fact; nothing stands across two of them."""

    @property
    def body(self) -> str:
        """The text of the pages."""
        return self.runs[0]


@dataclass(frozen=True)
class Words:
    """These characters, one after the other."""

    written: str

    @cached_property
    def sought(self) -> str:
        """As it is compared."""
        return plain(self.written)


@dataclass(frozen=True)
class Wild:
    """Words with ``*`` or ``?`` between their pieces."""

    written: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The same as a regular expression over a plain text."""
        signs = {"*": f".{{0,{FARTHEST_WILD}}}", "?": "."}
        return re.compile("".join(signs.get(piece, re.escape(piece)) for piece in re.split(r"([*?])", self.written)))


@dataclass(frozen=True)
class Near:
    """One of some words within so many characters of one of others."""

    left: tuple[Words, ...]
    right: tuple[Words, ...]
    distance: int
    ordered: bool

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The same as a regular expression over a plain text."""
        left, right = _any_of(self.left), _any_of(self.right)
        between = f".{{0,{self.distance}}}"
        forth, back = f"{left}{between}{right}", f"{right}{between}{left}"
        return re.compile(forth if self.ordered else f"{forth}|{back}")


@dataclass(frozen=True)
class InYears:
    """The year of the paper lies between the two, both included."""

    first: int
    last: int


@dataclass(frozen=True)
class Both:
    """Every part holds."""

    parts: tuple["Query", ...]


@dataclass(frozen=True)
class Either:
    """At least one part holds."""

    parts: tuple["Query", ...]


@dataclass(frozen=True)
class Without:
    """The part does not hold."""

    part: "Query"


Query: TypeAlias = Words | Wild | Near | InYears | Both | Either | Without


def records_of(corpus: Corpus, papers: Iterable[Paper]) -> list[Record]:
    """The papers as the brute force sees them."""
    return [_record(corpus, paper) for paper in papers]


def item_id(number: int) -> str:
    """The id under which the paper of this number is laid."""
    return f"bench{number:09d}"


def papers_with(query: Query, records: Sequence[Record]) -> frozenset[str]:
    """The ids of the papers that the query must find."""
    fits = _test_of(query)
    return frozenset(record.item_id for record in records if fits(record))


def _record(corpus: Corpus, paper: Paper) -> Record:
    facts = [paper.title, paper.original_filename]
    if paper.customer is not None:
        customer = corpus.customers[paper.customer]
        facts += [customer.code, customer.name]
    if paper.contract is not None:
        contract = corpus.contracts[paper.contract]
        facts += [contract.written_no, contract.title]
    runs = (plain_pages(paper.pages), *filter(None, map(plain, facts)))
    return Record(item_id(paper.number), paper.year, runs)


def _any_of(alternatives: tuple[Words, ...]) -> str:
    return f"(?:{'|'.join(re.escape(words.sought) for words in alternatives)})"


def _test_of(query: Query) -> Callable[[Record], bool]:
    match query:
        case Words():
            sought = query.sought
            return lambda record: any(sought in run for run in record.runs)
        case Wild():
            search = query.pattern.search
            return lambda record: any(search(run) for run in record.runs)
        case Near():
            return _near_test(query)
        case InYears(first, last):
            return lambda record: first <= record.year <= last
        case Without(part):
            inner = _test_of(part)
            return lambda record: not inner(record)
        case Both(parts):
            tests = list(map(_test_of, parts))
            return lambda record: all(test(record) for test in tests)
        case Either(parts):
            tests = list(map(_test_of, parts))
            return lambda record: any(test(record) for test in tests)


def _near_test(query: Near) -> Callable[[Record], bool]:
    search = query.pattern.search
    sides = [[words.sought for words in side] for side in (query.left, query.right)]
    # The expression alone would take minutes over all papers; where one side is missing there is nothing to look at.
    return lambda record: any(
        all(any(sought in run for sought in side) for side in sides) and search(run) is not None for run in record.runs
    )
