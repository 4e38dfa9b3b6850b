"""Contracts, the second axis of the archive: they cut across series and years."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class ContractState(StrEnum):
    """Where a contract stands."""

    NEGOTIATING = "negotiating"
    """谈判"""
    RUNNING = "running"
    """履行中"""
    PERFORMED = "performed"
    """履行完毕"""
    TERMINATED = "terminated"
    """终止"""
    DISPUTED = "disputed"
    """争议"""


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
    department: str = ""
    """The department (部门) that handles it; empty where nobody has said."""
    handler: str = ""
    """经办人"""
    state: ContractState = ContractState.RUNNING
    performed_on: date | None = None
    """When everything was delivered, done and accepted."""
    settled_on: date | None = None
    """When the last payment was made."""
    warranty_ends_on: date | None = None
    terminated_on: date | None = None
    framework_no: str = ""
    """The number of the framework contract that it was placed under; empty where there is none."""
    remark: str = ""


_CLOSED = frozenset({ContractState.PERFORMED, ContractState.TERMINATED})

CONTRACT_STATE_CHANGES: Mapping[ContractState, tuple[ContractState, ...]] = {
    ContractState.NEGOTIATING: (ContractState.RUNNING, ContractState.TERMINATED),
    ContractState.RUNNING: (ContractState.PERFORMED, ContractState.TERMINATED, ContractState.DISPUTED),
    ContractState.DISPUTED: (ContractState.RUNNING, ContractState.PERFORMED, ContractState.TERMINATED),
    ContractState.PERFORMED: (ContractState.RUNNING, ContractState.DISPUTED),
    ContractState.TERMINATED: (ContractState.RUNNING, ContractState.DISPUTED),
}
"""What each state may become; a closed contract runs again where it was renewed, or was closed by mistake."""


def is_closed(state: ContractState) -> bool:
    """Whether a contract in this state is over, so that its closing days count."""
    return state in _CLOSED


def closing_on(facts: ContractFacts) -> date | None:
    """The day that starts the clock of retention and gives the closing year; None while the contract is not closed.

    The latest of performance, settlement, end of warranty and termination, as far as they are stated; where none is,
    the last day of its term.
    """
    if facts.state not in _CLOSED:
        return None
    ends = (facts.performed_on, facts.settled_on, facts.warranty_ends_on, facts.terminated_on)
    return max((day for day in ends if day), default=facts.ends_on)


def is_running(facts: ContractFacts, on: date) -> bool:
    """Whether the contract is not closed on this day: also one whose last closing day is yet to come."""
    closed_on = closing_on(facts)
    return facts.state not in _CLOSED or (closed_on is not None and closed_on > on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """A contract as the ledger knows it."""

    id: int
    facts: ContractFacts

    @property
    def number(self) -> str:
        """The business number as written on the paper."""
        return self.facts.number
