"""Requests for use: each with its lines, what happened to it, the grants that came of it, and deputies.

Invariant: what takes an actor leaves out every request of somebody else that names a paper which he may not know of,
so that neither a title nor a count tells of it (I5).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, func, not_, or_, select, true

from dms.domain.actor import Actor
from dms.domain.lending import (
    Approver,
    RequestEvent,
    RequestEventKind,
    RequestLine,
    RequestState,
    RouteStep,
    UseKind,
    UseRequest,
)
from dms.store.engine import inserted_id
from dms.store.items import visible_to
from dms.store.lending_tables import request_event, request_grant
from dms.store.lending_tables import request_line as line_table
from dms.store.lending_tables import use_request as table
from dms.store.rights import among
from dms.store.tables import item, volume
from dms.store.volumes import known_to as volume_known_to


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFilter:
    """Which requests to list; what is empty or None does not matter."""

    states: frozenset[RequestState] = frozenset()
    kind: UseKind | None = None
    user_id: int | None = None
    year: int | None = None
    words: str = ""
    """Part of a number, a name, a department or a purpose."""


class UseRequests:
    """Requests, by id or number.

    What takes no actor, or None for it, is for the archive's own work.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, request: UseRequest) -> UseRequest:
        """The new request, with its id and its number; what was stated for these is left out of account."""
        values = _columns(request)
        del values["id"]
        year = request.asked_at.astimezone().year
        last = select(func.count()).where(table.c.number.startswith(f"JY-{year}-"))
        values["number"] = f"JY-{year}-{self._connection.execute(last).scalar_one() + 1:04}"
        key = inserted_id(self._connection.execute(table.insert().values(**values)))
        return replace(request, id=key, number=values["number"])

    def change(self, request: UseRequest) -> None:
        """Replace what may change of the request with this id."""
        self._connection.execute(table.update().where(table.c.id == request.id).values(**_columns(request)))

    def get(self, request_id: int) -> UseRequest:
        """The request with this id, which must exist."""
        return _request(self._connection.execute(select(table).where(table.c.id == request_id)).one())

    def find(self, request_id: int) -> UseRequest | None:
        """The request with this id, if there is one."""
        row = self._connection.execute(select(table).where(table.c.id == request_id)).first()
        return _request(row) if row else None

    def with_number(self, number: str) -> UseRequest | None:
        """The request with this number, if there is one."""
        row = self._connection.execute(select(table).where(table.c.number == number)).first()
        return _request(row) if row else None

    def is_open_to(self, actor: Actor, request_id: int) -> bool:
        """Whether the actor may know of every paper that a request names."""
        query = select(table.c.id).where(table.c.id == request_id, _open_to(actor))
        return self._connection.execute(query).first() is not None

    def page(
        self, wanted: RequestFilter, *, actor: Actor | None = None, limit: int, offset: int = 0
    ) -> tuple[int, list[UseRequest]]:
        """How many requests fit, and one page of them, the newest first."""
        where = [*_fitting(wanted), _open_to(actor)]
        total = self._connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one()
        query = select(table).where(*where).order_by(table.c.id.desc()).limit(limit).offset(offset)
        return total, [_request(row) for row in self._connection.execute(query)]

    def in_states(self, states: Collection[RequestState]) -> list[UseRequest]:
        """Every request in one of these states, the longest waiting first."""
        wanted = table.c.state.in_([state.value for state in states])
        return [_request(row) for row in self._connection.execute(select(table).where(wanted).order_by(table.c.id))]

    def of_item(self, item_key: int, *, user_id: int | None = None) -> list[UseRequest]:
        """The requests that name a paper, of one person where that is stated, the newest first."""
        named = select(line_table.c.request_id).where(line_table.c.item_key == item_key)
        mine = [table.c.user_id == user_id] if user_id is not None else []
        query = select(table).where(table.c.id.in_(named), *mine).order_by(table.c.id.desc())
        return [_request(row) for row in self._connection.execute(query)]

    def add_line(self, line: RequestLine) -> RequestLine:
        """One more line at the end of a request, with its id and position."""
        last = select(func.coalesce(func.max(line_table.c.position), 0))
        position = self._connection.execute(last.where(line_table.c.request_id == line.request_id)).scalar_one() + 1
        values = {name: getattr(line, name) for name in RequestLine.__dataclass_fields__ if name != "id"}
        key = inserted_id(self._connection.execute(line_table.insert().values(**values | {"position": position})))
        return replace(line, id=key, position=position)

    def lines(self, request_id: int) -> list[RequestLine]:
        """What a request asks for, in order."""
        query = select(line_table).where(line_table.c.request_id == request_id).order_by(line_table.c.position)
        return [RequestLine(**row._mapping) for row in self._connection.execute(query)]

    def line(self, line_id: int) -> RequestLine | None:
        """The line with this id, if there is one."""
        row = self._connection.execute(select(line_table).where(line_table.c.id == line_id)).first()
        return RequestLine(**row._mapping) if row else None

    def lines_of(self, request_ids: Iterable[int]) -> dict[int, list[RequestLine]]:
        """The lines of each of these requests, in order."""
        chosen: dict[int, list[RequestLine]] = {each: [] for each in request_ids}
        query = select(line_table).where(among(line_table.c.request_id, list(chosen)))
        for row in self._connection.execute(query.order_by(line_table.c.request_id, line_table.c.position)):
            chosen[row.request_id].append(RequestLine(**row._mapping))
        return chosen

    def happened(self, event: RequestEvent) -> None:
        """One more line of what happened to a request, for good."""
        values = {name: getattr(event, name) for name in RequestEvent.__dataclass_fields__}
        step = _step_columns(event.step) if event.step else None
        self._connection.execute(request_event.insert().values(**values | {"kind": event.kind.value, "step": step}))

    def events(self, request_id: int) -> list[RequestEvent]:
        """What happened to a request, the oldest first."""
        query = select(request_event).where(request_event.c.request_id == request_id).order_by(request_event.c.id)
        return [_event(row) for row in self._connection.execute(query)]

    def events_of(self, request_ids: Iterable[int]) -> dict[int, list[RequestEvent]]:
        """What happened to each of these requests, the oldest first."""
        chosen: dict[int, list[RequestEvent]] = {each: [] for each in request_ids}
        query = select(request_event).where(among(request_event.c.request_id, list(chosen)))
        for row in self._connection.execute(query.order_by(request_event.c.id)):
            chosen[row.request_id].append(_event(row))
        return chosen

    def tie_grant(self, request_id: int, grant_id: int) -> None:
        """Say that a grant came of a request."""
        self._connection.execute(request_grant.insert().values(request_id=request_id, grant_id=grant_id))

    def grants_of(self, request_id: int) -> list[int]:
        """The numbers of the grants that came of a request."""
        query = select(request_grant.c.grant_id).where(request_grant.c.request_id == request_id)
        return list(self._connection.execute(query.order_by(request_grant.c.grant_id)).scalars())

    def numbers(self, request_ids: Iterable[int]) -> dict[int, str]:
        """The numbers 借阅单号 of these requests."""
        query = select(table.c.id, table.c.number).where(among(table.c.id, list(request_ids)))
        return {row.id: row.number for row in self._connection.execute(query)}

    def years(self) -> list[int]:
        """The years in which anything was asked for, the latest first."""
        year = func.substr(table.c.number, 4, 4)
        return [int(each) for each in self._connection.execute(select(year).distinct().order_by(year.desc())).scalars()]


