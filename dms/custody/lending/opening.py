"""What an approval opens: grants with an end, and the day until which the request may be used.

What always holds:
- A grant reaches exactly the papers of the request, for the person who asked, until the last day.
- To look is not to take: only a request for export gives out the paper's own bytes.
- When a request ends before its time, its grants end with it.
- Whoever asked is told of it in the same transaction.
"""

from datetime import date, timedelta

from dms.archive import Archive, is_working_day
from dms.custody.lending.finding import subject_of
from dms.custody.lending.routing import papers_asked
from dms.custody.outcomes import EndedRequest, tell_asker
from dms.domain.access import GrantedUse
from dms.domain.actor import Actor
from dms.domain.clock import local_day
from dms.domain.lending import (
    LendingRules,
    RequestEvent,
    RequestEventKind,
    RequestState,
    RouteStep,
    UseKind,
    UseRequest,
    moved,
)
from dms.domain.reminder import RequestOutcome
from dms.domain.working_days import after_working_days
from dms.errors import Bilingual
from dms.store import UnitOfWork

_GRANTED = {UseKind.LOOK: GrantedUse.LOOK, UseKind.EXPORT: GrantedUse.TAKE}
"""What is granted in the archive; copies and originals are given out by hand."""


def approve(
    actor: Actor, request: UseRequest, granted_by: str, rules: LendingRules, *, archive: Archive, work: UnitOfWork
) -> UseRequest:
    """The request, approved for good, with what it opens."""
    until_on = _last_day(request, rules, local_day(archive.now()))
    approved = moved(
        request, RequestState.APPROVED, step=len(request.route), decided_at=archive.now(), use_until_on=until_on
    )
    work.requests.change(approved)
    granted = _grant(approved, granted_by, until_on, archive=archive, work=work)
    details = {"number": request.number, "until_on": until_on.isoformat(), "person": request.user_name}
    archive.record(work, actor, "use_approved", subject_of(request), items=granted, **details)
    tell_outcome(actor, approved, archive=archive, work=work)
    return approved


def tell_outcome(actor: Actor, request: UseRequest, *, archive: Archive, work: UnitOfWork) -> None:
    """Tell whoever asked that the request was approved, refused, revoked, or lapsed; by its state."""
    ended = EndedRequest(
        subject=f"request/{request.id}",
        name=Bilingual(f"申请 {request.number}", f"Request {request.number}"),
        outcome=RequestOutcome(request.state.value),
        until_on=request.use_until_on if request.state is RequestState.APPROVED else None,
    )
    tell_asker(actor, work.users.get(request.user_id), ended, archive=archive, work=work)


def end_grants(request: UseRequest, *, archive: Archive, work: UnitOfWork) -> None:
    """End what was granted by a request; what has lapsed stays as it is."""
    for grant_id in work.requests.grants_of(request.id):
        work.grants.end(grant_id, at=archive.now())


def happened(  # noqa: PLR0913  # the facts of one line of the history
    request: UseRequest,
    kind: RequestEventKind,
    actor: Actor,
    *,
    archive: Archive,
    work: UnitOfWork,
    text: str = "",
    count: int | None = None,
    step: RouteStep | None = None,
    on_behalf_of: str = "",
) -> None:
    """One more line of what happened to a request."""
    event = RequestEvent(
        request_id=request.id, happened_at=archive.now(), kind=kind, by=actor.name, on_behalf_of=on_behalf_of,
        step=step, text=text, count=count,
    )  # fmt: skip
    work.requests.happened(event)


def _grant(request: UseRequest, granted_by: str, until_on: date, *, archive: Archive, work: UnitOfWork) -> int:
    """How many papers were granted."""
    uses = _GRANTED.get(request.kind)
    if uses is None:
        return 0
    papers = papers_asked(work.requests.lines(request.id), work=work)
    for item_key in papers.item_keys:
        grant = work.grants.add(
            user_id=request.user_id,
            customer_id=None,
            item_key=item_key,
            reason=request.number,
            granted_by=granted_by,
            granted_at=archive.now(),
            until_on=until_on,
            uses=uses,
        )
        work.requests.tie_grant(request.id, grant.id)
    return len(papers.item_keys)


def _last_day(request: UseRequest, rules: LendingRules, today: date) -> date:
    if request.kind in _GRANTED:
        return today + timedelta(days=min(request.days, rules.look_days_most) - 1)
    return after_working_days(today, rules.lapse_after_working_days, is_working_day)
