"""What every customer file lacks, looked through once a night and kept, for it costs too much to ask for each page.

Invariant: what was found keeps the day on which it was found first, until it is there.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from dms.archive import Archive
from dms.domain.actor import SYSTEM
from dms.domain.checklist import Requirement
from dms.domain.clock import local_day
from dms.domain.contract import Contract, ContractState
from dms.domain.customer import Customer, CustomerStatus
from dms.domain.missing_paper import MissingPaper, PaperHeld, missing_papers
from dms.store import ContractFilter, HeldPaper, MissingOwed, UnitOfWork

CUSTOMERS_AT_ONCE: Final = 200
_Lacking = tuple[int, int | None]
"""Customer and contract."""


def refresh_missing(archive: Archive) -> int:
    """How many files of customers and contracts lack anything today, after all were looked through."""
    with archive.looking() as view:
        standing = [each for each in view.customers.all() if each.merged_into_id is None]
        checklist = _checklist(view)
    total = 0
    for start in range(0, len(standing), CUSTOMERS_AT_ONCE):
        total += _refreshed(standing[start : start + CUSTOMERS_AT_ONCE], checklist, archive=archive)
    with archive.begin() as work:
        work.duties.forget_missing_besides([each.id for each in standing])
    return total


def _refreshed(customers: list[Customer], checklist: tuple[Requirement, ...], *, archive: Archive) -> int:
    today = local_day(archive.now())
    ids = [each.id for each in customers]
    with archive.looking() as view:
        known = {(each.customer_id, each.contract_id): each for each in view.duties.missing_of(ids)}
        found = list(_lacking(customers, checklist, today, view=view))
    kept = [_since(each, known) for each in found]
    if kept != list(known.values()):
        with archive.begin() as work:
            work.duties.state_missing(ids, kept)
    return len(kept)


def _lacking(
    customers: Iterable[Customer], checklist: tuple[Requirement, ...], today: date, *, view: UnitOfWork
) -> Iterator[MissingOwed]:
    owners = {old_id: each for each in customers for old_id in view.customers.ids_of(each.id)}
    held = view.contracts.held(actor=SYSTEM, customer_ids=frozenset(owners))
    by_customer: dict[int, list[PaperHeld]] = {}
    by_contract: dict[int, list[PaperHeld]] = {}
    for paper in held:
        by_customer.setdefault(owners[paper.customer_id].id, []).append(_as_held(paper))
        if paper.contract_id is not None:
            by_contract.setdefault(paper.contract_id, []).append(_as_held(paper))
    for customer in (each for each in owners.values() if each.facts.status is not CustomerStatus.ENDED):
        yield from _of_customer(customer, by_customer, checklist, today)
    wanted = ContractFilter(customer_ids=frozenset(owners))
    for row in view.contracts.page(wanted, actor=SYSTEM):
        owner = owners[row.contract.facts.customer_id]
        yield from _of_contract(row.contract, owner, by_contract, checklist, today)


def _of_customer(
    customer: Customer, held: Mapping[int, list[PaperHeld]], checklist: tuple[Requirement, ...], today: date
) -> Iterator[MissingOwed]:
    department = customer.facts.department
    papers = missing_papers(
        checklist,
        held.get(customer.id, []),
        on=today,
        customer_id=customer.id,
        contract_id=None,
        department=department,
    )
    yield from _owed(customer.id, None, department, papers, today)


def _of_contract(
    contract: Contract,
    owner: Customer,
    held: Mapping[int, list[PaperHeld]],
    checklist: tuple[Requirement, ...],
    today: date,
) -> Iterator[MissingOwed]:
    if contract.facts.state is ContractState.NEGOTIATING:
        return
    department = contract.facts.department or owner.facts.department
    papers = missing_papers(
        checklist,
        held.get(contract.id, []),
        on=today,
        customer_id=owner.id,
        contract_id=contract.id,
        department=department,
    )
    yield from _owed(owner.id, contract.id, department, papers, today)


def _owed(
    customer_id: int, contract_id: int | None, department: str, papers: tuple[MissingPaper, ...], today: date
) -> Iterator[MissingOwed]:
    if papers:
        yield MissingOwed(
            customer_id=customer_id,
            contract_id=contract_id,
            department=department,
            requirements=tuple(each.requirement.code for each in papers),
            found_on=today,
        )


def _since(found: MissingOwed, known: Mapping[_Lacking, MissingOwed]) -> MissingOwed:
    """What was found, with the day on which this file was first found to lack anything."""
    before = known.get((found.customer_id, found.contract_id))
    if before is None:
        return found
    return MissingOwed(
        customer_id=found.customer_id,
        contract_id=found.contract_id,
        department=found.department,
        requirements=found.requirements,
        found_on=before.found_on,
    )


def _checklist(view: UnitOfWork) -> tuple[Requirement, ...]:
    asked = (requirement for series in view.scheme.series_in_use() for requirement in series.checklist)
    return tuple(dict.fromkeys(asked))


def _as_held(paper: HeldPaper) -> PaperHeld:
    return PaperHeld(type_code=paper.type_code, valid_to_on=paper.valid_to_on)