def _open_to(actor: Actor | None) -> ColumnElement[bool]:
    """Whether a request names nothing that the actor may not know of, or is his own."""
    if actor is None:
        return true()
    named = select(line_table.c.id).where(line_table.c.request_id == table.c.id)
    papers = named.join(item, item.c.key == line_table.c.item_key).where(not_(visible_to(actor)))
    volumes = named.join(volume, volume.c.id == line_table.c.volume_id).where(not_(volume_known_to(actor)))
    unbarred = and_(not_(exists(papers.correlate(table))), not_(exists(volumes.correlate(table))))
    return or_(table.c.user_id == actor.user_id, unbarred) if actor.user_id is not None else unbarred


def _fitting(wanted: RequestFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.states:
        conditions.append(table.c.state.in_([state.value for state in wanted.states]))
    if wanted.kind is not None:
        conditions.append(table.c.kind == wanted.kind.value)
    if wanted.user_id is not None:
        conditions.append(table.c.user_id == wanted.user_id)
    if wanted.year is not None:
        conditions.append(table.c.number.startswith(f"JY-{wanted.year}-"))
    return [*conditions, *(_says(word) for word in wanted.words.split())]


def _says(word: str) -> ColumnElement[bool]:
    places = (table.c.number, table.c.display_name, table.c.user_name, table.c.department, table.c.purpose)
    return or_(*(place.icontains(word, autoescape=True) for place in places))


def _step_columns(step: RouteStep) -> dict[str, str]:
    return {"approver": step.approver.value, "department": step.department}


def _step(kept: dict[str, str]) -> RouteStep:
    return RouteStep(approver=Approver(kept["approver"]), department=kept["department"])


def _columns(request: UseRequest) -> dict[str, Any]:
    values = {name: getattr(request, name) for name in UseRequest.__dataclass_fields__}
    route = [_step_columns(step) for step in request.route]
    return values | {"kind": request.kind.value, "state": request.state.value, "route": route}


def _request(row: Row[Any]) -> UseRequest:
    values = {name: getattr(row, name) for name in UseRequest.__dataclass_fields__}
    route = tuple(_step(each) for each in row.route)
    return UseRequest(**values | {"kind": UseKind(row.kind), "state": RequestState(row.state), "route": route})


def _event(row: Row[Any]) -> RequestEvent:
    values = {name: getattr(row, name) for name in RequestEvent.__dataclass_fields__}
    step = _step(row.step) if row.step else None
    return RequestEvent(**values | {"kind": RequestEventKind(row.kind), "step": step})
