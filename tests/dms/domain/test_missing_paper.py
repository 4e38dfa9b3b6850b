"""What is missing is named with its reason and with whom owes it."""

from datetime import date

import pytest

from dms.domain.checklist import CONTRACT_CHECKLIST, CUSTOMER_CHECKLIST
from dms.domain.missing_paper import MissingReason, PaperHeld, missing_papers

ON = date(2026, 3, 2)
CHECKLIST = (*CUSTOMER_CHECKLIST, *CONTRACT_CHECKLIST)


def missing(*held: PaperHeld, contract_id: int | None = None) -> list[tuple[str, MissingReason]]:
    found = missing_papers(CHECKLIST, held, on=ON, customer_id=7, contract_id=contract_id, department="销售部")
    assert all(
        (paper.customer_id, paper.contract_id, paper.department) == (7, contract_id, "销售部") for paper in found
    )
    return [(paper.requirement.code, paper.because) for paper in found]


def licence(valid_to_on: date | None) -> PaperHeld:
    return PaperHeld(type_code="licence", valid_to_on=valid_to_on)


@pytest.mark.parametrize("valid_to_on", [None, ON, date(2030, 1, 1)])
def test_a_licence_that_holds_is_enough(valid_to_on):
    assert missing(licence(valid_to_on)) == []


def test_an_expired_licence_counts_as_missing():
    assert missing(licence(date(2026, 3, 1))) == [("licence", MissingReason.EXPIRED)]
    assert missing(licence(date(2026, 3, 1)), licence(date(2027, 1, 1))) == []


def test_no_licence_at_all_is_another_reason():
    assert missing() == [("licence", MissingReason.ABSENT)]


def test_a_contract_is_asked_for_its_own_papers_only():
    assert missing(contract_id=3) == [("contract", MissingReason.ABSENT)]
    assert missing(PaperHeld(type_code="contract"), contract_id=3) == [("authorization", MissingReason.ABSENT)]


def test_what_does_not_expire_by_rule_is_never_expired():
    old = PaperHeld(type_code="authorization", valid_to_on=date(2020, 1, 1))
    assert missing(PaperHeld(type_code="contract"), old, contract_id=3) == []
