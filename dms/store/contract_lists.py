"""The contract ledger as a person sees it: which contracts there are, in what order, and what papers each of them has.

Invariant: a contract shows itself through a paper that the person may see; one to which no paper belongs at all shows
itself as its customer's papers would (I5). A bare number that no paper bears any more was a mistake and shows nowhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, func, or_, select

from dms.domain.actor import Actor
from dms.domain.contract import Contract, ContractFacts, ContractState, Party
from dms.domain.item import ItemState
from dms.store.items import visible_to
from dms.store.rights import among, of_open_customer
from dms.store.tables import contract as table
from dms.store.tables import customer, item


class ContractOrder(StrEnum):
    """How the ledger is sorted; contracts without the day or the amount come last."""

    NEWEST_SIGNED = "newest_signed"
    OLDEST_SIGNED = "oldest_signed"
    ENDS_FIRST = "ends_first"
    NUMBER = "number"
    CUSTOMER = "customer"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractFilter:
    """Which contracts; every None, empty text and empty set means that this does not matter."""

    words: str = ""
    """Each of them in number, title, handler, or code or name of the customer."""
    customer_id: int | None = None
    customer_ids: frozenset[int] = frozenset()
    """Any of these, as for a customer into which others were merged."""
    contract_id: int | None = None
    department: str | None = None
    """The one that handles it, or its customer's where none is stated."""
    states: frozenset[ContractState] = frozenset()
    signed_year: int | None = None
    ends_by_on: date | None = None
    """Ends on this day or before."""
    framework_no: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One line of the ledger."""

    contract: Contract
    item_count: int
    """Papers that the actor may see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerTotals:
    """What all contracts that fit come to."""

    contracts: int
    amount: Decimal
    """In yuan, of those whose amount is stated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPaper:
    """A kind of paper that is there, and until when; the contract is None for one of the customer alone."""

    customer_id: int
    contract_id: int | None
    type_code: str
    valid_to_on: date | None


class ContractLists:
    """The lists of contracts that are made for a person."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, contract_id: int, *, actor: Actor) -> Contract | None:
        """The contract with this id, if it exists and the actor may know of it."""
        row = self._connection.execute(select(table).where(table.c.id == contract_id, contract_known_to(actor))).first()
        return contract_in(row) if row else None

    def page(
        self,
        wanted: ContractFilter,
        *,
        actor: Actor,
        order: ContractOrder = ContractOrder.NEWEST_SIGNED,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[LedgerRow]:
        """One stretch of the ledger as far as the actor may know of it; all of it without a limit."""
        papers = select(func.count()).select_from(item).where(_papers_of(), visible_to(actor))
        query = select(table, papers.correlate(table).scalar_subquery().label("papers")).where(*_conditions(wanted))
        query = query.where(contract_known_to(actor)).order_by(*_ORDER[order], table.c.id)
        rows = self._connection.execute(query.limit(limit).offset(offset))
        return [LedgerRow(contract=contract_in(row), item_count=row.papers) for row in rows]

    def totals(self, wanted: ContractFilter, *, actor: Actor) -> LedgerTotals:
        """What all contracts that fit come to, as far as the actor may know of them."""
        fitting = select(table.c.amount).where(*_conditions(wanted), contract_known_to(actor)).subquery()
        amount = func.coalesce(func.sum(fitting.c.amount), 0, type_=table.c.amount.type)
        count, total = self._connection.execute(select(func.count(), amount).select_from(fitting)).one()
        return LedgerTotals(contracts=count, amount=total)

    def departments(self, *, actor: Actor) -> Sequence[str]:
        """The departments that handle contracts which the actor may know of, by name."""
        query = select(_department()).where(contract_known_to(actor), _department() != "").distinct()
        return sorted(self._connection.execute(query).scalars())

    def signed_years(self, *, actor: Actor) -> Sequence[int]:
        """The years in which contracts that the actor may know of were signed, the latest first."""
        year = func.substr(table.c.signed_on, 1, 4)
        query = select(year).where(contract_known_to(actor), table.c.signed_on.is_not(None)).distinct()
        return sorted((int(found) for found in self._connection.execute(query).scalars()), reverse=True)

    def numbers_given(self) -> dict[tuple[int, str], bool]:
        """By customer and folded number whether it is really given: somebody stated the contract, or a paper bears it.

        For the archive's own work only.
        """
        bears_any = select(item.c.key).where(_papers_of()).correlate(table).exists()
        query = select(table.c.customer_id, table.c.number_folded, or_(table.c.title != "", bears_any).label("given"))
        return {(row.customer_id, row.number_folded): bool(row.given) for row in self._connection.execute(query)}

    def held(
        self, *, actor: Actor, customer_ids: frozenset[int] = frozenset(), contract_id: int | None = None
    ) -> list[HeldPaper]:
        """Which kinds of papers there are, each with its days: everybody's, these customers' or one contract's."""
        columns = (item.c.customer_id, item.c.contract_id, item.c.type_code, item.c.valid_to_on)
        query = select(*columns).where(_is_present(), item.c.customer_id.is_not(None), item.c.type_code.is_not(None))
        if customer_ids:
            query = query.where(among(item.c.customer_id, customer_ids))
        if contract_id is not None:
            query = query.where(item.c.contract_id == contract_id)
        rows = self._connection.execute(query.where(visible_to(actor)).distinct())
        return [HeldPaper(**row._mapping) for row in rows]


def contract_known_to(actor: Actor) -> ColumnElement[bool]:
    """The condition that a contract may be known to the actor."""
    seen = select(item.c.key).where(_papers_of(), visible_to(actor)).correlate(table).exists()
    bears_any = select(item.c.key).where(_papers_of()).correlate(table).exists()
    stated = and_(table.c.title != "", of_open_customer(table.c.customer_id, actor), ~bears_any)
    return or_(seen, stated)


def contract_in(row: Row[Any]) -> Contract:
    """The contract that a row of the table tells of."""
    facts = ContractFacts(
        number=row.number,
        title=row.title,
        customer_id=row.customer_id,
        parties=tuple(Party(entry["role"], entry["name"]) for entry in row.parties),
        signed_on=row.signed_on,
        effective_on=row.effective_on,
        ends_on=row.ends_on,
        amount=row.amount,
        state=ContractState(row.state),
        **{name: getattr(row, name) for name in AS_STATED},
    )
    return Contract(id=row.id, facts=facts)


AS_STATED = (
    "department",
    "handler",
    "performed_on",
    "settled_on",
    "warranty_ends_on",
    "terminated_on",
    "framework_no",
    "remark",
)
"""What is kept as it is stated."""

_PRESENT = (ItemState.FILED.value, ItemState.REVIEW.value)
_ORDER: dict[ContractOrder, tuple[ColumnElement[Any], ...]] = {
    ContractOrder.NEWEST_SIGNED: (table.c.signed_on.desc().nulls_last(), table.c.number),
    ContractOrder.OLDEST_SIGNED: (table.c.signed_on.asc().nulls_last(), table.c.number),
    ContractOrder.ENDS_FIRST: (table.c.ends_on.asc().nulls_last(), table.c.number),
    ContractOrder.NUMBER: (table.c.number_folded,),
    ContractOrder.CUSTOMER: (
        select(customer.c.code).where(customer.c.id == table.c.customer_id).scalar_subquery(),
        table.c.number_folded,
    ),
    ContractOrder.AMOUNT: (table.c.amount.desc().nulls_last(), table.c.number),
}


def _is_present() -> ColumnElement[bool]:
    return item.c.state.in_(_PRESENT)


def _papers_of() -> ColumnElement[bool]:
    """Papers of the contract that anybody holds for its papers; rejected ones are not."""
    return and_(item.c.contract_id == table.c.id, item.c.state != ItemState.WITHDRAWN.value)


def _department() -> ColumnElement[str]:
    own = func.nullif(table.c.department, "")
    of_customer = select(customer.c.department).where(customer.c.id == table.c.customer_id).correlate(table)
    return func.coalesce(own, of_customer.scalar_subquery())


def _conditions(wanted: ContractFilter) -> list[ColumnElement[bool]]:
    exact = {table.c.customer_id: wanted.customer_id, table.c.id: wanted.contract_id}
    conditions: list[ColumnElement[bool]] = [column == value for column, value in exact.items() if value is not None]
    if wanted.department is not None:
        conditions.append(_department() == wanted.department)
    if wanted.customer_ids:
        conditions.append(among(table.c.customer_id, wanted.customer_ids))
    if wanted.states:
        conditions.append(table.c.state.in_([state.value for state in wanted.states]))
    if wanted.signed_year is not None:
        conditions.append(func.substr(table.c.signed_on, 1, 4) == str(wanted.signed_year))
    if wanted.ends_by_on is not None:
        conditions.append(table.c.ends_on <= wanted.ends_by_on)
    if wanted.framework_no:
        conditions.append(table.c.framework_no == wanted.framework_no)
    return [*conditions, *(_says(word) for word in wanted.words.split())]


def _says(word: str) -> ColumnElement[bool]:
    searched = (customer.c.code, customer.c.name)
    named = exists().where(
        customer.c.id == table.c.customer_id, or_(*(column.contains(word, autoescape=True) for column in searched))
    )
    own = (table.c.number, table.c.title, table.c.handler)
    return or_(named, *(column.contains(word, autoescape=True) for column in own))
