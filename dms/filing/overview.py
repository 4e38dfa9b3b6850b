"""What a customer's file looks like: years × series, its contracts, its papers, and what is missing."""

from dataclasses import dataclass

from dms.archive import Archive, customer_for
from dms.domain.actor import Actor, Permission
from dms.domain.checklist import CONTRACT_CHECKLIST, CUSTOMER_CHECKLIST, missing_types
from dms.domain.contract import Contract
from dms.domain.customer import Customer
from dms.domain.document_type import DocumentType, Series
from dms.domain.item import Item, ItemState
from dms.domain.retention import RetentionRule
from dms.domain.volume import Volume
from dms.store import ItemFilter, ItemOrder, UnitOfWork

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


def customer_overview(actor: Actor, code: str, *, archive: Archive) -> CustomerOverview:
    """The file of one customer at a glance; raises `CustomerNotFound`."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        customer = customer_for(actor, code, work=view)
        counts = view.items.counts_by_series_and_year(customer.id, actor=actor)
        return CustomerOverview(
            customer=customer,
            series=tuple(view.scheme.all_series()),
            years=tuple(sorted({year for _, year in counts}, reverse=True)),
            counts=counts,
            contracts=_contract_overviews(actor, customer, work=view),
            missing_types=_missing_from_file(actor, customer, work=view),
            in_tray=view.items.count(
                ItemFilter(customer_id=customer.id, states=frozenset({ItemState.REVIEW})), actor=actor
            ),
        )


def list_items(actor: Actor, wish: ItemWish, *, archive: Archive) -> ItemList:
    """One page of the items that fit; raises `CustomerNotFound`."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        customer = customer_for(actor, wish.customer_code, work=view) if wish.customer_code else None
        wanted = ItemFilter(
            customer_id=customer.id if customer else None,
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


def _contract_overviews(actor: Actor, customer: Customer, *, work: UnitOfWork) -> tuple[ContractOverview, ...]:
    """The contracts of which the actor may see any paper; a number that no paper bears any more was a mistake."""
    present = work.items.types_by_contract(customer.id, _PRESENT, actor=actor)
    contracts = work.contracts.of_customer(customer.id)
    return tuple(_contract_overview(contract, present[contract.id]) for contract in contracts if contract.id in present)


def _contract_overview(contract: Contract, present: dict[str, int]) -> ContractOverview:
    return ContractOverview(
        contract=contract,
        item_count=sum(present.values()),
        missing_types=tuple(missing_types(CONTRACT_CHECKLIST, present)),
    )


def _missing_from_file(actor: Actor, customer: Customer, *, work: UnitOfWork) -> tuple[str, ...]:
    present = work.items.types_present(ItemFilter(customer_id=customer.id, states=_PRESENT), actor=actor)
    return tuple(missing_types(CUSTOMER_CHECKLIST, present))
