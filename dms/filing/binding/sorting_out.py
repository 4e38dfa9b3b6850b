"""Which loose papers a run over a year binds, and which stay loose (step 3 of the run).

What always holds:
- A type's own year rule comes before that of its series.
- A paper by closing year waits until its contract was closed, and is bound under that year, whatever year it was laid
  under meanwhile; one without a contract, and an order under a framework contract, go by their own date.
- Every other paper is bound under the year that a person stated; where the rule says another, the plan warns.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from dms.domain.clock import local_day
from dms.domain.contract import Contract, ContractFacts, ContractState, closing_on
from dms.domain.scheme import YearRule, filing_year_of
from dms.filing.binding.plan import CarriedReason
from dms.filing.binding.rules import BindingRules
from dms.store import FiledPaper


class Fate(Enum):
    """What becomes of a loose paper in a run."""

    BOUND = auto()
    CARRIED = auto()
    """It waits for its contract to be closed."""
    EARLIER = auto()
    """It belongs to a year before."""
    LATER = auto()
    """It belongs to a year after, or arrived after the cut-off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """A loose paper and what becomes of it."""

    paper: FiledPaper
    fate: Fate
    year: int | None
    """Under which it is to be bound; None while its contract runs."""
    because: CarriedReason | None = None
    """Why it stays loose; None for one that does not wait."""
    rule_year: int | None = None
    """What the rule says where a person stated otherwise; else None."""
    arrived_late: bool = False
    """Whether it came after the cut-off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """What a run covers."""

    year: int
    cut_off_on: date


def sorted_out(
    papers: Iterable[FiledPaper], contracts: Mapping[int, Contract], rules: BindingRules, period: Period
) -> list[Sorted]:
    """What becomes of each of these papers, in the same order."""
    return [_sorted(paper, contracts, rules, period) for paper in papers]


def rule_of(paper: FiledPaper, contract: ContractFacts | None, rules: BindingRules) -> YearRule:
    """By which year this paper is bound."""
    kind, series = rules.types.get(paper.type_code or ""), rules.series[str(paper.series_code)]
    rule = (kind.year_rule if kind else None) or series.year_rule
    if rule is YearRule.CLOSING_YEAR and (contract is None or contract.framework_no):
        return YearRule.DOC_DATE
    return rule


def _sorted(paper: FiledPaper, contracts: Mapping[int, Contract], rules: BindingRules, period: Period) -> Sorted:
    known = contracts.get(paper.contract_id or 0)
    contract = known.facts if known else None
    rule = rule_of(paper, contract, rules)
    if local_day(paper.received_at) > period.cut_off_on:
        return Sorted(paper=paper, fate=Fate.LATER, year=paper.year, arrived_late=True)
    if rule is YearRule.CLOSING_YEAR and contract is not None:
        return _by_closing(paper, contract, period)
    choice = filing_year_of(
        rule,
        doc_on=paper.doc_on,
        signed_on=contract.signed_on if contract else None,
        received_on=local_day(paper.received_at),
    )
    differs = choice.year != paper.year and not paper.year_note
    rule_year = choice.year if differs else None
    return Sorted(paper=paper, fate=_fate(paper.year, period), year=paper.year, rule_year=rule_year)


def _by_closing(paper: FiledPaper, contract: ContractFacts, period: Period) -> Sorted:
    closed_on = closing_on(contract)
    if closed_on is not None and closed_on <= period.cut_off_on and closed_on.year <= period.year:
        return Sorted(paper=paper, fate=_fate(closed_on.year, period), year=closed_on.year)
    own_year = paper.doc_on.year if paper.doc_on else paper.year
    fate = Fate.LATER if own_year is not None and own_year > period.year else Fate.CARRIED
    return Sorted(paper=paper, fate=fate, year=None, because=_reason(contract))


def _reason(contract: ContractFacts) -> CarriedReason:
    match contract.state:
        case ContractState.NEGOTIATING:
            return CarriedReason.NEGOTIATING
        case ContractState.RUNNING:
            return CarriedReason.RUNNING
        case ContractState.DISPUTED:
            return CarriedReason.DISPUTED
        case ContractState.PERFORMED | ContractState.TERMINATED:
            return CarriedReason.CLOSED_LATER if closing_on(contract) else CarriedReason.NO_CLOSING_DAY


def _fate(year: int | None, period: Period) -> Fate:
    if year == period.year:
        return Fate.BOUND
    return Fate.EARLIER if year is not None and year < period.year else Fate.LATER
