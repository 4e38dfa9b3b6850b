"""Counting what lies in a safe 盘点: two persons count without knowing what is expected, and sign for what differs.

What always holds:
1. What the ledger says is written down when the count begins, and shown to nobody before it is handed in.
2. It is counted under an opening of the safe, and nothing moves in it meanwhile.
3. Every line is counted; every difference is explained; two persons sign, and then nothing of it changes.
4. A count never changes the ledger: what is missing is written off by a request of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dms.archive import Archive
from dms.custody.titles.counting_errors import (
    CountIncomplete,
    DifferencesUnexplained,
    StockTakeStateUnfit,
    StockTakeUnderWay,
)
from dms.custody.titles.errors import StockTakeNotFound, TitleFactInvalid, TitleLineNotThere
from dms.custody.titles.handing_over import MOST_PIECES
from dms.custody.titles.opening import open_under
from dms.custody.titles.reaching import (
    LARGEST_ID,
    MAX_NAME_CHARACTERS,
    MAX_REASON_CHARACTERS,
    check_all_visible,
    one_of_two,
    reason_given,
    safe_with_code,
    sign,
    within,
    year_of,
)
from dms.domain.actor import Actor, Permission
from dms.domain.clock import local_day
from dms.domain.one_line import one_line
from dms.domain.safe import StockTake, StockTakeLine, StockTakeState
from dms.errors import Bilingual
from dms.store import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundBesides:
    """Something that lay in the safe and stands on no line."""

    name: str
    certificate_no: str
    counted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What two persons found."""

    counted: Mapping[int, int]
    """How many, by id of the line."""
    besides: Sequence[FoundBesides] = ()


def plan_stock_take(actor: Actor, safe_code: str, planned_on: date, *, archive: Archive) -> StockTake:
    """The stock-take, planned for a day. Raises `SafeNotFound` or `TitleFactInvalid`."""
    actor.require(Permission.KEEP_TITLES)
    with archive.begin() as work:
        safe = safe_with_code(safe_code, work=work)
        if planned_on < local_day(archive.now()):
            raise TitleFactInvalid(
                Bilingual("盘点日期已经过去。", "That day has passed."),
                Bilingual("请填今天或以后的日期。", "State today or a later day."),
            )
        planned = StockTake(id=0, number="", location_id=safe.id, planned_on=planned_on, planned_by=actor.name)
        take = work.stock_takes.add(planned, year=year_of(archive))
        archive.record(work, actor, "stock_take_planned", _subject(take), number=take.number, place=safe.code)
    return take


def begin_count(actor: Actor, take: str | int, *, archive: Archive) -> StockTake:
    """The stock-take, being counted from now on (1, 2).

    Raises `StockTakeNotFound`, `StockTakeStateUnfit`, `SafePartlyHidden`, `SafeLocked`, `OpeningOfAnother` or
    `StockTakeUnderWay`.
    """
    actor.require(Permission.KEEP_TITLES)
    with archive.begin() as work:
        planned = take_in(actor, take, StockTakeState.PLANNED, work=work)
        place = open_under(actor, work.locations.get(planned.location_id), work=work)
        _, counting = work.stock_takes.page(location_id=planned.location_id, states=[StockTakeState.COUNTING], limit=1)
        if counting:
            raise StockTakeUnderWay(counting[0].number)
        begun = replace(planned, state=StockTakeState.COUNTING, opening_id=place.opening.id)
        work.stock_takes.change(begun)
        work.stock_takes.expect(planned.id, _expected(planned, work=work))
        archive.record(work, actor, "stock_take_begun", _subject(begun), number=begun.number)
    return begun


def hand_count_in(actor: Actor, take: str | int, count: Count, *, archive: Archive) -> StockTake:
    """The stock-take, compared with the ledger; counted anew it is compared anew, until it is signed (3).

    Raises `StockTakeNotFound`, `StockTakeStateUnfit`, `TitleLineNotThere`, `CountIncomplete`, `TitleFactInvalid`,
    `SafeLocked` or `OpeningOfAnother`.
    """
    actor.require(Permission.KEEP_TITLES)
    with archive.begin() as work:
        counting = take_in(actor, take, StockTakeState.COUNTING, StockTakeState.COUNTED, work=work)
        place = open_under(actor, work.locations.get(counting.location_id), work=work)
        lines = work.stock_takes.lines(counting.id)
        if not count.counted.keys() <= {line.id for line in lines}:
            raise TitleLineNotThere("?")
        missing = [line.position for line in lines if count.counted.get(line.id, line.counted) is None]
        if missing:
            raise CountIncomplete(missing)
        for line_id, pieces in count.counted.items():
            work.stock_takes.count(line_id, _pieces(pieces))
        work.stock_takes.expect(counting.id, [_besides(each) for each in count.besides])
        counted = replace(
            counting,
            state=StockTakeState.COUNTED,
            counted_at=archive.now(),
            counter=place.opening.custodian,
            witness=place.opening.witness,
        )
        work.stock_takes.change(counted)
        differing = sum(bool(line.difference) for line in work.stock_takes.lines(counting.id))
        told: dict[str, str | int] = {"number": counted.number, "items": len(lines), "differences": differing}
        archive.record(work, actor, "stock_take_counted", _subject(counted), **told)
    return counted


