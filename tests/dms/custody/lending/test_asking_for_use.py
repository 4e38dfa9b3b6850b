"""Papers are asked for by number or by description, and an answer tells nobody what he may not know."""

from dataclasses import replace
from datetime import timedelta

import pytest
from simulators.offices import SALES, WORKS, found_company

from dms.archive import ItemNotFound
from dms.custody import page_image
from dms.custody.lending import (
    AlreadyReminded,
    NotAPerson,
    PaperNotNamed,
    RequestFactInvalid,
    RequestNotFound,
    RequestStated,
    RequestStateUnfit,
    Verdict,
    ask_for_use,
    decide_request,
    find_for_request,
    lapse_requests,
    my_requests,
    nothing_found,
    remind,
    requests_at_desk,
    show_request,
    state_effect,
    withdraw_request,
)
from dms.domain.actor import OPERATOR, SYSTEM
from dms.domain.lending import Approver, RequestState, RouteStep, UseKind

LOOK = RequestStated(kind=UseKind.LOOK, purpose="核对付款条款", days=7)


@pytest.fixture
def company(archive):
    return found_company(archive)


@pytest.fixture
def ask(company):
    def asking(name="xiao-li", *papers, **changes):
        stated = replace(LOOK, papers=[paper.id for paper in papers], **changes)
        return ask_for_use(company.actor(name), stated, archive=company.archive)

    return asking


@pytest.mark.parametrize(
    ("name", "papers", "route"),
    [
        ("xiao-li", ["ordinary"], [(Approver.DEPARTMENT_MANAGER, SALES)]),
        ("sales-head", ["larger"], [(Approver.MANAGER_IN_CHARGE, SALES)]),
        ("sales-head", ["ordinary"], [(Approver.MANAGER_IN_CHARGE, SALES)]),
        ("in-charge", ["ordinary"], [(Approver.GENERAL_MANAGER, "")]),
        ("keeper", ["secret"], [(Approver.MANAGER_IN_CHARGE, SALES), (Approver.GENERAL_MANAGER, "")]),
        ("general", ["secret"], []),
    ],
)
def test_the_route_follows_from_the_highest_grade_and_from_whose_the_papers_are(company, ask, name, papers, route):
    request = ask(name, *(getattr(company, paper) for paper in papers))
    assert request.route == tuple(RouteStep(approver=approver, department=whose) for approver, whose in route)
    assert request.state is (RequestState.PENDING if route else RequestState.APPROVED)
    assert request.number == "JY-2026-0001"


def test_papers_of_another_department_go_to_its_manager_in_charge(company, ask):
    request = ask("xiao-chen", described="销售一部客户的采购合同")
    found = find_for_request(company.actor("keeper"), request.id, [company.ordinary.id], archive=company.archive)
    assert found.route == (RouteStep(approver=Approver.MANAGER_IN_CHARGE, department=SALES),)
    assert found.department == WORKS


def test_what_the_asker_may_not_know_cannot_be_named_and_looks_like_nothing(company, ask):
    for reference in (company.secret.id, company.foreign.id, "no-such-paper", "档号"):
        with pytest.raises(PaperNotNamed) as refusal:
            ask_for_use(company.actor("xiao-li"), replace(LOOK, papers=[reference]), archive=company.archive)
        assert reference in refusal.value.what.zh
    assert my_requests(company.actor("xiao-li"), archive=company.archive).total == 0


def test_a_description_is_answered_alike_whether_the_paper_exists_or_not(company, ask):
    asker = company.actor("xiao-li")
    there, not_there = ask(described="股权质押合同"), ask(described="并不存在的合同")
    for request in (there, not_there):
        assert request.state is RequestState.FINDING and request.is_veiled
    find_for_request(company.actor("keeper"), there.id, [company.secret.id], archive=company.archive)
    assert _seen(asker, there, company) == _seen(asker, not_there, company)
    waiting = {row.request.number: row.request for row in my_requests(asker, archive=company.archive).requests}
    assert waiting[there.number].state is waiting[not_there.number].state is RequestState.FINDING
    nothing_found(company.actor("keeper"), not_there.id, "没有找到", archive=company.archive)
    decide_request(company.actor("general"), there.id, Verdict.REFUSE, "一级档案不提供", archive=company.archive)
    assert _seen(asker, there, company) == _seen(asker, not_there, company)


def _seen(asker, request, company):
    """Everything that the asker's page tells, but for the number, the text that he wrote, and moments."""
    shown = show_request(asker, request.id, archive=company.archive)
    told = shown.request
    events = [(each.kind, each.by, each.text if each.by == asker.name else "", each.step) for each in shown.events]
    return (
        told.state, told.grade, told.route, told.step, told.decided_at, told.use_until_on, len(shown.lines),
        shown.steps, events, shown.decides_for, shown.is_at_desk,
    )  # fmt: skip


