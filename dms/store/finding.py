"""Finding items: one statement that lists, ranks and counts under the same conditions.

Invariant: nothing is counted, listed or ranked for a person past `visible_to` (I5); the conditions stand in the one
place, `_found`, from which everything else is taken.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    Row,
    Select,
    and_,
    false,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    true,
    type_coerce,
    union_all,
)
from sqlalchemy.types import NullType

from dms.domain.actor import Actor
from dms.domain.criterion import AllOf, AnyOf, Criterion, Fact, FactIs, FactRange, Not, Phrase, wanted_phrases
from dms.domain.item import READABLE_STATES, ItemState
from dms.store.items import visible_to
from dms.store.phrases import any_phrase, merged, ranked, standing
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
    """Filters by facet: each narrows the result and every facet but its own."""
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
    """The rank of the best item of the whole result; ranks are BM25, negative, and smaller is better."""
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
    grade: int
    state: ItemState


def _condition(criterion: Criterion) -> ColumnElement[bool]:
    """A criterion as a condition on the item table."""
    expression = merged(criterion)
    if expression is not None:
        return standing(item.c.key, expression)
    match criterion:
        case AllOf(parts):
            return and_(true(), *map(_condition, _text_together(parts, AllOf)))
        case AnyOf(parts):
            return or_(false(), *map(_condition, _text_together(parts, AnyOf)))
        case Not(part):
            return not_(_condition(part))
        case FactIs():
            return _fact_is(criterion)
        case FactRange(fact, low, high):
            return _fact_range(_RANGED[fact], low, high)
        case Phrase():
            raise AssertionError("a phrase is an FTS5 expression")


def _text_together(parts: Sequence[Criterion], group: type[AllOf] | type[AnyOf]) -> list[Criterion]:
    """The same parts, with those that are text only asked for at once."""
    of_text = tuple(part for part in parts if merged(part) is not None)
    others = [part for part in parts if part not in of_text]
    return [group(of_text), *others] if of_text else others


_RANGED: dict[Fact, ColumnElement[Any]] = {
    Fact.YEAR: item.c.year,
    Fact.AMOUNT: item.c.amount,
    Fact.DOC_DATE: item.c.doc_on,
    Fact.PAGES: item.c.pages_total,
    Fact.GRADE: item.c.grade,
    Fact.ITEM: item.c.key,
}


def _fact_range(ranged: ColumnElement[Any], low: object, high: object) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [ranged.is_not(None)]
    if low is not None:
        conditions.append(ranged >= low)
    if high is not None:
        conditions.append(ranged <= high)
    return and_(*conditions)


def _fact_is(wanted: FactIs) -> ColumnElement[bool]:
    values = [value.upper() for value in wanted.values]
    match wanted.fact:
        case Fact.CUSTOMER_CODE:
            return _known(item.c.customer_id.in_(select(customer.c.id).where(func.upper(customer.c.code).in_(values))))
        case Fact.CONTRACT_NO:
            linked = item.c.contract_id.in_(select(contract.c.id).where(func.upper(contract.c.number).in_(values)))
            claimed = and_(item.c.contract_id.is_(None), func.upper(item.c.claimed_contract_no).in_(values))
            return or_(_known(linked), claimed)
        case Fact.TYPE:
            return _known(func.upper(item.c.type_code).in_(values))
        case Fact.SERIES:
            return _known(func.upper(item.c.series_code).in_(values))
        case Fact.STATE:
            return func.upper(item.c.state).in_(values)
        case _:
            raise AssertionError(f"{wanted.fact} is asked for by range")


def _known(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """False where the fact is not stated, so that its negation is true there."""
    return func.coalesce(condition, false())


def is_readable() -> ColumnElement[bool]:
    """The condition that an item is in the index and may be found."""
    return item.c.state.in_(sorted(state.value for state in READABLE_STATES))


HIT = "hit"
TOTAL = "total"
_FACET_COLUMNS: dict[Facet, ColumnElement[Any]] = {
    Facet.CUSTOMER: item.c.customer_id,
    Facet.YEAR: item.c.year,
    Facet.TYPE: item.c.type_code,
    Facet.SERIES: item.c.series_code,
    Facet.CONTRACT: item.c.contract_id,
    Facet.GRADE: item.c.grade,
    Facet.STATE: item.c.state,
}


def statement(inquiry: Inquiry) -> Any:  # noqa: ANN401  # a compound select has no public type that fits
    """Rows of kind, value, number and place: the total, the facets and one stretch of items."""
    found = _found(inquiry)
    inside = {facet: found.c[f"in_{facet}"] for facet in inquiry.chosen}
    return union_all(
        _total(found, list(inside.values())),
        *(_facet(found, facet, [fits for other, fits in inside.items() if other is not facet]) for facet in Facet),
        _stretch(found, list(inside.values()), inquiry),
    )


def _found(inquiry: Inquiry) -> CTE:
    """Every item that fits the criterion and that the actor may know of, evaluated once."""
    ranking = _ranking(inquiry)
    chosen = [_condition(wanted).label(f"in_{facet}") for facet, wanted in inquiry.chosen.items()]
    facets = [values.label(facet.value) for facet, values in _FACET_COLUMNS.items()]
    query = (
        select(item.c.key, item.c.doc_on, ranking.rank.label("rank"), *facets, *chosen)
        .select_from(ranking.source)
        .where(visible_to(inquiry.actor), is_readable(), _condition(ranking.rest))
    )
    return query.cte("found").prefix_with("MATERIALIZED")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ranking:
    """Items with their ranks, and what of the criterion is still to be asked for."""

    source: FromClause
    rank: ColumnElement[float]
    rest: Criterion


def _ranking(inquiry: Inquiry) -> _Ranking:
    phrases = wanted_phrases(inquiry.criterion)
    if inquiry.order is FoundOrder.DATE or not phrases:
        return _Ranking(source=item, rank=literal(0.0), rest=inquiry.criterion)
    required, rest = _required_text(inquiry.criterion)
    ranks = ranked(required or any_phrase(phrases))
    same_item = ranks.c.key == item.c.key
    if required:
        return _Ranking(source=item.join(ranks, same_item), rank=ranks.c.rank, rest=rest)
    source = item.outerjoin(ranks, same_item)
    return _Ranking(source=source, rank=func.coalesce(ranks.c.rank, 0.0), rest=inquiry.criterion)


def _required_text(criterion: Criterion) -> tuple[str | None, Criterion]:
    """The text without which no item fits, as one FTS5 expression, and what is asked for besides."""
    parts = criterion.parts if isinstance(criterion, AllOf) else (criterion,)
    of_text = tuple(part for part in parts if merged(part) is not None)
    others = tuple(part for part in parts if merged(part) is None)
    return merged(AllOf(of_text)), AllOf(others)


def _answer_row(kind: str, value: Any, number: Any, place: Any) -> Select[Any]:  # noqa: ANN401  # columns of any type
    return select(
        literal(kind).label("kind"),
        type_coerce(value, NullType).label("value"),
        type_coerce(number, NullType).label("number"),
        place.label("place"),
    )


def _total(found: CTE, inside: Sequence[ColumnElement[bool]]) -> Select[Any]:
    return _answer_row(TOTAL, func.count(), func.min(found.c.rank), null()).select_from(found).where(*inside)


def _facet(found: CTE, facet: Facet, inside: Sequence[ColumnElement[bool]]) -> Select[Any]:
    values = found.c[facet.value]
    return _answer_row(facet.value, values, func.count(), null()).where(values.is_not(None), *inside).group_by(values)


def _stretch(found: CTE, inside: Sequence[ColumnElement[bool]], inquiry: Inquiry) -> Select[Any]:
    by_date = (found.c.doc_on.desc().nulls_last(), found.c.key.desc())
    order = (found.c.rank.asc(), *by_date) if inquiry.order is FoundOrder.RELEVANCE else by_date
    place = func.row_number().over(order_by=order).label("place")
    numbered = select(found.c.key, found.c.rank, place).where(*inside).subquery("numbered")
    wanted = numbered.c.place.between(inquiry.offset + 1, inquiry.offset + inquiry.limit)
    return _answer_row(HIT, numbered.c.key, numbered.c.rank, numbered.c.place).where(wanted)


def found_items(keys: Iterable[int], actor: Actor) -> Select[Any]:
    """The rows from which `found_item` is made."""
    joined = item.outerjoin(customer, item.c.customer_id == customer.c.id)
    return (
        select(item, customer.c.code, customer.c.name, customer.c.former_names, customer.c.uscc)
        .add_columns(contract.c.number, contract.c.title.label("contract_title"))
        .select_from(joined.outerjoin(contract, item.c.contract_id == contract.c.id))
        .where(item.c.key.in_(list(keys)), is_readable(), visible_to(actor))
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
        grade=row.grade,
        state=ItemState(row.state),
    )
