"""The ledger of title documents, slips, requests, safes and stock-takes, as a person may know of them (I5)."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from dms.archive import Archive, customer_for
from dms.custody.titles.errors import TitleUnderHold
from dms.custody.titles.opening import keepers_in
from dms.custody.titles.reaching import check_free, request_for, safe_with_code, slip_for, title_for
from dms.custody.titles.requesting import may_decide
from dms.custody.titles.stock_taking import take_in
from dms.domain.actor import Actor, Permission
from dms.domain.clock import local_day
from dms.domain.location import Location, LocationKind
from dms.domain.safe import SafeOpening, StockTake, StockTakeLine, StockTakeState
from dms.domain.title_document import TitleDocument, TitleKind, TitleMovement, TitleState
from dms.domain.title_request import TitleRequest, TitleRequestState
from dms.domain.title_slip import SlipLine, SlipState, TitleSlip
from dms.store import TitleFilter, TitleOrder, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleWish:
    """Which title documents a person wants to see; what is empty does not matter."""

    states: frozenset[TitleState] = frozenset()
    kind_code: str = ""
    customer_code: str = ""
    safe_code: str = ""
    words: str = ""
    order: TitleOrder = TitleOrder.NUMBER
    limit: int = 50
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What the ids beside a title document stand for."""

    kinds: dict[str, TitleKind]
    customers: dict[int, tuple[str, str]]
    """Code and name, by id."""
    contracts: dict[int, str]
    """Number, by id."""
    places: dict[int, Location]
    people: dict[str, str]
    """Display name, by sign-in name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleLedger:
    """One page of the ledger."""

    titles: tuple[TitleDocument, ...]
    total: int
    counts: dict[TitleState, int]
    named: Named


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleShown:
    """One title document with its whole history."""

    title: TitleDocument
    movements: tuple[TitleMovement, ...]
    requests: tuple[TitleRequest, ...]
    slip: TitleSlip | None
    item_id: str | None
    """The scan, where the actor may see it."""
    opening: SafeOpening | None
    """The opening of its safe that stands open now."""
    holds: tuple[str, ...]
    """Numbers of the holds that keep it in the safe."""
    replaces: TitleDocument | None
    replaced_by: TitleDocument | None
    named: Named


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipShown:
    """One slip with its list."""

    slip: TitleSlip
    lines: tuple[SlipLine, ...]
    titles: tuple[TitleDocument, ...]
    """What came of it once it was taken over."""
    item_ids: dict[int, str]
    """The scans that the actor may see, by key."""
    named: Named


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipPage:
    """One page of the slips."""

    slips: tuple[TitleSlip, ...]
    total: int
    named: Named


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestWish:
    """Which requests a person wants to see."""

    states: frozenset[TitleRequestState] = frozenset()
    mine: bool = False
    late: bool = False
    """Only those that should be back."""
    limit: int = 50
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPage:
    """One page of the requests, with their title documents."""

    requests: tuple[TitleRequest, ...]
    total: int
    titles: dict[int, TitleDocument]
    present_day: date
    to_decide: frozenset[int]
    """Ids of those that wait for this person's decision."""
    named: Named


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeShown:
    """One safe as it stands."""

    safe: Location
    opening: SafeOpening | None
    """The opening that stands open now."""
    titles: int
    pieces: int
    keeper: str
    """Sign-in name of the custodian who answers for it; empty where nobody was named."""
    counted_on: date | None
    """When it was counted last."""
    next_count_on: date | None = None
    """The earliest planned stock-take."""
    openings: tuple[SafeOpening, ...] = ()
    openings_total: int = 0
    awaited: tuple[TitleDocument, ...] = field(default=())
    """What waits to be put in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StockTakeShown:
    """One stock-take; what was expected is told only when it has been counted."""

    take: StockTake
    safe: Location
    lines: tuple[StockTakeLine, ...]
    opening: SafeOpening | None
    named: Named

    @property
    def is_blind(self) -> bool:
        """Whether nobody may know yet what is expected."""
        return self.take.state is StockTakeState.COUNTING


def list_titles(actor: Actor, wish: TitleWish, *, archive: Archive) -> TitleLedger:
    """One page of the ledger; raises `CustomerNotFound` or `SafeNotFound` for what a wish names."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        customer = customer_for(actor, wish.customer_code, work=view) if wish.customer_code else None
        safe = safe_with_code(wish.safe_code, work=view) if wish.safe_code else None
        wanted = TitleFilter(
            states=wish.states,
            kind_code=wish.kind_code,
            customer_ids=view.customers.ids_of(customer.id) if customer else frozenset(),
            location_id=safe.id if safe else None,
            words=wish.words.strip(),
        )
        total, titles = view.titles.page(wanted, actor=actor, order=wish.order, limit=wish.limit, offset=wish.offset)
        counts = view.titles.counts_by_state(actor=actor)
        return TitleLedger(titles=tuple(titles), total=total, counts=counts, named=named_in(titles, view=view))


