"""Contracts, the second axis of the archive: they cut across series and years."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Party:
    """One party with the role in which the contract names it, e.g. 甲方."""

    role: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractFacts:
    """What is known of a contract; every date and the amount are None until a paper or a person states them."""

    number: str
    title: str
    customer_id: int
    parties: tuple[Party, ...] = ()
    signed_on: date | None = None
    effective_on: date | None = None
    ends_on: date | None = None
    amount: Decimal | None = None
    """In yuan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """A contract as the ledger knows it."""

    id: int
    facts: ContractFacts

    @property
    def number(self) -> str:
        """The business number as written on the paper."""
        return self.facts.number
