"""Handing out 借出 and 复制: originals leave by the archivist's hand, and copies are counted.

What always holds:
1. An original leaves for an approved request only, into the hands of whoever asked, and never by those hands.
2. What is out, or lies in a volume that is out, or is a volume with a paper out, does not leave a second time.
3. What is under hold does not leave (I9); nor does a title document, which has its own procedure.
4. The day by which it comes back follows from the rules, and is told when it leaves.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dms.archive import Archive, is_working_day, may_use
from dms.custody.lending.errors import (
    BorrowerOverdue,
    NoOriginalToLend,
    OriginalAway,
    OriginalHeld,
    RequestFactInvalid,
    RequestNotFound,
    RequestStateUnfit,
)
from dms.custody.lending.finding import in_state, loan_for, person, request_at_desk, subject_of
from dms.custody.lending.opening import happened
from dms.custody.lending.routing import papers_asked
from dms.custody.lending.rules import rules_in
from dms.domain.actor import SYSTEM, Actor, Permission
from dms.domain.clock import local_day
from dms.domain.item import ItemMedium, ItemState
from dms.domain.lending import (
    Condition,
    Loan,
    LoanState,
    RequestEventKind,
    RequestLine,
    RequestState,
    UseKind,
    UseRequest,
    loan_due_on,
    moved,
)
from dms.domain.policy import Use
from dms.errors import Bilingual
from dms.store import UnitOfWork

MOST_SHEETS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOut:
    """In what condition an original leaves."""

    condition: Condition = Condition.SOUND
    sheets: int | None = None
    """Sheets that were counted; None where nobody counted."""


def hand_out(
    actor: Actor, line_id: int, stated: HandOut | None = None, *, archive: Archive, borrower: Actor | None = None
) -> Loan:
    """The loan of the original of one line of an approved request (1–4).

    `borrower` is the person who asked, where he signs at once; else he signs on his own page (`sign_for_loan`). Raises
    `NotAPerson`, `RequestNotFound`, `RequestStateUnfit`, `OriginalAway`, `OriginalHeld`, `NoOriginalToLend`,
    `BorrowerOverdue` or `RequestFactInvalid`.
    """
    actor.require(Permission.LEND)
    wish = stated or HandOut()
    _check_sheets(wish.sheets)
    with archive.begin() as work:
        person(actor, work=work)
        line, request = _line_to_lend(actor, line_id, archive=archive, work=work)
        if borrower is not None and borrower.user_id != request.user_id:
            raise _signed_by_another()
        _check_free(actor, line, request, archive=archive, work=work)
        now, today = archive.now(), local_day(archive.now())
        loan = work.loans.add(
            Loan(
                id=0, request_id=request.id, line_id=line.id, item_key=line.item_key, volume_id=line.volume_id,
                user_id=request.user_id, borrower=request.user_name, department=request.department,
                state=LoanState.OUT, handed_out_at=now, handed_out_by=actor.name, condition_out=wish.condition,
                sheets_out=wish.sheets, signed_at=now if borrower else None,
                due_on=loan_due_on(
                    rules_in(work), from_on=today, wished_days=request.days, is_working_day=is_working_day
                ),
            )
        )  # fmt: skip
        happened(request, RequestEventKind.HANDED_OUT, actor, archive=archive, work=work, count=wish.sheets)
        details = {"number": request.number, "person": loan.borrower, "due_on": loan.due_on.isoformat()}
        archive.record(work, actor, "original_lent", subject_of_paper(line, work=work), **details)
    return loan


def sign_for_loan(actor: Actor, loan_id: int, *, archive: Archive) -> Loan:
    """The loan, signed for by the borrower; signing again changes nothing.

    Raises `NotAPerson`, `LoanNotFound` or `LoanStateUnfit`.
    """
    actor.require(Permission.REQUEST_USE)
    with archive.begin() as work:
        user = person(actor, work=work)
        loan = loan_for(actor, loan_id, LoanState.OUT, work=work)
        if loan.user_id != user.id:
            raise _signed_by_another()
        if loan.signed_at is not None:
            return loan
        signed = replace(loan, signed_at=archive.now())
        work.loans.change(signed)
        archive.record(work, actor, "loan_signed", f"loan:{loan.id}")
    return signed


def count_copies(actor: Actor, request_id: int, copies: int, pages: int, *, archive: Archive) -> UseRequest:
    """The request, closed after so many copies of so many pages in all were handed over.

    Raises `NotAPerson`, `RequestNotFound`, `RequestStateUnfit` or `RequestFactInvalid`.
    """
    actor.require(Permission.LEND)
    if not (1 <= copies <= MOST_SHEETS and 1 <= pages <= MOST_SHEETS):
        raise _invalid_count()
    with archive.begin() as work:
        person(actor, work=work)
        request = request_at_desk(actor, request_id, RequestState.APPROVED, work=work)
        if request.kind is not UseKind.COPY:
            raise RequestStateUnfit(request.state)
        text = f"{copies} 份，共 {pages} 页"
        happened(request, RequestEventKind.COPIED, actor, archive=archive, work=work, text=text, count=copies)
        closed = moved(request, RequestState.CLOSED, ended_at=archive.now())
        work.requests.change(closed)
        counts = {"copies": copies, "pages": pages}
        archive.record(work, actor, "copies_given", subject_of(request), number=request.number, **counts)
    return closed


def subject_of_paper(line: RequestLine | Loan, *, work: UnitOfWork) -> str:
    """What the journal calls a paper or a volume that leaves: the item's id, or ``volume:3``."""
    return work.items.get(line.item_key).id if line.item_key is not None else f"volume:{line.volume_id}"


