"""What the machine put right by a register is shown to whoever may know of the entry, and as it was read to others."""

from dataclasses import replace

import pytest
from simulators.people import CLERK
from simulators.scanner import scan

from dms.archive import proposals_for
from dms.custody import open_item
from dms.domain.actor import OPERATOR
from dms.domain.contract import ContractFacts
from dms.domain.contract_number import folded_number
from dms.domain.customer import CustomerFacts
from dms.domain.proposal import FieldName, Proposal
from dms.filing import paper_in_tray, register_customer

NAME, MISREAD = "合肥远山商贸有限公司", "合肥远山商留有限公司"
NUMBER, MISREAD_NUMBER = "HT-2024-0O1", "HT-2024-001"
SALES_CLERK = replace(CLERK, departments=frozenset({"销售部"}))
WORKS_CLERK = replace(CLERK, departments=frozenset({"工程部"}))


def proposal(field: FieldName, value: str, as_read: str, reason: str) -> Proposal:
    return Proposal(field=field, value=value, as_read=as_read, place=None, confidence=0.9, certain=True, reason=reason)


@pytest.fixture
def item(archive):
    """A paper that belongs to nobody yet, on which a customer and a contract of engineering were misread."""
    facts = CustomerFacts(code="C0001", name=NAME, department="工程部")
    customer = register_customer(OPERATOR, facts, archive=archive)
    loose = scan(archive, "一份资料")
    with archive.begin() as work:
        work.contracts.add(
            ContractFacts(number=NUMBER, title="", customer_id=customer.id), number_folded=folded_number(NUMBER)
        )
        borrowed = (
            proposal(FieldName.CUSTOMER_NAME, NAME, MISREAD, "name_as_known"),
            proposal(FieldName.CONTRACT_NO, NUMBER, MISREAD_NUMBER, "look_alikes_replaced"),
            proposal(FieldName.DOC_DATE, "2024-05-18", "2024年5月18日", ""),
        )
        work.contents.state_proposals(loose.key, borrowed)
    return loose


def values(proposals) -> dict[FieldName, str]:
    return {name: each.value for name, each in proposals.items()}


@pytest.mark.parametrize("actor", [OPERATOR, CLERK, WORKS_CLERK], ids=["operator", "of all", "of engineering"])
def test_whoever_may_know_of_the_customer_is_shown_what_was_put_right(archive, item, actor):
    with archive.looking() as view:
        shown = proposals_for(actor, item, work=view)
    assert values(shown) == {
        FieldName.CUSTOMER_NAME: NAME,
        FieldName.CONTRACT_NO: NUMBER,
        FieldName.DOC_DATE: "2024-05-18",
    }


def test_whoever_may_not_is_shown_what_stands_on_the_paper(archive, item):
    for shown in (
        paper_in_tray(SALES_CLERK, item.id, archive=archive).proposals,
        open_item(SALES_CLERK, item.id, archive=archive).proposals,
    ):
        assert values(shown) == {
            FieldName.CUSTOMER_NAME: MISREAD,
            FieldName.CONTRACT_NO: MISREAD_NUMBER,
            FieldName.DOC_DATE: "2024-05-18",
        }
        assert not shown[FieldName.CUSTOMER_NAME].certain and shown[FieldName.CUSTOMER_NAME].reason == ""
