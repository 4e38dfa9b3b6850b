"""Loans of originals, and who decides in whose place.

Invariant: what takes an actor leaves out the loans of papers that he may not know of, except his own (I5).
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, not_, or_, select, true

from dms.domain.actor import Actor
from dms.domain.lending import Condition, Deputy, Loan, LoanState
from dms.store.engine import inserted_id
from dms.store.items import visible_to
from dms.store.lending_tables import deputy as deputy_table
from dms.store.lending_tables import loan as table
from dms.store.rights import among
from dms.store.tables import item, volume
from dms.store.title_tables import title_document
from dms.store.volumes import known_to as volume_known_to


class Loans:
    """Originals that left the archive.

    What takes no actor, or None for it, is for the archive's own work.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, loan: Loan) -> Loan:
        """The new loan, with its id."""
        values = _columns(loan)
        del values["id"]
        return replace(loan, id=inserted_id(self._connection.execute(table.insert().values(**values))))

    def change(self, loan: Loan) -> None:
        """Replace what may change of the loan with this id."""
        self._connection.execute(table.update().where(table.c.id == loan.id).values(**_columns(loan)))

    def find(self, loan_id: int, *, actor: Actor | None = None) -> Loan | None:
        """The loan with this id, if there is one that the actor may know of."""
        row = self._connection.execute(select(table).where(table.c.id == loan_id, _known_to(actor))).first()
        return _loan(row) if row else None

    def away(self, *, actor: Actor | None = None, user_id: int | None = None) -> list[Loan]:
        """The originals that are out or lost, of one borrower where that is stated, the first due first."""
        mine = [table.c.user_id == user_id] if user_id is not None else []
        where = [table.c.state != LoanState.RETURNED.value, *mine, _known_to(actor)]
        query = select(table).where(*where).order_by(table.c.due_on, table.c.id)
        return [_loan(row) for row in self._connection.execute(query)]

    def overdue(self, on: date, *, actor: Actor | None = None) -> list[Loan]:
        """The originals that should have come back before this day, the longest overdue first."""
        late = [table.c.state == LoanState.OUT.value, table.c.due_on < on, _known_to(actor)]
        return [
            _loan(row)
            for row in self._connection.execute(select(table).where(*late).order_by(table.c.due_on, table.c.id))
        ]

    def of_requests(self, request_ids: Collection[int]) -> dict[int, list[Loan]]:
        """The loans that came of each of these requests; one without any is absent."""
        query = select(table).where(among(table.c.request_id, request_ids)).order_by(table.c.id)
        loans: dict[int, list[Loan]] = {}
        for row in self._connection.execute(query):
            loans.setdefault(row.request_id, []).append(_loan(row))
        return loans

    def of_item(self, item_key: int, *, volume_id: int | None = None) -> list[Loan]:
        """The loans of a paper, and of the volume it lies in where that is stated, the newest first."""
        held = [table.c.item_key == item_key, *([table.c.volume_id == volume_id] if volume_id is not None else [])]
        query = select(table).where(or_(*held)).order_by(table.c.id.desc())
        return [_loan(row) for row in self._connection.execute(query)]

    def away_of_volume(self, volume_id: int) -> list[Loan]:
        """The loans of a volume, or of papers in it, that have not come back."""
        inside = select(item.c.key).where(item.c.volume_id == volume_id)
        where = [table.c.state != LoanState.RETURNED.value]
        query = select(table).where(*where, or_(table.c.volume_id == volume_id, table.c.item_key.in_(inside)))
        return [_loan(row) for row in self._connection.execute(query.order_by(table.c.id))]

    def away_among(self, item_keys: Collection[int]) -> frozenset[int]:
        """Those of these items whose originals, alone or with their volume, have not come back."""
        away = table.c.state != LoanState.RETURNED.value
        alone = select(table.c.item_key).where(away, among(table.c.item_key, item_keys))
        volumes = select(table.c.volume_id).where(away, table.c.volume_id.is_not(None))
        inside = select(item.c.key).where(among(item.c.key, item_keys), item.c.volume_id.in_(volumes))
        return frozenset(self._connection.execute(alone.union(inside)).scalars())

    def titles_among(self, item_keys: Collection[int]) -> frozenset[int]:
        """Those of these items whose originals lie in a safe, and are taken out by a procedure of their own."""
        query = select(title_document.c.item_key).where(among(title_document.c.item_key, item_keys))
        return frozenset(self._connection.execute(query).scalars())


class Deputies:
    """Who decides in whose place, and when."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, *, user_id: int, deputy_id: int, from_on: date, until_on: date, by: str, at: datetime) -> Deputy:
        """The new deputy."""
        values = {"user_id": user_id, "deputy_id": deputy_id, "from_on": from_on, "until_on": until_on}
        statement = deputy_table.insert().values(**values, stated_by=by, stated_at=at)
        return self.get(inserted_id(self._connection.execute(statement)))

    def get(self, entry_id: int) -> Deputy:
        """The entry with this id, which must exist."""
        return _deputy(self._connection.execute(select(deputy_table).where(deputy_table.c.id == entry_id)).one())

    def end(self, entry_id: int, *, at: datetime) -> None:
        """End an entry; one that was ended before stays as it is."""
        running = and_(deputy_table.c.id == entry_id, deputy_table.c.ended_at.is_(None))
        self._connection.execute(deputy_table.update().where(running).values(ended_at=at))

    def acting(self, on: date) -> list[Deputy]:
        """The entries in force on a day."""
        in_force = and_(deputy_table.c.ended_at.is_(None), deputy_table.c.from_on <= on, deputy_table.c.until_on >= on)
        query = select(deputy_table).where(in_force).order_by(deputy_table.c.id)
        return [_deputy(row) for row in self._connection.execute(query)]

    def of_user(self, user_id: int) -> list[Deputy]:
        """Everyone who ever was to decide in a person's place, the newest first."""
        query = select(deputy_table).where(deputy_table.c.user_id == user_id).order_by(deputy_table.c.id.desc())
        return [_deputy(row) for row in self._connection.execute(query)]


def _known_to(actor: Actor | None) -> ColumnElement[bool]:
    if actor is None:
        return true()
    papers = select(item.c.key).where(item.c.key == table.c.item_key, not_(visible_to(actor))).correlate(table)
    volumes = select(volume.c.id).where(volume.c.id == table.c.volume_id, not_(volume_known_to(actor)))
    unbarred = and_(~papers.exists(), ~volumes.correlate(table).exists())
    return or_(table.c.user_id == actor.user_id, unbarred) if actor.user_id is not None else unbarred


def _columns(loan: Loan) -> dict[str, Any]:
    values = {name: getattr(loan, name) for name in Loan.__dataclass_fields__}
    condition_in = loan.condition_in.value if loan.condition_in else None
    return values | {
        "state": loan.state.value,
        "condition_out": loan.condition_out.value,
        "condition_in": condition_in,
    }


def _loan(row: Row[Any]) -> Loan:
    values = {name: getattr(row, name) for name in Loan.__dataclass_fields__}
    return Loan(
        **values
        | {
            "state": LoanState(row.state),
            "condition_out": Condition(row.condition_out),
            "condition_in": Condition(row.condition_in) if row.condition_in else None,
        }
    )


def _deputy(row: Row[Any]) -> Deputy:
    return Deputy(**row._mapping)
