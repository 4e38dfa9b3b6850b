"""Slips with which title documents are handed over, and the requests for which they leave again."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select, true

from dms.domain.actor import Actor, Role
from dms.domain.title_request import OPEN_REQUESTS, TitleRequest, TitleRequestState, TitleUse
from dms.domain.title_slip import LineCheck, SlipLine, SlipRole, SlipSignature, SlipState, TitleSlip
from dms.store.engine import inserted_id
from dms.store.rights import customer_known_to
from dms.store.tables import customer
from dms.store.title_tables import title_document, title_request, title_slip, title_slip_line
from dms.store.titles import facts_columns, facts_in, next_number, title_known_to


class TitleSlips:
    """Slips with their lines; what takes an actor leaves out those of customers that he may not know of (I5)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, slip: TitleSlip) -> TitleSlip:
        """The new slip, with its id."""
        values = _slip_columns(slip)
        del values["id"]
        return replace(slip, id=inserted_id(self._connection.execute(title_slip.insert().values(**values))))

    def change(self, slip: TitleSlip) -> None:
        """Replace what is known of the slip with this id."""
        values = _slip_columns(slip)
        self._connection.execute(title_slip.update().where(title_slip.c.id == slip.id).values(**values))

    def next_number(self, year: int) -> str:
        """The next number of a slip in a year."""
        return next_number(self._connection, title_slip.c.number, "QZYJ", year)

    def known(self, slip_id: int, *, actor: Actor) -> TitleSlip | None:
        """The slip with this id, if it exists and the actor may know of it."""
        row = self._connection.execute(select(title_slip).where(title_slip.c.id == slip_id, _of_known(actor))).first()
        return _slip(row) if row else None

    def with_number(self, number: str, *, actor: Actor) -> TitleSlip | None:
        """The slip with this number, if the actor may know of it."""
        where = (title_slip.c.number == number, title_slip.c.number != "", _of_known(actor))
        row = self._connection.execute(select(title_slip).where(*where)).first()
        return _slip(row) if row else None

    def giver(self, slip_id: int) -> str:
        """Sign-in name of whoever handed over with this slip."""
        given = self._signature(slip_id, SlipRole.GIVER)
        return given.user_name if given else ""

    def accepted_at(self, slip_id: int) -> datetime | None:
        """When the custodian signed for what stands on this slip; None before."""
        given = self._signature(slip_id, SlipRole.CUSTODIAN)
        return given.signed_at if given else None

    def _signature(self, slip_id: int, role: SlipRole) -> SlipSignature | None:
        row = self._connection.execute(select(title_slip).where(title_slip.c.id == slip_id)).one()
        return next((each for each in _slip(row).signatures if each.role is role), None)

    def page(
        self, *, states: Collection[SlipState] = (), actor: Actor | None, limit: int, offset: int = 0
    ) -> tuple[int, list[TitleSlip]]:
        """How many slips fit, and one page of them, the newest first; no states mean all."""
        where = [_of_known(actor) if actor else true()]
        where += [title_slip.c.state.in_([state.value for state in states])] if states else []
        total = self._connection.execute(select(func.count()).select_from(title_slip).where(*where)).scalar_one()
        query = select(title_slip).where(*where).order_by(title_slip.c.id.desc()).limit(limit).offset(offset)
        return total, [_slip(row) for row in self._connection.execute(query)]

    def lines(self, slip_id: int) -> list[SlipLine]:
        """The list of a slip, in order."""
        query = select(title_slip_line).where(title_slip_line.c.slip_id == slip_id)
        return [_line(row) for row in self._connection.execute(query.order_by(title_slip_line.c.position))]

    def state_lines(self, slip_id: int, lines: Sequence[SlipLine]) -> None:
        """Replace the list of a slip; positions are counted anew in this order."""
        self._connection.execute(title_slip_line.delete().where(title_slip_line.c.slip_id == slip_id))
        rows = [_line_columns(line, slip_id, position) for position, line in enumerate(lines, start=1)]
        if rows:
            self._connection.execute(title_slip_line.insert(), rows)

    def check(self, line_id: int, role: SlipRole, found: LineCheck) -> None:
        """What one party found of a line."""
        statement = title_slip_line.update().where(title_slip_line.c.id == line_id)
        self._connection.execute(statement.values(**{role.value: asdict(found)}))


