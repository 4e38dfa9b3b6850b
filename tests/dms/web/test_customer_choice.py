"""From what a person typed to the customer that is meant."""

import pytest

from dms.archive import Archive
from dms.domain.actor import OPERATOR
from dms.domain.customer import CustomerFacts
from dms.filing import register_customer
from dms.web.customer_choice import CHOICES_SHOWN, chosen_customer, customer_as_typed, customer_choices

NAME = "芜湖长江泵业有限公司"
USCC = "91340200MA2TXQ1F6D"


@pytest.fixture
def registered(archive: Archive) -> Archive:
    for code, name, uscc in (
        ("C0007", NAME, USCC),
        ("C00071", "芜湖长江泵业有限公司销售分公司", None),
        ("AC0007", "别家", None),
    ):
        register_customer(OPERATOR, CustomerFacts(code=code, name=name, uscc=uscc), archive=archive)
    return archive


@pytest.mark.parametrize(
    "typed", ["C0007", "c0007", f"C0007 {NAME}", f"  C0007   {NAME} ", NAME, USCC, USCC.lower(), "C0007 旧名"]
)
def test_code_name_or_credit_code_name_exactly_one_customer(registered: Archive, typed: str) -> None:
    found = chosen_customer(OPERATOR, typed, archive=registered)
    assert found is not None
    assert customer_as_typed(found) == f"C0007 {NAME}"


@pytest.mark.parametrize("typed", ["", " ", "C000", "长江", "%", "没有这家"])
def test_a_part_of_a_name_names_nobody(registered: Archive, typed: str) -> None:
    assert chosen_customer(OPERATOR, typed, archive=registered) is None


def test_while_a_person_types_parts_are_enough(registered: Archive) -> None:
    assert [choice["code"] for choice in customer_choices(OPERATOR, "长江", archive=registered)] == ["C0007", "C00071"]
    assert len(customer_choices(OPERATOR, "", archive=registered)) <= CHOICES_SHOWN
