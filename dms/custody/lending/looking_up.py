"""Requests and loans as they are shown: one request, one's own, those to decide, those at the desk, the register.

What always holds:
- Whoever described what he wanted, or asked for a whole volume, sees nothing of what was found, of who decides, or of
  why it was refused, before it is approved: an answer must not tell of papers that he may not know of (I5).
- A title shows to those who may know of the paper; whoever decides sees of the others their grade alone.
- A request of somebody else that names a barred paper is neither listed nor counted, except for who has to decide it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from dms.archive import Archive, is_working_day
from dms.custody.lending.deciding import may_revoke
from dms.custody.lending.errors import LoanNotFound, RequestNotFound
from dms.custody.lending.finding import loan_for, request_with_id
from dms.custody.lending.lines import LineShown, line_shown, lines_shown
from dms.custody.lending.routing import Offices
from dms.domain.actor import Actor, Permission
from dms.domain.clock import local_day
from dms.domain.lending import (
    Loan,
    RequestEvent,
    RequestEventKind,
    RequestState,
    RouteStep,
    UseKind,
    UseRequest,
)
from dms.domain.one_line import one_line
from dms.domain.working_days import working_days_between
from dms.store import RequestFilter, UnitOfWork

_DECISIONS = frozenset({RequestEventKind.APPROVED, RequestEventKind.STANDING, RequestEventKind.REFUSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class StepShown:
    """One step of the route, with who may decide it and what was decided."""

    step: RouteStep
    names: tuple[str, ...]
    """Of those who may decide it."""
    decision: RequestEvent | None
    """None while it waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestShown:
    """One request with everything that its reader may know of it, and what he may do."""

    request: UseRequest
    lines: tuple[LineShown, ...]
    steps: tuple[StepShown, ...]
    events: tuple[RequestEvent, ...]
    is_own: bool
    decides_for: str | None
    """In whose name the reader may decide the next step; None where it is not his."""
    is_at_desk: bool
    """Whether the reader hands out for it."""
    may_revoke: bool
    called: Mapping[str, str] = field(default_factory=dict)
    """What those who had a part in it are called, by sign-in name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRow:
    """One request in a list."""

    request: UseRequest
    lines: tuple[LineShown, ...]
    reminders: int
    decisions: tuple[RequestEvent, ...] = ()
    """What was decided, step by step; empty for a veiled request of one's own that is not approved."""
    copied: RequestEvent | None = None
    """The handing over of copies, where there was one."""
    called: Mapping[str, str] = field(default_factory=dict)
    """What those who had a part in it are called, by sign-in name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestList:
    """One page of requests, and how many there are in all."""

    total: int
    requests: tuple[RequestRow, ...]
    years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanShown:
    """One loan in a list."""

    loan: Loan
    request: UseRequest
    line: LineShown
    late_working_days: int
    """Working days past the day it was due; 0 for one that is in time or came back."""


def show_request(actor: Actor, request_id: int, *, archive: Archive) -> RequestShown:
    """One request; raises `RequestNotFound`, alike for missing ones and those of others."""
    actor.require(Permission.REQUEST_USE)
    with archive.looking() as view:
        request = request_with_id(request_id, work=view)
        offices = Offices(view, on=_today(archive))
        is_own = request.user_id == actor.user_id
        is_at_desk = not is_own and _hands_out(actor, request, work=view)
        if not (is_own or is_at_desk or offices.takes_part(actor, request)):
            raise RequestNotFound(str(request_id))
        events = tuple(view.requests.events(request.id))
        principal = offices.principal(actor, request) if actor.may(Permission.DECIDE_REQUESTS) else None
        shown = RequestShown(
            request=request,
            lines=lines_shown(actor, [request], work=view)[request.id],
            steps=_steps(request, events, offices),
            events=events,
            is_own=is_own,
            decides_for=principal.name if principal else None,
            is_at_desk=is_at_desk,
            may_revoke=request.state is RequestState.APPROVED and may_revoke(actor, request, offices),
            called=_called(events, work=view),
        )
        return _as_the_asker_may_see(shown) if is_own else shown


def request_id_of(actor: Actor, reference: str, *, archive: Archive) -> int:
    """The id of the request with this number or id; whether the actor may see it is asked when it is shown."""
    actor.require(Permission.REQUEST_USE)
    named = one_line(reference)
    with archive.looking() as view:
        numbered = view.requests.with_number(named)
    if numbered is not None:
        return numbered.id
    if named.isascii() and named.isdecimal():
        return int(named)
    raise RequestNotFound(named)


def my_requests(actor: Actor, *, archive: Archive, limit: int = 50, offset: int = 0) -> RequestList:
    """One page of the actor's own requests, the newest first."""
    actor.require(Permission.REQUEST_USE)
    if actor.user_id is None:
        return RequestList(total=0, requests=())
    with archive.looking() as view:
        wanted = RequestFilter(user_id=actor.user_id)
        total, requests = view.requests.page(wanted, limit=limit, offset=offset)
        return RequestList(total=total, requests=_rows(actor, requests, work=view))


