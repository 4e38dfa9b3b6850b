"""Finding the request or the loan that a person named, and what he named as wanted."""

from dms.archive import ItemNotFound, item_for
from dms.custody.lending.errors import (
    LoanNotFound,
    LoanStateUnfit,
    NotAPerson,
    PaperNotNamed,
    RequestFactInvalid,
    RequestNotFound,
    RequestStateUnfit,
)
from dms.domain.actor import Actor, Permission
from dms.domain.item import READABLE_STATES, Item
from dms.domain.lending import Loan, LoanState, RequestState, UseRequest
from dms.domain.one_line import one_line
from dms.domain.user import User
from dms.domain.volume import Volume, VolumeState
from dms.errors import Bilingual
from dms.store import UnitOfWork

LARGEST_ID = 2**63 - 1
MAX_REASON_CHARACTERS = 400


def person(actor: Actor, *, work: UnitOfWork) -> User:
    """The account of whoever acts; raises `NotAPerson` for the operator of the machine and for the system."""
    user = work.users.get(actor.user_id) if actor.user_id is not None else None
    if user is None:
        raise NotAPerson
    return user


def request_with_id(request_id: int, *states: RequestState, work: UnitOfWork) -> UseRequest:
    """The request, in one of the states where any are given; raises `RequestNotFound` or `RequestStateUnfit`."""
    request = work.requests.find(request_id) if 0 < request_id <= LARGEST_ID else None
    if request is None:
        raise RequestNotFound(str(request_id))
    return in_state(request, *states)


def in_state(request: UseRequest, *states: RequestState) -> UseRequest:
    """The request, unless it is in none of these states; raises `RequestStateUnfit`."""
    if states and request.state not in states:
        raise RequestStateUnfit(request.state)
    return request


def own_request(actor: Actor, request_id: int, *states: RequestState, work: UnitOfWork) -> UseRequest:
    """The actor's own request; raises `RequestNotFound` for another's, or `RequestStateUnfit`."""
    request = request_with_id(request_id, work=work)
    if actor.user_id is None or request.user_id != actor.user_id:
        raise RequestNotFound(str(request_id))
    return in_state(request, *states)


def request_at_desk(actor: Actor, request_id: int, *states: RequestState, work: UnitOfWork) -> UseRequest:
    """The request as the archivist handles it: he must be able to know of its papers, and it is not his own.

    Raises `RequestNotFound` or `RequestStateUnfit`.
    """
    request = request_with_id(request_id, work=work)
    if request.user_id == actor.user_id or not work.requests.is_open_to(actor, request.id):
        raise RequestNotFound(str(request_id))
    return in_state(request, *states)


def loan_for(actor: Actor, loan_id: int, *states: LoanState, work: UnitOfWork) -> Loan:
    """The loan, if the actor borrowed it or may lend and know of it; raises `LoanNotFound` or `LoanStateUnfit`."""
    loan = work.loans.find(loan_id, actor=actor) if 0 < loan_id <= LARGEST_ID else None
    if loan is None or not (actor.may(Permission.LEND) or loan.user_id == actor.user_id):
        raise LoanNotFound(str(loan_id))
    if states and loan.state not in states:
        raise LoanStateUnfit(loan.state)
    return loan


def named_as_wanted(actor: Actor, reference: str, *, work: UnitOfWork) -> Item | Volume:
    """The paper or volume of this id or reference code, which the actor may know of; raises `PaperNotNamed`."""
    if not reference.isascii() and not reference.isprintable():
        raise PaperNotNamed(reference)
    volume = _volume_named(actor, reference, work=work)
    if volume is not None:
        return volume
    try:
        paper = item_for(actor, work.items.with_code(reference, actor=actor) or reference, work=work)
    except ItemNotFound:
        raise PaperNotNamed(reference) from None
    if paper.state not in READABLE_STATES:
        raise PaperNotNamed(reference)
    return paper


def told(text: str, zh: str, en: str, *, most: int = MAX_REASON_CHARACTERS, required: bool = True) -> str:
    """The text on one line; raises `RequestFactInvalid` where it is missing or too long."""
    stated = one_line(text)
    if required and not stated:
        raise RequestFactInvalid(
            Bilingual(f"没有填写{zh}。", f"The {en} is missing."), Bilingual("请填写。", "State it.")
        )
    if len(stated) > most:
        raise RequestFactInvalid(
            Bilingual(f"{zh}过长。", f"The {en} is too long."),
            Bilingual(f"请写在 {most} 字以内。", f"Write it in {most} characters at most."),
        )
    return stated


def subject_of(request: UseRequest) -> str:
    """What the journal calls a request: ``request:3``."""
    return f"request:{request.id}"


def _volume_named(actor: Actor, reference: str, *, work: UnitOfWork) -> Volume | None:
    prefix, _, number = reference.partition(":")
    if prefix == "volume" and number.isascii() and number.isdecimal() and int(number) <= LARGEST_ID:
        found = work.volumes.find(int(number), actor=actor)
    else:
        found = work.volumes.with_code(reference, actor=actor)
    return found if found is not None and found.state is not VolumeState.DESTROYED else None
