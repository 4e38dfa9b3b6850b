"""个人信息请求登记: what persons ask about their own data, answered in time, with the papers that the answer names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dms.archive import Archive
from dms.custody.protecting.errors import (
    ProtectorNotPerson,
    SubjectFactInvalid,
    SubjectRequestAnswered,
    SubjectRequestNotFound,
)
from dms.domain.actor import Actor, Permission, Role
from dms.domain.clock import local_day
from dms.domain.duty import Duty, DutyKind
from dms.domain.item import Item
from dms.domain.one_line import one_line
from dms.domain.personal_data import is_identity_number, plain_number
from dms.domain.subject_request import SubjectRequest, SubjectRequestKind
from dms.errors import Bilingual
from dms.store import UnitOfWork

MAX_TEXT_CHARACTERS = 2000
_MAX_LINE_CHARACTERS = 200
_MOST_OPEN = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestStated:
    """What a person states when a request comes in."""

    kind: SubjectRequestKind
    person: str
    identity_number: str = ""
    contact: str = ""
    received_on: date
    identity_checked: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPage:
    """One page of the register."""

    total: int
    requests: tuple[SubjectRequest, ...]
    asked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestShown:
    """One request with the papers that its answer names."""

    request: SubjectRequest
    papers: tuple[Item, ...]


def enter_request(actor: Actor, stated: RequestStated, *, archive: Archive) -> SubjectRequest:
    """The request as entered in the register; raises `SubjectFactInvalid` or `ProtectorNotPerson`."""
    actor.require(Permission.MANAGE_PERSONAL_DATA)
    _require_person(actor)
    today = local_day(archive.now())
    request = SubjectRequest(
        id=0,
        kind=stated.kind,
        person=_named(stated.person),
        identity_number=_checked_number(stated.identity_number),
        contact=one_line(stated.contact)[:_MAX_LINE_CHARACTERS],
        received_on=_checked_day(stated.received_on, today),
        identity_checked=one_line(stated.identity_checked)[:_MAX_LINE_CHARACTERS],
        remark=one_line(stated.remark)[:_MAX_LINE_CHARACTERS],
        entered_by=actor.name,
        entered_at=archive.now(),
    )
    with archive.begin() as work:
        entered = work.subject_requests.add(request)
        subject = f"subject_request/{entered.id}"
        archive.record(work, actor, "subject_request_entered", subject, kind=entered.kind.value)
    return entered


def answer_request(
    actor: Actor, request_id: int, answer: str, item_ids: Sequence[str], *, archive: Archive
) -> SubjectRequest:
    """The request, answered with these papers; raises `SubjectRequestNotFound`, `SubjectRequestAnswered` or another.

    Papers that the actor may not know of are left out.
    """
    actor.require(Permission.MANAGE_PERSONAL_DATA)
    _require_person(actor)
    told = answer.replace("\r\n", "\n").strip()[:MAX_TEXT_CHARACTERS]
    if not told:
        raise SubjectFactInvalid(
            Bilingual("没有填写答复内容。", "The answer is empty."),
            Bilingual("请写明查到什么、如何处理，或者为何不能处理。", "Say what was found and done, or why not."),
        )
    with archive.begin() as work:
        request = _request(request_id, work=work)
        if request.answered_at is not None:
            raise SubjectRequestAnswered(request_id)
        papers = [item_id for item_id in dict.fromkeys(item_ids) if work.items.with_id(item_id, actor=actor)]
        at = archive.now()
        work.subject_requests.answer(request_id, answer=told, papers=papers, by=actor.name, at=at)
        archive.record(work, actor, "subject_request_answered", f"subject_request/{request_id}", items=len(papers))
        return _request(request_id, work=work)


def list_requests(
    actor: Actor, *, archive: Archive, open_only: bool = False, limit: int = 50, offset: int = 0
) -> RequestPage:
    """One page of the register, the latest first."""
    actor.require(Permission.MANAGE_PERSONAL_DATA)
    with archive.looking() as view:
        total, found = view.subject_requests.page(open_only=open_only, limit=limit, offset=offset)
    return RequestPage(total=total, requests=tuple(found), asked_on=local_day(archive.now()))


def show_request(actor: Actor, request_id: int, *, archive: Archive) -> RequestShown:
    """One request; raises `SubjectRequestNotFound`."""
    actor.require(Permission.MANAGE_PERSONAL_DATA)
    with archive.looking() as view:
        request = _request(request_id, work=view)
        papers = tuple(item for each in request.papers if (item := view.items.with_id(each, actor=actor)))
    return RequestShown(request=request, papers=papers)


def duties(view: UnitOfWork, *, on: date) -> Iterator[Duty]:
    """The requests without an answer, each due thirty days after it came in; the archivists owe them."""
    for request in view.subject_requests.page(open_only=True, limit=_MOST_OPEN)[1]:
        yield Duty(
            kind=DutyKind.SUBJECT_REQUEST,
            subject=f"subject_request/{request.id}",
            what=Bilingual(
                f"答复第 {request.id} 号个人信息请求", f"Answer request number {request.id} about personal data"
            ),
            due_on=request.due_on,
            role=Role.ARCHIVIST,
        )


def _request(request_id: int, *, work: UnitOfWork) -> SubjectRequest:
    request = work.subject_requests.find(request_id)
    if request is None:
        raise SubjectRequestNotFound(request_id)
    return request


def _require_person(actor: Actor) -> None:
    if actor.user_id is None:
        raise ProtectorNotPerson


def _named(text: str) -> str:
    name = one_line(text)[:_MAX_LINE_CHARACTERS]
    if not name:
        raise SubjectFactInvalid(
            Bilingual("没有填写姓名。", "The name is missing."),
            Bilingual("请填写提出请求的人的姓名。", "State the name of the person who asks."),
        )
    return name


def _checked_number(text: str) -> str:
    number = plain_number(text)
    if number and not is_identity_number(number):
        raise SubjectFactInvalid(
            Bilingual("身份证号不正确。", "The identity number is not valid."),
            Bilingual("请核对18位或15位号码；没有可以留空。", "Check its 18 or 15 digits, or leave it empty."),
        )
    return number


def _checked_day(received_on: date, today: date) -> date:
    if received_on > today:
        raise SubjectFactInvalid(
            Bilingual("收到日期在今天之后。", "The day of receipt is yet to come."),
            Bilingual("请填写实际收到请求的日期。", "State the day on which the request came in."),
        )
    return received_on
