"""What the files of a year lack (step 2 of the run): 补充资料清单, by the checklists of the series in use.

A missing paper stops nothing: the list says who owes it. Nothing is asked of a contract that is still being
negotiated, and a paper that the asker may not see does not count.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dms.domain.actor import Actor
from dms.domain.checklist import Requirement
from dms.domain.contract import Contract, ContractState
from dms.domain.customer import Customer
from dms.domain.missing_paper import MissingPaper, PaperHeld, missing_papers
from dms.filing.binding.gathering import Gathered
from dms.filing.binding.plan import MissingFromFile
from dms.filing.binding.rules import BindingRules
from dms.filing.binding.sorting_out import Fate
from dms.store import UnitOfWork


@dataclass(frozen=True, slots=True)
class _Asked:
    """Somebody whose papers are asked about, and what there is of them."""

    customer: Customer
    contract: Contract | None
    held: Sequence[PaperHeld]


def missing_from_files(
    actor: Actor, gathered: Gathered, rules: BindingRules, on: date, work: UnitOfWork
) -> tuple[MissingFromFile, ...]:
    """What the customers and contracts lack on a day whose papers are bound or carried forward, by their codes."""
    checklist = tuple(dict.fromkeys(_checklist(rules)))
    asked = _asked(actor, gathered, work)
    rows = [_row(missing, each) for each in asked for missing in _missing(checklist, each, on)]
    return tuple(sorted(rows, key=lambda row: (row.customer_code, row.contract_no)))


def _checklist(rules: BindingRules) -> Iterable[Requirement]:
    return (requirement for series in rules.series.values() if not series.retired for requirement in series.checklist)


def _asked(actor: Actor, gathered: Gathered, work: UnitOfWork) -> list[_Asked]:
    touched = [each.paper for each in gathered.sorted_papers if each.fate in (Fate.BOUND, Fate.CARRIED)]
    customers = {each.id: each for each in (gathered.customers[paper.customer_id or 0] for paper in touched)}
    contracts = {paper.contract_id: gathered.contracts.get(paper.contract_id or 0) for paper in touched}
    by_customer: dict[int, list[PaperHeld]] = {}
    by_contract: dict[int, list[PaperHeld]] = {}
    for row in work.contracts.held(actor=actor):
        paper = PaperHeld(type_code=row.type_code, valid_to_on=row.valid_to_on)
        survivor = gathered.customers.get(row.customer_id)
        by_customer.setdefault(survivor.id if survivor else row.customer_id, []).append(paper)
        if row.contract_id is not None:
            by_contract.setdefault(row.contract_id, []).append(paper)
    return [
        *(_Asked(customer, None, by_customer.get(customer.id, ())) for customer in customers.values()),
        *(
            _Asked(gathered.customers[contract.facts.customer_id], contract, by_contract.get(contract.id, ()))
            for contract in contracts.values()
            if contract and _is_asked_about(contract, gathered)
        ),
    ]


def _is_asked_about(contract: Contract, gathered: Gathered) -> bool:
    known = contract.facts.customer_id in gathered.customers
    return known and contract.facts.state is not ContractState.NEGOTIATING


def _missing(checklist: Sequence[Requirement], asked: _Asked, on: date) -> tuple[MissingPaper, ...]:
    stated = asked.contract.facts.department if asked.contract else ""
    return missing_papers(
        checklist,
        asked.held,
        on=on,
        customer_id=asked.customer.id,
        contract_id=asked.contract.id if asked.contract else None,
        department=stated or asked.customer.facts.department,
    )


def _row(missing: MissingPaper, asked: _Asked) -> MissingFromFile:
    return MissingFromFile(
        missing=missing,
        customer_code=asked.customer.code,
        customer_name=asked.customer.name,
        contract_no=asked.contract.number if asked.contract else "",
        contract_title=asked.contract.facts.title if asked.contract else "",
    )
