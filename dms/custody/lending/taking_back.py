"""Renewing 续借, calling back 催还, taking back 归还 and losing 遗失 an original.

What always holds:
- A day to return is moved by the rules alone: one renewal, before it is due, and not once it was called back.
- What comes back damaged, or not at all, is written into the filing note of its volume, with both names under it.
- A loan that came back stays as it came back; one that was reported lost may still be found.
"""

from dataclasses import dataclass, replace

from dms.archive import Archive, is_working_day
from dms.custody.lending.errors import (
    OriginalHeld,
    RenewalRefused,
    RequestFactInvalid,
)
from dms.custody.lending.finding import loan_for, person, subject_of, told
from dms.custody.lending.handing_out import subject_of_paper
from dms.custody.lending.opening import happened
from dms.custody.lending.routing import papers_asked
from dms.custody.lending.rules import rules_in
from dms.domain.actor import Actor, Permission
from dms.domain.clock import local_day
from dms.domain.lending import Condition, Loan, LoanState, RequestEventKind, RequestState, UseRequest, moved
from dms.domain.volume import FilingNoteLine, NoteKind
from dms.domain.working_days import after_working_days
from dms.errors import Bilingual
from dms.store import UnitOfWork

CONDITION_NAMES: dict[Condition, Bilingual] = {
    Condition.SOUND: Bilingual("完好", "sound"),
    Condition.INCOMPLETE: Bilingual("缺页", "pages missing"),
    Condition.DAMAGED: Bilingual("破损", "damaged"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """In what condition an original comes back."""

    condition: Condition
    note: str = ""
    """What is missing or damaged; asked for where it is not sound."""


def renew_loan(actor: Actor, loan_id: int, *, archive: Archive) -> Loan:
    """The loan with its new day; by the borrower or the archivist.

    Raises `LoanNotFound`, `LoanStateUnfit`, `RenewalRefused` or `OriginalHeld`.
    """
    actor.require(Permission.REQUEST_USE)
    with archive.begin() as work:
        loan = loan_for(actor, loan_id, LoanState.OUT, work=work)
        rules = rules_in(work)
        is_late = loan.is_overdue(local_day(archive.now()))
        if loan.renewals >= rules.renewals_most or loan.recalled_at is not None or is_late:
            raise RenewalRefused(rules.renewals_most)
        line = work.requests.line(loan.line_id)
        keys = papers_asked([line] if line else [], work=work).item_keys
        if work.holds.held_among(keys) or (loan.volume_id is not None and work.holds.on_volume(loan.volume_id)):
            raise OriginalHeld
        due_on = after_working_days(loan.due_on, rules.renewal_working_days, is_working_day)
        renewed = replace(loan, due_on=due_on, renewals=loan.renewals + 1)
        work.loans.change(renewed)
        days = {"before": loan.due_on.isoformat(), "after": due_on.isoformat()}
        archive.record(work, actor, "loan_renewed", subject_of_paper(loan, work=work), person=loan.borrower, **days)
    return renewed


def recall_loan(actor: Actor, loan_id: int, reason: str, *, archive: Archive) -> Loan:
    """The loan, called back: due within the days that the rules give, if it was not due sooner.

    Raises `LoanNotFound`, `LoanStateUnfit` or `RequestFactInvalid`.
    """
    actor.require(Permission.LEND)
    text = told(reason, "催还原因", "reason")
    with archive.begin() as work:
        loan = loan_for(actor, loan_id, LoanState.OUT, work=work)
        now = archive.now()
        within = after_working_days(local_day(now), rules_in(work).recall_working_days, is_working_day)
        due_on = min(loan.due_on, within)
        recalled = replace(loan, recalled_at=now, recall_reason=text, due_on=due_on)
        work.loans.change(recalled)
        details = {"person": loan.borrower, "reason": text, "due_on": due_on.isoformat()}
        archive.record(work, actor, "loan_recalled", subject_of_paper(loan, work=work), **details)
    return recalled


def take_back(actor: Actor, loan_id: int, stated: TakenBack, *, archive: Archive) -> Loan:
    """The loan, back in the archive; with the last of its request, that is closed.

    Raises `NotAPerson`, `LoanNotFound`, `LoanStateUnfit` or `RequestFactInvalid`.
    """
    actor.require(Permission.LEND)
    note = told(stated.note, "缺损情况", "damage", required=stated.condition is not Condition.SOUND)
    with archive.begin() as work:
        person(actor, work=work)
        loan = loan_for(actor, loan_id, LoanState.OUT, LoanState.LOST, work=work)
        _check_other_hands(actor, loan)
        returned = replace(
            loan, state=LoanState.RETURNED, returned_at=archive.now(), returned_to=actor.name,
            condition_in=stated.condition, condition_note=note,
        )  # fmt: skip
        work.loans.change(returned)
        if stated.condition is not Condition.SOUND:
            text = f"借出归还时{CONDITION_NAMES[stated.condition].zh}：{note}"
            _write_filing_note(actor, loan, text, archive=archive, work=work)
        details = {"person": loan.borrower, "condition": stated.condition.value, "note": note}
        archive.record(work, actor, "original_returned", subject_of_paper(loan, work=work), **details)
        _close_if_all_back(actor, work.requests.get(loan.request_id), archive=archive, work=work)
    return returned


def report_loss(actor: Actor, loan_id: int, report: str, *, archive: Archive) -> Loan:
    """The loan, reported lost with what is known of how; written into the filing note of its volume.

    Raises `NotAPerson`, `LoanNotFound`, `LoanStateUnfit` or `RequestFactInvalid`.
    """
    actor.require(Permission.LEND)
    text = told(report, "遗失情况", "report of the loss")
    with archive.begin() as work:
        person(actor, work=work)
        loan = loan_for(actor, loan_id, LoanState.OUT, work=work)
        _check_other_hands(actor, loan)
        lost = replace(loan, state=LoanState.LOST, lost_at=archive.now(), loss_report=text)
        work.loans.change(lost)
        _write_filing_note(actor, loan, f"原件借出后遗失：{text}", archive=archive, work=work)
        details = {"person": loan.borrower, "loss": text}
        archive.record(work, actor, "original_lost", subject_of_paper(loan, work=work), **details)
    return lost


def _check_other_hands(actor: Actor, loan: Loan) -> None:
    if loan.user_id == actor.user_id:
        raise RequestFactInvalid(
            Bilingual("自己借的原件不能自己验收。", "Nobody takes back what he borrowed himself."),
            Bilingual("请由另一位档案员办理。", "Leave it to another archivist."),
        )


def _write_filing_note(actor: Actor, loan: Loan, text: str, *, archive: Archive, work: UnitOfWork) -> None:
    """A line in the filing note of the volume that the original belongs to; of none where it lies in no volume."""
    volume_id = loan.volume_id
    if loan.item_key is not None:
        volume_id = work.items.get(loan.item_key).volume_id
    if volume_id is None:
        return
    line = FilingNoteLine(
        volume_id=volume_id, written_at=archive.now(), by=actor.name, second_person=loan.borrower,
        kind=NoteKind.DAMAGED, text=text, item_key=loan.item_key,
    )  # fmt: skip
    work.volume_notes.add(line)


def _close_if_all_back(actor: Actor, request: UseRequest, *, archive: Archive, work: UnitOfWork) -> None:
    lines = [each for each in work.requests.lines(request.id) if not each.described]
    loans = work.loans.of_requests([request.id]).get(request.id, [])
    back = {each.line_id for each in loans if each.state is LoanState.RETURNED}
    if request.state is not RequestState.APPROVED or any(each.id not in back for each in lines):
        return
    work.requests.change(moved(request, RequestState.CLOSED, ended_at=archive.now()))
    happened(request, RequestEventKind.CLOSED, actor, archive=archive, work=work)
    archive.record(work, actor, "use_closed", subject_of(request), number=request.number)
