"""What a customer's file looks like: years × series, its contracts, its papers, and what is missing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from dms.archive import Archive, customer_for
from dms.domain.actor import Actor, Permission
from dms.domain.checklist import Requirement
from dms.domain.clock import local_day
from dms.domain.contract import Contract
from dms.domain.customer import Customer
from dms.domain.document_type import DocumentType, Series
from dms.domain.item import Item, ItemState
from dms.domain.missing_paper import MissingPaper
from dms.domain.retention import RetentionRule
from dms.domain.volume import Volume
from dms.filing.ledger import checklist_in_use, missing_of_contract, missing_of_customer
from dms.store import HeldPaper, ItemFilter, ItemOrder, UnitOfWork

_PRESENT = frozenset({ItemState.FILED, ItemState.REVIEW})


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractOverview:
    """One contract of the customer with the types of its papers and those that are missing."""

    contract: Contract
    item_count: int
    missing_types: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerOverview:
    """The customer page."""

    customer: Customer
    merged: tuple[Customer, ...]
    """Those that were merged into it; what was filed under them counts here too."""
    merged_into: Customer | None
    """The customer that it was merged into; None for one that stands for itself, or where that may not be known."""
    series: tuple[Series, ...]
    years: tuple[int, ...]
    """Years in which anything is filed, the latest first."""
    counts: dict[tuple[str, int], int]
    """Filed items by series code and year; a pair without items is absent."""
    contracts: tuple[ContractOverview, ...]
    """Those of which the actor may see any paper."""
    missing_types: tuple[str, ...]
    """Types that every customer file should hold and this one does not."""
    in_tray: int
    """Papers of this customer that wait to be confirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemList:
    """One page of items and how many there are in all."""

    total: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Series, document types and retention rules, for forms and labels."""

    series: tuple[Series, ...]
    types: tuple[DocumentType, ...]
    retention: tuple[RetentionRule, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemWish:
    """Which items to list; None means that this does not matter."""

    customer_code: str | None = None
    contract_id: int | None = None
    series_code: str | None = None
    year: int | None = None
    states: frozenset[ItemState] = frozenset({ItemState.FILED})
    order: ItemOrder = ItemOrder.NEWEST_PAPER
    limit: int = 50
    offset: int = 0


class _Asked(NamedTuple):
    """What is there, what is asked for, and on which day."""

    held: list[HeldPaper]
    checklist: tuple[Requirement, ...]
    asked_on: date


def customer_overview(actor: Actor, code: str, *, archive: Archive) -> CustomerOverview:
    """The file of one customer at a glance; raises `CustomerNotFound`."""
    actor.require(Permission.CONSULT)
    today = local_day(archive.now())
    with archive.looking() as view:
        customer = customer_for(actor, code, work=view)
        counts = _counts(actor, customer, work=view)
        held = view.contracts.held(actor=actor, customer_ids=_ids(customer, work=view))
        checklist = checklist_in_use(work=view)
        return CustomerOverview(
            customer=customer,
            merged=_merged(actor, customer, work=view),
            merged_into=_merged_into(actor, customer, work=view),
            series=tuple(view.scheme.all_series()),
            years=tuple(sorted({year for _, year in counts}, reverse=True)),
            counts=counts,
            contracts=_contract_overviews(actor, customer, _Asked(held, checklist, today), work=view),
            missing_types=_types(missing_of_customer(customer, held, checklist, today)),
            in_tray=view.items.count(
                ItemFilter(customer_ids=_ids(customer, work=view), states=frozenset({ItemState.REVIEW})), actor=actor
            ),
        )


def list_items(actor: Actor, wish: ItemWish, *, archive: Archive) -> ItemList:
    """One page of the items that fit; raises `CustomerNotFound`."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        customer = customer_for(actor, wish.customer_code, work=view) if wish.customer_code else None
        wanted = ItemFilter(
            customer_ids=_ids(customer, work=view) if customer else frozenset(),
            contract_id=wish.contract_id,
            series_code=wish.series_code,
            year=wish.year,
            states=wish.states,
        )
        items = view.items.list(wanted, actor=actor, order=wish.order, limit=wish.limit, offset=wish.offset)
        return ItemList(total=view.items.count(wanted, actor=actor), items=tuple(items))


def list_volumes(actor: Actor, *, archive: Archive, year: int | None = None) -> list[tuple[Customer, Volume]]:
    """Every volume in which the actor may know of anything, or those of one year, with its customer."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        volumes = view.volumes.list(actor=actor, year=year)
        owned = [(volume.customer_id, volume) for volume in volumes if volume.customer_id is not None]
        customers = view.customers.with_ids({customer_id for customer_id, _ in owned})
        return [(customers[customer_id], volume) for customer_id, volume in owned]


def frame(actor: Actor, *, archive: Archive) -> Frame:
    """The series, the document types and the retention rules of this archive."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        return Frame(
            series=tuple(view.scheme.all_series()),
            types=tuple(view.scheme.all_types()),
            retention=tuple(view.retention.all()),
        )


def _contract_overviews(
    actor: Actor, customer: Customer, asked: _Asked, *, work: UnitOfWork
) -> tuple[ContractOverview, ...]:
    """The contracts of which the actor may see any paper; a number that no paper bears any more was a mistake."""
    ids = sorted(_ids(customer, work=work))
    by_customer = [work.items.types_by_contract(each, _PRESENT, actor=actor) for each in ids]
    counts = {contract_id: sum(types.values()) for found in by_customer for contract_id, types in found.items()}
    held: dict[int | None, list[HeldPaper]] = {}
    for paper in asked.held:
        held.setdefault(paper.contract_id, []).append(paper)
    contracts = [contract for each in ids for contract in work.contracts.of_customer(each)]
    return tuple(
        ContractOverview(
            contract=contract,
            item_count=counts[contract.id],
            missing_types=_types(
                missing_of_contract(contract, customer, held.get(contract.id, []), asked.checklist, asked.asked_on)
            ),
        )
        for contract in contracts
        if contract.id in counts
    )


def _types(missing: Iterable[MissingPaper]) -> tuple[str, ...]:
    """One type for each paper that is missing, the first of those that would do."""
    return tuple(sorted(paper.requirement.types)[0] for paper in missing)


def _ids(customer: Customer, *, work: UnitOfWork) -> frozenset[int]:
    """What the papers of the file bear: those of merged customers belong to it too."""
    return work.customers.ids_of(customer.id)


def _counts(actor: Actor, customer: Customer, *, work: UnitOfWork) -> dict[tuple[str, int], int]:
    counts: Counter[tuple[str, int]] = Counter()
    for customer_id in _ids(customer, work=work):
        counts.update(work.items.counts_by_series_and_year(customer_id, actor=actor))
    return dict(counts)


def _merged(actor: Actor, customer: Customer, *, work: UnitOfWork) -> tuple[Customer, ...]:
    others = work.customers.with_ids(_ids(customer, work=work) - {customer.id})
    known = [each for each in others.values() if work.customers.is_known(each.id, actor=actor)]
    return tuple(sorted(known, key=lambda each: each.code))


def _merged_into(actor: Actor, customer: Customer, *, work: UnitOfWork) -> Customer | None:
    heir = work.customers.heir(customer)
    return heir if heir.id != customer.id and work.customers.is_known(heir.id, actor=actor) else None