class TitleRequests:
    """Requests that title documents leave their safe; what takes an actor leaves out what he may not know of (I5)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, request: TitleRequest, *, year: int) -> TitleRequest:
        """The new request, with its id and number."""
        numbered = replace(request, number=next_number(self._connection, title_request.c.number, "QZSQ", year))
        values = _request_columns(numbered)
        del values["id"]
        return replace(numbered, id=inserted_id(self._connection.execute(title_request.insert().values(**values))))

    def change(self, request: TitleRequest) -> None:
        """Replace what is known of the request with this id; a decision stays as it was taken."""
        statement = title_request.update().where(title_request.c.id == request.id)
        self._connection.execute(statement.values(**_request_columns(request)))

    def known(self, request_id: int, *, actor: Actor) -> TitleRequest | None:
        """The request with this id, if it exists and the actor may know of its title document."""
        query = _requests().where(title_request.c.id == request_id, title_known_to(actor))
        row = self._connection.execute(query).first()
        return _request(row) if row else None

    def with_number(self, number: str, *, actor: Actor) -> TitleRequest | None:
        """The request with this number, if the actor may know of its title document."""
        row = self._connection.execute(_requests().where(title_request.c.number == number, title_known_to(actor)))
        first = row.first()
        return _request(first) if first else None

    def of_title(self, title_id: int) -> list[TitleRequest]:
        """Every request about a title document, the newest first."""
        query = select(title_request).where(title_request.c.title_id == title_id).order_by(title_request.c.id.desc())
        return [_request(row) for row in self._connection.execute(query)]

    def open_of(self, title_ids: Collection[int] | None = None) -> list[TitleRequest]:
        """The requests that are not ended, the oldest first; of these title documents where any are named."""
        where = [title_request.c.state.in_(sorted(state.value for state in OPEN_REQUESTS))]
        where += [title_request.c.title_id.in_(sorted(title_ids))] if title_ids is not None else []
        return [_request(row) for row in self._connection.execute(select(title_request).where(*where))]

    def page(
        self,
        *,
        states: Collection[TitleRequestState] = (),
        asked_by: str | None = None,
        late_on: date | None = None,
        actor: Actor,
        limit: int,
        offset: int = 0,
    ) -> tuple[int, list[TitleRequest]]:
        """How many requests fit, and one page of them, the newest first; `late_on` asks for what was due before."""
        where = [title_known_to(actor)]
        where += [title_request.c.state.in_([state.value for state in states])] if states else []
        where += [title_request.c.asked_by == asked_by] if asked_by is not None else []
        if late_on is not None:
            where += [title_request.c.state == TitleRequestState.OUT.value, title_request.c.due_on < late_on]
        joined = title_request.join(title_document, title_document.c.id == title_request.c.title_id)
        total = self._connection.execute(select(func.count()).select_from(joined).where(*where)).scalar_one()
        query = _requests().where(*where).order_by(title_request.c.id.desc()).limit(limit).offset(offset)
        return total, [_request(row) for row in self._connection.execute(query)]


def _requests() -> Select[Any]:
    joined = title_request.join(title_document, title_document.c.id == title_request.c.title_id)
    return select(title_request).select_from(joined)


def _of_known(actor: Actor) -> ColumnElement[bool]:
    customers = select(customer.c.id).where(customer_known_to(actor)).correlate(None)
    return title_slip.c.customer_id.in_(customers)


def _slip_columns(slip: TitleSlip) -> dict[str, Any]:
    signatures = [
        {"role": each.role.value, "user_name": each.user_name, "signed_at": each.signed_at.isoformat()}
        for each in slip.signatures
    ]
    values = {name: getattr(slip, name) for name in TitleSlip.__dataclass_fields__}
    return values | {"state": slip.state.value, "signatures": signatures}


def _slip(row: Row[Any]) -> TitleSlip:
    signatures = tuple(
        SlipSignature(
            role=SlipRole(each["role"]),
            user_name=each["user_name"],
            signed_at=datetime.fromisoformat(each["signed_at"]),
        )
        for each in row.signatures
    )
    return TitleSlip(**dict(row._mapping) | {"state": SlipState(row.state), "signatures": signatures})


def _line_columns(line: SlipLine, slip_id: int, position: int) -> dict[str, Any]:
    checks = {role: asdict(found) if (found := getattr(line, role)) else None for role in ("checker", "custodian")}
    own = {"slip_id": slip_id, "position": position, "item_key": line.item_key}
    return own | facts_columns(line.facts) | checks


def _line(row: Row[Any]) -> SlipLine:
    return SlipLine(
        id=row.id,
        slip_id=row.slip_id,
        position=row.position,
        facts=facts_in(row),
        item_key=row.item_key,
        checker=LineCheck(**row.checker) if row.checker else None,
        custodian=LineCheck(**row.custodian) if row.custodian else None,
    )


def _request_columns(request: TitleRequest) -> dict[str, Any]:
    values = {name: getattr(request, name) for name in TitleRequest.__dataclass_fields__}
    return values | {"use": request.use.value, "state": request.state.value, "decides": request.decides.value}


def _request(row: Row[Any]) -> TitleRequest:
    kinds = {"use": TitleUse(row.use), "state": TitleRequestState(row.state), "decides": Role(row.decides)}
    return TitleRequest(**dict(row._mapping) | kinds)
