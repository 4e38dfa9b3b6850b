"""Volumes in the catalogue.

What always holds:
- A customer has at most one open volume of a series and a year; papers of such a key may lie in many bound ones.
- What a person is told of a volume counts what he may know of; a volume in which that is nothing is not there for him.
- A sealed volume keeps its row but for state, location, retention and seal version (a trigger holds this).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, func, or_, select
from sqlalchemy.sql.expression import UnaryExpression
from sqlalchemy.sql.operators import custom_op

from dms.domain.actor import Actor
from dms.domain.item import ItemState
from dms.domain.volume import SEALED_STATES, Volume, VolumeScope, VolumeSource, VolumeState, may_become
from dms.store.engine import inserted_id
from dms.store.items import visible_to
from dms.store.placing import FiledPaper, Placing
from dms.store.rights import among, of_open_customer
from dms.store.tables import customer, item, page
from dms.store.tables import volume as table


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeFilter:
    """Which volumes; every None, empty text or empty set means that this does not matter."""

    customer_id: int | None = None
    series_code: str | None = None
    year: int | None = None
    states: frozenset[VolumeState] = frozenset()
    retention_code: str | None = None
    location_id: int | None = None
    sealed_year: int | None = None
    """The calendar year (UTC) in which it was sealed."""
    words: str = ""
    """In title, reference code, or code or name of the customer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeTotals:
    """What the volumes that fit come to, as far as the actor may know of it."""

    volumes: int
    items: int
    pages: int
    sheets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVolume:
    """A volume that is made up: by the binding, as a continuation, or out of an older catalogue."""

    customer_id: int | None
    series_code: str
    year: int
    state: VolumeState = VolumeState.CLEANING
    scope: VolumeScope = VolumeScope.CUSTOMER
    source: VolumeSource = VolumeSource.OWN
    retention_code: str | None = None
    title: str = ""
    continuation_of: int | None = None
    name_of_customer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedVolume:
    """A volume that bears a number, with what tells of which ones it is."""

    id: int
    customer_id: int | None
    series_code: str
    year: int
    scope: VolumeScope
    retention_code: str | None
    reference_code: str


