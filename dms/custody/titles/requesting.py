"""Asking that a title document leaves its safe, and deciding it: never an ordinary loan (C7-02).

What always holds:
- Whose decision it is follows from the routes, by value; nobody decides what he asked for himself.
- No more is promised than lies in the safe; nothing is promised that lies under a hold (I9).
- A decision stays as it was taken; an approval that nobody makes use of in time lapses.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from dms.archive import Archive, is_working_day
from dms.custody.outcomes import EndedRequest, tell_asker
from dms.custody.titles.errors import (
    TitleDecisionBarred,
    TitleDueDayUnfit,
    TitleQuantityUnfit,
    TitleRequestNotFound,
    TitleRouteInvalid,
    TitleStateUnfit,
)
from dms.custody.titles.reaching import (
    MAX_NAME_CHARACTERS,
    MAX_REASON_CHARACTERS,
    check_free,
    reason_given,
    request_for,
    sign,
    title_for,
    within,
    year_of,
)
from dms.custody.titles.words import DECIDER_NAMES
from dms.domain.actor import Actor, Permission, Role
from dms.domain.clock import local_day
from dms.domain.one_line import one_line
from dms.domain.reminder import RequestOutcome
from dms.domain.title_document import TitleDocument, TitleState
from dms.domain.title_request import (
    COMES_BACK,
    DEFAULT_TITLE_ROUTES,
    TitleRequest,
    TitleRequestState,
    TitleRoute,
    TitleUse,
    role_that_decides,
)
from dms.domain.working_days import after_working_days
from dms.errors import Bilingual
from dms.store import UnitOfWork

ROUTES_SETTING = "title_routes"
LONGEST_SETTING = "title_longest_days_out"
LONGEST_DAYS_OUT = 30
VALID_SETTING = "title_working_days_an_approval_holds"
WORKING_DAYS_AN_APPROVAL_HOLDS = 10
_LEAVES = (TitleState.IN_SAFE, TitleState.OUT)


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleRequestStated:
    """What a person states when he asks for a title document."""

    use: TitleUse
    purpose: str
    recipient: str = ""
    """Who takes it away; empty for the asker himself."""
    quantity: int = 1
    due_on: date | None = None
    """By when it is back; for what leaves for good it does not matter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleDecision:
    """What somebody decides about a request."""

    approved: bool
    opinion: str


def request_title(actor: Actor, title: str | int, stated: TitleRequestStated, *, archive: Archive) -> TitleRequest:
    """The request, waiting for whoever decides.

    Raises `TitleNotFound`, `TitleStateUnfit`, `TitleQuantityUnfit`, `TitleUnderHold`, `TitleReasonMissing`,
    `TitleDueDayUnfit`, `TitleFactInvalid` or `TitleSignatureNeedsPerson`.
    """
    actor.require(Permission.REQUEST_USE)
    name, purpose = sign(actor), reason_given(stated.purpose)
    with archive.begin() as work:
        found = title_for(actor, title, work=work)
        if found.state not in _LEAVES:
            raise TitleStateUnfit(found.state)
        check_free(found, work=work)
        _check_available(found, stated.quantity, work=work)
        request = work.title_requests.add(
            TitleRequest(
                id=0,
                number="",
                title_id=found.id,
                use=stated.use,
                quantity=stated.quantity,
                purpose=purpose,
                recipient=within(one_line(stated.recipient), MAX_NAME_CHARACTERS, "领取人", "recipient") or name,
                due_on=_due_on(stated, archive, work=work),
                asked_by=name,
                asked_at=archive.now(),
                decides=role_that_decides(routes_in(work), found.facts.value),
            ),
            year=year_of(archive),
        )
        told = {"number": request.number, "title": found.number, "use": stated.use.value, "reason": purpose}
        archive.record(work, actor, "title_requested", _subject(request), **told)
    return request


def decide_title_request(
    actor: Actor, request: str | int, decision: TitleDecision, *, archive: Archive
) -> TitleRequest:
    """The request, approved or refused for good.

    Raises `TitleRequestNotFound`, `TitleRequestStateUnfit`, `TitleDecisionBarred`, `TitleUnderHold`,
    `TitleReasonMissing` where a refusal says no reason, or `TitleSignatureNeedsPerson`.
    """
    actor.require(Permission.DECIDE_REQUESTS)
    name = sign(actor)
    opinion = within(one_line(decision.opinion), MAX_REASON_CHARACTERS, "审批意见", "opinion")
    opinion = opinion or ("同意" if decision.approved else reason_given(""))
    with archive.begin() as work:
        asked = request_for(actor, request, TitleRequestState.ASKED, work=work)
        if asked.asked_by == name or not may_decide(actor, asked):
            raise TitleDecisionBarred(asked.decides)
        if decision.approved:
            check_free(work.titles.get(asked.title_id), work=work)
        decided = replace(
            asked,
            state=TitleRequestState.APPROVED if decision.approved else TitleRequestState.REFUSED,
            decided_by=name,
            decided_at=archive.now(),
            opinion=opinion,
            valid_to_on=_valid_to(archive, work=work) if decision.approved else None,
        )
        work.title_requests.change(decided)
        action = "title_request_approved" if decision.approved else "title_request_refused"
        archive.record(work, actor, action, _subject(asked), number=asked.number, opinion=opinion)
        _tell_outcome(actor, decided, archive=archive, work=work)
    return decided


