"""Items in the catalogue: arrival, state, classification, and the lists of them that a person may see.

Whatever is listed or counted *for a person* goes through `visible_to`; only the archive's own work looks past it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, select
from sqlalchemy.sql.expression import UnaryExpression
from sqlalchemy.sql.operators import custom_op

from dms.domain.actor import Actor
from dms.domain.item import Arrival, Classification, Item, ItemState, Problem
from dms.domain.policy import Use
from dms.domain.volume import VolumeState
from dms.errors import Bilingual
from dms.store.classifications import as_json, claim_in, classification_columns, classification_in, stated_columns
from dms.store.engine import inserted_id
from dms.store.filing_tables import spent_number
from dms.store.placing import FiledPaper, Placing, placement_in
from dms.store.rights import among, within_reach
from dms.store.rights import visible_to as visible_to
from dms.store.tables import item as table
from dms.store.tables import page, volume


class ItemOrder(StrEnum):
    """How a list of items is sorted; undated papers come last."""

    NEWEST_ARRIVAL = "newest_arrival"
    OLDEST_ARRIVAL = "oldest_arrival"
    NEWEST_PAPER = "newest_paper"
    OLDEST_PAPER = "oldest_paper"
    TITLE = "title"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFilter:
    """Which items; every None or empty set means that this does not matter."""

    states: frozenset[ItemState] = frozenset()
    customer_id: int | None = None
    contract_id: int | None = None
    series_code: str | None = None
    type_code: str | None = None
    year: int | None = None
    volume_id: int | None = None
    customer_ids: frozenset[int] = frozenset()
    """Any of these customers, such as one and those that were merged into it."""


class Items(Placing):
    """The items; how they are put into order stands in `Placing`."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)

    def add(self, arrival: Arrival) -> Item:
        """The new item in state received."""
        values = arrival_columns(arrival)
        key = inserted_id(self._connection.execute(table.insert().values(**values)))
        return self.get(key)

    def get(self, key: int) -> Item:
        """The item with this key, which must exist; for the archive's own work only."""
        return _item(self._connection.execute(_selected().where(table.c.key == key)).one())

    def with_id(self, item_id: str, *, actor: Actor) -> Item | None:
        """The item with this id, if it exists and the actor may know of it."""
        row = self._connection.execute(_selected().where(table.c.id == item_id, visible_to(actor))).first()
        return _item(row) if row else None

    def with_keys(self, keys: Collection[int], *, actor: Actor) -> Sequence[Item]:
        """Those of these items that the actor may know of, by arrival."""
        query = _selected().where(among(table.c.key, keys), visible_to(actor)).order_by(table.c.key)
        return [_item(row) for row in self._connection.execute(query)]

    def with_code(self, reference_code: str, *, actor: Actor) -> str | None:
        """The id of the item that bears this code, or that it was given to once, if the actor may know of it."""
        given_to = select(spent_number.c.subject).where(spent_number.c.code == reference_code).scalar_subquery()
        for condition in (table.c.reference_code == reference_code, table.c.id == given_to):
            found = self._connection.execute(select(table.c.id).where(condition, visible_to(actor)).limit(1)).scalar()
            if found is not None:
                return str(found)
        return None

    def loose_to(
        self, actor: Actor, *, customer_ids: Collection[int] | None = None, series_code: str | None = None
    ) -> Sequence[FiledPaper]:
        """The filed items in open volumes that the actor may know of, by customer, series, date and arrival.

        `customer_ids` and `series_code` are those of the volumes; None means that it does not matter.
        """
        # The plus sign keeps SQLite from the index by state: from the open volumes to their items the way is short.
        filed = UnaryExpression(table.c.state, operator=custom_op("+")) == ItemState.FILED.value
        wanted: list[ColumnElement[bool]] = [filed, volume.c.state == VolumeState.OPEN.value, visible_to(actor)]
        if customer_ids is not None:
            wanted.append(among(volume.c.customer_id, customer_ids))
        if series_code is not None:
            wanted.append(volume.c.series_code == series_code)
        return self._loose(*wanted)

    def usable(self, keys: Collection[int], *, actor: Actor, use: Use) -> frozenset[int]:
        """Those of these items that the actor may use so; a hold on them is asked beside it."""
        query = select(table.c.key).where(among(table.c.key, keys), within_reach(actor, use))
        return frozenset(self._connection.execute(query).scalars())

    def with_digest(self, digest: str) -> Item | None:
        """The first item that holds exactly these bytes: not withdrawn, not destroyed; the caller asks who may know."""
        query = _selected().where(table.c.digest == digest, table.c.state.not_in(_GIVEN_UP)).order_by(table.c.key)
        row = self._connection.execute(query).first()
        return _item(row) if row else None

    def list(
        self,
        wanted: ItemFilter,
        *,
        actor: Actor,
        order: ItemOrder = ItemOrder.NEWEST_ARRIVAL,
        limit: int,
        offset: int = 0,
    ) -> list[Item]:
        """One page of the items that fit and that the actor may know of."""
        query = _selected().where(*_conditions(wanted), visible_to(actor)).order_by(*_ORDER[order])
        return [_item(row) for row in self._connection.execute(query.limit(limit).offset(offset))]

    def of_volume(self, volume_id: int, *, actor: Actor, limit: int | None = None, offset: int = 0) -> Sequence[Item]:
        """What lies in a volume and the actor may know of, by position, then what is not in order yet by arrival."""
        order = (table.c.position.asc().nulls_last(), table.c.key)
        query = _selected().where(table.c.volume_id == volume_id, visible_to(actor)).order_by(*order)
        return [_item(row) for row in self._connection.execute(query.limit(limit).offset(offset))]

    def count(self, wanted: ItemFilter, *, actor: Actor, at_most: int | None = None) -> int:
        """How many items fit that the actor may know of; `at_most` where more need not be counted."""
        fitting = select(table.c.key).where(*_conditions(wanted), visible_to(actor)).limit(at_most).subquery()
        return self._connection.execute(select(func.count()).select_from(fitting)).scalar_one()

    def page_totals(self, item_ids: Iterable[str], *, actor: Actor) -> dict[str, int | None]:
        """How many pages each of these items has, as far as the actor may know of them; None before it is examined."""
        query = select(table.c.id, table.c.pages_total).where(table.c.id.in_(list(item_ids)), visible_to(actor))
        return {row.id: row.pages_total for row in self._connection.execute(query)}

    def count_pages(self, wanted: ItemFilter, *, actor: Actor) -> int:
        """How many pages bear writing in the items that fit and that the actor may know of."""
        joined = page.join(table, table.c.key == page.c.item_key)
        query = select(func.count()).select_from(joined).where(*_conditions(wanted), visible_to(actor))
        return self._connection.execute(query.where(page.c.blank.is_(False))).scalar_one()

    def keys(self, wanted: ItemFilter) -> tuple[int, ...]:
        """The keys of the items that fit, by arrival; for the archive's own work only."""
        query = select(table.c.key).where(*_conditions(wanted)).order_by(table.c.key)
        return tuple(self._connection.execute(query).scalars())

    def ids(self, *, after_key: int = 0, limit: int) -> tuple[tuple[int, str], ...]:
        """Key and id of the next so many items, stubs included; for walks over the whole archive only."""
        query = select(table.c.key, table.c.id).where(table.c.key > after_key).order_by(table.c.key).limit(limit)
        return tuple((row.key, row.id) for row in self._connection.execute(query))

    def next_in_tray(self, *, after_key: int, actor: Actor) -> Item | None:
        """The next item that waits for a person, going round from the last to the first."""
        waiting = and_(table.c.state == ItemState.REVIEW, visible_to(actor))
        ahead = _selected().where(waiting, table.c.key > after_key).order_by(table.c.key).limit(1)
        start = _selected().where(waiting, table.c.key != after_key).order_by(table.c.key).limit(1)
        row = self._connection.execute(ahead).first() or self._connection.execute(start).first()
        return _item(row) if row else None

    def tray_position(self, key: int, *, actor: Actor) -> int:
        """The place of an item among those that wait for a person, from 1; 0 if it does not wait."""
        waiting = and_(table.c.state == ItemState.REVIEW, visible_to(actor))
        if not self._connection.execute(select(table.c.key).where(waiting, table.c.key == key)).first():
            return 0
        return self._connection.execute(select(func.count()).where(waiting, table.c.key <= key)).scalar_one()

    def counts_by_series_and_year(self, customer_id: int, *, actor: Actor) -> dict[tuple[str, int], int]:
        """How many filed items of a customer lie in each series and year."""
        query = (
            select(table.c.series_code, table.c.year, func.count())
            .where(table.c.customer_id == customer_id, table.c.state == ItemState.FILED, visible_to(actor))
            .group_by(table.c.series_code, table.c.year)
        )
        return {(series, year): count for series, year, count in self._connection.execute(query)}

    def types_present(self, wanted: ItemFilter, *, actor: Actor) -> dict[str, int]:
        """How many items of each document type fit."""
        query = (
            select(table.c.type_code, func.count())
            .where(*_conditions(wanted), visible_to(actor), table.c.type_code.is_not(None))
            .group_by(table.c.type_code)
        )
        return {str(code): int(count) for code, count in self._connection.execute(query)}

    def types_by_contract(
        self, customer_id: int, states: frozenset[ItemState], *, actor: Actor
    ) -> dict[int, dict[str, int]]:
        """How many items of each document type belong to each contract of a customer; one without any is absent."""
        wanted = ItemFilter(customer_id=customer_id, states=states)
        query = (
            select(table.c.contract_id, table.c.type_code, func.count())
            .where(*_conditions(wanted), visible_to(actor), table.c.contract_id.is_not(None))
            .group_by(table.c.contract_id, table.c.type_code)
        )
        present: dict[int, dict[str, int]] = {}
        for contract_id, type_code, count in self._connection.execute(query):
            present.setdefault(contract_id, {})[str(type_code)] = count
        return present

    def examined(self, key: int, *, media_type: str, pages_total: int) -> None:
        """The paper was opened; reading its pages begins."""
        self._change(key, media_type=media_type, pages_total=pages_total, state=ItemState.READING.value)

    def enter_review(self, key: int, *, classification: Classification, doubts: tuple[str, ...]) -> None:
        """Reading is complete; a person is to look at the proposals."""
        values = stated_columns(classification)
        self._change(key, state=ItemState.REVIEW.value, doubts=list(doubts), **values, **_problem_columns(None))

    def break_off(self, key: int, state: ItemState, problem: Problem) -> None:
        """The paper was refused or reading failed, and why."""
        self._change(key, state=state.value, **_problem_columns(problem))

    def wait_again(self, key: int) -> None:
        """Reading is to be tried again."""
        self._change(key, state=ItemState.RECEIVED.value, **_problem_columns(None))

    def classify(self, key: int, classification: Classification) -> None:
        """Replace what is stated about an item."""
        self._change(key, **stated_columns(classification))

    def file(self, key: int, classification: Classification, *, volume_id: int) -> None:
        """A person confirmed the item; it lies in this volume now."""
        values = stated_columns(classification)
        self._change(key, state=ItemState.FILED.value, volume_id=volume_id, doubts=[], **values)

    def lengthen(self, key: int, *, pages_total: int) -> None:
        """The item has so many pages from now on; those that it had stay as they are."""
        self._change(key, pages_total=pages_total)

    def rewrap(self, key: int, wrapped_key: bytes) -> None:
        """Replace the wrapped key of an item by another wrapping of the same key."""
        self._change(key, wrapped_key=wrapped_key)

    def withdraw(self, key: int) -> None:
        """A person rejected the item; the stub stays."""
        self._change(key, state=ItemState.WITHDRAWN.value, volume_id=None, **_problem_columns(None))

    def destroy(self, key: int) -> None:
        """The item is destroyed: its key is gone for good, the stub stays and never changes again."""
        self._change(key, state=ItemState.DESTROYED.value, wrapped_key=b"", doubts=[], **_problem_columns(None))

    def keep_only(self, key: int, *, storage_only: bool) -> None:
        """Keep the item in store and use it for nothing else, or use it again."""
        self._change(key, storage_only=storage_only)

    def return_to_tray(self, key: int) -> None:
        """A person takes back a decision; the item waits to be confirmed again."""
        self._change(key, state=ItemState.REVIEW.value, volume_id=None)

    def _change(self, key: int, **values: object) -> None:
        self._connection.execute(table.update().where(table.c.key == key).values(**values))