class Volumes:
    """The volumes, open and bound."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open_for(self, *, customer_id: int, series_code: str, year: int) -> int:
        """The id of the open volume of this customer, series and year, made if there is none."""
        key = {"customer_id": customer_id, "series_code": series_code, "year": year}
        query = select(table.c.id).filter_by(**key, state=VolumeState.OPEN.value)
        known = self._connection.execute(query).scalar()
        if known is not None:
            return int(known)
        state = VolumeState.OPEN
        return self.new(NewVolume(customer_id=customer_id, series_code=series_code, year=year, state=state))

    def new(self, stated: NewVolume) -> int:
        """The id of a new volume without a number."""
        values = {name: getattr(stated, name) for name in NewVolume.__dataclass_fields__}
        kinds = {name: values[name].value for name in ("state", "scope", "source")}
        return inserted_id(self._connection.execute(table.insert().values(**_BLANK | values | kinds)))

    def number(self, volume_id: int, *, number: int | None, reference_code: str) -> None:
        """Give the volume its number and code; `number` is None for a code that no pattern reads."""
        self._change(volume_id, number=number, reference_code=reference_code)

    def describe(  # noqa: PLR0913  # the facts of one printed cover
        self,
        volume_id: int,
        *,
        title: str,
        retention_code: str,
        first_on: date | None,
        last_on: date | None,
        item_count: int,
        page_count: int,
        sheet_count: int,
        spine_mm: int,
        name_of_customer: str,
    ) -> None:
        """State what stands on the cover of the volume."""
        dates = {"first_on": first_on, "last_on": last_on, "spine_mm": spine_mm}
        counts = {"item_count": item_count, "page_count": page_count, "sheet_count": sheet_count}
        texts = {"title": title, "retention_code": retention_code, "name_of_customer": name_of_customer}
        self._change(volume_id, **dates, **counts, **texts)

    def continue_from(self, volume_id: int, continued_id: int) -> None:
        """Say which volume this one continues."""
        self._change(volume_id, continuation_of=continued_id)

    def compiled(self, volume_id: int, *, by: str, at: datetime) -> None:
        """A person signs as 立卷人."""
        self._change(volume_id, compiled_by=by, compiled_at=at)

    def checked(self, volume_id: int, *, by: str, at: datetime) -> None:
        """Another person signs as 检查人."""
        self._change(volume_id, checked_by=by, checked_at=at)

    def unchecked(self, volume_id: int) -> None:
        """What the other person signed holds no more: the volume is put in order again."""
        self._change(volume_id, checked_by="", checked_at=None)

    def sealed(self, volume_id: int, *, at: datetime) -> None:
        """The volume bears its first seal from now on; it must be in state checking, or come from an older archive."""
        self._change(volume_id, state=VolumeState.SEALED.value, sealed_at=at, seal_version=1)

    def resealed(self, volume_id: int, *, version: int) -> None:
        """The volume bears one more seal."""
        self._change(volume_id, seal_version=version)

    def change_state(self, volume_id: int, wanted: VolumeState) -> None:
        """Put the volume into another state; `ValueError` for one that may not follow its present state."""
        query = select(table.c.state).where(table.c.id == volume_id)
        present = VolumeState(self._connection.execute(query).scalar_one())
        if not may_become(present, wanted):
            raise ValueError(f"a volume that is {present.value} cannot become {wanted.value}")
        self._change(volume_id, state=wanted.value)

    def relocate(self, volume_id: int, location_id: int | None) -> None:
        """Say where the volume stands."""
        self._change(volume_id, location_id=location_id)

    def retain(self, volume_id: int, retention_code: str) -> None:
        """Set how long the volume is kept."""
        self._change(volume_id, retention_code=retention_code)

    def get(self, volume_id: int, *, actor: Actor) -> Volume:
        """The volume with this id, which must exist, with the counts of what the actor may know of."""
        return _volume(self._connection.execute(_counted(actor).where(table.c.id == volume_id)).one())

    def find(self, volume_id: int, *, actor: Actor) -> Volume | None:
        """The volume with this id, if it exists and the actor may know of it."""
        return self._first(table.c.id == volume_id, actor)

    def with_code(self, reference_code: str, *, actor: Actor) -> Volume | None:
        """The volume with this reference code, if it exists and the actor may know of it."""
        return self._first(table.c.reference_code == reference_code, actor)

    def with_ids(self, ids: Collection[int], *, actor: Actor) -> dict[int, Volume]:
        """Those of these volumes that the actor may know of, by id."""
        rows = self._connection.execute(_counted(actor).where(among(table.c.id, ids), known_to(actor)))
        return {row.id: _volume(row) for row in rows}

    def list(self, *, actor: Actor, customer_id: int | None = None, year: int | None = None) -> list[Volume]:
        """The volumes of one customer or year, or all, by customer, series, year and number.

        Counts are of what the actor may know of; a volume in which nothing of that lies is left out.
        """
        wanted = VolumeFilter(customer_id=customer_id, year=year)
        rows = self._connection.execute(_counted(actor).where(*_conditions(wanted), known_to(actor)).order_by(*_ORDER))
        return [_volume(row) for row in rows]

    def page(self, wanted: VolumeFilter, *, actor: Actor, limit: int, offset: int = 0) -> Sequence[Volume]:
        """One page of the volumes that fit and that the actor may know of, in the order of `list`."""
        query = _counted(actor).where(*_conditions(wanted), known_to(actor)).order_by(*_ORDER)
        return [_volume(row) for row in self._connection.execute(query.limit(limit).offset(offset))]

    def totals(self, wanted: VolumeFilter, *, actor: Actor) -> VolumeTotals:
        """What all volumes that fit come to."""
        counted = _counted(actor).where(*_conditions(wanted), known_to(actor)).subquery()
        sums = [func.coalesce(func.sum(counted.c[name]), 0) for name in ("items", "pages", "sheets")]
        volumes, items, pages, sheets = self._connection.execute(select(func.count(counted.c.id), *sums)).one()
        return VolumeTotals(volumes=volumes, items=items, pages=pages, sheets=sheets)

    def counts_by_state(self, wanted: VolumeFilter, *, actor: Actor) -> dict[VolumeState, int]:
        """How many of the volumes that fit are in each state; a state without any is absent."""
        query = select(table.c.state, func.count()).where(*_conditions(wanted), known_to(actor))
        return {VolumeState(state): count for state, count in self._connection.execute(query.group_by(table.c.state))}

    def years(self, *, actor: Actor) -> Sequence[int]:
        """The years of the volumes that the actor may know of, the latest first."""
        query = select(table.c.year).where(known_to(actor)).distinct().order_by(table.c.year.desc())
        return [int(year) for year in self._connection.execute(query).scalars()]

    def sealed_ids(self, *, after_id: int = 0, limit: int) -> Sequence[int]:
        """The next so many volumes in which nothing may change any more; for walks over the whole archive only."""
        query = select(table.c.id).where(table.c.id > after_id, table.c.state.in_(_SEALED))
        return list(self._connection.execute(query.order_by(table.c.id).limit(limit)).scalars())

    def numbered(
        self, year: int, *, actor: Actor, customer_id: int | None = None, series_code: str | None = None
    ) -> Sequence[NumberedVolume]:
        """The volumes of a year that bear a number and that the actor may know of, in the order of their making.

        None means that customer or series do not matter.
        """
        wanted = VolumeFilter(year=year, customer_id=customer_id, series_code=series_code)
        columns = [table.c[name] for name in NumberedVolume.__dataclass_fields__]
        query = select(*columns).where(*_conditions(wanted), table.c.reference_code.is_not(None), known_to(actor))
        rows = self._connection.execute(query.order_by(table.c.id))
        return [NumberedVolume(**dict(row._mapping) | {"scope": VolumeScope(row.scope)}) for row in rows]

    def continuations(self, volume_id: int) -> Sequence[int]:
        """The ids of the volumes that continue this one, the oldest first."""
        query = select(table.c.id).where(table.c.continuation_of == volume_id).order_by(table.c.id)
        return list(self._connection.execute(query).scalars())

    def items_of(self, volume_id: int) -> Sequence[FiledPaper]:
        """What lies in the volume, by position; for the archive's own work only, see `Items.of_volume`."""
        return Placing(self._connection).filed_papers(volume_id=volume_id)

    def _first(self, condition: ColumnElement[bool], actor: Actor) -> Volume | None:
        row = self._connection.execute(_counted(actor).where(condition, known_to(actor))).first()
        return _volume(row) if row else None

    def _change(self, volume_id: int, **values: object) -> None:
        self._connection.execute(table.update().where(table.c.id == volume_id).values(**values))


