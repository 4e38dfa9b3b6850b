"""The ledger knows a contract by its customer and by its number, however that is written."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.exc import IntegrityError
from store_parts import add_customer

from dms.domain.contract import ContractFacts, Party


@pytest.fixture
def work(store):
    with store.begin() as begun:
        yield begun


def add(work, number="HT-2023-00871", **facts):
    stated = ContractFacts(number=number, **({"title": "", "customer_id": 1} | facts))
    return work.contracts.add(stated, number_folded=number.upper())


def test_everything_stated_about_a_contract_is_kept(work):
    facts = ContractFacts(
        number="（2024）苏买第12号",
        title="钢材采购合同",
        customer_id=add_customer(work),
        parties=(Party("乙方", "合肥远山商贸有限公司"), Party("", "安徽皖江重工机械有限公司")),
        signed_on=date(2024, 2, 29),
        effective_on=date(2024, 3, 1),
        ends_on=date(2025, 2, 28),
        amount=Decimal("438000.00"),
    )
    contract = work.contracts.add(facts, number_folded="(2024)苏买第12号")
    assert work.contracts.get(contract.id) == contract
    assert contract.facts == facts


def test_one_customer_has_a_number_once_but_two_customers_may_share_it(work):
    near, far = add_customer(work), add_customer(work, "C2", "乙公司")
    first, second = add(work, customer_id=near), add(work, customer_id=far)
    assert [contract.id for contract in work.contracts.with_number("HT-2023-00871")] == [first.id, second.id]
    assert [contract.id for contract in work.contracts.with_number("HT-2023-00871", customer_id=far)] == [second.id]
    with pytest.raises(IntegrityError):
        add(work, customer_id=near)


def test_what_is_learned_later_replaces_everything_but_the_number(work):
    contract = add(work, customer_id=add_customer(work))
    work.contracts.change(contract.id, replace(contract.facts, number="another", title="采购合同", amount=Decimal(1)))
    changed = work.contracts.get(contract.id)
    assert (changed.number, changed.facts.title, changed.facts.amount) == ("HT-2023-00871", "采购合同", Decimal(1))


def test_the_contract_entered_last_is_a_sign_of_change(work):
    assert work.contracts.latest_id() == 0
    contract = add(work, customer_id=add_customer(work))
    assert work.contracts.latest_id() == contract.id


def test_a_customers_contracts_come_latest_first_and_undated_ones_last(work):
    customer_id = add_customer(work)
    for number, signed_on in (("A", None), ("B", date(2020, 1, 1)), ("C", date(2024, 1, 1))):
        add(work, number, customer_id=customer_id, signed_on=signed_on)
    assert [contract.number for contract in work.contracts.of_customer(customer_id)] == ["C", "B", "A"]
    assert [contract.number for contract in work.contracts.all()] == ["A", "B", "C"]


def test_the_names_of_several_contracts_are_told_at_once(work):
    customer = add_customer(work)
    one = add(work, number="HT-1", title="采购", customer_id=customer).id
    other = add(work, number="HT-2", customer_id=customer).id
    assert work.contracts.names([one, other, 999]) == {one: ("HT-1", "采购"), other: ("HT-2", "")}