_GIVEN_UP = (ItemState.WITHDRAWN, ItemState.DESTROYED)
_ORDER: dict[ItemOrder, tuple[ColumnElement[Any], ...]] = {
    ItemOrder.NEWEST_ARRIVAL: (table.c.key.desc(),),
    ItemOrder.OLDEST_ARRIVAL: (table.c.key.asc(),),
    ItemOrder.NEWEST_PAPER: (table.c.doc_on.desc().nulls_last(), table.c.key.desc()),
    ItemOrder.OLDEST_PAPER: (table.c.doc_on.asc().nulls_last(), table.c.key.asc()),
    ItemOrder.TITLE: (table.c.title.asc(), table.c.key.asc()),
}


def _selected() -> Select[Any]:
    read = select(func.count()).where(page.c.item_key == table.c.key).scalar_subquery()
    return select(table, read.label("pages_read"))


def _conditions(wanted: ItemFilter) -> list[ColumnElement[bool]]:
    exact = {
        table.c.customer_id: wanted.customer_id,
        table.c.contract_id: wanted.contract_id,
        table.c.series_code: wanted.series_code,
        table.c.type_code: wanted.type_code,
        table.c.year: wanted.year,
        table.c.volume_id: wanted.volume_id,
    }
    conditions = [column == value for column, value in exact.items() if value is not None]
    if wanted.states:
        conditions.append(table.c.state.in_([state.value for state in wanted.states]))
    if len(wanted.customer_ids) == 1:
        conditions.append(table.c.customer_id == next(iter(wanted.customer_ids)))
    elif wanted.customer_ids:
        conditions.append(among(table.c.customer_id, wanted.customer_ids))
    return conditions


