"""Into the safe and out of it: two persons, an approved request, and a ledger that is never below nought."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from simulators.people import person
from simulators.scanner import add_customer
from simulators.title_documents import (
    CHIEF,
    DEED,
    DEPUTY,
    HANDLER,
    KEEPER,
    PLEDGE,
    WITNESS,
    add_safe,
    asked,
    in_safe,
    taken_over,
)

from dms.custody.titles import (
    OpeningOfAnother,
    RequestWish,
    Returned,
    SafeLocked,
    SafePartlyHidden,
    SafeStandsOpen,
    TitleDecision,
    TitleDecisionBarred,
    TitleDueDayUnfit,
    TitleFactInvalid,
    TitleListedAlready,
    TitleNotFound,
    TitleQuantityUnfit,
    TitleReasonMissing,
    TitleRequestNotFound,
    TitleRequestStateUnfit,
    TitleRouteInvalid,
    TitleSignatureNeedsPerson,
    TitleSignedTwice,
    TitleStateUnfit,
    TitleUnderHold,
    TitleWish,
    bring_back,
    close_safe,
    decide_title_request,
    exchange,
    lapse_title_requests,
    list_title_requests,
    list_titles,
    move_to_safe,
    open_safe,
    put_in,
    report_lost,
    show_safe,
    show_title,
    state_title_routes,
    take_out,
    title_routes,
    titles_of_customer,
    withdraw_title_request,
)
from dms.domain.actor import OPERATOR, SYSTEM, ActionForbidden, Role
from dms.domain.hold import HoldTarget, NewHold
from dms.domain.location import LocationKind
from dms.domain.title_document import MovementKind, TitleCondition, TitleState
from dms.domain.title_request import TitleRequestState, TitleRoute, TitleUse
from dms.filing import merge_customers
from dms.filing.places import PlaceInUse, PlaceStated, change_place, retire_place

YES = TitleDecision(approved=True, opinion="同意")
SOUND = Returned(quantity=2, condition=TitleCondition.SOUND)


@pytest.fixture
def deed(archive):
    """Two copies of a deed in the safe BX1, which is locked."""
    return in_safe(archive)[0]


@pytest.fixture
def approved(archive, deed):
    """The request to take both out, approved by the general manager."""
    request = asked(archive, deed.id, quantity=2)
    return decide_title_request(CHIEF, request.id, YES, archive=archive)


def opened(archive, code="BX1"):
    return open_safe(KEEPER, WITNESS, code, "办理出入库", archive=archive)


def ledger(archive, title):
    return [(line.kind, line.change, line.balance) for line in show_title(KEEPER, title.id, archive=archive).movements]


def test_a_title_document_goes_out_and_comes_back(archive, deed, approved):
    opened(archive)
    out = take_out(KEEPER, approved.number, archive=archive)
    assert (out.change, out.balance, out.witness) == (-2, 0, "jianzheng")
    shown = show_title(HANDLER, deed.id, archive=archive)
    assert (shown.title.state, shown.title.balance) == (TitleState.OUT, 0)
    bring_back(KEEPER, approved.id, SOUND, archive=archive)
    close_safe(KEEPER, WITNESS, "BX1", archive=archive)
    assert ledger(archive, deed) == [
        (MovementKind.RECEIVED, 2, 2),
        (MovementKind.TAKEN_OUT, -2, 0),
        (MovementKind.BROUGHT_BACK, 2, 2),
    ]
    shown = show_title(HANDLER, deed.id, archive=archive)
    assert shown.title.state is TitleState.IN_SAFE
    assert shown.requests[0].state is TitleRequestState.CLOSED


def test_a_part_may_come_back_first(archive, deed, approved):
    opened(archive)
    take_out(KEEPER, approved.id, archive=archive)
    bring_back(KEEPER, approved.id, replace(SOUND, quantity=1), archive=archive)
    assert show_title(KEEPER, deed.id, archive=archive).title.state is TitleState.OUT
    with pytest.raises(TitleQuantityUnfit):
        bring_back(KEEPER, approved.id, SOUND, archive=archive)
    with pytest.raises(TitleReasonMissing):
        bring_back(KEEPER, approved.id, Returned(quantity=1, condition=TitleCondition.DAMAGED), archive=archive)
    damaged = Returned(quantity=1, condition=TitleCondition.DAMAGED, brought_by="张三", remark="封面撕裂")
    assert bring_back(KEEPER, approved.id, damaged, archive=archive).other_party == "张三"
    assert show_title(KEEPER, deed.id, archive=archive).title.state is TitleState.IN_SAFE


def test_nothing_moves_through_a_locked_door(archive, deed, approved):
    with pytest.raises(SafeLocked):
        take_out(KEEPER, approved.id, archive=archive)
    with pytest.raises(SafeLocked):
        close_safe(KEEPER, WITNESS, "BX1", archive=archive)
    opened(archive)
    with pytest.raises(SafeStandsOpen):
        opened(archive)
    other = replace(KEEPER, user_id=230, name="fuguan")
    with pytest.raises(OpeningOfAnother):
        take_out(other, approved.id, archive=archive)


def test_a_safe_is_opened_by_two_persons_with_accounts(archive):
    add_safe(archive)
    with pytest.raises(TitleSignedTwice):
        open_safe(KEEPER, KEEPER, "BX1", "盘点", archive=archive)
    with pytest.raises(TitleSignatureNeedsPerson):
        open_safe(KEEPER, OPERATOR, "BX1", "盘点", archive=archive)
    with pytest.raises(TitleSignatureNeedsPerson):
        open_safe(OPERATOR, WITNESS, "BX1", "盘点", archive=archive)
    with pytest.raises(TitleReasonMissing):
        open_safe(KEEPER, WITNESS, "BX1", "", archive=archive)
    with pytest.raises(ActionForbidden):
        open_safe(HANDLER, WITNESS, "BX1", "盘点", archive=archive)


def test_another_pair_may_lock_what_stands_open(archive):
    add_safe(archive)
    opened(archive)
    closed = close_safe(
        replace(KEEPER, user_id=230, name="fuguan"), CHIEF, "BX1", remark="原经办人离岗", archive=archive
    )
    assert (closed.custodian, closed.closed_by, closed.closing_witness) == ("quanzheng", "fuguan", "zongjingli")
    assert show_safe(KEEPER, "BX1", archive=archive).openings_total == 1


def test_without_an_approved_request_nothing_leaves(archive, deed):
    request = asked(archive, deed.id, quantity=2)
    opened(archive)
    with pytest.raises(TitleRequestStateUnfit):
        take_out(KEEPER, request.id, archive=archive)
    decide_title_request(CHIEF, request.id, TitleDecision(approved=False, opinion="用途不清"), archive=archive)
    with pytest.raises(TitleRequestStateUnfit):
        take_out(KEEPER, request.id, archive=archive)
    with pytest.raises(TitleRequestNotFound):
        take_out(KEEPER, 99, archive=archive)


def test_nobody_decides_his_own_request_nor_one_of_a_higher_rank(archive, deed):
    own = asked(archive, deed.id)
    with pytest.raises(TitleDecisionBarred):
        decide_title_request(DEPUTY, own.id, YES, archive=archive)
    asker = person(Role.GENERAL_MANAGER, user_id=HANDLER.user_id)
    with pytest.raises(TitleDecisionBarred):
        decide_title_request(replace(asker, name=HANDLER.name), own.id, YES, archive=archive)
    with pytest.raises(ActionForbidden):
        decide_title_request(KEEPER, own.id, YES, archive=archive)
    with pytest.raises(TitleReasonMissing):
        decide_title_request(CHIEF, own.id, TitleDecision(approved=False, opinion=""), archive=archive)


def test_two_who_decide_at_once_do_so_once(archive, deed):
    request = asked(archive, deed.id)
    decide_title_request(CHIEF, request.id, YES, archive=archive)
    with pytest.raises(TitleRequestStateUnfit):
        decide_title_request(replace(CHIEF, user_id=240, name="fuzong"), request.id, YES, archive=archive)


def test_whose_decision_it_is_follows_from_the_value(archive, deed):
    with pytest.raises(TitleRouteInvalid):
        state_title_routes(OPERATOR, [TitleRoute(role=Role.MANAGER_IN_CHARGE, up_to=Decimal(1))], archive=archive)
    with pytest.raises(TitleRouteInvalid):
        state_title_routes(OPERATOR, [TitleRoute(role=Role.ARCHIVIST)], archive=archive)
    routes = [
        TitleRoute(role=Role.GENERAL_MANAGER),
        TitleRoute(role=Role.MANAGER_IN_CHARGE, up_to=Decimal("5000000")),
    ]
    stated = state_title_routes(OPERATOR, routes, archive=archive)
    assert [route.role for route in stated] == [Role.MANAGER_IN_CHARGE, Role.GENERAL_MANAGER]
    assert title_routes(HANDLER, archive=archive) == stated
    request = asked(archive, deed.id)
    assert request.decides is Role.MANAGER_IN_CHARGE
    assert decide_title_request(DEPUTY, request.id, YES, archive=archive).state is TitleRequestState.APPROVED
    (unvalued,) = in_safe(archive, PLEDGE)
    assert asked(archive, unvalued.id).decides is Role.GENERAL_MANAGER


def test_no_more_is_promised_than_lies_there(archive, deed):
    with pytest.raises(TitleQuantityUnfit):
        asked(archive, deed.id, quantity=3)
    asked(archive, deed.id, quantity=1)
    with pytest.raises(TitleQuantityUnfit):
        asked(archive, deed.id, quantity=2)
    with pytest.raises(TitleQuantityUnfit):
        asked(archive, deed.id, quantity=0)


@pytest.mark.parametrize("due_on", [None, date(2026, 3, 1), date(2026, 5, 2)])
def test_what_comes_back_does_so_by_a_day(archive, deed, due_on):
    with pytest.raises(TitleDueDayUnfit):
        asked(archive, deed.id, due_on=due_on)


def test_what_lies_under_a_hold_does_not_leave(archive, deed, approved):
    with archive.begin() as work:
        hold = work.holds.add(
            NewHold(
                target=HoldTarget.CUSTOMER,
                subject_id=deed.customer_id,
                reason="诉讼保全",
                authority="法院通知",
                placed_by="fawu",
                placed_at=archive.now(),
            )
        )
    opened(archive)
    with pytest.raises(TitleUnderHold, match=hold.number):
        take_out(KEEPER, approved.id, archive=archive)
    withdraw_title_request(HANDLER, approved.id, archive=archive)
    with pytest.raises(TitleUnderHold):
        asked(archive, deed.id)
    assert show_title(KEEPER, deed.id, archive=archive).holds == (hold.number,)


@pytest.mark.parametrize(
    ("use", "state"),
    [
        (TitleUse.RELEASE, TitleState.RELEASED),
        (TitleUse.CANCELLATION, TitleState.CANCELLED),
        (TitleUse.WRITE_OFF, TitleState.LOST),
    ],
)
def test_what_leaves_for_good_ends_the_title_document(archive, deed, use, state):
    request = asked(archive, deed.id, use, quantity=2, recipient="合肥远山商贸有限公司")
    decide_title_request(CHIEF, request.id, YES, archive=archive)
    opened(archive)
    take_out(KEEPER, request.id, archive=archive)
    shown = show_title(KEEPER, deed.id, archive=archive)
    assert (shown.title.state, shown.title.balance) == (state, 0)
    assert shown.requests[0].state is TitleRequestState.CLOSED
    with pytest.raises(TitleStateUnfit):
        asked(archive, deed.id)


def test_a_certificate_that_was_exchanged_is_followed_by_the_new_one(archive, deed):
    request = asked(archive, deed.id, TitleUse.EXCHANGE, quantity=2)
    decide_title_request(CHIEF, request.id, YES, archive=archive)
    opened(archive)
    take_out(KEEPER, request.id, archive=archive)
    with pytest.raises(TitleListedAlready):
        exchange(KEEPER, request.id, DEED, archive=archive)
    fresh = replace(DEED, certificate_no="皖（2026）合肥市不动产权第0099号", quantity=1)
    new = exchange(KEEPER, request.id, fresh, archive=archive)
    assert (new.number, new.balance, new.state) == ("QZ-2026-0002", 1, TitleState.IN_SAFE)
    old = show_title(KEEPER, deed.id, archive=archive)
    assert (old.title.state, old.replaced_by.number) == (TitleState.REPLACED, "QZ-2026-0002")
    assert show_title(KEEPER, new.id, archive=archive).replaces.number == deed.number


def test_only_what_is_out_for_exchange_is_exchanged(archive, approved):
    opened(archive)
    take_out(KEEPER, approved.id, archive=archive)
    with pytest.raises(TitleFactInvalid):
        exchange(KEEPER, approved.id, PLEDGE, archive=archive)


def test_what_is_lost_outside_is_reported_by_two(archive, deed, approved):
    opened(archive)
    take_out(KEEPER, approved.id, archive=archive)
    with pytest.raises(TitleSignedTwice):
        report_lost(KEEPER, KEEPER, approved.id, "途中遗失", archive=archive)
    line = report_lost(KEEPER, CHIEF, approved.id, "途中遗失，已登报并向登记机关挂失", archive=archive)
    assert (line.change, line.balance, line.opening_id) == (0, 0, None)
    shown = show_title(KEEPER, deed.id, archive=archive)
    assert (shown.title.state, shown.requests[0].state) == (TitleState.LOST, TitleRequestState.LOST)


def test_an_approval_that_nobody_uses_lapses(archive, clock, approved):
    assert approved.valid_to_on == date(2026, 3, 16)
    clock.advance(timedelta(days=14))
    assert lapse_title_requests(SYSTEM, archive=archive) == 0
    clock.advance(timedelta(days=1))
    assert lapse_title_requests(SYSTEM, archive=archive) == 1
    assert lapse_title_requests(SYSTEM, archive=archive) == 0
    with pytest.raises(TitleRequestStateUnfit):
        take_out(KEEPER, approved.id, archive=archive)


def test_a_request_is_withdrawn_by_whoever_made_it(archive, approved):
    with pytest.raises(TitleRequestNotFound):
        withdraw_title_request(CHIEF, approved.id, archive=archive)
    assert withdraw_title_request(HANDLER, approved.id, archive=archive).state is TitleRequestState.WITHDRAWN


def test_what_is_late_is_told_of(archive, clock, approved):
    opened(archive)
    take_out(KEEPER, approved.id, archive=archive)
    late = RequestWish(late=True)
    assert list_title_requests(HANDLER, late, archive=archive).total == 0
    clock.advance(timedelta(days=5))
    assert list_title_requests(HANDLER, late, archive=archive).total == 1
    assert list_title_requests(CHIEF, RequestWish(mine=True), archive=archive).total == 0


def test_a_title_document_moves_to_another_safe_while_both_stand_open(archive, deed):
    add_safe(archive, "BX2", "二号保险柜")
    opened(archive)
    with pytest.raises(SafeLocked):
        move_to_safe(KEEPER, deed.id, "BX2", archive=archive)
    opened(archive, "BX2")
    moved = move_to_safe(KEEPER, deed.number, "BX2", archive=archive)
    assert moved.balance == 2
    assert [kind for kind, _, _ in ledger(archive, deed)][1:] == [MovementKind.MOVED_OUT, MovementKind.MOVED_IN]
    assert list_titles(KEEPER, TitleWish(safe_code="BX2"), archive=archive).total == 1


def test_a_safe_in_which_something_is_kept_stays_a_safe(archive, deed):
    with pytest.raises(PlaceInUse):
        retire_place(OPERATOR, "BX1", archive=archive)
    with pytest.raises(PlaceInUse):
        change_place(OPERATOR, "BX1", PlaceStated(kind=LocationKind.ROOM, code="BX1", name="库房"), archive=archive)
    change_place(OPERATOR, "BX1", PlaceStated(kind=LocationKind.SAFE, code="BX1", name="甲柜"), archive=archive)


def test_a_title_document_is_put_in_once(archive):
    add_safe(archive)
    (deed,) = taken_over(archive)
    with pytest.raises(SafeLocked):
        put_in(KEEPER, deed.id, archive=archive)
    opened(archive)
    put_in(KEEPER, deed.id, archive=archive)
    with pytest.raises(TitleStateUnfit):
        put_in(KEEPER, deed.id, archive=archive)


def test_a_custodian_who_may_not_see_everything_opens_nothing(archive, deed):
    with archive.begin() as work:
        customer = work.customers.get(deed.customer_id)
        work.customers.change(customer.id, replace(customer.facts, department="采购部"))
    halved = replace(KEEPER, departments=frozenset({"销售部"}))
    with pytest.raises(SafePartlyHidden):
        open_safe(halved, WITNESS, "BX1", "盘点", archive=archive)
    with pytest.raises(TitleNotFound):
        show_title(halved, deed.id, archive=archive)
    assert list_titles(halved, TitleWish(), archive=archive).counts == {}


def test_the_title_documents_of_a_merged_customer_are_those_of_its_heir(archive, deed):
    add_customer(archive, "C0002", "合肥远山集团有限公司")
    merge_customers(OPERATOR, "C0001", "C0002", archive=archive)
    assert [title.id for title in titles_of_customer(KEEPER, "C0002", archive=archive)] == [deed.id]
