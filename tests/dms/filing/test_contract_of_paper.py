"""What the ledger knows of a contract is kept when its papers are filed and corrected."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from simulators.people import ARCHIVIST
from simulators.scanner import add_customer, file_paper, statement

from dms.domain.contract import ContractState, Party
from dms.filing import confirm

LEDGER = {
    "department": "销售部",
    "handler": "李雷",
    "state": ContractState.PERFORMED,
    "performed_on": date(2024, 9, 1),
    "settled_on": date(2024, 10, 1),
    "warranty_ends_on": date(2025, 9, 1),
    "effective_on": date(2024, 6, 1),
    "ends_on": date(2024, 12, 31),
    "framework_no": "KJ-2023-01",
    "remark": "已开质保函",
    "parties": (Party("甲方", "合肥远山商贸有限公司"), Party("乙方", "安徽皖江重工机械有限公司")),
}


@pytest.fixture
def paper(archive):
    add_customer(archive)
    return file_paper(archive, "采购合同")


def contract(archive):
    with archive.looking() as view:
        (known,) = view.contracts.all()
    return known


def state(archive, **facts):
    """What somebody states in the ledger."""
    known = contract(archive)
    with archive.begin() as work:
        work.contracts.change(known.id, replace(known.facts, **facts))


def correct(archive, paper, **changes):
    confirm(ARCHIVIST, paper.id, statement(**changes), archive=archive)


def test_a_correction_of_the_contract_paper_keeps_what_only_the_ledger_knows(archive, paper):
    state(archive, **LEDGER)
    correct(archive, paper, title="钢材购销合同", year=2024)
    facts = contract(archive).facts
    assert {name: getattr(facts, name) for name in LEDGER} == LEDGER
    assert facts.title == "钢材购销合同"


def test_what_was_put_right_in_the_ledger_stands_against_a_paper_that_says_only_what_it_said_before(archive, paper):
    state(archive, title="钢材采购框架合同", amount=Decimal("500000.00"), signed_on=date(2024, 5, 20))
    correct(archive, paper, grade=2)
    facts = contract(archive).facts
    assert (facts.title, facts.amount, facts.signed_on) == ("钢材采购框架合同", Decimal("500000.00"), date(2024, 5, 20))


def test_a_contract_paper_that_says_something_new_changes_the_ledger(archive, paper):
    correct(archive, paper, amount=Decimal("450000.00"), doc_on=date(2024, 5, 19))
    assert (contract(archive).facts.amount, contract(archive).facts.signed_on) == (
        Decimal("450000.00"),
        date(2024, 5, 19),
    )


def test_an_amount_that_was_a_mistake_of_the_paper_is_taken_back(archive, paper):
    correct(archive, paper, amount=None)
    assert contract(archive).facts.amount is None
    state(archive, amount=Decimal("9.00"))
    correct(archive, paper, amount=None)
    assert contract(archive).facts.amount == Decimal("9.00")


def test_a_counterpart_that_states_no_amount_leaves_the_one_that_is_known(archive, paper):
    file_paper(archive, "合同副本", amount=None, doc_on=None, year=2024)
    facts = contract(archive).facts
    assert (facts.amount, facts.signed_on) == (Decimal("438000.00"), date(2024, 5, 18))


def test_papers_that_only_mention_a_contract_change_nothing_of_it(archive, paper):
    before = contract(archive)
    file_paper(archive, "收据", type_code="receipt", title="收据", amount=Decimal("1.00"), doc_on=date(2025, 1, 1))
    assert contract(archive) == before
