"""The dry run of the yearly binding: everything that would be done, and nothing is.

The steps are those of the binding run: 1 the loose papers up to the cut-off, 2 what is missing, 3 what is carried
forward, 4 volumes by term and thickness, 5 order and numbers, 6 titles. Checking, sealing and printing come after.
"""

from collections.abc import Sequence
from datetime import date

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.clock import local_day
from dms.domain.day import FIRST_YEAR
from dms.domain.item import ItemState
from dms.filing.binding.coding import looked_ahead
from dms.filing.binding.completeness import missing_from_files
from dms.filing.binding.errors import BindingPeriodInvalid
from dms.filing.binding.gathering import Gathered, bound_papers, gather_all, line_facts, ties_of
from dms.filing.binding.making_up import volumes_of
from dms.filing.binding.plan import BindingPlan, CarriedContract, CarriedReason, LineKey, PlannedVolume
from dms.filing.binding.rules import BindingRules, rules_of
from dms.filing.binding.sorting_out import Fate, Period, Sorted
from dms.filing.binding.warning import warnings_of
from dms.store import FiledPaper, ItemFilter, UnitOfWork


def plan_binding(actor: Actor, year: int, *, cut_off_on: date | None = None, archive: Archive) -> BindingPlan:
    """What a binding run over `year` would do with what arrived until `cut_off_on` (None: until today).

    Nothing is spent or changed. Raises `BindingPeriodInvalid`.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    today = local_day(archive.now())
    period = checked_period(year, cut_off_on, today=today)
    with archive.looking() as view:
        return plan_in(actor, period, today=today, work=view)


def checked_period(year: int, cut_off_on: date | None, *, today: date) -> Period:
    """The period of a run; raises `BindingPeriodInvalid` for one that has not come, or ended before it began."""
    ends_on = cut_off_on or today
    if not FIRST_YEAR <= year <= today.year or not date(year, 1, 1) <= ends_on <= today:
        raise BindingPeriodInvalid(today=today)
    return Period(year=year, cut_off_on=ends_on)


def plan_in(actor: Actor, period: Period, *, today: date, work: UnitOfWork) -> BindingPlan:
    """The plan, as one transaction sees the archive."""
    rules = rules_of(work)
    gathered = gather_all(actor, rules, period, work)
    volumes = looked_ahead(_volumes(actor, gathered, rules, period, work), rules, work)
    carried = [each for each in gathered.sorted_papers if each.fate is Fate.CARRIED]
    return BindingPlan(
        year=period.year,
        cut_off_on=period.cut_off_on,
        volumes=tuple(volumes),
        carried=carried_contracts(carried, gathered),
        missing=missing_from_files(actor, gathered, rules, period.cut_off_on, work),
        warnings=warnings_of(
            gathered,
            volumes,
            rules,
            period,
            this_year=today.year,
            in_tray=work.items.count(ItemFilter(states=frozenset({ItemState.REVIEW})), actor=actor),
        ),
        carried_lines=frozenset(gathered.line_of(each.paper, rules) for each in carried),
    )


def carried_contracts(carried: Sequence[Sorted], gathered: Gathered) -> tuple[CarriedContract, ...]:
    """The rows of the carry-forward list, by customer and number."""
    by_contract: dict[int, list[Sorted]] = {}
    for each in carried:
        by_contract.setdefault(each.paper.contract_id or 0, []).append(each)
    rows = [_carried(contract_id, papers, gathered) for contract_id, papers in by_contract.items()]
    return tuple(sorted(rows, key=lambda row: (row.customer_code, row.number)))


def _carried(contract_id: int, papers: Sequence[Sorted], gathered: Gathered) -> CarriedContract:
    facts = gathered.contracts[contract_id].facts
    customer = gathered.customers[papers[0].paper.customer_id or 0]
    return CarriedContract(
        contract_id=contract_id,
        number=facts.number,
        title=facts.title,
        customer_code=customer.code,
        customer_name=customer.name,
        department=facts.department or customer.facts.department,
        handler=facts.handler,
        signed_on=facts.signed_on,
        ends_on=facts.ends_on,
        because=papers[0].because or CarriedReason.RUNNING,
        item_ids=tuple(each.paper.id for each in papers),
    )


def _volumes(
    actor: Actor, gathered: Gathered, rules: BindingRules, period: Period, work: UnitOfWork
) -> list[PlannedVolume]:
    by_line: dict[LineKey, list[FiledPaper]] = {}
    bound = bound_papers(gathered.sorted_papers)
    ties = ties_of(actor, bound, period, work)
    for paper in bound:
        by_line.setdefault(gathered.line_of(paper, rules), []).append(paper)
    made: list[PlannedVolume] = []
    for line in sorted(by_line, key=lambda each: _place(each, gathered, rules)):
        made += volumes_of(line_facts(line, by_line[line], gathered, period, ties), rules)
    return made


def _place(line: LineKey, gathered: Gathered, rules: BindingRules) -> tuple[int, str, int, str]:
    """By customer code and the order of the series; what scattered customers share comes last."""
    position = rules.series[line.series_code].position
    if line.customer_id is None:
        return (1, "", position, line.series_code)
    code = next(customer.code for customer in gathered.customers.values() if customer.id == line.customer_id)
    return (0, code, position, line.series_code)