def show_title(actor: Actor, title: str | int, *, archive: Archive) -> TitleShown:
    """One title document with its ledger; raises `TitleNotFound`."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        found = title_for(actor, title, work=view)
        scan = view.items.with_keys([found.item_key], actor=actor) if found.item_key is not None else ()
        old = view.titles.known(found.replaces_id, actor=actor) if found.replaces_id is not None else None
        new = view.titles.replacing(found.id)
        return TitleShown(
            title=found,
            movements=tuple(view.titles.movements(found.id)),
            requests=tuple(view.title_requests.of_title(found.id)),
            slip=view.title_slips.known(found.slip_id, actor=actor) if found.slip_id is not None else None,
            item_id=scan[0].id if scan else None,
            opening=view.safe_openings.open_of(found.location_id),
            holds=_holds(found, view=view),
            replaces=old,
            replaced_by=new,
            named=named_in([found], view=view),
        )


def titles_of_customer(actor: Actor, customer_code: str, *, archive: Archive) -> tuple[TitleDocument, ...]:
    """Every title document of a customer that the actor may know of; raises `CustomerNotFound`."""
    return list_titles(actor, TitleWish(customer_code=customer_code, limit=1000), archive=archive).titles


def list_slips(
    actor: Actor, *, states: Iterable[SlipState] = (), limit: int = 50, offset: int = 0, archive: Archive
) -> SlipPage:
    """One page of the slips, the newest first."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        total, slips = view.title_slips.page(states=list(states), actor=actor, limit=limit, offset=offset)
        return SlipPage(slips=tuple(slips), total=total, named=named_in(slips, view=view))


def show_slip(actor: Actor, slip: str | int, *, archive: Archive) -> SlipShown:
    """One slip with its list; raises `TitleSlipNotFound`."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        found = slip_for(actor, slip, work=view)
        lines = tuple(view.title_slips.lines(found.id))
        scans = view.items.with_keys([line.item_key for line in lines if line.item_key is not None], actor=actor)
        _, titles = view.titles.page(TitleFilter(slip_id=found.id), actor=actor, limit=1000)
        return SlipShown(
            slip=found,
            lines=lines,
            titles=tuple(titles),
            item_ids={item.key: item.id for item in scans},
            named=named_in([found], view=view),
        )


def list_title_requests(actor: Actor, wish: RequestWish, *, archive: Archive) -> RequestPage:
    """One page of the requests, the newest first."""
    actor.require(Permission.CONSULT)
    today = local_day(archive.now())
    with archive.looking() as view:
        total, requests = view.title_requests.page(
            states=wish.states,
            asked_by=actor.name if wish.mine else None,
            late_on=today if wish.late else None,
            actor=actor,
            limit=wish.limit,
            offset=wish.offset,
        )
        return _requests_shown(actor, requests, total, today, view=view)


def show_title_request(actor: Actor, request: str | int, *, archive: Archive) -> RequestPage:
    """One request with its title document; raises `TitleRequestNotFound`."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        found = request_for(actor, request, work=view)
        return _requests_shown(actor, [found], 1, local_day(archive.now()), view=view)


def list_safes(actor: Actor, *, archive: Archive) -> tuple[SafeShown, ...]:
    """Every safe in use, by code."""
    actor.require(Permission.KEEP_TITLES)
    with archive.looking() as view:
        safes = [each for each in view.locations.all() if each.kind is LocationKind.SAFE and not each.retired]
        return tuple(_safe(actor, safe, view=view) for safe in safes)


