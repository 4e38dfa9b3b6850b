"""A request is decided step by step, by the right person, once; deputies act in another's name."""

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from simulators.offices import SALES, found_company

from dms.custody.lending import (
    DecidedBySamePerson,
    DeputyNotFound,
    DeputyUnfit,
    LendingRuleInvalid,
    NotAPerson,
    NotYoursToDecide,
    RequestFactInvalid,
    RequestNotFound,
    RequestStated,
    RequestStateUnfit,
    Verdict,
    ask_for_use,
    decide_request,
    deputies_of,
    duties,
    end_deputy,
    held_by,
    lending_rules,
    name_deputy,
    requests_to_decide,
    revoke_approval,
    show_request,
    state_lending_rules,
)
from dms.domain.actor import OPERATOR, ActionForbidden, Role
from dms.domain.clock import local_day
from dms.domain.duty import DutyKind
from dms.domain.leaving import HeldKind
from dms.domain.lending import Approver, RequestEventKind, RequestState, RouteStep, UseKind
from dms.errors import DmsError


@pytest.fixture
def company(archive):
    return found_company(archive)


@pytest.fixture
def request_of(company):
    def asking(name, *papers, kind=UseKind.LOOK):
        stated = RequestStated(kind=kind, purpose="核对付款条款", papers=[paper.id for paper in papers])
        return ask_for_use(company.actor(name), stated, archive=company.archive)

    return asking


def decide(company, name, request, verdict=Verdict.APPROVE, opinion="同意"):
    return decide_request(company.actor(name), request.id, verdict, opinion, archive=company.archive)


def test_each_step_is_decided_by_the_one_it_falls_to(company, request_of):
    request = request_of("keeper", company.secret)
    with pytest.raises(NotYoursToDecide):
        decide(company, "general", request)
    with pytest.raises(RequestNotFound):
        decide(company, "works-head", request)
    once = decide(company, "in-charge", request)
    assert once.state is RequestState.PENDING and once.next_step == RouteStep(approver=Approver.GENERAL_MANAGER)
    assert decide(company, "general", request).state is RequestState.APPROVED
    shown = show_request(company.actor("keeper"), request.id, archive=company.archive)
    assert [(each.decision.by, each.decision.text) for each in shown.steps] == [
        ("in-charge", "同意"),
        ("general", "同意"),
    ]


def test_nobody_decides_about_himself_nor_the_operator_about_anybody(company, request_of):
    request = request_of("sales-head", company.ordinary)
    with pytest.raises(NotYoursToDecide):
        decide(company, "sales-head", request)
    with pytest.raises(NotAPerson):
        decide_request(OPERATOR, request.id, Verdict.APPROVE, archive=company.archive)
    with pytest.raises(ActionForbidden):
        decide(company, "xiao-li", request)


def test_a_refusal_says_why_and_ends_the_request(company, request_of):
    request = request_of("xiao-li", company.ordinary)
    with pytest.raises(RequestFactInvalid):
        decide(company, "sales-head", request, Verdict.REFUSE, " ")
    refused = decide(company, "sales-head", request, Verdict.REFUSE, "与工作无关")
    assert refused.state is RequestState.REFUSED and not company.actor("xiao-li").granted_items
    with pytest.raises(RequestStateUnfit):
        decide(company, "sales-head", request)


