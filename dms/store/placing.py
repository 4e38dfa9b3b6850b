"""Putting items into order inside volumes, and the facts about them that the yearly binding asks for.

What always holds:
- A reference code, once an item has borne it, stays with it among its former codes when it is moved.
- Everything here is for the archive's own work: who may see an item is asked where it is shown to a person.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, func, select

from dms.domain.item import CopyKind, ItemMedium, ItemState, PartySide, Placement
from dms.domain.volume import VolumeState
from dms.store.tables import item as table
from dms.store.tables import page, volume


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledPaper:
    """An item as the binding looks at it: no text, no keys, everything that orders, numbers and describes it."""

    key: int
    id: str
    state: ItemState
    customer_id: int | None
    contract_id: int | None
    series_code: str | None
    year: int | None
    type_code: str | None
    title: str
    doc_no: str
    author: str
    doc_on: date | None
    received_at: datetime
    copy_kind: CopyKind
    grade: int
    medium: ItemMedium
    side: PartySide
    pages_written: int
    """Pages that bear writing."""
    pages_total: int | None
    sheets: int | None
    is_annex: bool
    year_note: str
    retention_code: str | None
    remark: str
    valid_to_on: date | None
    volume_id: int | None
    position: int | None
    reference_code: str | None
    former_codes: tuple[str, ...]
    first_page: int | None
    last_page: int | None

    @property
    def sheets_at_most(self) -> int:
        """The sheets that a person counted; else as many as there are scanned pages, each on a sheet of its own."""
        return self.sheets if self.sheets is not None else (self.pages_total or 0)


class Placing:
    """What `Items` offers for putting items into order."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def place(self, item_key: int, placement: Placement) -> None:
        """Put an item into its place; the catalogue refuses a place in a sealed volume."""
        self.place_all({item_key: placement})

    def place_all(self, placements: Mapping[int, Placement]) -> None:
        """Put many items into their places, by key."""
        if placements:
            rows = [{"of_key": key, **_columns(placement)} for key, placement in placements.items()]
            statement = table.update().where(table.c.key == bindparam("of_key"))
            self._connection.execute(statement.values({name: bindparam(f"to_{name}") for name in _PLACED}), rows)

    def unplace(self, item_key: int, *, to_volume_id: int | None) -> None:
        """Take an item out of its place, into another volume where it lies loose, or out of every one.

        The reference code that it bore is kept among its former ones.
        """
        query = select(table.c.reference_code, table.c.former_codes).where(table.c.key == item_key)
        row = self._connection.execute(query).one()
        former = [*row.former_codes, *([row.reference_code] if row.reference_code else [])]
        values = {"volume_id": to_volume_id, "former_codes": former, "reference_code": None}
        loose: dict[str, Any] = {"position": None, "first_page": None, "last_page": None}
        self._connection.execute(table.update().where(table.c.key == item_key).values(**values, **loose))

    def move_all(self, item_keys: Iterable[int], *, to_volume_id: int) -> None:
        """Lay many items into another volume, loose, as they are; none of them may bear a reference code."""
        rows = [{"of_key": key} for key in item_keys]
        if rows:
            statement = table.update().where(table.c.key == bindparam("of_key"))
            self._connection.execute(statement.values(volume_id=to_volume_id, position=None), rows)

    def state_years(self, years: Mapping[int, int]) -> None:
        """File many items under another year, by key."""
        rows = [{"of_key": key, "to_year": year} for key, year in years.items()]
        if rows:
            statement = table.update().where(table.c.key == bindparam("of_key"))
            self._connection.execute(statement.values(year=bindparam("to_year")), rows)

    def state_sheets(self, item_key: int, sheets: int | None) -> None:
        """How many sheets of paper a person counted."""
        self._connection.execute(table.update().where(table.c.key == item_key).values(sheets=sheets))

    def filed_papers(self, *, volume_id: int) -> list[FiledPaper]:
        """What was filed in a volume, destroyed stubs included, by position, then by arrival."""
        query = _papers(table.c.volume_id == volume_id)
        return [_paper(row) for row in self._connection.execute(query.order_by(*_IN_ORDER))]

    def loose(
        self,
        *,
        customer_id: int | None = None,
        series_code: str | None = None,
        year: int | None = None,
        arrived_before_at: datetime | None = None,
    ) -> list[FiledPaper]:
        """The filed items that lie in open volumes, in one query, by customer, series, date and arrival.

        `year` is that of the volume; `arrived_before_at` is the cut-off, exclusive. None means that it does not matter.
        """
        wanted = [table.c.state == ItemState.FILED.value, volume.c.state == VolumeState.OPEN.value]
        exact = {volume.c.customer_id: customer_id, volume.c.series_code: series_code, volume.c.year: year}
        wanted += [column == value for column, value in exact.items() if value is not None]
        if arrived_before_at is not None:
            wanted.append(table.c.received_at < arrived_before_at)
        return self._loose(*wanted)

    def _loose(self, *wanted: ColumnElement[bool]) -> list[FiledPaper]:
        query = _papers(*wanted).join(volume, volume.c.id == table.c.volume_id)
        order = (volume.c.customer_id, volume.c.series_code, table.c.doc_on.asc().nulls_last(), table.c.key)
        return [_paper(row) for row in self._connection.execute(query.order_by(*order))]


_PLACED = tuple(Placement.__dataclass_fields__)
_IN_ORDER = (table.c.position.asc().nulls_last(), table.c.key)
_KINDS = {"state": ItemState, "copy_kind": CopyKind, "medium": ItemMedium, "side": PartySide, "former_codes": tuple}


def _columns(placement: Placement) -> dict[str, Any]:
    values = {f"to_{name}": getattr(placement, name) for name in _PLACED}
    return values | {"to_former_codes": list(placement.former_codes)}


def placement_in(row: Row[Any]) -> Placement | None:
    """The place that a row of the item table states; None for an item that lies loose."""
    if row.volume_id is None or row.position is None:
        return None
    values = {name: getattr(row, name) for name in _PLACED}
    return Placement(**values | {"former_codes": tuple(row.former_codes)})


def _papers(*conditions: ColumnElement[bool]) -> Select[Any]:
    written = select(func.count()).where(page.c.item_key == table.c.key, page.c.blank.is_(False))
    columns = [table.c[name] for name in FiledPaper.__dataclass_fields__ if name != "pages_written"]
    counted = written.correlate(table).scalar_subquery().label("pages_written")
    return select(*columns, counted).select_from(table).where(*conditions)


def _paper(row: Row[Any]) -> FiledPaper:
    values = dict(row._mapping)
    return FiledPaper(**values | {name: kind(values[name]) for name, kind in _KINDS.items()})
