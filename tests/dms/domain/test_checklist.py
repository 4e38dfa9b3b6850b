"""What belongs together is asked for, and only once something calls for it."""

import pytest

from dms.domain.checklist import CONTRACT_CHECKLIST, CUSTOMER_CHECKLIST, Requirement, missing_types
from dms.domain.document_type import DEFAULT_DOCUMENT_TYPES


@pytest.mark.parametrize(
    ("present", "missing"),
    [
        (set(), ["contract"]),
        ({"contract"}, ["authorization"]),
        ({"contract", "authorization"}, []),
        ({"contract", "authorization", "delivery_voucher"}, ["acceptance_record"]),
        ({"contract", "authorization", "acceptance_record"}, ["delivery_voucher"]),
        ({"contract", "authorization", "acceptance_record", "delivery_voucher"}, []),
        ({"receipt"}, ["contract"]),
    ],
)
def test_what_a_contract_lacks(present, missing):
    assert missing_types(CONTRACT_CHECKLIST, present) == missing


def test_every_customer_file_holds_a_licence():
    assert missing_types(CUSTOMER_CHECKLIST, {"contract"}) == ["licence"]
    assert missing_types(CUSTOMER_CHECKLIST, {"licence"}) == []


def test_one_of_several_papers_is_enough():
    either = Requirement(frozenset({"licence", "identity_proof"}))
    assert either.is_met({"identity_proof"})
    assert not either.is_met(set())


def test_checklists_ask_only_for_papers_that_there_are():
    known = {kind.code for kind in DEFAULT_DOCUMENT_TYPES}
    for requirement in (*CUSTOMER_CHECKLIST, *CONTRACT_CHECKLIST):
        assert requirement.types | requirement.when <= known
