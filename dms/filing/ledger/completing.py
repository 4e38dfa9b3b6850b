"""补充资料清单: what customer files and contracts lack, by the checklists of the series in use, and who is to bring it.

What always holds:
- A checklist is data: what the series in use ask for, nothing else; a requirement that two series share counts once.
- What a person may not see neither meets a requirement for him nor gives itself away by being asked for (I5).
- Nothing is asked of a contract that is still being negotiated, nor of a customer that was merged into another.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from dms.archive import Archive, customer_for
from dms.domain.actor import Actor, Permission
from dms.domain.checklist import Requirement
from dms.domain.clock import local_day
from dms.domain.contract import Contract, ContractState
from dms.domain.customer import Customer
from dms.domain.missing_paper import MissingPaper, MissingReason, PaperHeld, missing_papers
from dms.filing.ledger.finding import contract_for, heirs_of_all
from dms.store import ContractFilter, HeldPaper, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingWish:
    """What lack to list; None means that this does not matter."""

    department: str | None = None
    """Who owes the papers; empty text for what no department is known to owe."""
    customer_code: str | None = None
    contract_id: int | None = None
    because: MissingReason | None = None
    limit: int | None = None
    """None for all of it."""
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingEntry:
    """One paper that is to be brought."""

    paper: MissingPaper
    customer: Customer
    contract: Contract | None
    """None where the customer file lacks it."""
    expired_on: date | None
    """The last day on which the newest one held; None where there is none at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingList:
    """One page of the list: by department, then customer, then contract."""

    entries: tuple[MissingEntry, ...]
    total: int
    by_department: tuple[tuple[str, int], ...]
    """How many papers each department owes, whichever department was chosen."""
    asked_on: date
    """The day for which it was made out."""


def papers_missing(actor: Actor, wish: MissingWish, *, archive: Archive) -> MissingList:
    """What is missing today; raises `CustomerNotFound` or `ContractNotFound`."""
    actor.require(Permission.CONSULT)
    today = local_day(archive.now())
    with archive.looking() as view:
        survey = _Survey.of(actor, wish, today, work=view)
    found = [each for each in survey.entries() if wish.because in (None, each.paper.because)]
    owed: dict[str, int] = {}
    for entry in found:
        owed[entry.paper.department] = owed.get(entry.paper.department, 0) + 1
    chosen = [each for each in found if wish.department in (None, each.paper.department)]
    chosen.sort(key=_place)
    end = None if wish.limit is None else wish.offset + wish.limit
    return MissingList(
        entries=tuple(chosen[wish.offset : end]),
        total=len(chosen),
        by_department=tuple(sorted(owed.items())),
        asked_on=today,
    )


def checklist_in_use(*, work: UnitOfWork) -> tuple[Requirement, ...]:
    """What the series in use ask for, in their order, each requirement once."""
    asked = (requirement for series in work.scheme.series_in_use() for requirement in series.checklist)
    return tuple(dict.fromkeys(asked))


def missing_of_contract(
    contract: Contract, customer: Customer, held: Collection[HeldPaper], checklist: Collection[Requirement], on: date
) -> tuple[MissingPaper, ...]:
    """What one contract lacks on a day; `held` are its papers."""
    if contract.facts.state is ContractState.NEGOTIATING:
        return ()
    return missing_papers(
        checklist,
        _held(held),
        on=on,
        customer_id=customer.id,
        contract_id=contract.id,
        department=contract.facts.department or customer.facts.department,
    )


def missing_of_customer(
    customer: Customer, held: Collection[HeldPaper], checklist: Collection[Requirement], on: date
) -> tuple[MissingPaper, ...]:
    """What the file of one customer lacks on a day; `held` are all its papers."""
    if customer.merged_into_id is not None:
        return ()
    return missing_papers(
        checklist,
        _held(held),
        on=on,
        customer_id=customer.id,
        contract_id=None,
        department=customer.facts.department,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Survey:
    """Everything that the list is made of, of one moment."""

    checklist: tuple[Requirement, ...]
    customers: tuple[Customer, ...]
    """Whose own files are asked about."""
    contracts: tuple[Contract, ...]
    owners: Mapping[int, Customer]
    """The customers of the contracts, by id."""
    by_customer: Mapping[int, list[HeldPaper]]
    """By the id of the customer that stands for itself; what was filed under those merged into it counts there."""
    by_contract: Mapping[int, list[HeldPaper]]
    asked_on: date

    @classmethod
    def of(cls, actor: Actor, wish: MissingWish, on: date, *, work: UnitOfWork) -> "_Survey":
        """What of the archive the wish is about, as the actor may see it."""
        named = customer_for(actor, wish.customer_code, work=work) if wish.customer_code else None
        only = work.customers.ids_of(named.id) if named else frozenset[int]()
        if wish.contract_id is not None:
            contract_for(actor, wish.contract_id, work=work)
        wanted = ContractFilter(customer_ids=only, contract_id=wish.contract_id)
        contracts = tuple(row.contract for row in work.contracts.page(wanted, actor=actor))
        held = work.contracts.held(actor=actor, customer_ids=only, contract_id=wish.contract_id)
        heirs = heirs_of_all(work=work)
        return cls(
            checklist=checklist_in_use(work=work),
            customers=_customers(actor, wish, named, work=work),
            contracts=contracts,
            owners=work.customers.with_ids({each.facts.customer_id for each in contracts}),
            by_customer=_grouped((heirs.get(paper.customer_id, paper.customer_id), paper) for paper in held),
            by_contract=_grouped((paper.contract_id, paper) for paper in held if paper.contract_id is not None),
            asked_on=on,
        )

    def entries(self) -> Iterator[MissingEntry]:
        """Every paper that is to be brought."""
        for customer in self.customers:
            held = self.by_customer.get(customer.id, [])
            for paper in missing_of_customer(customer, held, self.checklist, self.asked_on):
                yield _entry(paper, customer, None, held)
        for contract in self.contracts:
            owner, held = self.owners[contract.facts.customer_id], self.by_contract.get(contract.id, [])
            for paper in missing_of_contract(contract, owner, held, self.checklist, self.asked_on):
                yield _entry(paper, owner, contract, held)


def _customers(actor: Actor, wish: MissingWish, named: Customer | None, *, work: UnitOfWork) -> tuple[Customer, ...]:
    """The customers whose own files are asked about: none where the wish is about one contract."""
    if wish.contract_id is not None:
        return ()
    return (named,) if named else tuple(work.customers.matching("", actor=actor, limit=_NO_LIMIT)[1])


_NO_LIMIT = -1
"""As SQLite takes it."""


def _grouped(pairs: Iterator[tuple[int, HeldPaper]]) -> dict[int, list[HeldPaper]]:
    groups: dict[int, list[HeldPaper]] = {}
    for key, paper in pairs:
        groups.setdefault(key, []).append(paper)
    return groups


def _held(papers: Collection[HeldPaper]) -> list[PaperHeld]:
    return [PaperHeld(type_code=paper.type_code, valid_to_on=paper.valid_to_on) for paper in papers]


def _entry(
    paper: MissingPaper, customer: Customer, contract: Contract | None, held: Collection[HeldPaper]
) -> MissingEntry:
    ends = (each.valid_to_on for each in held if each.type_code in paper.requirement.types)
    return MissingEntry(
        paper=paper,
        customer=customer,
        contract=contract,
        expired_on=max((day for day in ends if day), default=None),
    )


def _place(entry: MissingEntry) -> tuple[str, str, str]:
    return entry.paper.department, entry.customer.code, entry.contract.number if entry.contract else ""
