"""Openings of safes, and the counting of what lies in them."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from dms.domain.safe import SafeOpening, StockTake, StockTakeLine, StockTakeState
from dms.store.engine import inserted_id
from dms.store.title_tables import safe_opening, stock_take, stock_take_line
from dms.store.titles import next_number


class SafeOpenings:
    """Every opening of a safe by two persons; closed once, and changed in no other way (a trigger holds this)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, opening: SafeOpening, *, year: int) -> SafeOpening:
        """The new opening, with its id and number; a safe that stands open cannot be opened again."""
        numbered = replace(opening, number=next_number(self._connection, safe_opening.c.number, "KG", year))
        values = {name: getattr(numbered, name) for name in SafeOpening.__dataclass_fields__ if name != "id"}
        return replace(numbered, id=inserted_id(self._connection.execute(safe_opening.insert().values(**values))))

    def close(self, opening: SafeOpening) -> None:
        """Keep when and by whom the safe was locked."""
        names = ("closed_at", "closed_by", "closing_witness", "remark")
        statement = safe_opening.update().where(safe_opening.c.id == opening.id)
        self._connection.execute(statement.values(**{name: getattr(opening, name) for name in names}))

    def find(self, opening_id: int) -> SafeOpening | None:
        """The opening with this id, if there is one."""
        row = self._connection.execute(select(safe_opening).where(safe_opening.c.id == opening_id)).first()
        return _opening(row) if row else None

    def open_of(self, location_id: int) -> SafeOpening | None:
        """The opening of a safe that stands open now; None for one that is locked."""
        where = (safe_opening.c.location_id == location_id, safe_opening.c.closed_at.is_(None))
        row = self._connection.execute(select(safe_opening).where(*where)).first()
        return _opening(row) if row else None

    def standing_open(self) -> list[SafeOpening]:
        """The openings of all safes that stand open now, the oldest first."""
        query = select(safe_opening).where(safe_opening.c.closed_at.is_(None)).order_by(safe_opening.c.id)
        return [_opening(row) for row in self._connection.execute(query)]

    def page(
        self,
        *,
        location_id: int | None = None,
        since: datetime | None = None,
        before: datetime | None = None,
        limit: int,
        offset: int = 0,
    ) -> tuple[int, list[SafeOpening]]:
        """How many openings fit, and one page of them, the newest first; None does not matter."""
        own = safe_opening.c
        where = [own.location_id == location_id] if location_id is not None else []
        where += [own.opened_at >= since] if since else []
        where += [own.opened_at < before] if before else []
        total = self._connection.execute(select(func.count()).select_from(safe_opening).where(*where)).scalar_one()
        query = select(safe_opening).where(*where).order_by(own.id.desc()).limit(limit).offset(offset)
        return total, [_opening(row) for row in self._connection.execute(query)]


class StockTakes:
    """The counting of safes; once signed a stock-take stays as it is (triggers hold this)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, take: StockTake, *, year: int) -> StockTake:
        """The new stock-take, with its id and number."""
        numbered = replace(take, number=next_number(self._connection, stock_take.c.number, "PD", year))
        values = _columns(numbered)
        del values["id"]
        return replace(numbered, id=inserted_id(self._connection.execute(stock_take.insert().values(**values))))

    def change(self, take: StockTake) -> None:
        """Replace what is known of the stock-take with this id."""
        self._connection.execute(stock_take.update().where(stock_take.c.id == take.id).values(**_columns(take)))

    def find(self, take_id: int) -> StockTake | None:
        """The stock-take with this id, if there is one."""
        row = self._connection.execute(select(stock_take).where(stock_take.c.id == take_id)).first()
        return _take(row) if row else None

    def with_number(self, number: str) -> StockTake | None:
        """The stock-take with this number, if there is one."""
        row = self._connection.execute(select(stock_take).where(stock_take.c.number == number)).first()
        return _take(row) if row else None

    def page(
        self,
        *,
        location_id: int | None = None,
        states: Collection[StockTakeState] = (),
        limit: int,
        offset: int = 0,
    ) -> tuple[int, list[StockTake]]:
        """How many stock-takes fit, and one page of them, the newest first; what is empty or None does not matter."""
        where = [stock_take.c.location_id == location_id] if location_id is not None else []
        where += [stock_take.c.state.in_([state.value for state in states])] if states else []
        total = self._connection.execute(select(func.count()).select_from(stock_take).where(*where)).scalar_one()
        query = select(stock_take).where(*where).order_by(stock_take.c.id.desc()).limit(limit).offset(offset)
        return total, [_take(row) for row in self._connection.execute(query)]

    def last_signed_on(self) -> dict[int, datetime]:
        """When each safe was counted last, by location; one that never was is absent."""
        signed = stock_take.c.state == StockTakeState.CLOSED.value
        query = select(stock_take.c.location_id, func.max(stock_take.c.closed_at)).where(signed)
        rows = self._connection.execute(query.group_by(stock_take.c.location_id)).all()
        return {row[0]: row[1] for row in rows}

    def expect(self, take_id: int, lines: Sequence[StockTakeLine]) -> None:
        """Add lines to a stock-take, after those that it has."""
        last = select(func.coalesce(func.max(stock_take_line.c.position), 0)).where(
            stock_take_line.c.take_id == take_id
        )
        begun = self._connection.execute(last).scalar_one()
        rows = [_line_columns(line, take_id, position) for position, line in enumerate(lines, start=begun + 1)]
        if rows:
            self._connection.execute(stock_take_line.insert(), rows)

    def count(self, line_id: int, counted: int | None, *, explanation: str = "") -> None:
        """What was found of one line, and why it differs."""
        statement = stock_take_line.update().where(stock_take_line.c.id == line_id)
        self._connection.execute(statement.values(counted=counted, explanation=explanation))

    def lines(self, take_id: int) -> list[StockTakeLine]:
        """The lines of a stock-take, in order."""
        query = select(stock_take_line).where(stock_take_line.c.take_id == take_id)
        rows = self._connection.execute(query.order_by(stock_take_line.c.position))
        return [StockTakeLine(**row._mapping) for row in rows]


def _opening(row: Row[Any]) -> SafeOpening:
    return SafeOpening(**row._mapping)


def _columns(take: StockTake) -> dict[str, Any]:
    values = {name: getattr(take, name) for name in StockTake.__dataclass_fields__}
    return values | {"state": take.state.value}


def _take(row: Row[Any]) -> StockTake:
    return StockTake(**dict(row._mapping) | {"state": StockTakeState(row.state)})


def _line_columns(line: StockTakeLine, take_id: int, position: int) -> dict[str, Any]:
    values = {name: getattr(line, name) for name in StockTakeLine.__dataclass_fields__ if name != "id"}
    return values | {"take_id": take_id, "position": position}
