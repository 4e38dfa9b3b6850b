"""What falls due about title documents, and what a person holds of them."""

from collections.abc import Iterator
from datetime import date

from dms.archive import is_working_day
from dms.custody.titles.opening import KEEPERS_SETTING, keepers_in
from dms.custody.titles.words import USE_NAMES
from dms.domain.actor import Role
from dms.domain.clock import local_day
from dms.domain.duty import Duty, DutyKind
from dms.domain.leaving import HeldKind, HeldThing, Passing
from dms.domain.safe import StockTakeState
from dms.domain.title_document import TitleState
from dms.domain.title_request import TitleRequest, TitleRequestState
from dms.domain.title_slip import SlipState, TitleSlip
from dms.domain.working_days import after_months, after_working_days, first_working_day
from dms.errors import Bilingual
from dms.store import TitleFilter, UnitOfWork

MONTHS_SETTING = "title_months_between_stock_takes"
MONTHS_BETWEEN_STOCK_TAKES = 3
WORKING_DAYS_TO_DECIDE = 2
WORKING_DAYS_TO_PUT_IN = 1
_EVERY = 1_000_000
_OPEN_SLIPS = (SlipState.DRAFT, SlipState.RETURNED, SlipState.HANDED_OVER, SlipState.CHECKED)
_RUNNING_TAKES = (StockTakeState.PLANNED, StockTakeState.COUNTING, StockTakeState.COUNTED)
_WHOSE_TURN = {SlipState.HANDED_OVER: Role.ARCHIVIST, SlipState.CHECKED: Role.CUSTODIAN}


def duties(view: UnitOfWork, *, on: date) -> Iterator[Duty]:
    """Everything that is owed about title documents on a day, for whoever owes it."""
    _, slips = view.title_slips.page(states=_OPEN_SLIPS, actor=None, limit=_EVERY)
    yield from map(_of_slip, slips)
    yield from _of_awaited(view, on=on)
    for request in view.title_requests.open_of():
        yield from _of_request(request, view=view)
    yield from _of_safes(view, on=on)


def held_by(view: UnitOfWork, user_name: str) -> Iterator[HeldThing]:
    """What a person has taken out, asked for or begun, and the safes that he answers for."""
    _, slips = view.title_slips.page(states=(SlipState.DRAFT, SlipState.RETURNED), actor=None, limit=_EVERY)
    for slip in slips:
        if slip.begun_by == user_name:
            yield _held(HeldKind.DRAFT, f"title_slip/{slip.id}", _slip_called(slip), _HAND_OVER_OR_WITHDRAW)
    for request in view.title_requests.open_of():
        if request.asked_by == user_name:
            is_out = request.state is TitleRequestState.OUT
            kind, remedy = (HeldKind.TITLE, _BRING_BACK) if is_out else (HeldKind.REQUEST, _WITHDRAW)
            yield _held(kind, f"title_request/{request.id}", _request_called(request, view=view), remedy)
    for opening in view.safe_openings.standing_open():
        if user_name in (opening.custodian, opening.witness):
            what = Bilingual(f"未关的保险柜（{opening.number}）", f"a safe that stands open ({opening.number})")
            yield _held(HeldKind.SAFE, f"safe_opening/{opening.id}", what, _LOCK)
    for location_id, keeper in keepers_in(view).items():
        if keeper == user_name:
            place = view.locations.find(int(location_id))
            called = place.name or place.code if place else location_id
            what = Bilingual(f"保险柜“{called}”", f"the safe “{called}”")
            yield HeldThing(kind=HeldKind.SAFE, subject=f"safe/{location_id}", what=what, passing=Passing.PASSES_ON)


def pass_safe_on(work: UnitOfWork, subject: str, user_name: str) -> None:
    """Let a successor answer for a safe: ``safe/7``, from what `held_by` named."""
    work.settings.state(KEEPERS_SETTING, keepers_in(work) | {subject.partition("/")[2]: user_name})


_HAND_OVER_OR_WITHDRAW = Bilingual("请移交或撤销这份移交单。", "Hand the slip over, or withdraw it.")
_BRING_BACK = Bilingual("请归还权证。", "Bring the title document back.")
_WITHDRAW = Bilingual("请撤回申请。", "Withdraw the request.")
_LOCK = Bilingual("请登记关柜。", "Record that it was locked.")