def requests_to_decide(actor: Actor, *, archive: Archive, limit: int = 50, offset: int = 0) -> RequestList:
    """One page of the requests whose next step the actor may decide, himself or for somebody else.

    The longest waiting come first.
    """
    actor.require(Permission.DECIDE_REQUESTS)
    with archive.looking() as view:
        offices = Offices(view, on=_today(archive))
        waiting = view.requests.in_states([RequestState.PENDING])
        mine = [each for each in waiting if offices.principal(actor, each) is not None]
        rows = _rows(actor, mine[offset : offset + limit], work=view)
        return RequestList(total=len(mine), requests=rows)


def requests_at_desk(actor: Actor, *, archive: Archive, limit: int = 50, offset: int = 0) -> RequestList:
    """One page of the requests that wait for the archivist, the longest waiting first.

    He finds papers for them, hands originals out, or makes copies.
    """
    actor.require(Permission.LEND)
    with archive.looking() as view:
        waiting = view.requests.in_states([RequestState.FINDING, RequestState.APPROVED])
        by_hand = [each for each in waiting if _waits_at_desk(each, work=view) and each.user_id != actor.user_id]
        mine = [each for each in by_hand if view.requests.is_open_to(actor, each.id)]
        rows = _rows(actor, mine[offset : offset + limit], work=view)
        return RequestList(total=len(mine), requests=rows)


def list_requests(
    actor: Actor, wanted: RequestFilter, *, archive: Archive, limit: int = 50, offset: int = 0
) -> RequestList:
    """One page of all requests that fit and whose papers the actor may know of, the newest first."""
    if not actor.may(Permission.LEND):
        actor.require(Permission.READ_REPORTS)
    with archive.looking() as view:
        total, requests = view.requests.page(wanted, actor=actor, limit=limit, offset=offset)
        rows = _rows(actor, requests, work=view)
        return RequestList(total=total, requests=rows, years=tuple(view.requests.years()))


def list_loans(actor: Actor, *, archive: Archive, overdue_only: bool = False) -> tuple[LoanShown, ...]:
    """The originals that are out or lost, the first due first: all for whoever lends, else the actor's own."""
    actor.require(Permission.REQUEST_USE)
    with archive.looking() as view:
        today = _today(archive)
        if actor.may(Permission.LEND) or actor.may(Permission.READ_REPORTS):
            loans = view.loans.overdue(today, actor=actor) if overdue_only else view.loans.away(actor=actor)
        else:
            loans = view.loans.away(user_id=actor.user_id) if actor.user_id is not None else []
            loans = [each for each in loans if each.is_overdue(today) or not overdue_only]
        return _loans(actor, loans, today, work=view)


def my_loans(actor: Actor, *, archive: Archive) -> tuple[LoanShown, ...]:
    """The originals that the actor has borrowed and not brought back, the first due first."""
    actor.require(Permission.REQUEST_USE)
    if actor.user_id is None:
        return ()
    with archive.looking() as view:
        return _loans(actor, view.loans.away(user_id=actor.user_id), _today(archive), work=view)


def show_loan(actor: Actor, loan_id: int, *, archive: Archive) -> LoanShown:
    """One loan; raises `LoanNotFound`."""
    actor.require(Permission.REQUEST_USE)
    with archive.looking() as view:
        (shown,) = _loans(actor, [loan_for(actor, loan_id, work=view)], _today(archive), work=view)
        return shown


def loan_of_item(actor: Actor, item_key: int, *, archive: Archive) -> Loan | None:
    """Where the original of a paper is that is not in the archive; None where it is.

    For a page that shows the paper: the actor has opened it already.
    """
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        lies_in = view.items.get(item_key).volume_id
        loans = view.loans.of_item(item_key, volume_id=lies_in)
        return next((each for each in loans if each.returned_at is None), None)


