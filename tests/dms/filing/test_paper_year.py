"""A paper is filed under the year that the rule of its type or series gives it."""

from dataclasses import replace
from datetime import date

import pytest
from simulators.scanner import add_customer, file_paper

from dms.domain.contract import ContractFacts, ContractState
from dms.domain.document_type import DEFAULT_DOCUMENT_TYPES, DEFAULT_SERIES
from dms.domain.scheme import YearChoice, YearRule
from dms.filing.paper_year import paper_year, year_rule_of

DOC, ARRIVED, TODAY = date(2023, 5, 18), date(2024, 2, 1), date(2025, 6, 30)
RUNNING = ContractFacts(number="HT-1", title="", customer_id=1, signed_on=date(2022, 12, 30))
CLOSED = replace(RUNNING, state=ContractState.PERFORMED, performed_on=date(2024, 9, 1))
UNDER_WARRANTY = replace(CLOSED, warranty_ends_on=date(2026, 9, 1))


@pytest.mark.parametrize(
    ("rule", "doc_on", "contract", "expected"),
    [
        (YearRule.DOC_DATE, DOC, RUNNING, YearChoice(year=2023)),
        (YearRule.DOC_DATE, None, None, YearChoice(year=2024, undated=True)),
        (YearRule.CLOSING_YEAR, DOC, RUNNING, YearChoice(year=2023, running=True)),
        (YearRule.CLOSING_YEAR, None, RUNNING, YearChoice(year=2024, running=True, undated=True)),
        (YearRule.CLOSING_YEAR, DOC, CLOSED, YearChoice(year=2024)),
        (YearRule.CLOSING_YEAR, DOC, UNDER_WARRANTY, YearChoice(year=2023, running=True)),
        (YearRule.CLOSING_YEAR, DOC, None, YearChoice(year=2023)),
        (YearRule.SIGN_YEAR, DOC, RUNNING, YearChoice(year=2022)),
        (YearRule.SIGN_YEAR, DOC, None, YearChoice(year=2023)),
        (YearRule.FILING_YEAR, DOC, None, YearChoice(year=2024)),
        (YearRule.FILING_YEAR, None, None, YearChoice(year=2024, undated=True)),
    ],
)
def test_every_rule_gives_its_year(rule, doc_on, contract, expected):
    assert paper_year(rule, doc_on=doc_on, contract=contract, received_on=ARRIVED, on=TODAY) == expected


def test_the_rule_of_a_type_comes_before_that_of_its_series():
    kinds = {kind.code: kind for kind in DEFAULT_DOCUMENT_TYPES}
    dealings = replace(DEFAULT_SERIES[2], year_rule=YearRule.FILING_YEAR)
    assert year_rule_of(kinds["contract"], dealings) is YearRule.CLOSING_YEAR
    assert year_rule_of(kinds["delivery_voucher"], dealings) is YearRule.FILING_YEAR


def test_a_contract_paper_lies_under_its_own_year_until_the_contract_is_closed_and_then_under_that_one(archive):
    add_customer(archive)
    assert file_paper(archive, "合同", doc_on=DOC).classification.year == 2023
    with archive.begin() as work:
        (contract,) = work.contracts.all()
        closed = replace(contract.facts, state=ContractState.PERFORMED, performed_on=date(2024, 9, 1))
        work.contracts.change(contract.id, closed)
    late = {"type_code": "acceptance_record", "title": "验收", "doc_on": DOC}
    assert file_paper(archive, "验收记录", **late).classification.year == 2024
    assert file_paper(archive, "交货单", **late | {"type_code": "delivery_voucher"}).classification.year == 2023
    assert file_paper(archive, "验收记录二", **late, year=2023).classification.year == 2023
