"""What stands on the forms of title documents, gathered under the actor's rights; see `printing_out`."""

from datetime import UTC, datetime, time, timedelta
from typing import Final

from dms.archive import Archive
from dms.custody.titles.errors import TitleFactInvalid
from dms.custody.titles.looking_up import (
    Named,
    SlipShown,
    StockTakeShown,
    TitleWish,
    list_titles,
    named_in,
    show_slip,
    show_stock_take,
)
from dms.custody.titles.printing_out import TitleFormName, TitleFormWish
from dms.custody.titles.reaching import safe_with_code, title_for
from dms.custody.titles.words import (
    CONDITION_NAMES,
    MOVEMENT_NAMES,
    SLIP_ROLE_NAMES,
    STOCK_TAKE_STATE_NAMES,
    TITLE_STATE_NAMES,
)
from dms.domain.actor import Actor, Permission
from dms.domain.clock import local_day
from dms.domain.safe import SafeOpening, StockTakeState
from dms.domain.title_document import TitleDocument, TitleMovement
from dms.domain.title_slip import LineCheck, SlipLine, SlipRole, SlipSignature
from dms.errors import Bilingual
from dms.printing import (
    Letterhead,
    SafeOpeningLine,
    SafeOpeningsForm,
    Signed,
    StockTakeForm,
    StockTakeFormLine,
    TitleForm,
    TitleLedgerForm,
    TitleLedgerLine,
    TitleMovementLine,
    TitleMovementsForm,
    TitleSlipForm,
    TitleSlipLine,
)
from dms.store import UnitOfWork

_EVERY: Final = 1_000_000


def form_facts(actor: Actor, wish: TitleFormWish, *, archive: Archive) -> TitleForm:
    """The facts of the form wished for; raises as `print_title_form` does."""
    match wish.form:
        case TitleFormName.SLIP:
            return _slip_form(actor, _about(wish), archive=archive)
        case TitleFormName.LEDGER:
            return _ledger_form(actor, wish, archive=archive)
        case TitleFormName.MOVEMENTS:
            return _movements_form(actor, wish, archive=archive)
        case TitleFormName.OPENINGS:
            return _openings_form(actor, wish, archive=archive)
        case TitleFormName.STOCK_TAKE:
            return _stock_take_form(actor, _about(wish), archive=archive)


def _slip_form(actor: Actor, slip: str, *, archive: Archive) -> TitleSlipForm:
    shown = show_slip(actor, slip, archive=archive)
    found = shown.slip
    given = {each.role: each for each in found.signatures}
    return TitleSlipForm(
        letterhead=_letterhead(actor, found.from_department, archive=archive),
        number=found.number,
        customer=shown.named.customers[found.customer_id][1],
        contract_no=shown.named.contracts.get(found.contract_id or 0, ""),
        from_department=found.from_department,
        handed_over_on=_signed(given.get(SlipRole.GIVER), SlipRole.GIVER, shown).signed_on,
        due_on=found.due_on,
        lines=tuple(_slip_line(line, shown) for line in shown.lines),
        signatures=tuple(_signed(given.get(role), role, shown) for role in SlipRole),
        digest=found.list_digest,
        remark=found.remark,
    )


def _ledger_form(actor: Actor, wish: TitleFormWish, *, archive: Archive) -> TitleLedgerForm:
    ledger = list_titles(actor, TitleWish(safe_code=wish.about, limit=_EVERY), archive=archive)
    return TitleLedgerForm(
        letterhead=_letterhead(actor, archive=archive),
        as_of_on=local_day(archive.now()),
        lines=tuple(_ledger_line(title, ledger.named) for title in ledger.titles),
        subject=f"保险柜 {wish.about}" if wish.about else "",
    )


