"""合同台账: the contracts of which a person may know, filtered, sorted, and a page at a time."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dms.archive import Archive, customer_for
from dms.domain.actor import Actor, Permission
from dms.domain.contract import Contract, ContractState
from dms.domain.customer import Customer
from dms.domain.one_line import one_line
from dms.store import ContractFilter, ContractOrder, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerWish:
    """Which contracts to list; None and empty values mean that this does not matter."""

    words: str = ""
    customer_code: str | None = None
    department: str | None = None
    states: frozenset[ContractState] = frozenset()
    signed_year: int | None = None
    ends_by_on: date | None = None
    order: ContractOrder = ContractOrder.NEWEST_SIGNED
    limit: int | None = 50
    """None for all of them."""
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One line of the ledger."""

    contract: Contract
    customer: Customer
    item_count: int
    """Papers that the actor may see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """One page of the ledger, and what is true of all that fit."""

    entries: tuple[LedgerEntry, ...]
    total: int
    amount: Decimal
    """In yuan, of all that fit and whose amount is stated."""
    departments: tuple[str, ...]
    """To choose among, whatever was chosen."""
    signed_years: tuple[int, ...]


def contract_ledger(actor: Actor, wish: LedgerWish, *, archive: Archive) -> Ledger:
    """One page of the contracts that fit and that the actor may know of; raises `CustomerNotFound`."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        wanted = _filter(actor, wish, work=view)
        totals = view.contracts.totals(wanted, actor=actor)
        return Ledger(
            entries=_entries(actor, wish, wanted, work=view),
            total=totals.contracts,
            amount=totals.amount,
            departments=tuple(view.contracts.departments(actor=actor)),
            signed_years=tuple(view.contracts.signed_years(actor=actor)),
        )


def _filter(actor: Actor, wish: LedgerWish, *, work: UnitOfWork) -> ContractFilter:
    customer = customer_for(actor, wish.customer_code, work=work) if wish.customer_code else None
    return ContractFilter(
        words=one_line(wish.words),
        customer_ids=work.customers.ids_of(customer.id) if customer else frozenset(),
        department=wish.department,
        states=wish.states,
        signed_year=wish.signed_year,
        ends_by_on=wish.ends_by_on,
    )


def _entries(actor: Actor, wish: LedgerWish, wanted: ContractFilter, *, work: UnitOfWork) -> tuple[LedgerEntry, ...]:
    rows = work.contracts.page(wanted, actor=actor, order=wish.order, limit=wish.limit, offset=wish.offset)
    customers = work.customers.with_ids({row.contract.facts.customer_id for row in rows})
    return tuple(
        LedgerEntry(
            contract=row.contract, customer=customers[row.contract.facts.customer_id], item_count=row.item_count
        )
        for row in rows
    )