def as_the_asker_may_see(request: UseRequest) -> UseRequest:
    """The request for a list of whoever asked; a veiled one tells nothing before its approval."""
    if not request.is_veiled or request.state in {RequestState.APPROVED, RequestState.CLOSED}:
        return request
    state = RequestState.FINDING if request.state is RequestState.PENDING else request.state
    return replace(request, state=state, grade=None, route=(), step=0, decided_at=None)


def _as_the_asker_may_see(shown: RequestShown) -> RequestShown:
    masked = as_the_asker_may_see(shown.request)
    if masked is shown.request:
        return shown
    own = shown.request.user_name
    told = [each for each in shown.events if each.by == own]
    ends = (RequestEventKind.REFUSED, RequestEventKind.LAPSED, RequestEventKind.REVOKED)
    told += [replace(each, by="", on_behalf_of="", step=None, text="") for each in shown.events if each.kind in ends]
    return replace(shown, request=masked, lines=_stated_by(own, shown.lines), steps=(), events=tuple(told))


def _called(events: Iterable[RequestEvent], *, work: UnitOfWork) -> dict[str, str]:
    names = {name for each in events for name in (each.by, each.on_behalf_of) if name}
    users = {name: work.users.with_name(name) for name in names}
    return {name: (user.display_name if user else "") or name for name, user in users.items()}


def _stated_by(asker: str, lines: Iterable[LineShown]) -> tuple[LineShown, ...]:
    """What the asker stated himself, without what a volume would tell of the papers in it."""
    return tuple(replace(each, grade=None, is_held=False) for each in lines if each.line.added_by == asker)


def _rows(actor: Actor, requests: Iterable[UseRequest], *, work: UnitOfWork) -> tuple[RequestRow, ...]:
    chosen = list(requests)
    lines = lines_shown(actor, chosen, work=work)
    events = work.requests.events_of([each.id for each in chosen])
    called = _called((event for of_one in events.values() for event in of_one), work=work)
    rows = []
    for each in chosen:
        is_own = each.user_id == actor.user_id
        told = as_the_asker_may_see(each) if is_own else each
        shown = lines[each.id]
        if told is not each:
            shown = _stated_by(each.user_name, shown)
        happened = events[each.id]
        rows.append(
            RequestRow(
                request=told,
                lines=shown,
                reminders=sum(event.kind is RequestEventKind.REMINDED for event in happened),
                decisions=() if told is not each else tuple(event for event in happened if event.kind in _DECISIONS),
                copied=next((event for event in happened if event.kind is RequestEventKind.COPIED), None),
                called=called,
            )
        )
    return tuple(rows)


def _steps(request: UseRequest, events: Sequence[RequestEvent], offices: Offices) -> tuple[StepShown, ...]:
    decisions = [each for each in events if each.kind in _DECISIONS and each.step is not None]
    return tuple(
        StepShown(
            step=step,
            names=tuple(each.display_name for each in offices.approvers(step, but=request.user_id)),
            decision=decisions[place] if place < len(decisions) else None,
        )
        for place, step in enumerate(request.route)
    )


def _loans(actor: Actor, loans: Iterable[Loan], today: date, *, work: UnitOfWork) -> tuple[LoanShown, ...]:
    shown = []
    for loan in loans:
        line = work.requests.line(loan.line_id)
        if line is None:
            raise LoanNotFound(str(loan.id))
        late = max(1, working_days_between(loan.due_on, today, is_working_day)) if loan.is_overdue(today) else 0
        shown.append(
            LoanShown(
                loan=loan,
                request=work.requests.get(loan.request_id),
                line=line_shown(actor, line, work=work),
                late_working_days=late,
            )
        )
    return tuple(shown)


def _hands_out(actor: Actor, request: UseRequest, *, work: UnitOfWork) -> bool:
    return actor.may(Permission.LEND) and work.requests.is_open_to(actor, request.id)


def _waits_at_desk(request: UseRequest, *, work: UnitOfWork) -> bool:
    if request.state is RequestState.FINDING or request.kind is UseKind.COPY:
        return True
    if request.kind is not UseKind.ORIGINAL:
        return False
    lent = {each.line_id for each in work.loans.of_requests([request.id]).get(request.id, [])}
    return any(each.id not in lent for each in work.requests.lines(request.id) if not each.described)


def _today(archive: Archive) -> date:
    return local_day(archive.now())
