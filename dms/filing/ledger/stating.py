"""What a person states about a contract: entering it in the ledger, changing its facts, and where it stands.

What always holds:
- L1 A customer has one contract of a number; a contract keeps its number and its customer.
- L2 Nothing that cannot be right is entered, by whatever door it comes.
- L3 A contract that is closed says when, for that day starts the clock of retention; one that runs again says why.
- L4 Whatever changes the words by which papers are found writes their index anew in the same transaction.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dms.archive import Archive, customer_to_file_for
from dms.domain.actor import Actor, Permission
from dms.domain.contract import CONTRACT_STATE_CHANGES, Contract, ContractFacts, ContractState, Party, is_closed
from dms.domain.contract_number import canonical_number, folded_number
from dms.domain.customer import Customer
from dms.domain.item import READABLE_STATES
from dms.domain.one_line import one_line
from dms.errors import Bilingual
from dms.filing.ledger.errors import (
    STATE_NAMES,
    ContractAlreadyKnown,
    ContractFactInvalid,
    ContractHasPapers,
    StateChangeRefused,
)
from dms.filing.ledger.facts import (
    FIELD_NAMES,
    MAX_TEXT_CHARACTERS,
    FactProblem,
    LedgerField,
    problems_in,
)
from dms.filing.ledger.finding import contract_for, contract_numbered
from dms.store import ItemFilter, UnitOfWork

_MOST_TOLD = 1_000
"""Characters of what a journal entry says of a change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StateChange:
    """What a person says became of a contract."""

    becomes: ContractState
    happened_on: date | None = None
    """The day of performance or of termination; None where the new state has no day."""
    settled_on: date | None = None
    """The last payment, where it is known by now."""
    reason: str = ""
    """Needed where a closed contract runs again, or is disputed."""


def register_contract(actor: Actor, customer_code: str, facts: ContractFacts, *, archive: Archive) -> Contract:
    """The contract, newly in the ledger; `facts.customer_id` is taken from the code.

    Raises `CustomerNotFound`, `ContractFactInvalid` or `ContractAlreadyKnown`.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    with archive.begin() as work:
        customer = customer_to_file_for(actor, customer_code, work=work)
        enter_contract(actor, customer, facts, archive=archive, work=work)
        return contract_numbered(actor, facts.number, work=work, customer_code=customer.code)


def change_contract(actor: Actor, contract_id: int, facts: ContractFacts, *, archive: Archive) -> Contract:
    """The contract with its facts replaced, its number, customer and state as they were (L1).

    Raises `ContractNotFound` or `ContractFactInvalid`.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    with archive.begin() as work:
        known = contract_for(actor, contract_id, work=work)
        stated = replace(facts, number=known.number, customer_id=known.facts.customer_id, state=known.facts.state)
        return amend_contract(actor, known, stated, archive=archive, work=work)


def change_contract_state(actor: Actor, contract_id: int, change: StateChange, *, archive: Archive) -> Contract:
    """The contract in its new state; closed, it says when, and running again, its closing days are taken back (L3).

    Raises `ContractNotFound`, `StateChangeRefused` or `ContractFactInvalid`.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    with archive.begin() as work:
        known = contract_for(actor, contract_id, work=work)
        if change.becomes not in CONTRACT_STATE_CHANGES[known.facts.state]:
            raise StateChangeRefused(known.facts.state, change.becomes)
        _check_reason(known.facts.state, change)
        return amend_contract(
            actor, known, _in_state(known.facts, change), archive=archive, work=work, reason=one_line(change.reason)
        )


def withdraw_contract(actor: Actor, contract_id: int, reason: str, *, archive: Archive) -> None:
    """Take a contract that was entered by mistake out of the ledger; its bare number may be entered again.

    Raises `ContractNotFound`, `ContractHasPapers` or `ContractFactInvalid` where no reason is given.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    with archive.begin() as work:
        known = contract_for(actor, contract_id, work=work)
        given = _reason(reason)
        # A stub that nothing belongs to: its facts go to the journal, only what a paper could still name is left.
        bare = ContractFacts(number=known.number, title="", customer_id=known.facts.customer_id)
        work.contracts.change(known.id, bare)
        if work.contracts.find(known.id, actor=actor):
            raise ContractHasPapers(known.number)
        before, _ = _told_change(known.facts, bare)
        archive.record(work, actor, "contract_withdrawn", known.number, before=before, reason=given)


def enter_contract(
    actor: Actor, customer: Customer, facts: ContractFacts, *, archive: Archive, work: UnitOfWork
) -> None:
    """Add a contract in the transaction of the caller, who has asked for permission.

    A bare number that only a mistake left behind is given its facts. Raises `ContractFactInvalid` or
    `ContractAlreadyKnown`.
    """
    stated = checked(replace(facts, customer_id=customer.id))
    folded = folded_number(stated.number)
    owners = work.customers.ids_of(customer.id)
    for bearer in [each for each in work.contracts.with_number(folded) if each.facts.customer_id in owners]:
        if work.contracts.numbers_given()[bearer.facts.customer_id, folded]:
            raise ContractAlreadyKnown(stated.number)
        amend_contract(actor, bearer, stated, archive=archive, work=work)
        return
    work.contracts.add(stated, number_folded=folded)
    record_entry(actor, customer, stated, archive=archive, work=work)


def enter_contracts(
    actor: Actor, stated: Sequence[tuple[Customer, ContractFacts]], *, archive: Archive, work: UnitOfWork
) -> None:
    """Add many contracts whose numbers are known to be free, in the transaction of the caller.

    Raises `ContractFactInvalid`.
    """
    entered = [(customer, checked(facts)) for customer, facts in stated]
    work.contracts.add_all([(facts, folded_number(facts.number)) for _, facts in entered])
    for customer, facts in entered:
        record_entry(actor, customer, facts, archive=archive, work=work)