def test_asking_for_a_volume_tells_nothing_of_the_papers_in_it_that_are_barred(company, ask):
    """In the volume lies a paper of the first grade, which the general manager alone may let anybody see."""
    asker = company.actor("xiao-li")
    volume = ask_for_use(asker, replace(LOOK, papers=[f"volume:{company.ordinary.volume_id}"]), archive=company.archive)
    assert [each.approver for each in volume.route] == [Approver.GENERAL_MANAGER]
    told = show_request(asker, volume.id, archive=company.archive)
    assert (told.request.state, told.request.route, told.steps, told.request.grade) == (
        RequestState.FINDING,
        (),
        (),
        None,
    )
    decide_request(company.actor("general"), volume.id, Verdict.APPROVE, archive=company.archive)
    assert company.secret.key in company.actor("xiao-li").granted_items


def test_what_was_found_opens_with_the_last_approval_and_closes_behind_the_last_day(company, ask, clock):
    request = ask(described="股权质押合同", days=3)
    with pytest.raises(ItemNotFound):
        page_image(company.actor("xiao-li"), company.secret.id, 1, archive=company.archive)
    find_for_request(company.actor("keeper"), request.id, [company.secret.id], archive=company.archive)
    approved = decide_request(company.actor("general"), request.id, Verdict.APPROVE, archive=company.archive)
    assert approved.state is RequestState.APPROVED and str(approved.use_until_on) == "2026-03-04"
    page_image(company.actor("xiao-li"), company.secret.id, 1, archive=company.archive)
    (_, line) = show_request(company.actor("xiao-li"), request.id, archive=company.archive).lines
    assert line.title == "股权质押合同"
    clock.advance(timedelta(days=3))
    with pytest.raises(ItemNotFound):
        page_image(company.actor("xiao-li"), company.secret.id, 1, archive=company.archive)
    assert lapse_requests(SYSTEM, archive=company.archive) == 1
    assert lapse_requests(SYSTEM, archive=company.archive) == 0
    shown = show_request(company.actor("xiao-li"), request.id, archive=company.archive)
    assert shown.request.state is RequestState.CLOSED


def test_the_archivist_sees_what_waits_at_his_desk_and_a_stranger_sees_nothing(company, ask):
    request = ask(described="股权质押合同")
    assert [row.request.id for row in requests_at_desk(company.actor("keeper"), archive=company.archive).requests] == [
        request.id
    ]
    for name in ("xiao-chen", "works-head"):
        with pytest.raises(RequestNotFound):
            show_request(company.actor(name), request.id, archive=company.archive)
    with pytest.raises(RequestFactInvalid):
        find_for_request(company.actor("keeper"), request.id, [], archive=company.archive)


def test_a_reminder_is_given_once_a_day(company, ask, clock):
    request = ask("xiao-li", company.ordinary)
    remind(company.actor("xiao-li"), request.id, archive=company.archive)
    with pytest.raises(AlreadyReminded):
        remind(company.actor("xiao-li"), request.id, archive=company.archive)
    clock.advance(timedelta(days=1))
    remind(company.actor("xiao-li"), request.id, archive=company.archive)
    (row,) = my_requests(company.actor("xiao-li"), archive=company.archive).requests
    assert row.reminders == 2


def test_withdrawing_ends_what_was_granted(company, ask):
    request = ask("xiao-li", company.ordinary, kind=UseKind.EXPORT)
    decide_request(company.actor("sales-head"), request.id, Verdict.APPROVE, archive=company.archive)
    assert company.actor("xiao-li").items_to_take == {company.ordinary.key}
    with pytest.raises(RequestNotFound):
        withdraw_request(company.actor("xiao-chen"), request.id, archive=company.archive)
    withdraw_request(company.actor("xiao-li"), request.id, archive=company.archive)
    assert not company.actor("xiao-li").granted_items
    with pytest.raises(RequestStateUnfit):
        withdraw_request(company.actor("xiao-li"), request.id, archive=company.archive)


def test_what_the_use_came_to_is_written_down(company, ask):
    request = ask("general", company.secret)
    stated = state_effect(company.actor("general"), request.id, "用于应诉举证", archive=company.archive)
    assert stated.effect == "用于应诉举证"


@pytest.mark.parametrize(
    "changes",
    [
        {"purpose": " "}, {"purpose": "长" * 201}, {"days": 0}, {"days": 31}, {"copies": 0}, {"copies": 100},
        {"papers": []}, {"department": WORKS}, {"described": "长" * 401},
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_refused_and_nothing_is_asked(company, changes):
    with pytest.raises(RequestFactInvalid):
        ask_for_use(
            company.actor("xiao-li"), replace(LOOK, papers=[company.ordinary.id]).__class__(
                **{"kind": UseKind.LOOK, "purpose": "核对", "papers": [company.ordinary.id], "days": 7} | changes
            ), archive=company.archive,
        )  # fmt: skip
    assert my_requests(company.actor("xiao-li"), archive=company.archive).total == 0


def test_only_a_person_asks(company):
    with pytest.raises(NotAPerson):
        ask_for_use(OPERATOR, replace(LOOK, papers=[company.ordinary.id]), archive=company.archive)


def test_a_request_nobody_decides_lapses(company, ask, clock):
    request = ask("xiao-li", company.ordinary)
    clock.advance(timedelta(days=27))
    assert lapse_requests(SYSTEM, archive=company.archive) == 0
    clock.advance(timedelta(days=10))
    assert lapse_requests(SYSTEM, archive=company.archive) == 1
    shown = show_request(company.actor("xiao-li"), request.id, archive=company.archive)
    assert shown.request.state is RequestState.LAPSED