def test_of_two_who_decide_at_once_one_is_told_that_the_other_was_first(company, request_of):
    with company.archive.begin() as work:
        registered = work.departments.named(SALES)
        work.departments.change(replace(registered, head_id=None))
        other = work.users.with_name("works-head")
        work.users.set_home_department(other.id, SALES)
    request = request_of("xiao-li", company.ordinary)
    outcomes, start = {}, Barrier(2)

    def deciding(name, verdict):
        start.wait()
        try:
            outcomes[name] = decide(company, name, request, verdict).state
        except DmsError as refusal:
            outcomes[name] = refusal.code

    threads = [
        Thread(target=deciding, args=("sales-head", Verdict.APPROVE)),
        Thread(target=deciding, args=("works-head", Verdict.REFUSE)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes.values()) in (["approved", "request_state_unfit"], ["refused", "request_state_unfit"])
    with company.archive.looking() as view:
        kinds = [each.kind for each in view.requests.events(request.id)]
        actions = [each.action for each in view.journal.entries(subject=f"request:{request.id}")]
        granted = view.grants.of_user(request.user_id)
        state = view.requests.get(request.id).state
    assert len({RequestEventKind.APPROVED, RequestEventKind.REFUSED} & set(kinds)) == 1
    assert bool(granted) == (state is RequestState.APPROVED)
    assert len([action for action in actions if action in {"use_approved", "use_refused"}]) == 1


def test_a_deputy_decides_in_his_principals_name_on_his_days_only(company, request_of, clock):
    today = local_day(clock.now())
    head = company.actor("sales-head")
    name_deputy(
        head,
        "works-head",
        from_on=today + timedelta(days=1),
        until_on=today + timedelta(days=5),
        archive=company.archive,
    )
    request = request_of("xiao-li", company.ordinary)
    with pytest.raises(RequestNotFound):
        decide(company, "works-head", request)
    clock.advance(timedelta(days=1))
    (row,) = requests_to_decide(company.actor("works-head"), archive=company.archive).requests
    assert row.request.id == request.id and not row.lines[0].title and row.lines[0].is_barred
    decide(company, "works-head", request)
    (event,) = [
        each
        for each in show_request(company.actor("sales-head"), request.id, archive=company.archive).events
        if each.kind is RequestEventKind.APPROVED
    ]
    assert (event.by, event.on_behalf_of) == ("works-head", "sales-head")
    clock.advance(timedelta(days=6))
    late = request_of("xiao-li", company.ordinary)
    with pytest.raises(RequestNotFound):
        decide(company, "works-head", late)


def test_one_person_does_not_decide_two_steps_not_even_as_a_deputy(company, request_of, clock):
    today = local_day(clock.now())
    name_deputy(company.actor("general"), "in-charge", from_on=today, until_on=today, archive=company.archive)
    request = request_of("keeper", company.secret)
    decide(company, "in-charge", request)
    with pytest.raises(DecidedBySamePerson):
        decide(company, "in-charge", request)
    assert decide(company, "general", request).state is RequestState.APPROVED


def test_a_deputy_is_another_person_who_may_decide_and_can_be_ended(company, clock):
    today = local_day(clock.now())
    head = company.actor("sales-head")
    for name, days in (("sales-head", 1), ("xiao-li", 1), ("nobody-here", 1), ("in-charge", -1), ("in-charge", 400)):
        with pytest.raises(DeputyUnfit):
            name_deputy(head, name, from_on=today, until_on=today + timedelta(days=days), archive=company.archive)
    entry = name_deputy(head, "in-charge", from_on=today, until_on=today, archive=company.archive)
    with pytest.raises(DeputyNotFound):
        end_deputy(company.actor("in-charge"), entry.id, archive=company.archive)
    assert not end_deputy(head, entry.id, archive=company.archive).acts(today)
    assert [name for _, name in deputies_of(head, archive=company.archive)] == ["in-charge"]


def test_an_approval_is_taken_back_by_whoever_could_give_it_and_what_it_opened_closes(company, request_of):
    request = request_of("xiao-li", company.ordinary)
    decide(company, "sales-head", request)
    assert company.actor("xiao-li").granted_items
    with pytest.raises(RequestNotFound):
        revoke_approval(company.actor("general"), request.id, "误批", archive=company.archive)
    revoked = revoke_approval(company.actor("sales-head"), request.id, "误批", archive=company.archive)
    assert revoked.state is RequestState.REVOKED and not company.actor("xiao-li").granted_items


def test_what_waits_is_a_duty_of_the_one_who_decides(company, request_of, clock):
    request_of("xiao-li", company.ordinary)
    with company.archive.looking() as view:
        (duty,) = duties(view, on=local_day(clock.now()))
        assert [each.kind for each in held_by(view, "sales-head")] == [HeldKind.DECISION]
        assert [each.kind for each in held_by(view, "xiao-li")] == [HeldKind.REQUEST]
        assert not list(held_by(view, "in-charge")) and not list(held_by(view, "nobody-here"))
    assert (duty.kind, duty.person, duty.role) == (DutyKind.DECISION, "sales-head", Role.DEPARTMENT_MANAGER)
    assert str(duty.due_on) == "2026-03-04" and "JY-2026-0001" in duty.what.zh


def test_the_routes_are_data_and_stated_by_whoever_manages_accounts(company, request_of):
    rules = lending_rules(company.actor("keeper"), archive=company.archive)
    with pytest.raises(ActionForbidden):
        state_lending_rules(company.actor("general"), rules, archive=company.archive)
    stated = replace(
        rules,
        by_grade={1: Approver.GENERAL_MANAGER, 2: Approver.GENERAL_MANAGER, 3: Approver.MANAGER_IN_CHARGE},
        standing_users=frozenset({"in-charge"}),
        loan_working_days=5,
    )
    state_lending_rules(OPERATOR, stated, archive=company.archive)
    assert lending_rules(company.actor("keeper"), archive=company.archive) == stated
    (step,) = request_of("xiao-li", company.ordinary).route
    assert step.approver is Approver.MANAGER_IN_CHARGE
    assert request_of("in-charge", company.secret).state is RequestState.APPROVED
    for wrong in ({"loan_working_days": 0}, {"renewals_most": 10}, {"by_grade": {1: Approver.GENERAL_MANAGER}}):
        with pytest.raises(LendingRuleInvalid):
            state_lending_rules(OPERATOR, replace(rules, **wrong), archive=company.archive)
