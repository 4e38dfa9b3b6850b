"""Into the safe and out of it: every step is a line of the ledger, under an opening that two persons signed.

What always holds:
1. Nothing leaves without an approved request of its own, nor more than was approved, nor under a hold (I9).
2. The ledger is only added to, and its balance is never below nought; the catalogue itself refuses anything else.
3. While a safe is being counted, nothing moves in it.
4. What leaves for good ends the title document once nothing of it is left in our hands.
"""

from dataclasses import dataclass, replace

from dms.archive import Archive
from dms.custody.titles.counting_errors import StockTakeUnderWay
from dms.custody.titles.errors import TitleFactInvalid, TitleListedAlready, TitleQuantityUnfit, TitleStateUnfit
from dms.custody.titles.handing_over import checked_facts, refuse_second
from dms.custody.titles.opening import OpenSafe, open_under, opened_for
from dms.custody.titles.reaching import (
    MAX_NAME_CHARACTERS,
    MAX_REASON_CHARACTERS,
    check_free,
    one_of_two,
    reason_given,
    request_for,
    safe_with_code,
    sign,
    title_for,
    within,
    year_of,
)
from dms.custody.titles.requesting import check_promised
from dms.domain.actor import Actor, Permission
from dms.domain.one_line import one_line
from dms.domain.safe import StockTakeState
from dms.domain.title_document import (
    MovementKind,
    TitleCondition,
    TitleDocument,
    TitleFacts,
    TitleMovement,
    TitleState,
)
from dms.domain.title_request import COMES_BACK, TitleRequestState, TitleUse
from dms.errors import Bilingual
from dms.store import UnitOfWork