def explain_differences(
    actor: Actor, take: str | int, explanations: Mapping[int, str], *, archive: Archive
) -> StockTake:
    """The stock-take, with why these lines differ, by id.

    Raises `StockTakeNotFound`, `StockTakeStateUnfit`, `TitleLineNotThere` or `TitleFactInvalid`.
    """
    actor.require(Permission.KEEP_TITLES)
    with archive.begin() as work:
        counted = take_in(actor, take, StockTakeState.COUNTED, work=work)
        lines = {line.id: line for line in work.stock_takes.lines(counted.id)}
        if not explanations.keys() <= lines.keys():
            raise TitleLineNotThere("?")
        for line_id, text in explanations.items():
            told = within(one_line(text), MAX_REASON_CHARACTERS, "差异说明", "explanation")
            work.stock_takes.count(line_id, lines[line_id].counted, explanation=told)
        archive.record(work, actor, "stock_take_explained", _subject(counted), number=counted.number)
    return counted


def sign_stock_take(actor: Actor, witness: Actor, take: str | int, *, remark: str = "", archive: Archive) -> StockTake:
    """The stock-take, signed by two persons and closed for good (3).

    Raises `StockTakeNotFound`, `StockTakeStateUnfit`, `DifferencesUnexplained`, `TitleSignedTwice`,
    `TitleFactInvalid` or `TitleSignatureNeedsPerson`.
    """
    actor.require(Permission.KEEP_TITLES)
    counter, second = sign(actor), one_of_two(actor, witness)
    with archive.begin() as work:
        counted = take_in(actor, take, StockTakeState.COUNTED, work=work)
        lines = work.stock_takes.lines(counted.id)
        silent = [line.position for line in lines if line.difference and not line.explanation]
        if silent:
            raise DifferencesUnexplained(silent)
        closed = replace(
            counted,
            state=StockTakeState.CLOSED,
            counter=counter,
            witness=second,
            closed_at=archive.now(),
            remark=within(one_line(remark), MAX_REASON_CHARACTERS, "备注", "remark"),
        )
        work.stock_takes.change(closed)
        differing = sum(bool(line.difference) for line in lines)
        told: dict[str, str | int] = {"number": closed.number, "witness": second, "differences": differing}
        archive.record(work, actor, "stock_take_signed", _subject(closed), **told)
    return closed


def cancel_stock_take(actor: Actor, take: str | int, reason: str, *, archive: Archive) -> StockTake:
    """The stock-take, given up for this reason; what was counted of it stays to be read.

    Raises `StockTakeNotFound`, `StockTakeStateUnfit` or `TitleReasonMissing`.
    """
    actor.require(Permission.KEEP_TITLES)
    told = reason_given(reason)
    running = (StockTakeState.PLANNED, StockTakeState.COUNTING, StockTakeState.COUNTED)
    with archive.begin() as work:
        kept = take_in(actor, take, *running, work=work)
        cancelled = replace(kept, state=StockTakeState.CANCELLED, remark=told)
        work.stock_takes.change(cancelled)
        archive.record(work, actor, "stock_take_cancelled", _subject(kept), number=kept.number, reason=told)
    return cancelled


def take_in(actor: Actor, named: str | int, *states: StockTakeState, work: UnitOfWork) -> StockTake:
    """The stock-take with this id or number, in one of the states where any are given.

    Raises `StockTakeNotFound`, `StockTakeStateUnfit`, or `SafePartlyHidden` for whoever may not see all of the safe.
    """
    is_id = isinstance(named, int) or (named.isascii() and named.isdecimal())
    number = min(int(named), LARGEST_ID) if is_id else 0
    found = work.stock_takes.find(number) if is_id else work.stock_takes.with_number(str(named))
    if found is None:
        raise StockTakeNotFound(str(named))
    check_all_visible(actor, found.location_id, work=work)
    if states and found.state not in states:
        raise StockTakeStateUnfit(found.state)
    return found


def _expected(take: StockTake, *, work: UnitOfWork) -> list[StockTakeLine]:
    return [
        StockTakeLine(
            id=0,
            take_id=take.id,
            position=0,
            title_id=title.id,
            name=title.facts.name,
            certificate_no=title.facts.certificate_no,
            expected=title.balance,
        )
        for title in work.titles.of_safe(take.location_id)
    ]


def _besides(found: FoundBesides) -> StockTakeLine:
    name = within(one_line(found.name), MAX_NAME_CHARACTERS, "证名", "name")
    if not name:
        raise TitleFactInvalid(Bilingual("没有填写证名。", "The name is missing."), Bilingual("请填写。", "State it."))
    return StockTakeLine(
        id=0,
        take_id=0,
        position=0,
        title_id=None,
        name=name,
        certificate_no=within(one_line(found.certificate_no), MAX_NAME_CHARACTERS, "权证号", "number"),
        expected=0,
        counted=_pieces(found.counted),
    )


def _pieces(counted: int) -> int:
    if not 0 <= counted <= MOST_PIECES:
        raise TitleFactInvalid(
            Bilingual("实有数不对。", "The number counted cannot be right."),
            Bilingual(f"请填 0 到 {MOST_PIECES} 的整数。", f"Give a whole number from 0 to {MOST_PIECES}."),
        )
    return counted


def _subject(take: StockTake) -> str:
    return f"stock_take:{take.id}"
