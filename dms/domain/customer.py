"""The counterparties of the company (客户), whatever side they stand on."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Side(StrEnum):
    """On which side of our dealings a customer stands; one may stand on several."""

    CUSTOMER = "customer"
    SUPPLIER = "supplier"
    SERVICE_PROVIDER = "service_provider"


class CustomerGrade(StrEnum):
    """The result of the last review: 重要, 特殊 or 一般."""

    IMPORTANT = "important"
    SPECIAL = "special"
    ORDINARY = "ordinary"


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name the customer once had; `until_on` is None where the day of the change is not known."""

    name: str
    until_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerFacts:
    """What a person states about a customer."""

    code: str
    name: str
    former_names: tuple[FormerName, ...] = ()
    uscc: str | None = None
    """Unified social credit code; None for persons, foreign parties, or where it is not known yet."""
    sides: frozenset[Side] = frozenset({Side.CUSTOMER})
    grade: CustomerGrade = CustomerGrade.ORDINARY
    department: str = ""
    """The department (部门) whose customer it is; empty for a customer of the whole company."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """A customer as the catalogue knows it."""

    id: int
    facts: CustomerFacts
    created_at: datetime

    @property
    def code(self) -> str:
        """The code by which people name the customer; never reused."""
        return self.facts.code

    @property
    def name(self) -> str:
        """The present name."""
        return self.facts.name