_LEAVING: dict[TitleUse, MovementKind] = {
    TitleUse.OUTSIDE: MovementKind.TAKEN_OUT,
    TitleUse.EXCHANGE: MovementKind.TAKEN_OUT,
    TitleUse.RELEASE: MovementKind.RELEASED,
    TitleUse.CANCELLATION: MovementKind.CANCELLED,
    TitleUse.WRITE_OFF: MovementKind.LOST,
}
_ENDINGS: dict[MovementKind, TitleState] = {
    MovementKind.RELEASED: TitleState.RELEASED,
    MovementKind.CANCELLED: TitleState.CANCELLED,
    MovementKind.EXCHANGED: TitleState.REPLACED,
    MovementKind.LOST: TitleState.LOST,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What came back, and how."""

    quantity: int
    condition: TitleCondition
    brought_by: str = ""
    """Empty for whoever took it away."""
    remark: str = ""


def put_in(actor: Actor, title: str | int, *, remark: str = "", archive: Archive) -> TitleMovement:
    """The first line of a title document on the ledger: all of it lies in the safe now.

    Raises `TitleNotFound`, `TitleStateUnfit`, `SafeLocked`, `OpeningOfAnother` or `StockTakeUnderWay`.
    """
    actor.require(Permission.KEEP_TITLES)
    with archive.begin() as work:
        found = title_for(actor, title, work=work)
        if found.state is not TitleState.AWAITED:
            raise TitleStateUnfit(found.state)
        place = _place_to_move_in(actor, found, work=work)
        giver = _giver(found, work=work)
        line = _line(found, place, MovementKind.RECEIVED, found.facts.quantity, archive)
        entered = work.titles.move(replace(line, other_party=giver, remark=_remark(remark)))
        _settle(found.id, work=work)
        _record(actor, "title_put_in", found, entered, archive, work=work)
    return entered


def take_out(actor: Actor, request: str | int, *, remark: str = "", archive: Archive) -> TitleMovement:
    """The line of the ledger with which what was approved left the safe (1).

    Raises `TitleRequestNotFound`, `TitleRequestStateUnfit`, `TitleUnderHold`, `TitleQuantityUnfit`, `SafeLocked`,
    `OpeningOfAnother` or `StockTakeUnderWay`.
    """
    actor.require(Permission.KEEP_TITLES)
    with archive.begin() as work:
        approved = request_for(actor, request, TitleRequestState.APPROVED, work=work)
        found = work.titles.get(approved.title_id)
        check_free(found, work=work)
        check_promised(found, approved)
        place = _place_to_move_in(actor, found, work=work)
        line = _line(found, place, _LEAVING[approved.use], -approved.quantity, archive)
        told = replace(line, other_party=approved.recipient, request_id=approved.id, remark=_remark(remark))
        entered = work.titles.move(told)
        state = TitleRequestState.OUT if approved.use in COMES_BACK else TitleRequestState.CLOSED
        work.title_requests.change(replace(approved, state=state))
        _settle(found.id, ended_by=entered.kind, work=work)
        _record(actor, "title_taken_out", found, entered, archive, work=work)
    return entered


def bring_back(actor: Actor, request: str | int, returned: Returned, *, archive: Archive) -> TitleMovement:
    """The line of the ledger with which it came back, or a part of it; the request ends when all of it has.

    Raises `TitleRequestNotFound`, `TitleRequestStateUnfit`, `TitleQuantityUnfit`, `TitleReasonMissing` where it is
    not sound and nothing is said of that, `SafeLocked`, `OpeningOfAnother` or `StockTakeUnderWay`.
    """
    actor.require(Permission.KEEP_TITLES)
    remark = _remark(returned.remark)
    if returned.condition is not TitleCondition.SOUND:
        reason_given(remark)
    with archive.begin() as work:
        out = request_for(actor, request, TitleRequestState.OUT, work=work)
        found, outstanding = work.titles.get(out.title_id), work.titles.outstanding(out.id)
        if not 0 < returned.quantity <= outstanding:
            raise TitleQuantityUnfit(returned.quantity, outstanding)
        place = _place_to_move_in(actor, found, work=work)
        line = _line(found, place, MovementKind.BROUGHT_BACK, returned.quantity, archive)
        giver = within(one_line(returned.brought_by), MAX_NAME_CHARACTERS, "归还人", "person") or out.recipient
        entered = work.titles.move(
            replace(line, other_party=giver, request_id=out.id, condition=returned.condition, remark=remark)
        )
        if returned.quantity == outstanding:
            work.title_requests.change(replace(out, state=TitleRequestState.CLOSED))
        _settle(found.id, work=work)
        _record(actor, "title_brought_back", found, entered, archive, work=work)
    return entered


def exchange(actor: Actor, request: str | int, facts: TitleFacts, *, archive: Archive) -> TitleDocument:
    """The new title document that came back in the place of the one that was out for exchange; it lies in the safe.

    Raises `TitleRequestNotFound`, `TitleRequestStateUnfit`, `TitleFactInvalid`, `TitleKindUnknown`,
    `TitleListedAlready`, `SafeLocked`, `OpeningOfAnother` or `StockTakeUnderWay`.
    """
    actor.require(Permission.KEEP_TITLES)
    with archive.begin() as work:
        out = request_for(actor, request, TitleRequestState.OUT, work=work)
        if out.use is not TitleUse.EXCHANGE:
            raise TitleFactInvalid(
                Bilingual("这项申请不是换证。", "This request is not one for an exchange."),
                Bilingual("请按归还登记。", "Record that it was brought back."),
            )
        old = work.titles.get(out.title_id)
        stated = checked_facts(facts, work=work)
        if stated.certificate_no == old.facts.certificate_no:
            raise TitleListedAlready(stated.certificate_no)
        refuse_second(stated, work=work)
        place = _place_to_move_in(actor, old, work=work)
        gone = replace(_line(old, place, MovementKind.EXCHANGED, 0, archive), other_party=out.recipient)
        work.titles.move(replace(gone, request_id=out.id, remark=f"换为 {stated.certificate_no}"))
        work.title_requests.change(replace(out, state=TitleRequestState.CLOSED))
        _settle(old.id, ended_by=MovementKind.EXCHANGED, work=work)
        new = work.titles.add(
            replace(old, id=0, facts=stated, slip_id=None, replaces_id=old.id, state=TitleState.AWAITED, item_key=None),
            year=year_of(archive),
        )
        line = replace(_line(new, place, MovementKind.RECEIVED, stated.quantity, archive), other_party=out.recipient)
        entered = work.titles.move(replace(line, remark=f"由 {old.number} 换来"))
        _settle(new.id, work=work)
        _record(actor, "title_exchanged", old, entered, archive, work=work, new=new.number)
        return work.titles.get(new.id)


def report_lost(actor: Actor, witness: Actor, request: str | int, report: str, *, archive: Archive) -> TitleMovement:
    """The line of the ledger which says that what was out is lost; signed by two persons, with a report.

    Raises `TitleRequestNotFound`, `TitleRequestStateUnfit`, `TitleReasonMissing`, `TitleSignedTwice` or
    `TitleSignatureNeedsPerson`.
    """
    actor.require(Permission.KEEP_TITLES)
    custodian, second, told = sign(actor), one_of_two(actor, witness), reason_given(report)
    with archive.begin() as work:
        out = request_for(actor, request, TitleRequestState.OUT, work=work)
        found = work.titles.get(out.title_id)
        entered = work.titles.move(
            TitleMovement(
                id=0,
                title_id=found.id,
                moved_at=archive.now(),
                kind=MovementKind.LOST,
                change=0,
                balance=0,
                opening_id=None,
                location_id=found.location_id,
                custodian=custodian,
                witness=second,
                other_party=out.recipient,
                request_id=out.id,
                remark=told,
            )
        )
        work.title_requests.change(replace(out, state=TitleRequestState.LOST))
        _settle(found.id, ended_by=MovementKind.LOST, work=work)
        _record(actor, "title_reported_lost", found, entered, archive, work=work, reason=told)
    return entered


def move_to_safe(actor: Actor, title: str | int, safe_code: str, *, archive: Archive) -> TitleDocument:
    """The title document, all of which lies in another safe now; both stand open under the actor's signature.

    Raises `TitleNotFound`, `TitleStateUnfit`, `SafeNotFound`, `SafeLocked`, `OpeningOfAnother` or
    `StockTakeUnderWay`.
    """
    actor.require(Permission.KEEP_TITLES)
    with archive.begin() as work:
        found = title_for(actor, title, work=work)
        if found.state is not TitleState.IN_SAFE:
            raise TitleStateUnfit(found.state)
        target = safe_with_code(safe_code, work=work)
        here, there = _place_to_move_in(actor, found, work=work), open_under(actor, target, work=work)
        _refuse_while_counted(target.id, work=work)
        work.titles.move(_line(found, here, MovementKind.MOVED_OUT, -found.balance, archive))
        entered = work.titles.move(_line(found, there, MovementKind.MOVED_IN, found.balance, archive))
        work.titles.place(found.id, target.id)
        _record(actor, "title_moved", found, entered, archive, work=work)
        return work.titles.get(found.id)


def _place_to_move_in(actor: Actor, title: TitleDocument, *, work: UnitOfWork) -> OpenSafe:
    place = opened_for(actor, title, work=work)
    _refuse_while_counted(title.location_id, work=work)
    return place


def _refuse_while_counted(location_id: int, *, work: UnitOfWork) -> None:
    _, counting = work.stock_takes.page(location_id=location_id, states=[StockTakeState.COUNTING], limit=1)
    if counting:
        raise StockTakeUnderWay(counting[0].number)


def _line(title: TitleDocument, place: OpenSafe, kind: MovementKind, change: int, archive: Archive) -> TitleMovement:
    return TitleMovement(
        id=0,
        title_id=title.id,
        moved_at=archive.now(),
        kind=kind,
        change=change,
        balance=0,
        opening_id=place.opening.id,
        location_id=place.safe.id,
        custodian=place.opening.custodian,
        witness=place.opening.witness,
        other_party="",
    )


def _settle(title_id: int, *, ended_by: MovementKind | None = None, work: UnitOfWork) -> None:
    """Say where a title document stands after a line of the ledger (4)."""
    title = work.titles.get(title_id)
    out = [each for each in work.title_requests.of_title(title_id) if each.state is TitleRequestState.OUT]
    ending = _ENDINGS.get(ended_by) if ended_by else None
    if out:
        state = TitleState.OUT
    elif title.balance or ending is None:
        state = TitleState.IN_SAFE
    else:
        state = ending
    work.titles.change_state(title_id, state)


def _giver(title: TitleDocument, *, work: UnitOfWork) -> str:
    slips = work.title_slips
    return slips.giver(title.slip_id) if title.slip_id is not None else ""


def _remark(text: str) -> str:
    return within(one_line(text), MAX_REASON_CHARACTERS, "备注", "remark")


def _record(
    actor: Actor,
    action: str,
    title: TitleDocument,
    movement: TitleMovement,
    archive: Archive,
    *,
    work: UnitOfWork,
    **told: str,
) -> None:
    facts: dict[str, str | int] = {"number": title.number, "change": movement.change, "balance": movement.balance}
    archive.record(work, actor, action, f"title:{title.id}", witness=movement.witness, **facts, **told)
