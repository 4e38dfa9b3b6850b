"""The ledger shows the contracts that a person may know of, chosen and sorted as asked, and nothing of any other."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from simulators.people import ARCHIVIST, AUDITOR, LAWYER
from simulators.scanner import add_customer, file_paper, statement

from dms.archive import CustomerNotFound
from dms.domain.actor import OPERATOR, ActionForbidden
from dms.domain.contract import ContractFacts, ContractState
from dms.domain.customer import CustomerFacts
from dms.filing import confirm, register_customer, reject
from dms.filing.ledger import (
    ContractAmbiguous,
    ContractHasPapers,
    ContractNotFound,
    LedgerWish,
    contract_file,
    contract_id_of,
    contract_ledger,
    register_contract,
    withdraw_contract,
)
from dms.store import ContractOrder

WORKS = CustomerFacts(code="C0002", name="芜湖近水机械有限公司", department="工程部")
IN_SALES = replace(LAWYER, departments=frozenset({"销售部"}))


@pytest.fixture(autouse=True)
def customers(archive):
    add_customer(archive)
    register_customer(OPERATOR, WORKS, archive=archive)


def enter(archive, number, customer_code="C0001", **facts):
    stated = ContractFacts(**({"number": number, "title": f"合同 {number}", "customer_id": 0} | facts))
    return register_contract(OPERATOR, customer_code, stated, archive=archive)


def numbers(archive, actor=OPERATOR, **wish):
    return [entry.contract.number for entry in contract_ledger(actor, LedgerWish(**wish), archive=archive).entries]


@pytest.fixture
def four(archive):
    enter(archive, "B-2", signed_on=date(2023, 5, 1), ends_on=date(2024, 5, 1), amount=Decimal(200), handler="王五")
    enter(archive, "A-1", "C0002", signed_on=date(2024, 5, 1), amount=Decimal("300.50"))
    enter(archive, "C-3", signed_on=date(2022, 5, 1), ends_on=date(2023, 5, 1), department="采购部")
    enter(archive, "D-4", state=ContractState.NEGOTIATING)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (ContractOrder.NEWEST_SIGNED, "A-1 B-2 C-3 D-4"),
        (ContractOrder.OLDEST_SIGNED, "C-3 B-2 A-1 D-4"),
        (ContractOrder.ENDS_FIRST, "C-3 B-2 A-1 D-4"),
        (ContractOrder.NUMBER, "A-1 B-2 C-3 D-4"),
        (ContractOrder.CUSTOMER, "B-2 C-3 D-4 A-1"),
        (ContractOrder.AMOUNT, "A-1 B-2 C-3 D-4"),
    ],
)
def test_the_ledger_is_sorted_as_asked_and_what_is_not_stated_comes_last(archive, four, order, expected):
    assert numbers(archive, order=order) == expected.split()


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ({"words": "王五"}, "B-2"),
        ({"words": "近水 a-1"}, "A-1"),
        ({"words": "100%"}, ""),
        ({"customer_code": "C0002"}, "A-1"),
        ({"department": "工程部"}, "A-1"),
        ({"department": "采购部"}, "C-3"),
        ({"states": frozenset({ContractState.NEGOTIATING})}, "D-4"),
        ({"signed_year": 2023}, "B-2"),
        ({"ends_by_on": date(2023, 12, 31)}, "C-3"),
    ],
)
def test_the_ledger_is_filtered_as_asked(archive, four, wish, expected):
    assert numbers(archive, **wish) == expected.split()


def test_totals_are_of_everything_that_fits_not_of_the_page(archive, four):
    ledger = contract_ledger(OPERATOR, LedgerWish(limit=1, offset=1), archive=archive)
    assert (len(ledger.entries), ledger.total, ledger.amount) == (1, 4, Decimal("500.50"))
    assert ledger.departments == ("工程部", "采购部")
    assert ledger.signed_years == (2024, 2023, 2022)


def test_a_contract_without_papers_is_known_to_whoever_may_know_its_customers_papers(archive, four):
    assert numbers(archive, IN_SALES, order=ContractOrder.NUMBER) == ["B-2", "C-3", "D-4"]
    assert contract_ledger(IN_SALES, LedgerWish(), archive=archive).amount == Decimal(200)
    with pytest.raises(CustomerNotFound):
        numbers(archive, IN_SALES, customer_code="C0002")


def test_a_contract_with_papers_is_known_through_one_that_may_be_seen(archive):
    file_paper(archive, "机密", grade=1)
    assert numbers(archive, LAWYER) == []
    seen = file_paper(archive, "往来", type_code="correspondence")
    (entry,) = contract_ledger(LAWYER, LedgerWish(), archive=archive).entries
    assert entry.item_count == 1
    reject(OPERATOR, seen.id, "错件", archive=archive)
    assert numbers(archive, LAWYER) == []


def test_a_bare_number_that_a_correction_left_behind_shows_nowhere_and_may_be_entered(archive):
    item = file_paper(archive, "函", type_code="correspondence", contract_no="HT-2024-01")
    left = item.classification.contract_id
    confirm(OPERATOR, item.id, statement(type_code="correspondence"), archive=archive)
    assert numbers(archive) == ["HT-2024-001"]
    entered = enter(archive, "HT-2024-01")
    assert entered.id == left
    assert len(numbers(archive)) == 2


def test_a_mistaken_entry_is_withdrawn_with_a_reason_unless_papers_belong_to_it(archive):
    contract = enter(archive, "HT-9", amount=Decimal(5))
    withdraw_contract(ARCHIVIST, contract.id, "重复登记", archive=archive)
    assert numbers(archive) == []
    with archive.looking() as view:
        *_, entry = view.journal.entries(subject="HT-9")
    assert entry.details["reason"] == "重复登记" and "5.00" in str(entry.details["before"])
    held = file_paper(archive, "合同").classification.contract_id
    with pytest.raises(ContractHasPapers):
        withdraw_contract(ARCHIVIST, held, "误登", archive=archive)
    assert numbers(archive) == ["HT-2024-001"]


def test_a_number_leads_to_its_contract_and_asks_for_the_customer_where_two_bear_it(archive):
    own, other = enter(archive, "HT-7"), enter(archive, "HT-7", "C0002")
    with pytest.raises(ContractAmbiguous):
        contract_id_of(OPERATOR, "ht-7", archive=archive)
    assert contract_id_of(OPERATOR, "ht-7", archive=archive, customer_code="C0002") == other.id
    assert contract_id_of(IN_SALES, "HT－7", archive=archive) == own.id
    for look in (
        lambda: contract_file(IN_SALES, other.id, archive=archive),
        lambda: contract_file(OPERATOR, 99, archive=archive),
    ):
        with pytest.raises(ContractNotFound):
            look()


def test_an_order_leads_to_its_framework_and_the_framework_to_its_orders(archive):
    framework, order = enter(archive, "KJ-1"), enter(archive, "DD-1", framework_no="KJ-1")
    assert contract_file(OPERATOR, order.id, archive=archive).framework == framework
    assert contract_file(OPERATOR, framework.id, archive=archive).orders == (order,)


def test_the_ledger_is_not_for_those_who_may_not_consult(archive):
    with pytest.raises(ActionForbidden):
        numbers(archive, AUDITOR)
