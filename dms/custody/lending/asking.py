"""Asking for papers 利用申请: what is asked for, finding what was only described, reminding, and giving up.

What always holds:
- Whoever asks names papers that he may know of, or describes what he wants; the answer to a description, and to a
  whole volume, is the same whatever papers there are that he may not know of, until it is approved.
- The route is fixed when the papers are: who decides follows from all of them, the hidden ones included.
- What was asked stays as it was asked; papers that the archivist found stand beside the description.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dms.archive import Archive, is_working_day
from dms.custody.lending.errors import AlreadyReminded, RequestFactInvalid, RequestStateUnfit
from dms.custody.lending.finding import (
    named_as_wanted,
    own_request,
    person,
    request_at_desk,
    subject_of,
    told,
)
from dms.custody.lending.opening import approve, end_grants, happened, tell_outcome
from dms.custody.lending.routing import Offices, papers_asked, route_for
from dms.custody.lending.rules import rules_in
from dms.domain.actor import Actor, Permission
from dms.domain.clock import local_day
from dms.domain.item import Item
from dms.domain.lending import (
    WAITING,
    LendingRules,
    LoanState,
    RequestEventKind,
    RequestLine,
    RequestState,
    UseKind,
    UseRequest,
    moved,
)
from dms.domain.one_line import one_line
from dms.domain.user import User
from dms.domain.volume import Volume
from dms.domain.working_days import after_working_days
from dms.errors import Bilingual
from dms.store import UnitOfWork

MAX_PURPOSE_CHARACTERS = 200
MAX_NAME_CHARACTERS = 60
MOST_LINES = 200
MOST_COPIES = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestStated:
    """What a person asks for."""

    kind: UseKind
    purpose: str
    papers: Sequence[str] = ()
    """Ids or reference codes of papers and volumes that he may know of; ``volume:3`` for a volume without a code."""
    described: str = ""
    """What he wants besides, in his words: customer, contract, volume, content."""
    days: int = 7
    """Calendar days for which he wishes to use them."""
    copies: int = 1
    department: str = ""
    """For which department he asks; empty for his own."""
    outside_party: str = ""
    """For whom outside the company, with the letter of introduction; empty for himself."""


def ask_for_use(actor: Actor, stated: RequestStated, *, archive: Archive) -> UseRequest:
    """The new request, on its way; approved at once for somebody with a standing right.

    Raises `NotAPerson`, `RequestFactInvalid` or `PaperNotNamed`.
    """
    actor.require(Permission.REQUEST_USE)
    with archive.begin() as work:
        asker = person(actor, work=work)
        rules = rules_in(work)
        wanted = [named_as_wanted(actor, each, work=work) for each in _references(stated)]
        is_described = bool(one_line(stated.described))
        is_veiled = is_described or any(isinstance(each, Volume) for each in wanted)
        request = work.requests.add(replace(_as_stated(asker, stated, rules, archive=archive), is_veiled=is_veiled))
        _add_lines(actor, request, wanted, work=work)
        if is_described:
            described = told(stated.described, "资料说明", "description")
            _add_line(request, actor, described=described, work=work)
        happened(request, RequestEventKind.ASKED, actor, archive=archive, work=work, text=request.purpose)
        details = {"number": request.number, "kind": request.kind.value, "purpose": request.purpose}
        archive.record(work, actor, "use_asked", subject_of(request), items=len(wanted), **details)
        if is_described:
            return request
        return _sent_on(actor, request, asker, rules, archive=archive, work=work)


def find_for_request(actor: Actor, request_id: int, papers: Sequence[str], *, archive: Archive) -> UseRequest:
    """The request with the papers that the archivist found for it, on its way to whoever decides.

    Raises `RequestNotFound`, `RequestStateUnfit`, `RequestFactInvalid` (no paper named) or `PaperNotNamed`.
    """
    actor.require(Permission.LEND)
    with archive.begin() as work:
        request = request_at_desk(actor, request_id, RequestState.FINDING, work=work)
        known = {(each.item_key, each.volume_id) for each in work.requests.lines(request.id)}
        found = [named_as_wanted(actor, each, work=work) for each in dict.fromkeys(map(one_line, papers)) if each]
        if not found and known <= {(None, None)}:
            raise _nothing_named()
        _add_lines(actor, request, [each for each in found if _pair(each) not in known], work=work)
        happened(request, RequestEventKind.FOUND, actor, archive=archive, work=work, count=len(found))
        archive.record(work, actor, "use_papers_found", subject_of(request), number=request.number, items=len(found))
        asker = work.users.get(request.user_id)
        assert asker is not None  # accounts are never deleted
        return _sent_on(actor, request, asker, rules_in(work), archive=archive, work=work)


def nothing_found(actor: Actor, request_id: int, reason: str, *, archive: Archive) -> UseRequest:
    """The request, answered without papers; to whoever asked it looks like any other that was not approved.

    Raises `RequestNotFound`, `RequestStateUnfit` or `RequestFactInvalid`.
    """
    actor.require(Permission.LEND)
    answer = told(reason, "答复", "answer")
    with archive.begin() as work:
        request = request_at_desk(actor, request_id, RequestState.FINDING, work=work)
        refused = moved(request, RequestState.REFUSED, decided_at=archive.now(), ended_at=archive.now())
        work.requests.change(refused)
        happened(request, RequestEventKind.REFUSED, actor, archive=archive, work=work, text=answer)
        archive.record(work, actor, "use_refused", subject_of(request), number=request.number, reason=answer)
        tell_outcome(actor, refused, archive=archive, work=work)
    return refused


def remind(actor: Actor, request_id: int, *, archive: Archive) -> UseRequest:
    """The request, after whoever is to act was reminded; once a day.

    Raises `RequestNotFound`, `RequestStateUnfit` or `AlreadyReminded`.
    """
    actor.require(Permission.REQUEST_USE)
    with archive.begin() as work:
        request = own_request(actor, request_id, *WAITING, work=work)
        today = local_day(archive.now())
        events = work.requests.events(request.id)
        if any(each.kind is RequestEventKind.REMINDED and local_day(each.happened_at) == today for each in events):
            raise AlreadyReminded
        happened(request, RequestEventKind.REMINDED, actor, archive=archive, work=work)
        archive.record(work, actor, "use_reminded", subject_of(request), number=request.number)
    return request


def withdraw_request(actor: Actor, request_id: int, *, archive: Archive) -> UseRequest:
    """The request, given up; what was granted by it ends. Raises `RequestNotFound` or `RequestStateUnfit`."""
    actor.require(Permission.REQUEST_USE)
    with archive.begin() as work:
        request = own_request(actor, request_id, *WAITING, RequestState.APPROVED, work=work)
        if any(
            each.state is not LoanState.RETURNED for each in work.loans.of_requests([request.id]).get(request.id, [])
        ):
            raise RequestStateUnfit(request.state)
        end_grants(request, archive=archive, work=work)
        withdrawn = moved(request, RequestState.WITHDRAWN, ended_at=archive.now())
        work.requests.change(withdrawn)
        happened(request, RequestEventKind.WITHDRAWN, actor, archive=archive, work=work)
        archive.record(work, actor, "use_withdrawn", subject_of(request), number=request.number)
    return withdrawn


def state_effect(actor: Actor, request_id: int, effect: str, *, archive: Archive) -> UseRequest:
    """The request with what its use came to 利用效果; raises `RequestNotFound` or `RequestFactInvalid`."""
    actor.require(Permission.REQUEST_USE)
    stated = told(effect, "利用效果", "effect", most=MAX_PURPOSE_CHARACTERS)
    with archive.begin() as work:
        request = own_request(actor, request_id, RequestState.APPROVED, RequestState.CLOSED, work=work)
        changed = replace(request, effect=stated)
        work.requests.change(changed)
        happened(request, RequestEventKind.EFFECT, actor, archive=archive, work=work, text=stated)
        archive.record(work, actor, "use_effect_stated", subject_of(request), number=request.number, effect=stated)
    return changed


def _as_stated(asker: User, stated: RequestStated, rules: LendingRules, *, archive: Archive) -> UseRequest:
    if not 1 <= stated.days <= rules.look_days_most:
        raise _invalid_days(rules.look_days_most)
    if not 1 <= stated.copies <= MOST_COPIES:
        raise RequestFactInvalid(
            Bilingual(f"份数“{stated.copies}”不对。", f"{stated.copies} copies cannot be asked for."),
            Bilingual(f"请填写 1 至 {MOST_COPIES}。", f"Give a number from 1 to {MOST_COPIES}."),
        )
    now = archive.now()
    return UseRequest(
        id=0,
        number="",
        user_id=asker.id,
        user_name=asker.name,
        display_name=asker.display_name,
        department=_department(asker, stated.department),
        kind=stated.kind,
        purpose=told(stated.purpose, "利用目的", "purpose", most=MAX_PURPOSE_CHARACTERS),
        outside_party=told(
            stated.outside_party, "外来单位", "party outside", most=MAX_PURPOSE_CHARACTERS, required=False
        ),
        days=stated.days,
        copies=stated.copies,
        state=RequestState.FINDING,
        asked_at=now,
        decide_by_on=after_working_days(local_day(now), rules.decide_within_working_days, is_working_day),
    )


def _department(asker: User, stated: str) -> str:
    """For which department is asked: the person's own, or one of those that he is let to."""
    let_to = asker.departments or frozenset()
    own = asker.home_department or (next(iter(let_to)) if len(let_to) == 1 else "")
    wanted = told(stated, "部门", "department", most=MAX_NAME_CHARACTERS, required=False) or own
    barred = asker.departments is not None and wanted not in {own, *asker.departments}
    if barred:
        raise RequestFactInvalid(
            Bilingual(f"您不属于部门“{wanted}”。", f"You do not belong to the department “{wanted}”."),
            Bilingual("请选择自己的部门。", "Choose your own department."),
        )
    return wanted