def _held(kind: HeldKind, subject: str, what: Bilingual, remedy: Bilingual) -> HeldThing:
    return HeldThing(kind=kind, subject=subject, what=what, passing=Passing.TO_SETTLE, remedy=remedy)


def _of_slip(slip: TitleSlip) -> Duty:
    turn = _WHOSE_TURN.get(slip.state)
    called = _slip_called(slip)
    return Duty(
        kind=DutyKind.HAND_OVER,
        subject=f"title_slip/{slip.id}",
        what=Bilingual(f"办理{called.zh}", f"Go on with {called.en}"),
        due_on=slip.due_on,
        person="" if turn else slip.begun_by,
        department=slip.from_department if not turn else "",
        role=turn,
    )


def _of_awaited(view: UnitOfWork, *, on: date) -> Iterator[Duty]:
    wanted = TitleFilter(states=frozenset({TitleState.AWAITED}))
    for title in view.titles.page(wanted, actor=None, limit=_EVERY)[1]:
        taken_over_at = view.title_slips.accepted_at(title.slip_id) if title.slip_id is not None else None
        begun_on = local_day(taken_over_at) if taken_over_at else on
        yield Duty(
            kind=DutyKind.HAND_OVER,
            subject=f"title/{title.id}",
            what=Bilingual(f"权证 {title.number} 存入保险柜", f"Put title document {title.number} into its safe"),
            due_on=after_working_days(begun_on, WORKING_DAYS_TO_PUT_IN, is_working_day),
            role=Role.CUSTODIAN,
        )


def _of_request(request: TitleRequest, *, view: UnitOfWork) -> Iterator[Duty]:
    called = _request_called(request, view=view)
    if request.state is TitleRequestState.ASKED:
        yield Duty(
            kind=DutyKind.DECISION,
            subject=f"title_request/{request.id}",
            what=Bilingual(f"审批{called.zh}", f"Decide {called.en}"),
            due_on=after_working_days(local_day(request.asked_at), WORKING_DAYS_TO_DECIDE, is_working_day),
            role=request.decides,
        )
    elif request.state is TitleRequestState.OUT and request.due_on is not None:
        number = view.titles.get(request.title_id).number
        yield Duty(
            kind=DutyKind.TITLE_RETURN,
            subject=f"title_return/{request.id}",
            what=Bilingual(f"归还权证 {number}", f"Bring back title document {number}"),
            due_on=request.due_on,
            person=request.asked_by,
        )


def _of_safes(view: UnitOfWork, *, on: date) -> Iterator[Duty]:
    months = view.settings.number(MONTHS_SETTING, MONTHS_BETWEEN_STOCK_TAKES)
    keepers, counted = keepers_in(view), view.stock_takes.last_signed_on()
    _, running = view.stock_takes.page(states=_RUNNING_TAKES, limit=_EVERY)
    for location_id, first_in_at in view.titles.first_put_in().items():
        last_on = local_day(counted.get(location_id, first_in_at))
        planned = [take.planned_on for take in running if take.location_id == location_id]
        regular_on = first_working_day(after_months(last_on, months), is_working_day)
        place = view.locations.get(location_id)
        called = place.name or place.code
        yield Duty(
            kind=DutyKind.STOCK_TAKE,
            subject=f"stock_take/{location_id}/{last_on}",
            what=Bilingual(f"盘点保险柜“{called}”", f"Count what lies in the safe “{called}”"),
            due_on=min([regular_on, *planned]),
            person=keepers.get(str(location_id), ""),
            role=None if keepers.get(str(location_id)) else Role.CUSTODIAN,
        )


def _slip_called(slip: TitleSlip) -> Bilingual:
    number = slip.number or f"{slip.begun_on}"
    return Bilingual(f"权证移交单 {number}", f"the slip of title documents {number}")


def _request_called(request: TitleRequest, *, view: UnitOfWork) -> Bilingual:
    number, use = view.titles.get(request.title_id).number, USE_NAMES[request.use]
    return Bilingual(
        f"权证 {number} 的{use.zh}申请（{request.number}）", f"the request {request.number} for {number}: {use.en}"
    )
