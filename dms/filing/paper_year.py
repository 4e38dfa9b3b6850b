"""The year under which a paper is filed, by the rule of its type or series.

What always holds:
- A type's own rule comes before that of the series.
- A paper of a contract that still runs lies under the year of its date until the contract is closed (待结转); the
  yearly binding leaves it loose and files it under the closing year.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from dms.domain.contract import ContractFacts, closing_on, is_running
from dms.domain.document_type import DocumentType
from dms.domain.item import Classification
from dms.domain.scheme import Series, YearChoice, YearRule, filing_year_of


def year_rule_of(kind: DocumentType, series: Series) -> YearRule:
    """The rule that holds for papers of this type in this series."""
    return kind.year_rule or series.year_rule


def paper_year(
    rule: YearRule, *, doc_on: date | None, contract: ContractFacts | None, received_on: date, on: date
) -> YearChoice:
    """The year of a paper, never None: for one that waits for its contract to be closed, the year until then.

    A paper that no contract is known of goes by its own date where the rule asks for the closing year. `on` is today.
    """
    if rule is YearRule.CLOSING_YEAR and contract is None:
        rule = YearRule.DOC_DATE
    closed_on = closing_on(contract) if contract and not is_running(contract, on) else None
    signed_on = contract.signed_on if contract else None
    choice = filing_year_of(rule, doc_on=doc_on, signed_on=signed_on, closing_on=closed_on, received_on=received_on)
    if choice.year is not None:
        return choice
    return replace(choice, year=(doc_on or received_on).year, undated=doc_on is None)


def waits_for_closing(
    stated: Classification,
    contract: ContractFacts | None,
    *,
    kinds: Iterable[DocumentType],
    series: Iterable[Series],
    on: date,
) -> bool:
    """Whether a paper lies loose until its contract is closed (待结转), by the rules of its type and series."""
    kind = next((each for each in kinds if each.code == stated.type_code), None)
    part = next((each for each in series if each.code == stated.series_code), None)
    if kind is None or part is None or contract is None:
        return False
    return year_rule_of(kind, part) is YearRule.CLOSING_YEAR and is_running(contract, on)
