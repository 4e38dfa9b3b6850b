"""What a search asks for, as values; the store alone knows how to answer it.

Invariants: text in a criterion is folded already (`dms.search` does it), never empty, and means exactly "stands
somewhere as a substring"; ranges include both ends.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias


class TextPart(StrEnum):
    """Where in an item a text is to stand."""

    ANYWHERE = "anywhere"
    BODY = "body"
    """On the pages."""
    FACTS = "facts"
    """In title, customer or contract."""
    TITLE = "title"
    """In the title, or in the name under which it arrived."""
    CUSTOMER = "customer"
    """In the customer's code, name, a former name or the credit code."""
    CONTRACT = "contract"
    """In the number or title of the contract, or in the number claimed at arrival."""


class Fact(StrEnum):
    """What an item can be asked for besides its text."""

    CUSTOMER_CODE = "customer_code"
    CONTRACT_NO = "contract_no"
    TYPE = "type"
    SERIES = "series"
    YEAR = "year"
    AMOUNT = "amount"
    """In yuan."""
    DOC_DATE = "doc_date"
    PAGES = "pages"
    GRADE = "grade"
    STATE = "state"
    ITEM = "item"
    """The key of the item itself; for leaving one out, or for narrowing to some."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """These folded characters, one after the other, in one part of the item."""

    folded: str
    part: TextPart = TextPart.ANYWHERE
    tolerant: bool = False
    """Whether characters that look alike count as the same, and a wrong, missing or extra one is borne with; see
    `dms.domain.likeness`."""


@dataclass(frozen=True, slots=True)
class Gap:
    """How many folded characters stand between two links of a chain, both included."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Chain:
    """Links that follow each other in one run of text, each any of some folded texts.

    ``违?金`` is the chain of 违 and 金 with a gap of exactly one; 违约 NEAR/10 赔偿 is a chain with a gap of 0 to 10.
    """

    links: tuple[tuple[str, ...], ...]
    """At least two; each at least one alternative, none empty."""
    gaps: tuple[Gap, ...]
    """One fewer than links."""
    ordered: bool = True
    """Whether the links stand in this order; otherwise each may stand on either side of the one before it."""
    part: TextPart = TextPart.ANYWHERE


class MentionKind(StrEnum):
    """Values that are understood in running text, however they are written there."""

    AMOUNT = "amount"
    """Whole fen."""
    DAY = "day"
    """`date.toordinal`; a month or a year in the text is mentioned with all of its days."""


@dataclass(frozen=True, slots=True)
class Mention:
    """The text of the pages names a value that lies wholly between the bounds, both included."""

    kind: MentionKind
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class FactIs:
    """A fact equals one of the values, upper and lower case alike."""

    fact: Fact
    values: tuple[str, ...]


Bound: TypeAlias = int | Decimal | date


@dataclass(frozen=True, slots=True)
class FactRange:
    """A fact is known and lies between the bounds, both included; None leaves a side open."""

    fact: Fact
    low: Bound | None
    high: Bound | None


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; with no parts, always true."""

    parts: tuple["Criterion", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds; with no parts, never true."""

    parts: tuple["Criterion", ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """So many of the parts hold, or more."""

    count: int
    parts: tuple["Criterion", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Criterion"


Criterion: TypeAlias = Phrase | Chain | Mention | FactIs | FactRange | AllOf | AnyOf | AtLeast | Not
Wanted: TypeAlias = Phrase | Chain | Mention
"""What can be marked on a page."""

EVERYTHING = AllOf(())
NOTHING = AnyOf(())


def wanted(criterion: Criterion) -> tuple[Wanted, ...]:
    """What speaks for an item where it stands in the text, in order, each once; what stands under a `Not` does not."""
    return tuple(dict.fromkeys(_wanted(criterion)))


def wanted_phrases(criterion: Criterion) -> tuple[Phrase, ...]:
    """The phrases among what is wanted."""
    return tuple(one for one in wanted(criterion) if isinstance(one, Phrase))


def _wanted(criterion: Criterion) -> list[Wanted]:
    match criterion:
        case Phrase() | Chain() | Mention():
            return [criterion]
        case AllOf(parts) | AnyOf(parts) | AtLeast(_, parts):
            return [one for part in parts for one in _wanted(part)]
        case _:
            return []


def leaves(criterion: Criterion) -> tuple[Wanted | FactIs | FactRange, ...]:
    """Every single condition, what stands under a `Not` among them."""
    match criterion:
        case AllOf(parts) | AnyOf(parts) | AtLeast(_, parts):
            return tuple(leaf for part in parts for leaf in leaves(part))
        case Not(part):
            return leaves(part)
        case _:
            return (criterion,)
