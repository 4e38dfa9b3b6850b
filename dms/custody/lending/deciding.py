"""Deciding requests 审批: one step after the other, each by another person; taking an approval back; lapsing.

What always holds:
1. A step is decided once, in the transaction in which it is found waiting: of two at once, the second is told.
2. Nobody decides about himself, and no one person decides two steps of a route.
3. A deputy decides in his principal's name, and the history says so.
4. A refusal ends the request; an approval of the last step opens what was asked, and nothing before it does.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum

from dms.archive import Archive, is_working_day
from dms.custody.lending.errors import DecidedBySamePerson, NotYoursToDecide, RequestNotFound, RequestStateUnfit
from dms.custody.lending.finding import in_state, person, request_with_id, subject_of, told
from dms.custody.lending.opening import approve, end_grants, happened, tell_outcome
from dms.custody.lending.routing import Offices
from dms.custody.lending.rules import rules_in
from dms.domain.actor import Actor, Permission
from dms.domain.clock import local_day
from dms.domain.lending import (
    WAITING,
    LendingRules,
    Loan,
    LoanState,
    RequestEvent,
    RequestEventKind,
    RequestState,
    UseKind,
    UseRequest,
    moved,
)
from dms.domain.working_days import after_working_days
from dms.store import UnitOfWork

_DECISIONS = frozenset({RequestEventKind.APPROVED, RequestEventKind.REFUSED})


class Verdict(StrEnum):
    """What is decided about one step."""

    APPROVE = "approve"
    REFUSE = "refuse"


def decide_request(
    actor: Actor, request_id: int, verdict: Verdict, opinion: str = "", *, archive: Archive
) -> UseRequest:
    """The request after its next step was decided; a refusal needs an opinion.

    Raises `NotAPerson`, `RequestNotFound`, `RequestStateUnfit`, `NotYoursToDecide`, `DecidedBySamePerson` or
    `RequestFactInvalid`.
    """
    actor.require(Permission.DECIDE_REQUESTS)
    text = told(opinion, "审批意见", "opinion", required=verdict is Verdict.REFUSE)
    with archive.begin() as work:
        person(actor, work=work)
        request = in_state(_known(actor, request_id, archive=archive, work=work), RequestState.PENDING)
        on_behalf_of = _entitled(actor, request, archive=archive, work=work)
        step = request.next_step
        kind = RequestEventKind.APPROVED if verdict is Verdict.APPROVE else RequestEventKind.REFUSED
        happened(
            request, kind, actor, archive=archive, work=work, text=text, step=step, on_behalf_of=on_behalf_of
        )  # fmt: skip
        if verdict is Verdict.REFUSE:
            return _refused(actor, request, text, archive=archive, work=work)
        decided = replace(request, step=request.step + 1)
        if decided.step == len(decided.route):
            return approve(actor, decided, actor.name, rules_in(work), archive=archive, work=work)
        work.requests.change(decided)
        archive.record(work, actor, "use_step_approved", subject_of(request), number=request.number, opinion=text)
        return decided


def revoke_approval(actor: Actor, request_id: int, reason: str, *, archive: Archive) -> UseRequest:
    """The request, whose approval was taken back by somebody who could decide its last step; its grants end.

    Raises `NotAPerson`, `RequestNotFound`, `RequestStateUnfit` (also while an original is out), `NotYoursToDecide` or
    `RequestFactInvalid`.
    """
    actor.require(Permission.DECIDE_REQUESTS)
    text = told(reason, "撤销原因", "reason")
    with archive.begin() as work:
        person(actor, work=work)
        request = _known(actor, request_id, archive=archive, work=work)
        if not may_revoke(actor, request, Offices(work, on=local_day(archive.now()))):
            raise NotYoursToDecide
        if request.state is not RequestState.APPROVED or _is_out(request, work=work):
            raise RequestStateUnfit(request.state)
        end_grants(request, archive=archive, work=work)
        revoked = moved(request, RequestState.REVOKED, ended_at=archive.now())
        work.requests.change(revoked)
        happened(request, RequestEventKind.REVOKED, actor, archive=archive, work=work, text=text)
        archive.record(work, actor, "use_revoked", subject_of(request), number=request.number, reason=text)
        tell_outcome(actor, revoked, archive=archive, work=work)
    return revoked


def may_revoke(actor: Actor, request: UseRequest, offices: Offices) -> bool:
    """Whether the actor, or somebody he stands in for, could have decided the last step of a request."""
    if not request.route or not actor.may(Permission.DECIDE_REQUESTS):
        return False
    waiting = replace(request, state=RequestState.PENDING, step=len(request.route) - 1)
    return offices.principal(actor, waiting) is not None


def lapse_requests(actor: Actor, *, archive: Archive) -> int:
    """How many requests ended because their time was over: not decided, or approved and not used any more.

    For the nightly round; doing it again on the same day changes nothing.
    """
    actor.require(Permission.LEND)
    with archive.begin() as work:
        today, rules = local_day(archive.now()), rules_in(work)
        running = work.requests.in_states([*WAITING, RequestState.APPROVED])
        loans = work.loans.of_requests([request.id for request in running])
        ends = [(request, _end_of(request, loans.get(request.id, ()), rules, today)) for request in running]
        ended = [(request, state) for request, state in ends if state is not None]
        for request, state in ended:
            _ended(actor, request, state, archive=archive, work=work)
    return len(ended)


def _known(actor: Actor, request_id: int, *, archive: Archive, work: UnitOfWork) -> UseRequest:
    """The request; whoever has no part in it is not told that there is one."""
    request = request_with_id(request_id, work=work)
    if not Offices(work, on=local_day(archive.now())).takes_part(actor, request):
        raise RequestNotFound(str(request_id))
    return request


def _entitled(actor: Actor, request: UseRequest, *, archive: Archive, work: UnitOfWork) -> str:
    """In whose place the actor decides; empty for his own (2, 3)."""
    principal = Offices(work, on=local_day(archive.now())).principal(actor, request)
    if principal is None:
        raise NotYoursToDecide
    if {actor.name, principal.name} & _decided_by(work.requests.events(request.id)):
        raise DecidedBySamePerson
    return "" if principal.id == actor.user_id else principal.name


def _decided_by(events: Iterable[RequestEvent]) -> set[str]:
    return {name for each in events if each.kind in _DECISIONS for name in (each.by, each.on_behalf_of) if name}


def _refused(actor: Actor, request: UseRequest, text: str, *, archive: Archive, work: UnitOfWork) -> UseRequest:
    refused = moved(request, RequestState.REFUSED, decided_at=archive.now(), ended_at=archive.now())
    work.requests.change(refused)
    archive.record(work, actor, "use_refused", subject_of(request), number=request.number, reason=text)
    tell_outcome(actor, refused, archive=archive, work=work)
    return refused


def _is_out(request: UseRequest, *, work: UnitOfWork) -> bool:
    loans = work.loans.of_requests([request.id]).get(request.id, [])
    return any(each.state is not LoanState.RETURNED for each in loans)


def _end_of(request: UseRequest, loans: Iterable[Loan], rules: LendingRules, today: date) -> RequestState | None:
    """How a request ends today; None where it goes on."""
    if request.state in WAITING:
        asked_on = local_day(request.asked_at)
        last = after_working_days(asked_on, rules.lapse_after_working_days, is_working_day)
        return RequestState.LAPSED if today > last else None
    states = {loan.state for loan in loans}
    if request.use_until_on is None or today <= request.use_until_on or LoanState.OUT in states:
        return None
    was_used = bool(states) or request.kind in {UseKind.LOOK, UseKind.EXPORT}
    return RequestState.CLOSED if was_used else RequestState.LAPSED


def _ended(actor: Actor, request: UseRequest, state: RequestState, *, archive: Archive, work: UnitOfWork) -> None:
    end_grants(request, archive=archive, work=work)
    ended = moved(request, state, ended_at=archive.now())
    work.requests.change(ended)
    kind = RequestEventKind.CLOSED if state is RequestState.CLOSED else RequestEventKind.LAPSED
    happened(request, kind, actor, archive=archive, work=work)
    action = "use_closed" if state is RequestState.CLOSED else "use_lapsed"
    archive.record(work, actor, action, subject_of(request), number=request.number)
    if state is RequestState.LAPSED:
        tell_outcome(actor, ended, archive=archive, work=work)