def _line_to_lend(actor: Actor, line_id: int, *, archive: Archive, work: UnitOfWork) -> tuple[RequestLine, UseRequest]:
    line = work.requests.line(line_id)
    if line is None or (line.item_key is None and line.volume_id is None):
        raise RequestNotFound(str(line_id))
    request = in_state(request_at_desk(actor, line.request_id, work=work), RequestState.APPROVED)
    is_late = request.use_until_on is not None and local_day(archive.now()) > request.use_until_on
    if request.kind is not UseKind.ORIGINAL or is_late:
        raise RequestStateUnfit(RequestState.LAPSED if is_late else request.state)
    return line, request


def _check_free(actor: Actor, line: RequestLine, request: UseRequest, *, archive: Archive, work: UnitOfWork) -> None:
    borrower = work.users.get(request.user_id)
    if borrower is None or borrower.disabled:
        raise RequestStateUnfit(RequestState.LAPSED)
    lent_before = work.loans.of_requests([request.id]).get(request.id, [])
    if any(each.line_id == line.id for each in lent_before):
        raise OriginalAway
    keys = papers_asked([line], work=work).item_keys
    is_away = work.loans.away_among(keys) or (line.volume_id is not None and work.loans.away_of_volume(line.volume_id))
    if is_away:
        raise OriginalAway
    if work.holds.held_among(keys) or (line.volume_id is not None and work.holds.on_volume(line.volume_id)):
        raise OriginalHeld
    _check_lendable(actor, line, keys, work=work)
    overdue = [each for each in work.loans.away(user_id=request.user_id) if each.is_overdue(local_day(archive.now()))]
    if overdue:
        raise BorrowerOverdue(len(overdue))


def _check_lendable(actor: Actor, line: RequestLine, keys: Sequence[int], *, work: UnitOfWork) -> None:
    """Whether there is paper to hand out that may leave, and no title document among it (3)."""
    papers = [each for each in work.items.with_keys(keys, actor=SYSTEM) if each.state is not ItemState.DESTROYED]
    of_paper = [each for each in papers if each.classification.medium is ItemMedium.PAPER]
    is_there = bool(of_paper) if line.item_key is not None else True
    if (
        not is_there
        or work.loans.titles_among(keys)
        or not all(may_use(actor, Use.LEND, each, work=work) for each in papers)
    ):
        raise NoOriginalToLend


def _check_sheets(sheets: int | None) -> None:
    if sheets is not None and not 0 < sheets <= MOST_SHEETS:
        raise _invalid_count()


def _invalid_count() -> RequestFactInvalid:
    return RequestFactInvalid(
        Bilingual("数量不对。", "The number cannot be right."),
        Bilingual("请填写大于零的整数。", "Give a whole number above nought."),
    )


def _signed_by_another() -> RequestFactInvalid:
    return RequestFactInvalid(
        Bilingual("签收人不是这份申请的申请人。", "Whoever signs is not the person who asked."),
        Bilingual("请由申请人本人签收。", "Let the person who asked sign."),
    )
