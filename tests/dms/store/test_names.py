"""All names of a catalogue, and those that have changed since."""

from dataclasses import replace

import pytest
from store_parts import add_customer, add_filed_item, state_frame

from dms.domain.contract import ContractFacts
from dms.domain.customer import FormerName
from dms.store import ContractNames, CustomerNames


@pytest.fixture
def work(store):
    with store.begin() as begun:
        state_frame(begun)
        yield begun


def test_everything_that_bears_a_name_is_told(work):
    customer = add_customer(work, former_names=(FormerName("近水"), FormerName("小山")), uscc="91340100MA2N0XYZ1A")
    facts = ContractFacts(number="HT-1", title="购销", customer_id=customer)
    contract = work.contracts.add(facts, number_folded="HT1").id
    item = add_filed_item(work, customer_id=customer, title="采购合同")
    stated = work.names.all()
    others = ("91340100MA2N0XYZ1A", "近水", "小山")
    assert stated.customers == [CustomerNames(id=customer, code="C0001", name="合肥远山商贸有限公司", others=others)]
    assert stated.contracts == [ContractNames(id=contract, number="HT-1", title="购销")]
    assert stated.titles == [(item.key, "采购合同")]
    assert stated.moment == work.names.moment() > 0


def test_what_has_changed_is_told_with_its_customer_and_contract_and_nothing_else(work):
    one, other = add_customer(work), add_customer(work, "C0002", "别的公司")
    item = add_filed_item(work, customer_id=one)
    add_filed_item(work, customer_id=other)
    moment = work.names.moment()
    assert work.names.changed(moment).titles == work.names.changed(moment).customers == []
    work.items.classify(item.key, replace(item.classification, title="改了"))
    changed = work.names.changed(moment)
    assert changed.titles == [(item.key, "改了")]
    assert [customer.id for customer in changed.customers] == [one]
    assert changed.contracts == []
    assert changed.moment > moment
