"""While a form is filled in, the rules say under which year the paper would come."""

from dataclasses import replace
from datetime import date

import pytest
from simulators.people import CLERK, LAWYER
from simulators.scanner import add_customer, file_paper, scan

from dms.archive import ItemNotFound
from dms.domain.actor import ActionForbidden
from dms.domain.contract import ContractState
from dms.domain.scheme import YearRule
from dms.filing import YearQuestion, proposed_year

ASKED = YearQuestion(
    type_code="acceptance_record", customer_code="C0001", contract_no="ht-2024-001", doc_on=date(2024, 8, 1)
)


@pytest.fixture
def paper(archive):
    add_customer(archive)
    file_paper(archive, "采购合同")
    return scan(archive, "验收记录")


def told(archive, paper, **changes):
    proposed = proposed_year(CLERK, paper.id, replace(ASKED, **changes), archive=archive)
    return proposed and (proposed.rule, proposed.year.year, proposed.year.running, proposed.year.undated)


def test_a_paper_of_a_running_contract_waits_for_it(archive, paper):
    assert told(archive, paper) == (YearRule.CLOSING_YEAR, 2024, True, False)


def test_a_paper_of_a_closed_contract_comes_under_the_year_of_its_closing(archive, paper):
    with archive.begin() as work:
        (contract,) = work.contracts.all()
        closed = replace(contract.facts, state=ContractState.TERMINATED, terminated_on=date(2025, 3, 1))
        work.contracts.change(contract.id, closed)
    assert told(archive, paper) == (YearRule.CLOSING_YEAR, 2025, False, False)


def test_a_contract_that_the_ledger_does_not_know_counts_as_one_that_runs(archive, paper):
    assert told(archive, paper, contract_no="HT-9999")[2]
    assert told(archive, paper, customer_code="C9999")[2]
    assert not told(archive, paper, contract_no=" ")[2]


def test_an_undated_paper_goes_by_its_arrival(archive, paper):
    arrived = paper.received_at.astimezone().year
    assert told(archive, paper, type_code="correspondence", doc_on=None) == (YearRule.DOC_DATE, arrived, False, True)


@pytest.mark.parametrize("unknown", [{"type_code": ""}, {"type_code": "magazine"}, {"series_code": "9"}])
def test_without_a_type_and_a_series_there_is_no_rule(archive, paper, unknown):
    assert told(archive, paper, **unknown) is None


def test_only_who_files_papers_asks_and_only_of_what_he_may_know(archive, paper):
    with pytest.raises(ActionForbidden):
        proposed_year(LAWYER, paper.id, ASKED, archive=archive)
    with pytest.raises(ItemNotFound):
        proposed_year(CLERK, "0" * 20, ASKED, archive=archive)