def _references(stated: RequestStated) -> list[str]:
    references = [each for each in dict.fromkeys(map(one_line, stated.papers)) if each]
    if not references and not one_line(stated.described):
        raise _nothing_named()
    if len(references) > MOST_LINES:
        raise RequestFactInvalid(
            Bilingual(f"一份申请最多 {MOST_LINES} 件。", f"A request names {MOST_LINES} papers at most."),
            Bilingual("请分成几份申请，或按案卷申请。", "Split it, or ask for whole volumes."),
        )
    return references


def _add_lines(actor: Actor, request: UseRequest, wanted: Sequence[Item | Volume], *, work: UnitOfWork) -> None:
    for each in wanted:
        item_key, volume_id = _pair(each)
        _add_line(request, actor, item_key=item_key, volume_id=volume_id, work=work)


def _sent_on(
    actor: Actor, request: UseRequest, asker: User, rules: LendingRules, *, archive: Archive, work: UnitOfWork
) -> UseRequest:
    """The request with its route, waiting for its first decision; approved where nobody's is needed."""
    papers = papers_asked(work.requests.lines(request.id), work=work)
    route = route_for(asker, request.department, papers, rules, Offices(work, on=local_day(archive.now())))
    waiting = moved(request, RequestState.PENDING, grade=papers.grade, route=route, step=0)
    if not route:
        happened(request, RequestEventKind.STANDING, actor, archive=archive, work=work)
        return approve(actor, waiting, asker.name, rules, archive=archive, work=work)
    work.requests.change(waiting)
    return waiting


def _add_line(
    request: UseRequest,
    actor: Actor,
    *,
    work: UnitOfWork,
    item_key: int | None = None,
    volume_id: int | None = None,
    described: str = "",
) -> None:
    line = RequestLine(
        id=0, request_id=request.id, position=0, item_key=item_key, volume_id=volume_id, described=described,
        added_by=actor.name,
    )  # fmt: skip
    work.requests.add_line(line)


def _pair(wanted: Item | Volume) -> tuple[int | None, int | None]:
    """Key of the item and id of the volume, one of them None."""
    return (wanted.key, None) if isinstance(wanted, Item) else (None, wanted.id)


def _nothing_named() -> RequestFactInvalid:
    return RequestFactInvalid(
        Bilingual("没有说明需要哪些资料。", "It was not said what papers are wanted."),
        Bilingual("请填写资料编号或档号；不知道的，用文字说明。", "Name papers by number, or describe them."),
    )


def _invalid_days(most: int) -> RequestFactInvalid:
    return RequestFactInvalid(
        Bilingual("使用天数不对。", "The number of days cannot be right."),
        Bilingual(f"请填写 1 至 {most} 天。", f"Give a number of days from 1 to {most}."),
    )
