"""When the term of a paper ends, reckoned from its rule and the facts.

What always holds:
- The clock starts on 1 January of the year after the latest day that counts; the term ends on a 31 December.
- U1 While a dispute is open, or a contract runs on whose end the rule counts, no clock starts.
- U2 What amends or renews a contract moves the start of the whole chain: the latest day counts.
- U3 What is bound together is kept together: by the longest of its rules, from the latest of its starts.
- U4 A term is the least that is asked for: an appraisal may set a later day, never an earlier one.
- The same functions reckon one paper that a person looks at and all papers at night.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from dms.domain.contract import ContractFacts, closing_on, is_closed
from dms.domain.due_day import DueBasis, DueDay, DueState, TermExtension
from dms.domain.retention import RetentionRule, RetentionTrigger, retention_ends_on


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeSpan:
    """As much of a dispute as the clock asks for."""

    number: str
    closed_on: date | None
    """None while it is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFacts:
    """What is known of a paper and its contracts, as far as its term depends on it."""

    doc_on: date | None
    received_on: date
    filed_year: int | None = None
    contracts: tuple[ContractFacts, ...] = ()
    """Its contract, and those that amend, renew or stand under it; empty for a paper without one."""
    disputes: tuple[DisputeSpan, ...] = ()
    """The disputes in which it is, or any of these contracts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStart:
    """What starts the clock of a term, or what it waits for."""

    basis: DueBasis
    day: date | None
    """None while it waits."""
    named: str = ""
    """The number of the contract or the dispute; empty for a day of the paper itself."""


def clock_start(trigger: RetentionTrigger, facts: PaperFacts) -> ClockStart:
    """What starts the clock of one paper under a rule with this trigger."""
    for dispute in facts.disputes:
        if dispute.closed_on is None:
            return ClockStart(basis=DueBasis.DISPUTE_OPEN, day=None, named=dispute.number)  # U1
    match trigger:
        case RetentionTrigger.DOCUMENT_DATE:
            return _own_day(facts)
        case RetentionTrigger.ACCOUNTING_YEAR:
            return ClockStart(basis=DueBasis.ACCOUNTING_YEAR, day=date(_accounting_year(facts), 12, 31))
        case _ if facts.contracts:
            return _contract_start(trigger, facts)
        case _:
            return latest_start([*_closed_disputes(trigger, facts), _own_day(facts)])


def latest_start(starts: Iterable[ClockStart]) -> ClockStart:
    """Of several starts the one that counts: one that waits, else the latest day; the first of several alike (U2, U3).

    `ValueError` where there is none.
    """
    return max(starts, key=_rank)


def reckon(rule: RetentionRule | None, start: ClockStart, term: TermExtension | None = None) -> DueDay:
    """The day on which a term ends; `rule` is None where the stated code has no rule: such a paper is never due."""
    if rule is None:
        return _day(rule, DueState.WAITING, DueBasis.NO_RULE)
    if rule.permanent:
        return _day(rule, DueState.PERMANENT, DueBasis.PERMANENT)
    if start.day is None:
        return _day(rule, DueState.WAITING, start.basis)
    if term is not None and term.until_on is None:
        return _day(rule, DueState.PERMANENT, DueBasis.EXTENSION, basis_on=start.day)
    ends_on = retention_ends_on(rule, start.day)
    if term is not None and term.until_on and ends_on and term.until_on > ends_on:  # U4
        return _day(rule, DueState.DATED, DueBasis.EXTENSION, due_on=term.until_on, basis_on=start.day)
    return _day(rule, DueState.DATED, start.basis, due_on=ends_on, basis_on=start.day)


def extension_of(terms: Iterable[TermExtension]) -> TermExtension | None:
    """Of several decisions the one that keeps longest; None where there is none (U4)."""
    return max(terms, key=lambda term: (term.until_on is None, term.until_on or date.min), default=None)


def _rank(start: ClockStart) -> tuple[bool, date]:
    return start.day is None, start.day or date.min


def _day(
    rule: RetentionRule | None,
    state: DueState,
    basis: DueBasis,
    *,
    due_on: date | None = None,
    basis_on: date | None = None,
) -> DueDay:
    code, version = (rule.code, rule.version) if rule else ("", 0)
    return DueDay(state=state, due_on=due_on, rule_code=code, rule_version=version, basis=basis, basis_on=basis_on)


def _own_day(facts: PaperFacts) -> ClockStart:
    if facts.doc_on is not None:
        return ClockStart(basis=DueBasis.DOCUMENT, day=facts.doc_on)
    return ClockStart(basis=DueBasis.RECEIVED, day=facts.received_on)


def _accounting_year(facts: PaperFacts) -> int:
    if facts.doc_on is not None:
        return facts.doc_on.year
    return facts.filed_year or facts.received_on.year


def _contract_start(trigger: RetentionTrigger, facts: PaperFacts) -> ClockStart:
    running = next((each for each in facts.contracts if not is_closed(each.state)), None)
    if running is not None:
        return ClockStart(basis=DueBasis.CONTRACT_RUNNING, day=None, named=running.number)  # U1
    disputes = list(_closed_disputes(trigger, facts))
    asked = trigger is not RetentionTrigger.DISPUTE_CLOSED or not disputes
    days = [_contract_day(trigger, each) for each in facts.contracts] if asked else []
    own = [_own_day(facts)] if facts.doc_on else []  # a term does not start before the paper was written
    return latest_start([*days, *disputes, *own])


def _contract_day(trigger: RetentionTrigger, contract: ContractFacts) -> ClockStart:
    """The day of one closed contract that a trigger names; the day of its closing where that one is not stated."""
    stated = next(((basis, day) for basis, day in _named_days(trigger, contract) if day), None)
    if stated is None:
        return _closing(contract)
    return ClockStart(basis=stated[0], day=stated[1], named=contract.number)


def _named_days(trigger: RetentionTrigger, contract: ContractFacts) -> Iterator[tuple[DueBasis, date | None]]:
    match trigger:
        case RetentionTrigger.END:
            yield DueBasis.TERMINATED, contract.terminated_on
            yield DueBasis.TERM_END, contract.ends_on
        case RetentionTrigger.PERFORMANCE:
            yield DueBasis.PERFORMED, contract.performed_on
        case RetentionTrigger.SETTLEMENT:
            yield DueBasis.SETTLED, contract.settled_on
        case RetentionTrigger.WARRANTY:
            yield DueBasis.WARRANTY, contract.warranty_ends_on
        case _:
            return


def _closing(contract: ContractFacts) -> ClockStart:
    closed_on = closing_on(contract)
    if closed_on is None:
        return ClockStart(basis=DueBasis.NO_CLOSING_DAY, day=None, named=contract.number)
    days = {
        DueBasis.PERFORMED: contract.performed_on,
        DueBasis.SETTLED: contract.settled_on,
        DueBasis.WARRANTY: contract.warranty_ends_on,
        DueBasis.TERMINATED: contract.terminated_on,
    }
    basis = next((basis for basis, day in days.items() if day == closed_on), DueBasis.TERM_END)
    return ClockStart(basis=basis, day=closed_on, named=contract.number)


def _closed_disputes(trigger: RetentionTrigger, facts: PaperFacts) -> Iterator[ClockStart]:
    if trigger in (RetentionTrigger.CLOSING, RetentionTrigger.DISPUTE_CLOSED):
        for dispute in facts.disputes:
            yield ClockStart(basis=DueBasis.DISPUTE, day=dispute.closed_on, named=dispute.number)