def _problem_columns(problem: Problem | None) -> dict[str, Any]:
    return {
        "problem_code": problem.code if problem else None,
        "problem_zh": problem.message.zh if problem else None,
        "problem_en": problem.message.en if problem else None,
    }


def arrival_columns(arrival: Arrival) -> dict[str, Any]:
    """The columns of the item table with which an item begins."""
    claim = classification_columns(arrival.claim)
    return claim | {
        "id": arrival.id,
        "state": ItemState.RECEIVED.value,
        "claim": as_json(claim),
        "claimed_contract_no": arrival.claimed_contract_no,
        "original_filename": arrival.original_filename,
        "media_type": "",
        "size_bytes": arrival.size_bytes,
        "digest": arrival.digest,
        "wrapped_key": arrival.wrapped_key,
        "received_at": arrival.received_at,
        "received_by": arrival.received_by,
        "doubts": [],
    }


def _problem(row: Row[Any]) -> Problem | None:
    return Problem(row.problem_code, Bilingual(row.problem_zh, row.problem_en)) if row.problem_code else None


def _item(row: Row[Any]) -> Item:
    return Item(
        key=row.key,
        id=row.id,
        state=ItemState(row.state),
        classification=classification_in(row),
        claim=claim_in(row.claim),
        claimed_contract_no=row.claimed_contract_no,
        volume_id=row.volume_id,
        original_filename=row.original_filename,
        media_type=row.media_type,
        size_bytes=row.size_bytes,
        digest=row.digest,
        wrapped_key=row.wrapped_key,
        received_at=row.received_at,
        received_by=row.received_by,
        pages_total=row.pages_total,
        pages_read=row.pages_read,
        problem=_problem(row),
        doubts=tuple(row.doubts),
        placement=placement_in(row),
        former_codes=tuple(row.former_codes),
        storage_only=row.storage_only,
    )