def amend_contract(
    actor: Actor, known: Contract, facts: ContractFacts, *, archive: Archive, work: UnitOfWork, reason: str = ""
) -> Contract:
    """The contract with other facts, in the transaction of the caller, who has asked for permission.

    Nothing is written where nothing differs. Raises `ContractFactInvalid`.
    """
    stated = checked(replace(facts, number=known.number))
    if stated == known.facts:
        return known
    work.contracts.change(known.id, stated)
    if (stated.title, stated.parties) != (known.facts.title, known.facts.parties):  # L4
        for item_key in work.items.keys(ItemFilter(contract_id=known.id, states=READABLE_STATES)):
            archive.index_item(work, item_key)
    before, after = _told_change(known.facts, stated)
    details = {"before": before, "after": after} | ({"reason": reason} if reason else {})
    moved = stated.state is not known.facts.state
    if moved:
        archive.record(work, actor, "contract_state_changed", known.number, **details)
    else:
        archive.record(work, actor, "contract_changed", known.number, **details)
    return replace(known, facts=stated)


def tidied(facts: ContractFacts) -> ContractFacts:
    """The same facts, every text on one line and the numbers as they are written."""
    parties = (Party(one_line(each.role), one_line(each.name)) for each in facts.parties)
    return replace(
        facts,
        number=canonical_number(one_line(facts.number)),
        framework_no=canonical_number(one_line(facts.framework_no)),
        parties=tuple(party for party in parties if party.name),
        title=one_line(facts.title),
        department=one_line(facts.department),
        handler=one_line(facts.handler),
        remark=one_line(facts.remark),
    )


def differing(before: ContractFacts, after: ContractFacts) -> Iterator[tuple[LedgerField, str, str]]:
    """Every fact that differs, with both values as they are told to a person."""
    for field in LedgerField:
        if field in (LedgerField.CUSTOMER_CODE, LedgerField.CUSTOMER_NAME):
            continue
        values = told_value(before, field), told_value(after, field)
        if values[0] != values[1]:
            yield field, *values


def told_value(facts: ContractFacts, field: LedgerField) -> str:
    """One fact as text; empty where nobody has stated it."""
    value = getattr(facts, field.value)
    if field is LedgerField.PARTIES:
        return told_parties(facts.parties)
    if field is LedgerField.STATE:
        return STATE_NAMES[facts.state].zh
    if field is LedgerField.AMOUNT:
        return "" if value is None else f"{value:.2f}"
    return "" if value is None else str(value)


def told_parties(parties: tuple[Party, ...]) -> str:
    """``甲方：某某公司；乙方：某某厂``, as a sheet and a form write it."""
    return "；".join(f"{each.role}：{each.name}" if each.role else each.name for each in parties)


def parties_in(text: str) -> tuple[Party, ...]:
    """The parties that a text of this form names, one after the other by semicolons or lines."""
    lines = (one_line(line) for part in text.splitlines() for line in part.replace(";", "；").split("；"))
    return tuple(_party(line) for line in lines if line)


def _party(line: str) -> Party:
    role, colon, name = line.replace(":", "：", 1).partition("：")
    return Party(role.strip(), name.strip()) if colon and name.strip() else Party("", line)


def checked(facts: ContractFacts) -> ContractFacts:
    """The same facts tidied; raises `ContractFactInvalid` (L2)."""
    stated = tidied(facts)
    problems = problems_in(stated)
    if problems:
        raise ContractFactInvalid(problems)
    return stated


def record_entry(actor: Actor, customer: Customer, facts: ContractFacts, *, archive: Archive, work: UnitOfWork) -> None:
    """Journal that a contract is in the ledger from now on."""
    told = {"customer_code": customer.code, "title": facts.title, "state": facts.state.value}
    archive.record(work, actor, "contract_registered", facts.number, **told)


def _check_reason(present: ContractState, change: StateChange) -> None:
    if is_closed(present) or change.becomes is ContractState.DISPUTED:
        _reason(change.reason)


def _reason(stated: str) -> str:
    reason = one_line(stated)
    if not 1 <= len(reason) <= MAX_TEXT_CHARACTERS:
        what = Bilingual(
            f"请说明原因（{MAX_TEXT_CHARACTERS} 字以内）。",
            f"A reason of at most {MAX_TEXT_CHARACTERS} characters is needed.",
        )
        raise ContractFactInvalid([FactProblem(field=LedgerField.REMARK, what=what)])
    return reason


def _in_state(facts: ContractFacts, change: StateChange) -> ContractFacts:
    settled_on = change.settled_on or facts.settled_on
    match change.becomes:
        case ContractState.PERFORMED:
            performed_on = change.happened_on or facts.performed_on
            return replace(facts, state=change.becomes, performed_on=performed_on, settled_on=settled_on)
        case ContractState.TERMINATED:
            terminated_on = change.happened_on or facts.terminated_on
            return replace(facts, state=change.becomes, terminated_on=terminated_on, settled_on=settled_on)
        case ContractState.RUNNING if is_closed(facts.state):
            return replace(facts, state=change.becomes, performed_on=None, settled_on=None, terminated_on=None)
        case ContractState.RUNNING:
            return replace(facts, state=change.becomes, terminated_on=None)
        case _:
            return replace(facts, state=change.becomes)


def _told_change(before: ContractFacts, after: ContractFacts) -> tuple[str, str]:
    named = [(FIELD_NAMES[field].zh, *values) for field, *values in differing(before, after)]
    was = "；".join(f"{name} {old or '—'}" for name, old, _ in named)
    becomes = "；".join(f"{name} {new or '—'}" for name, _, new in named)
    return was[:_MOST_TOLD], becomes[:_MOST_TOLD]
