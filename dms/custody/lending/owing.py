"""What lending makes fall due: decisions to take, papers to find, originals to bring back; and what a leaver holds."""

from collections.abc import Iterator
from datetime import date

from dms.custody.lending.routing import Offices
from dms.domain.actor import Role
from dms.domain.duty import Duty, DutyKind
from dms.domain.leaving import HeldKind, HeldThing, Passing
from dms.domain.lending import ROLE_OF, RUNNING, Loan, LoanState, RequestState, UseRequest
from dms.errors import Bilingual
from dms.store import UnitOfWork


def duties(view: UnitOfWork, *, on: date) -> Iterator[Duty]:
    """Everything of lending that is owed on a day: decisions, papers to look for, originals to bring back."""
    offices = Offices(view, on=on)
    for request in view.requests.in_states([RequestState.FINDING, RequestState.PENDING]):
        yield _waiting(request, offices)
    out = [each for each in view.loans.away() if each.state is LoanState.OUT]
    numbers = view.requests.numbers({each.request_id for each in out})
    for loan in out:
        yield _to_return(loan, numbers[loan.request_id])


def held_by(view: UnitOfWork, user_name: str) -> Iterator[HeldThing]:
    """What a person has borrowed, asked for, or alone can decide; all of it is settled before he leaves."""
    user = view.users.with_name(user_name)
    if user is None:
        return
    for loan in view.loans.away(user_id=user.id):
        if loan.state is LoanState.OUT:
            yield _borrowed(loan, view)
    running = view.requests.in_states(RUNNING)
    out = view.loans.of_requests([each.id for each in running])
    for request in running:
        if request.user_id == user.id and not out.get(request.id):
            yield _asked(request)
    offices = Offices(view, on=date.max)  # deputies do not matter here
    for request in running:
        step = request.next_step
        if step is not None and [each.id for each in offices.approvers(step, but=request.user_id)] == [user.id]:
            yield _to_decide(request)


def _waiting(request: UseRequest, offices: Offices) -> Duty:
    step = request.next_step
    if step is None:
        return Duty(
            kind=DutyKind.DECISION,
            subject=f"request/{request.id}",
            what=Bilingual(
                f"为利用申请 {request.number} 查找资料", f"Look for the papers that request {request.number} describes"
            ),
            due_on=request.decide_by_on,
            role=Role.ARCHIVIST,
        )
    deciding = offices.approvers(step, but=request.user_id)
    return Duty(
        kind=DutyKind.DECISION,
        subject=f"request/{request.id}",
        what=Bilingual(f"审批利用申请 {request.number}", f"Decide request {request.number}"),
        due_on=request.decide_by_on,
        person=deciding[0].name if len(deciding) == 1 else "",
        department=step.department,
        role=ROLE_OF[step.approver],
    )


def _to_return(loan: Loan, number: str) -> Duty:
    return Duty(
        kind=DutyKind.RETURN,
        subject=f"loan/{loan.id}",
        what=Bilingual(f"归还借出的原件（{number}）", f"Return the original borrowed with {number}"),
        due_on=loan.due_on,
        person=loan.borrower,
        department=loan.department,
    )


def _borrowed(loan: Loan, view: UnitOfWork) -> HeldThing:
    number = view.requests.get(loan.request_id).number
    return HeldThing(
        kind=HeldKind.LOAN,
        subject=f"loan/{loan.id}",
        what=Bilingual(
            f"借出的原件（{number}，应还 {loan.due_on}）", f"An original borrowed with {number}, due {loan.due_on}"
        ),
        passing=Passing.TO_SETTLE,
        remedy=Bilingual("请归还档案室。", "Return it to the archive."),
    )


def _asked(request: UseRequest) -> HeldThing:
    return HeldThing(
        kind=HeldKind.REQUEST,
        subject=f"request/{request.id}",
        what=Bilingual(f"利用申请 {request.number}", f"Request {request.number}"),
        passing=Passing.TO_SETTLE,
        remedy=Bilingual("请撤回，或等它办结。", "Withdraw it, or let it be closed."),
    )


def _to_decide(request: UseRequest) -> HeldThing:
    return HeldThing(
        kind=HeldKind.DECISION,
        subject=f"decision/{request.id}",
        what=Bilingual(f"待审批的利用申请 {request.number}", f"Request {request.number}, to be decided"),
        passing=Passing.TO_SETTLE,
        remedy=Bilingual(
            "请先审批，或在部门登记中改由他人负责。", "Decide it, or let another head the department in the register."
        ),
    )