def show_safe(actor: Actor, safe_code: str, *, limit: int = 50, offset: int = 0, archive: Archive) -> SafeShown:
    """One safe with its openings and what waits for it; raises `SafeNotFound`."""
    actor.require(Permission.KEEP_TITLES)
    with archive.looking() as view:
        safe = safe_with_code(safe_code, work=view)
        total, openings = view.safe_openings.page(location_id=safe.id, limit=limit, offset=offset)
        wanted = TitleFilter(location_id=safe.id, states=frozenset({TitleState.AWAITED}))
        _, awaited = view.titles.page(wanted, actor=actor, limit=1000)
        return _safe(actor, safe, view=view, openings=tuple(openings), total=total, awaited=tuple(awaited))


def list_stock_takes(
    actor: Actor, *, limit: int = 50, offset: int = 0, archive: Archive
) -> tuple[int, tuple[StockTakeShown, ...]]:
    """How many stock-takes there are, and one page of them without their lines, the newest first."""
    actor.require(Permission.KEEP_TITLES)
    with archive.looking() as view:
        total, takes = view.stock_takes.page(limit=limit, offset=offset)
        return total, tuple(_take(take, (), view=view) for take in takes)


def show_stock_take(actor: Actor, take: str | int, *, archive: Archive) -> StockTakeShown:
    """One stock-take with its lines; raises `StockTakeNotFound` or `SafePartlyHidden`."""
    actor.require(Permission.KEEP_TITLES)
    with archive.looking() as view:
        found = take_in(actor, take, work=view)
        return _take(found, tuple(view.stock_takes.lines(found.id)), view=view)


def named_in(subjects: Iterable[TitleDocument | TitleSlip], *, view: UnitOfWork) -> Named:
    """What the ids beside these stand for."""
    every = list(subjects)
    customers = view.customers.with_ids({each.customer_id for each in every})
    contracts = view.contracts.with_ids({each.contract_id for each in every if each.contract_id is not None})
    return Named(
        kinds={kind.code: kind for kind in view.titles.kinds()},
        customers={key: (each.facts.code, each.facts.name) for key, each in customers.items()},
        contracts={key: each.facts.number for key, each in contracts.items()},
        places={place.id: place for place in view.locations.all() if place.kind is LocationKind.SAFE},
        people={user.name: user.display_name for user in view.users.all()},
    )


def _requests_shown(
    actor: Actor, requests: list[TitleRequest], total: int, today: date, *, view: UnitOfWork
) -> RequestPage:
    titles = view.titles.with_ids({request.title_id for request in requests})
    waiting = [each for each in requests if each.state is TitleRequestState.ASKED]
    mine = (each.id for each in waiting if actor.may(Permission.DECIDE_REQUESTS) and may_decide(actor, each))
    return RequestPage(
        requests=tuple(requests),
        total=total,
        titles=titles,
        present_day=today,
        to_decide=frozenset(mine),
        named=named_in(titles.values(), view=view),
    )


def _holds(title: TitleDocument, *, view: UnitOfWork) -> tuple[str, ...]:
    try:
        check_free(title, work=view)
    except TitleUnderHold as refusal:
        return refusal.holds
    return ()


def _safe(
    actor: Actor,
    safe: Location,
    *,
    view: UnitOfWork,
    openings: tuple[SafeOpening, ...] = (),
    total: int = 0,
    awaited: tuple[TitleDocument, ...] = (),
) -> SafeShown:
    titles, pieces = view.titles.counts_by_safe(actor=actor).get(safe.id, (0, 0))
    _, planned = view.stock_takes.page(location_id=safe.id, states=[StockTakeState.PLANNED], limit=100)
    counted_at = view.stock_takes.last_signed_on().get(safe.id)
    return SafeShown(
        safe=safe,
        opening=view.safe_openings.open_of(safe.id),
        titles=titles,
        pieces=pieces,
        keeper=keepers_in(view).get(str(safe.id), ""),
        counted_on=local_day(counted_at) if counted_at else None,
        next_count_on=min((take.planned_on for take in planned), default=None),
        openings=openings,
        openings_total=total,
        awaited=awaited,
    )


def _take(take: StockTake, lines: tuple[StockTakeLine, ...], *, view: UnitOfWork) -> StockTakeShown:
    blind = take.state is StockTakeState.COUNTING
    return StockTakeShown(
        take=take,
        safe=view.locations.get(take.location_id),
        lines=tuple(replace(line, expected=0) for line in lines) if blind else lines,
        opening=view.safe_openings.open_of(take.location_id),
        named=named_in((), view=view),
    )
