"""Finding items: what is asked, what is found, and what a list of hits says about an item.

Invariant: nothing is told of an item to a person beyond his reach (I5).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, select

from dms.domain.actor import Actor
from dms.domain.criterion import Criterion
from dms.domain.item import READABLE_STATES, ItemState
from dms.domain.policy import Reach, Use, reach
from dms.store.rights import REACHES_KEPT, in_reach
from dms.store.tables import contract, customer, item


class FoundOrder(StrEnum):
    """How found items are sorted; ties by date of the paper (latest first, undated last), then latest arrival."""

    RELEVANCE = "relevance"
    DATE = "date"
    OLDEST = "oldest"
    ARRIVAL = "arrival"
    AMOUNT = "amount"


class Facet(StrEnum):
    """By what a result is counted."""

    CUSTOMER = "customer"
    YEAR = "year"
    TYPE = "type"
    SERIES = "series"
    CONTRACT = "contract"
    GRADE = "grade"
    STATE = "state"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """What is to be found, for whom, and which stretch of the result."""

    criterion: Criterion
    chosen: Mapping[Facet, Criterion]
    """Filters by facet, which ask for no text: each narrows the result and every facet but its own.

    The customer narrows its own facet too: who has chosen one looks at no other, and its papers are few.
    """
    actor: Actor
    order: FoundOrder
    limit: int
    offset: int
    facets: bool = True
    """False leaves the counts out."""
    grouping: Facet | None = None
    """Customer or contract: items of the same one stand together, the groups in the order of their first items."""
    wants_keys: bool = False
    """Whether `Found.keys` is to hold the whole result."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The answer: keys of one stretch of items with their ranks, and what is true of the whole result."""

    total: int
    best_rank: float
    """The rank of the best item of the whole result; ranks are BM25 among what was found, and higher is better."""
    ranks: Mapping[int, float]
    """Item key to rank, in the order asked for; 0 where no text was asked for."""
    counts: Mapping[Facet, Mapping[str | int, int]]
    """How many items bear each value (customers and contracts by id); items without a value are left out."""
    exact_total: int
    """Items that fit without anything being borne with."""
    tolerated: frozenset[int]
    """Keys among `ranks` that fit only because something was borne with."""
    bounded: bool
    """Whether places that might be misread were left unlooked at, because there are too many."""
    complete: bool
    """False while the index is being made anew."""
    groups: Mapping[int, int]
    """With a grouping: how many items of the whole result each group of `ranks` holds."""
    keys: tuple[int, ...]
    """Every found item, if that was wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundItem:
    """What a list of hits says about an item; each None is a fact that nobody has stated yet."""

    key: int
    id: str
    title: str
    original_filename: str
    customer_code: str | None
    customer_name: str | None
    former_names: tuple[str, ...]
    uscc: str | None
    contract_no: str | None
    contract_title: str | None
    claimed_contract_no: str
    series_code: str | None
    year: int | None
    type_code: str | None
    doc_on: date | None
    amount: Decimal | None
    """In yuan, of the catalogue."""
    grade: int
    state: ItemState
    reference_code: str | None
    """档号; None until it is catalogued."""


_TOLD = (
    "key", "id", "title", "original_filename", "claimed_contract_no", "series_code", "year", "type_code", "doc_on",
    "amount", "grade", "state", "reference_code",
)  # fmt: skip


def is_readable() -> ColumnElement[bool]:
    """The condition that an item is in the index and may be found."""
    return item.c.state.in_(sorted(state.value for state in READABLE_STATES))


def found_items(actor: Actor) -> Select[Any]:
    """The rows from which `found_item` is made, of the items with given ``keys``; whoever reads them leaves out those
    that are no longer readable.

    The state is no condition: SQLite would take the index by state for it, and go through all that there is.
    """
    return _found_within(reach(actor, Use.KNOW))


@lru_cache(maxsize=REACHES_KEPT)
def _found_within(within: Reach) -> Select[Any]:
    told = (item.c[name] for name in _TOLD)
    joined = item.outerjoin(customer, item.c.customer_id == customer.c.id)
    return (
        select(*told, customer.c.code, customer.c.name, customer.c.former_names, customer.c.uscc)
        .add_columns(contract.c.number, contract.c.title.label("contract_title"))
        .select_from(joined.outerjoin(contract, item.c.contract_id == contract.c.id))
        .where(item.c.key.in_(bindparam("keys", expanding=True)), in_reach(within))
    )


def found_item(row: Row[Any]) -> FoundItem:
    """A row of `found_items` as a value."""
    return FoundItem(
        key=row.key,
        id=row.id,
        title=row.title,
        original_filename=row.original_filename,
        customer_code=row.code,
        customer_name=row.name,
        former_names=tuple(former["name"] for former in row.former_names or ()),
        uscc=row.uscc,
        contract_no=row.number,
        contract_title=row.contract_title,
        claimed_contract_no=row.claimed_contract_no,
        series_code=row.series_code,
        year=row.year,
        type_code=row.type_code,
        doc_on=row.doc_on,
        amount=row.amount,
        grade=row.grade,
        state=ItemState(row.state),
        reference_code=row.reference_code,
    )