def _movements_form(actor: Actor, wish: TitleFormWish, *, archive: Archive) -> TitleMovementsForm:
    with archive.looking() as view:
        if wish.about:
            title = title_for(actor, wish.about, work=view)
            movements, titles = view.titles.movements(title.id), {title.id: title}
        else:
            since, before = _span(wish)
            _, movements = view.titles.movements_page(actor=actor, since=since, before=before, limit=_EVERY)
            titles = view.titles.with_ids({movement.title_id for movement in movements})
        named = named_in(titles.values(), view=view)
        numbers = {each.id: each.number for title_id in titles for each in view.title_requests.of_title(title_id)}
    return TitleMovementsForm(
        letterhead=_letterhead(actor, archive=archive),
        lines=tuple(_movement_line(each, titles[each.title_id], numbers, named) for each in movements),
        subject=wish.about or _days(wish),
    )


def _openings_form(actor: Actor, wish: TitleFormWish, *, archive: Archive) -> SafeOpeningsForm:
    actor.require(Permission.KEEP_TITLES)
    since, before = _span(wish)
    with archive.looking() as view:
        place = safe_with_code(wish.about, work=view).id if wish.about else None
        _, openings = view.safe_openings.page(location_id=place, since=since, before=before, limit=_EVERY)
        named = named_in((), view=view)
    return SafeOpeningsForm(
        letterhead=_letterhead(actor, archive=archive),
        lines=tuple(_opening_line(opening, named) for opening in reversed(openings)),
        subject=" ".join(filter(None, (wish.about, _days(wish)))),
    )


def _stock_take_form(actor: Actor, take: str, *, archive: Archive) -> StockTakeForm:
    shown = show_stock_take(actor, take, archive=archive)
    found = shown.take
    with archive.looking() as view:
        titles = view.titles.with_ids({line.title_id for line in shown.lines if line.title_id is not None})
    numbers = {title.id: title.number for title in titles.values()}
    return StockTakeForm(
        letterhead=_letterhead(actor, archive=archive),
        number=found.number,
        safe=_place(found.location_id, shown.named),
        planned_on=found.planned_on,
        counted_on=local_day(found.counted_at) if found.counted_at else None,
        state=STOCK_TAKE_STATE_NAMES[found.state].zh,
        lines=tuple(
            StockTakeFormLine(
                name=line.name,
                certificate_no=line.certificate_no,
                number=numbers.get(line.title_id or 0, "账外"),
                expected=None if shown.is_blind else line.expected,
                counted=line.counted,
                explanation=line.explanation,
            )
            for line in shown.lines
        ),
        signatures=_counters(shown),
        remark=found.remark,
    )


def _counters(shown: StockTakeShown) -> tuple[Signed, ...]:
    take = shown.take
    is_signed = take.state is StockTakeState.CLOSED and take.closed_at
    on = local_day(take.closed_at) if is_signed and take.closed_at else None
    pairs = (("盘点人（权证管理员）", take.counter), ("见证人", take.witness))
    return tuple(Signed(role=role, name=_person(name, shown.named) if on else "", signed_on=on) for role, name in pairs)


def _slip_line(line: SlipLine, shown: SlipShown) -> TitleSlipLine:
    facts = line.facts
    differences = (check.difference for check in (line.checker, line.custodian) if check is not None)
    return TitleSlipLine(
        kind=_kind(facts.kind_code, shown.named),
        name=facts.name,
        certificate_no=facts.certificate_no,
        right_holder=facts.right_holder,
        quantity=facts.quantity,
        value=facts.value,
        issuer=facts.issuer,
        issued_on=facts.issued_on,
        checked=_said(line.checker),
        taken_over=_said(line.custodian),
        difference="；".join(filter(None, differences)),
        remark=facts.remark,
    )


def _ledger_line(title: TitleDocument, named: Named) -> TitleLedgerLine:
    return TitleLedgerLine(
        number=title.number,
        kind=_kind(title.facts.kind_code, named),
        name=title.facts.name,
        certificate_no=title.facts.certificate_no,
        right_holder=title.facts.right_holder,
        customer=named.customers[title.customer_id][1],
        contract_no=named.contracts.get(title.contract_id or 0, ""),
        quantity=title.facts.quantity,
        in_safe=title.balance,
        value=title.facts.value,
        safe=_place(title.location_id, named),
        state=TITLE_STATE_NAMES[title.state].zh,
        remark=title.facts.remark,
    )


