"""What is stated about a contract can be right, says when it was closed and why it runs again, and leaves traces."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from simulators.people import ARCHIVIST, CLERK
from simulators.scanner import add_customer, file_paper

from dms.archive import CustomerNotFound
from dms.domain.actor import OPERATOR, ActionForbidden
from dms.domain.contract import CONTRACT_STATE_CHANGES, ContractFacts, ContractState, Party, closing_on
from dms.filing.ledger import (
    STATE_NAMES,
    ContractAlreadyKnown,
    ContractFactInvalid,
    LedgerField,
    StateChange,
    StateChangeRefused,
    change_contract,
    change_contract_state,
    parties_in,
    register_contract,
    told_parties,
)
from dms.search import SearchRequest, search

FACTS = ContractFacts(number="ht－2024-007", title="  轴承\n采购合同 ", customer_id=0, signed_on=date(2024, 5, 1))


@pytest.fixture(autouse=True)
def customer(archive):
    return add_customer(archive)


@pytest.fixture
def contract(archive):
    return register_contract(ARCHIVIST, "C0001", FACTS, archive=archive)


def test_what_is_entered_is_tidied_and_journaled(archive, contract):
    assert (contract.number.upper(), contract.facts.title) == ("HT-2024-007", "轴承 采购合同")
    with archive.looking() as view:
        (entry,) = view.journal.entries(subject=contract.number)
    assert (entry.action, entry.details["customer_code"]) == ("contract_registered", "C0001")


def test_a_customer_has_one_contract_of_a_number(archive, contract):
    with pytest.raises(ContractAlreadyKnown):
        register_contract(ARCHIVIST, "C0001", replace(FACTS, number="HT-2024-007"), archive=archive)
    with pytest.raises(CustomerNotFound):
        register_contract(ARCHIVIST, "C9", FACTS, archive=archive)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": ""}, LedgerField.NUMBER),
        ({"number": "H" * 101}, LedgerField.NUMBER),
        ({"title": ""}, LedgerField.TITLE),
        ({"handler": "王" * 61}, LedgerField.HANDLER),
        ({"amount": Decimal("1e30")}, LedgerField.AMOUNT),
        ({"ends_on": date(2024, 4, 30)}, LedgerField.ENDS_ON),
        ({"settled_on": date(1800, 1, 1)}, LedgerField.SETTLED_ON),
        ({"performed_on": date(2025, 1, 2), "warranty_ends_on": date(2025, 1, 1)}, LedgerField.WARRANTY_ENDS_ON),
        ({"terminated_on": date(2025, 1, 1)}, LedgerField.STATE),
        ({"state": ContractState.TERMINATED}, LedgerField.TERMINATED_ON),
        ({"state": ContractState.PERFORMED}, LedgerField.PERFORMED_ON),
        ({"parties": tuple(Party("", f"{n}") for n in range(21))}, LedgerField.PARTIES),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field(archive, changes, field):
    with pytest.raises(ContractFactInvalid) as refused:
        register_contract(ARCHIVIST, "C0001", replace(FACTS, **changes), archive=archive)
    assert [problem.field for problem in refused.value.problems] == [field]


def test_performance_before_signing_and_settlement_without_a_day_of_performance_are_possible(archive):
    facts = replace(FACTS, state=ContractState.PERFORMED, settled_on=date(2024, 4, 1))
    assert register_contract(ARCHIVIST, "C0001", facts, archive=archive).facts.settled_on == date(2024, 4, 1)


def test_a_change_keeps_number_customer_and_state_and_says_what_was_before(archive, contract):
    stated = replace(contract.facts, number="X", customer_id=99, state=ContractState.DISPUTED, amount=Decimal(7))
    changed = change_contract(ARCHIVIST, contract.id, stated, archive=archive)
    assert changed.facts == replace(contract.facts, amount=Decimal(7))
    assert change_contract(ARCHIVIST, contract.id, stated, archive=archive) == changed
    with archive.looking() as view:
        (entry,) = (each for each in view.journal.entries(subject=contract.number) if each.action == "contract_changed")
    assert (entry.details["before"], entry.details["after"]) == ("合同金额（元） —", "合同金额（元） 7.00")


def test_a_new_title_is_what_its_papers_are_found_by(archive):
    item = file_paper(archive, "无关文字", type_code="correspondence", title="来函")
    facts = ContractFacts(number="HT-2024-001", title="凤凰山隧道通风设备合同", customer_id=0)
    change_contract(ARCHIVIST, item.classification.contract_id, facts, archive=archive)
    found = search(OPERATOR, SearchRequest(query="凤凰山隧道"), archive=archive)
    assert [hit.item_id for hit in found.hits] == [item.id]


def test_a_closed_contract_says_when_and_one_that_runs_again_says_why(archive, contract):
    def become(state, **said):
        return change_contract_state(ARCHIVIST, contract.id, StateChange(becomes=state, **said), archive=archive).facts

    with pytest.raises(ContractFactInvalid):
        become(ContractState.PERFORMED)
    done = become(ContractState.PERFORMED, happened_on=date(2025, 6, 30), settled_on=date(2025, 8, 1))
    assert closing_on(done) == date(2025, 8, 1)
    with pytest.raises(ContractFactInvalid):
        become(ContractState.RUNNING)
    again = become(ContractState.RUNNING, reason="续签一年")
    assert closing_on(again) is None and again.performed_on is None
    with pytest.raises(ContractFactInvalid):
        become(ContractState.DISPUTED, reason="  ")
    become(ContractState.DISPUTED, reason="质量争议")
    ended = become(ContractState.TERMINATED, happened_on=date(2025, 9, 1))
    assert closing_on(ended) == date(2025, 9, 1)


def test_every_state_may_become_what_it_may_and_nothing_else(archive, contract):
    for state in ContractState:
        assert state not in CONTRACT_STATE_CHANGES[state] and STATE_NAMES[state].zh
    with pytest.raises(StateChangeRefused):
        change_contract_state(ARCHIVIST, contract.id, StateChange(becomes=ContractState.NEGOTIATING), archive=archive)


def test_parties_are_written_and_read_the_same():
    parties = (Party("甲方", "甲公司"), Party("", "乙公司"), Party("担保方", "丙公司"))
    assert parties_in(told_parties(parties)) == parties
    assert parties_in("甲方: 甲公司\n\n乙公司; 担保方：丙公司") == parties


def test_the_ledger_is_changed_by_whoever_keeps_it(archive, contract):
    for act in (
        lambda: register_contract(CLERK, "C0001", FACTS, archive=archive),
        lambda: change_contract(CLERK, contract.id, FACTS, archive=archive),
        lambda: change_contract_state(CLERK, contract.id, StateChange(becomes=ContractState.DISPUTED), archive=archive),
    ):
        with pytest.raises(ActionForbidden):
            act()
