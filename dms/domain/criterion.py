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


@dataclass(frozen=True, slots=True)
class Phrase:
    """These folded characters, one after the other, in one part of the item."""

    folded: str
    part: TextPart = TextPart.ANYWHERE


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
class Not:
    """The part does not hold."""

    part: "Criterion"


Criterion: TypeAlias = Phrase | FactIs | FactRange | AllOf | AnyOf | Not

EVERYTHING = AllOf(())
NOTHING = AnyOf(())


def wanted_phrases(criterion: Criterion) -> tuple[Phrase, ...]:
    """The phrases whose presence speaks for an item, in order, each once; what stands under a `Not` does not."""
    return tuple(dict.fromkeys(_wanted(criterion)))


def _wanted(criterion: Criterion) -> list[Phrase]:
    match criterion:
        case Phrase():
            return [criterion]
        case AllOf(parts) | AnyOf(parts):
            return [phrase for part in parts for phrase in _wanted(part)]
        case _:
            return []