def _movement_line(
    movement: TitleMovement, title: TitleDocument, requests: dict[int, str], named: Named
) -> TitleMovementLine:
    return TitleMovementLine(
        moved_at=_moment(movement.moved_at),
        number=title.number,
        name=title.facts.name,
        certificate_no=title.facts.certificate_no,
        step=MOVEMENT_NAMES[movement.kind].zh,
        change=movement.change,
        balance=movement.balance,
        safe=_place(movement.location_id, named),
        other_party=_person(movement.other_party, named),
        request=requests.get(movement.request_id or 0, ""),
        custodian=_person(movement.custodian, named),
        witness=_person(movement.witness, named),
        condition=CONDITION_NAMES[movement.condition].zh if movement.condition else "",
        remark=movement.remark,
    )


def _opening_line(opening: SafeOpening, named: Named) -> SafeOpeningLine:
    return SafeOpeningLine(
        number=opening.number,
        safe=_place(opening.location_id, named),
        opened_at=_moment(opening.opened_at),
        purpose=opening.purpose,
        custodian=_person(opening.custodian, named),
        witness=_person(opening.witness, named),
        closed_at=_moment(opening.closed_at) if opening.closed_at else "（未关）",
        closed_by=_person(opening.closed_by, named),
        closing_witness=_person(opening.closing_witness, named),
        remark=opening.remark,
    )


def _letterhead(actor: Actor, department: str = "", *, archive: Archive) -> Letterhead:
    with archive.looking() as view:
        return Letterhead(
            company=next(iter(view.scheme.own_names()), ""),
            fonds_code=view.scheme.fonds_code(),
            person=_display_name(actor, view=view),
            made_at=archive.now(),
            department=department,
        )


def _display_name(actor: Actor, *, view: UnitOfWork) -> str:
    user = view.users.get(actor.user_id) if actor.user_id is not None else None
    return user.display_name if user else actor.name


def _signed(given: SlipSignature | None, role: SlipRole, shown: SlipShown) -> Signed:
    name = _person(given.user_name, shown.named) if given else ""
    signed_on = local_day(given.signed_at) if given else None
    return Signed(role=SLIP_ROLE_NAMES[role].zh, name=name, signed_on=signed_on)


def _said(check: LineCheck | None) -> str:
    if check is None:
        return ""
    return "相符" if check.agrees else "不符"


def _kind(code: str, named: Named) -> str:
    return named.kinds[code].zh if code in named.kinds else code


def _place(location_id: int, named: Named) -> str:
    place = named.places.get(location_id)
    return (place.name or place.code) if place else ""


def _person(name: str, named: Named) -> str:
    return named.people.get(name, name)


def _moment(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def _about(wish: TitleFormWish) -> str:
    if not wish.about:
        raise TitleFactInvalid(
            Bilingual("没有说明打印哪一份。", "It was not said which one is to be printed."),
            Bilingual("请写明移交单号或盘点号。", "State the number of the slip or the stock-take."),
        )
    return wish.about


def _span(wish: TitleFormWish) -> tuple[datetime | None, datetime | None]:
    """The first moment of the days wished for, and the first behind them, where the archive stands."""
    since = datetime.combine(wish.since_on, time()).astimezone(UTC) if wish.since_on else None
    last = wish.until_on + timedelta(days=1) if wish.until_on else None
    return since, datetime.combine(last, time()).astimezone(UTC) if last else None


def _days(wish: TitleFormWish) -> str:
    if wish.since_on is None and wish.until_on is None:
        return ""
    return f"{wish.since_on or '…'} 至 {wish.until_on or '…'}"