_BLANK: dict[str, Any] = {
    "title": "", "item_count": 0, "page_count": 0, "sheet_count": 0, "compiled_by": "", "checked_by": "",
    "seal_version": 0, "name_of_customer": "",
}  # fmt: skip  # what a volume is before anything is known of it
_ORDER = (table.c.customer_id, table.c.series_code, table.c.year, table.c.number.asc().nulls_first(), table.c.id)
# The plus sign keeps SQLite from the index by state and grade, which would go through the whole archive once a volume.
_FILED = UnaryExpression(item.c.state, operator=custom_op("+")) == ItemState.FILED.value
_SEALED = [state.value for state in SEALED_STATES]


def known_to(actor: Actor) -> ColumnElement[bool]:
    """The condition that a volume may be known to the actor; part of every query made for a person (I5).

    A filed paper of his lies in it; or it is bound, and what he may see of it is destroyed or was moved out, or it was
    entered from an older catalogue without any papers, and its customer's papers are not barred.
    """
    lies_in = item.c.volume_id == table.c.id
    seen = select(item.c.key).where(lies_in, visible_to(actor)).correlate(table)
    filed = seen.where(_FILED).exists()
    empty = ~select(item.c.key).where(lies_in).correlate(table).exists()
    bound = table.c.state.in_(_SEALED)
    return or_(filed, bound & seen.exists(), bound & empty & of_open_customer(table.c.customer_id, actor))


def _conditions(wanted: VolumeFilter) -> list[ColumnElement[bool]]:
    exact = {
        table.c.customer_id: wanted.customer_id,
        table.c.series_code: wanted.series_code,
        table.c.year: wanted.year,
        table.c.retention_code: wanted.retention_code,
        table.c.location_id: wanted.location_id,
    }
    conditions = [column == value for column, value in exact.items() if value is not None]
    if wanted.states:
        conditions.append(table.c.state.in_([state.value for state in wanted.states]))
    if wanted.sealed_year is not None:
        conditions.append(func.substr(table.c.sealed_at, 1, 4) == str(wanted.sealed_year))
    return [*conditions, *(_says(word) for word in wanted.words.split())]


def _says(word: str) -> ColumnElement[bool]:
    searched = (customer.c.code, customer.c.name)
    named = select(customer.c.id).where(or_(*(column.contains(word, autoescape=True) for column in searched)))
    own = (table.c.title, table.c.reference_code, table.c.name_of_customer)
    return or_(table.c.customer_id.in_(named), *(column.contains(word, autoescape=True) for column in own))


def _counted(actor: Actor) -> Select[Any]:
    """Volumes with counts; those of a volume without papers, from an older catalogue, are the ones stated there."""
    lies_in = and_(item.c.volume_id == table.c.id, _FILED, visible_to(actor))
    written = select(func.count()).where(page.c.item_key == item.c.key, page.c.blank.is_(False))
    counts = {
        "item": func.count(),
        "page": func.coalesce(func.sum(written.correlate(item).scalar_subquery()), 0),
        "sheet": func.coalesce(func.sum(func.coalesce(item.c.sheets, item.c.pages_total, 0)), 0),
    }
    stated = table.c.source == VolumeSource.LEGACY.value
    columns = [
        case((stated, table.c[f"{name}_count"]), else_=_of_papers(count, lies_in)).label(f"{name}s")
        for name, count in counts.items()
    ]
    return select(table, *columns)


def _of_papers(count: ColumnElement[Any], lies_in: ColumnElement[bool]) -> ColumnElement[Any]:
    return select(count).select_from(item).where(lies_in).correlate(table).scalar_subquery()


def _volume(row: Row[Any]) -> Volume:
    counted = {"item_count": row.items, "page_count": row.pages, "sheet_count": row.sheets}
    kinds = {
        "state": VolumeState(row.state),
        "source": VolumeSource(row.source),
        "scope": VolumeScope(row.scope),
    }
    stated = {name: getattr(row, name) for name in Volume.__dataclass_fields__}
    return Volume(**stated | counted | kinds)