def withdraw_title_request(actor: Actor, request: str | int, *, archive: Archive) -> TitleRequest:
    """The request, withdrawn by whoever made it before anything left.

    Raises `TitleRequestNotFound`, or `TitleRequestStateUnfit`.
    """
    actor.require(Permission.REQUEST_USE)
    with archive.begin() as work:
        asked = request_for(actor, request, TitleRequestState.ASKED, TitleRequestState.APPROVED, work=work)
        if asked.asked_by != actor.name:
            raise TitleRequestNotFound(str(request))
        withdrawn = replace(asked, state=TitleRequestState.WITHDRAWN)
        work.title_requests.change(withdrawn)
        archive.record(work, actor, "title_request_withdrawn", _subject(asked), number=asked.number)
    return withdrawn


def lapse_title_requests(actor: Actor, *, archive: Archive) -> int:
    """How many approvals lapsed because nobody made use of them in time; part of every night."""
    actor.require(Permission.KEEP_TITLES)
    today = local_day(archive.now())
    with archive.begin() as work:
        late = [
            request
            for request in work.title_requests.open_of()
            if request.state is TitleRequestState.APPROVED and request.valid_to_on and request.valid_to_on < today
        ]
        for request in late:
            lapsed = replace(request, state=TitleRequestState.LAPSED)
            work.title_requests.change(lapsed)
            archive.record(work, actor, "title_request_lapsed", _subject(request), number=request.number)
            _tell_outcome(actor, lapsed, archive=archive, work=work)
    return len(late)


def title_routes(actor: Actor, *, archive: Archive) -> tuple[TitleRoute, ...]:
    """Whose decision it is, by value; the widest last."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        return routes_in(view)


def state_title_routes(actor: Actor, routes: Sequence[TitleRoute], *, archive: Archive) -> tuple[TitleRoute, ...]:
    """The routes that hold for requests from now on. Raises `TitleRouteInvalid`."""
    actor.require(Permission.MANAGE_USERS)
    bounds = [route.up_to for route in routes]
    values_fit = all(bound is None or bound > 0 for bound in bounds)
    if bounds.count(None) != 1 or len(set(bounds)) != len(bounds) or not values_fit:
        raise TitleRouteInvalid
    if any(route.role not in DECIDER_NAMES for route in routes):
        raise TitleRouteInvalid
    with archive.begin() as work:
        stored = [[route.role.value, None if route.up_to is None else str(route.up_to)] for route in routes]
        work.settings.state(ROUTES_SETTING, stored)
        told = "；".join(f"{route.role.value} {route.up_to or '*'}" for route in routes)
        archive.record(work, actor, "title_routes_stated", "settings", routes=told)
        return routes_in(work)


def routes_in(view: UnitOfWork) -> tuple[TitleRoute, ...]:
    """The routes in force, the narrowest first."""
    stated = view.settings.get(ROUTES_SETTING)
    if not stated:
        return DEFAULT_TITLE_ROUTES
    routes = (TitleRoute(role=Role(role), up_to=None if up_to is None else Decimal(up_to)) for role, up_to in stated)
    return tuple(sorted(routes, key=lambda route: (route.up_to is None, route.up_to or 0)))


def may_decide(actor: Actor, request: TitleRequest) -> bool:
    """Whether the request is this person's to decide; the general manager's is every one but his own."""
    return request.asked_by != actor.name and not actor.roles.isdisjoint({request.decides, Role.GENERAL_MANAGER})


def check_promised(title: TitleDocument, request: TitleRequest) -> None:
    """Raise `TitleQuantityUnfit` where what was approved no longer lies in the safe."""
    if request.quantity > title.balance:
        raise TitleQuantityUnfit(request.quantity, title.balance)


def _check_available(title: TitleDocument, quantity: int, *, work: UnitOfWork) -> None:
    waiting = (TitleRequestState.ASKED, TitleRequestState.APPROVED)
    promised = sum(each.quantity for each in work.title_requests.of_title(title.id) if each.state in waiting)
    available = title.balance - promised
    if not 0 < quantity <= available:
        raise TitleQuantityUnfit(quantity, available)


def _due_on(stated: TitleRequestStated, archive: Archive, *, work: UnitOfWork) -> date | None:
    if stated.use not in COMES_BACK:
        return None
    today = local_day(archive.now())
    latest = today + timedelta(days=work.settings.number(LONGEST_SETTING, LONGEST_DAYS_OUT))
    if stated.due_on is None or not today <= stated.due_on <= latest:
        raise TitleDueDayUnfit(latest)
    return stated.due_on


def _valid_to(archive: Archive, *, work: UnitOfWork) -> date:
    days = work.settings.number(VALID_SETTING, WORKING_DAYS_AN_APPROVAL_HOLDS)
    return after_working_days(local_day(archive.now()), days, is_working_day)


def _tell_outcome(actor: Actor, request: TitleRequest, *, archive: Archive, work: UnitOfWork) -> None:
    """Tell whoever asked that the request was approved or refused, or lapsed; by its state."""
    ended = EndedRequest(
        subject=f"title_request/{request.id}",
        name=Bilingual(f"权证申请 {request.number}", f"Title request {request.number}"),
        outcome=RequestOutcome(request.state.value),
        until_on=request.valid_to_on if request.state is TitleRequestState.APPROVED else None,
    )
    tell_asker(actor, work.users.with_name(request.asked_by), ended, archive=archive, work=work)


def _subject(request: TitleRequest) -> str:
    return f"title_request:{request.id}"
