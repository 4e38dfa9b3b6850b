"""What customer files and contracts lack, by the checklists of the series, for whom it is and on which day."""

from dataclasses import replace
from datetime import date

import pytest
from simulators.people import AUDITOR, LAWYER
from simulators.scanner import add_customer, file_paper

from dms.archive import CustomerNotFound
from dms.domain.actor import OPERATOR, ActionForbidden
from dms.domain.checklist import Requirement
from dms.domain.contract import ContractFacts, ContractState
from dms.domain.customer import CustomerFacts
from dms.domain.missing_paper import MissingReason
from dms.filing import Particulars, merge_customers, register_customer
from dms.filing.ledger import (
    ContractNotFound,
    LedgerWish,
    MissingWish,
    contract_ledger,
    papers_missing,
    register_contract,
    told_reason,
)

SALES = CustomerFacts(code="C0002", name="芜湖近水机械有限公司", department="销售部")


def missing(archive, actor=OPERATOR, **wish):
    """Customer, contract number and requirement of everything that is missing."""
    found = papers_missing(actor, MissingWish(**wish), archive=archive)
    return {
        (entry.customer.code, entry.contract.number if entry.contract else None, entry.paper.requirement.code)
        for entry in found.entries
    }


@pytest.fixture
def customer(archive):
    return add_customer(archive)


def test_a_file_without_a_licence_and_a_contract_without_its_authority_are_told(archive, customer):
    file_paper(archive, "合同")
    assert missing(archive) == {("C0001", None, "licence"), ("C0001", "HT-2024-001", "authorization")}


def test_a_delivery_without_acceptance_is_told_until_it_is_there(archive, customer):
    file_paper(archive, "交货", type_code="delivery_voucher")
    assert ("C0001", "HT-2024-001", "acceptance_record") in missing(archive)
    file_paper(archive, "验收", type_code="acceptance_record")
    assert ("C0001", "HT-2024-001", "acceptance_record") not in missing(archive)


def test_a_licence_that_has_expired_counts_as_missing_from_the_day_after(archive, customer):
    valid_to = Particulars(valid_to_on=date(2026, 3, 1))
    file_paper(archive, "执照", type_code="licence", contract_no="", particulars=valid_to)
    (entry,) = papers_missing(OPERATOR, MissingWish(), archive=archive).entries
    assert (entry.paper.because, entry.expired_on) == (MissingReason.EXPIRED, date(2026, 3, 1))
    assert told_reason(entry).zh == "已于 2026-03-01 过期"
    assert missing(archive, because=MissingReason.ABSENT) == set()
    file_paper(archive, "新执照", type_code="licence", contract_no="", particulars=replace(valid_to, valid_to_on=None))
    assert missing(archive) == set()


def test_a_checklist_is_what_the_series_in_use_ask_for(archive, customer):
    asks = Requirement(frozenset({"notarization"}), code="notary", zh="公证书", en="the notarization")
    with archive.begin() as work:
        (dealings,) = (each for each in work.scheme.series_in_use() if each.code == "3")
        work.scheme.state_series_rules(replace(dealings, checklist=(asks, asks)))
    file_paper(archive, "合同")
    assert missing(archive, customer_code="C0001") == {("C0001", None, "licence"), ("C0001", "HT-2024-001", "notary")}


def test_nothing_is_asked_of_a_contract_that_is_being_negotiated(archive, customer):
    facts = ContractFacts(number="HT-9", title="意向", customer_id=0, state=ContractState.NEGOTIATING)
    register_contract(OPERATOR, customer, facts, archive=archive)
    assert missing(archive) == {("C0001", None, "licence")}


def test_a_department_owes_what_its_contracts_lack_and_what_its_customers_lack(archive, customer):
    register_customer(OPERATOR, SALES, archive=archive)
    for number, department in (("HT-1", "工程部"), ("HT-2", "")):
        facts = ContractFacts(number=number, title="合同", customer_id=0, department=department)
        register_contract(OPERATOR, "C0002", facts, archive=archive)
    assert missing(archive, department="销售部") == {("C0002", None, "licence"), ("C0002", "HT-2", "contract")}
    found = papers_missing(OPERATOR, MissingWish(department="工程部"), archive=archive)
    assert (found.total, found.by_department) == (1, (("", 1), ("工程部", 1), ("销售部", 2)))
    assert missing(archive, department="") == {("C0001", None, "licence")}


def test_the_list_is_told_a_page_at_a_time(archive, customer):
    register_customer(OPERATOR, SALES, archive=archive)
    first = papers_missing(OPERATOR, MissingWish(limit=1), archive=archive)
    second = papers_missing(OPERATOR, MissingWish(limit=1, offset=1), archive=archive)
    assert (first.total, len(first.entries), len(second.entries)) == (2, 1, 1)
    assert first.entries != second.entries


def test_a_customer_that_was_merged_owes_nothing_and_its_papers_count_for_its_heir(archive, customer):
    register_customer(OPERATOR, SALES, archive=archive)
    file_paper(archive, "执照", customer_code="C0002", type_code="licence", contract_no="")
    file_paper(archive, "合同", customer_code="C0002")
    merge_customers(OPERATOR, "C0002", "C0001", archive=archive)
    assert {code for _, _, code in missing(archive, customer_code="C0001")} == {"authorization"}
    assert missing(archive) == missing(archive, customer_code="C0001")
    assert contract_ledger(OPERATOR, LedgerWish(customer_code="C0001"), archive=archive).total == 1


def test_a_paper_that_one_may_not_see_neither_meets_a_requirement_nor_gives_itself_away(archive, customer):
    file_paper(archive, "合同", grade=1)
    assert missing(archive, LAWYER) == {("C0001", None, "licence")}
    file_paper(archive, "交货", type_code="delivery_voucher")
    assert ("C0001", "HT-2024-001", "contract") in missing(archive, LAWYER)
    in_sales = replace(LAWYER, departments=frozenset({"销售部"}))
    register_customer(OPERATOR, replace(SALES, department="工程部"), archive=archive)
    assert {code for code, _, _ in missing(archive, in_sales)} == {"C0001"}


def test_what_may_not_be_known_is_not_found(archive, customer):
    with pytest.raises(CustomerNotFound):
        missing(archive, customer_code="C9")
    with pytest.raises(ContractNotFound):
        missing(archive, contract_id=77)
    with pytest.raises(ActionForbidden):
        missing(archive, AUDITOR)
