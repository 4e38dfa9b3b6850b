"""The card of a customer keeps what a contract archive needs, tidy and within bounds."""

from dataclasses import replace

import pytest

from dms.domain.actor import OPERATOR
from dms.domain.customer import Contact, CustomerFacts, CustomerStatus
from dms.filing import CustomerFactInvalid, change_customer, customer_overview, register_customer

CARD = CustomerFacts(
    code="C0001",
    name="合肥远山商贸有限公司",
    status=CustomerStatus.PROSPECT,
    legal_representative=" 张\n三 ",
    contacts=(Contact(name=" 李四 ", phone="0551-1", role="采购"), Contact(name=" ", phone="1")),
    scope="钢材" * 500,
)


def test_a_card_is_kept_tidy(archive):
    register_customer(OPERATOR, CARD, archive=archive)
    facts = customer_overview(OPERATOR, "C0001", archive=archive).customer.facts
    assert (facts.legal_representative, facts.status) == ("张 三", CustomerStatus.PROSPECT)
    assert facts.contacts == (Contact(name="李四", phone="0551-1", role="采购"),)
    changed = change_customer(OPERATOR, "C0001", replace(facts, risk_reason="欠款"), archive=archive).facts
    assert (changed.risk_reason, changed.scope) == ("欠款", facts.scope)


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": "长" * 201},
        {"scope": "长" * 2001},
        {"contacts": (Contact(name="长" * 201),)},
        {"contacts": tuple(Contact(name=f"人{n}") for n in range(21))},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_card_that_cannot_be_right_is_refused(archive, wrong):
    with pytest.raises(CustomerFactInvalid):
        register_customer(OPERATOR, replace(CARD, **wrong), archive=archive)
