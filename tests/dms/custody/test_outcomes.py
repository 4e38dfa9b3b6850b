"""Whoever asked for something is told at once, once, and by number alone what became of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from simulators.offices import found_company
from simulators.title_documents import CHIEF, DEED, HANDLER, asked, in_safe

from dms.custody.duties import inbox, queue_letters, state_mail_server, wish_for_mail
from dms.custody.lending import (
    RequestStated,
    Verdict,
    ask_for_use,
    decide_request,
    lapse_requests,
    nothing_found,
    revoke_approval,
)
from dms.custody.titles import TitleDecision, decide_title_request, lapse_title_requests
from dms.domain.actor import OPERATOR, SYSTEM
from dms.domain.clock import local_day
from dms.domain.lending import Approver, UseKind
from dms.domain.mail import MailSecurity, MailServer
from dms.domain.reminder import RequestOutcome

ASKER = "xiao-li"
ADDRESS = "xiaoli@example.com"
REASON = "与本职工作无关"
DECIDERS = {Approver.MANAGER_IN_CHARGE: "in-charge", Approver.GENERAL_MANAGER: "general"}


@pytest.fixture
def company(archive):
    return found_company(archive)


def ask(company, name, *papers, described=""):
    stated = RequestStated(
        kind=UseKind.LOOK, purpose="核对付款条款", papers=[paper.id for paper in papers], described=described
    )
    return ask_for_use(company.actor(name), stated, archive=company.archive)


def decide(company, name, request, verdict, opinion=""):
    return decide_request(company.actor(name), request.id, verdict, opinion, archive=company.archive)


def told(company, name):
    """What this person was told, the latest first."""
    return inbox(company.actor(name), archive=company.archive).reminders


def letters(company):
    with company.archive.looking() as view:
        return view.mails.page(limit=100)[1]


def wish_for_letters(company, name):
    state_mail_server(
        OPERATOR,
        MailServer(
            host="localhost", port=25, security=MailSecurity.NONE, sender="dangan@example.com", user_name="",
            password="", page_address="https://dangan.example.com",
        ),
        archive=company.archive,
    )  # fmt: skip
    with company.archive.begin() as work:
        work.users.set_email(company.actor(name).user_id, ADDRESS)
    wish_for_mail(company.actor(name), by_mail=True, archive=company.archive)


def test_an_approval_is_told_with_its_last_day_and_leads_to_the_request(company):
    approved = request = ask(company, "keeper", company.secret)
    assert len(request.route) > 1
    while approved.next_step:
        assert told(company, "keeper") == (), "nothing is told before the last step"
        approved = decide(company, DECIDERS[approved.next_step.approver], approved, Verdict.APPROVE)
    (line,) = told(company, "keeper")
    assert (line.outcome, line.duty.subject) == (RequestOutcome.APPROVED, f"request/{request.id}")
    assert line.duty.due_on == approved.use_until_on
    assert line.duty.what.zh == f"申请 {request.number} 已批准，可用至 {approved.use_until_on.isoformat()}"


def test_a_refusal_is_told_without_its_reason(company):
    request = ask(company, ASKER, company.ordinary)
    decide(company, "sales-head", request, Verdict.REFUSE, REASON)
    (line,) = told(company, ASKER)
    assert line.outcome is RequestOutcome.REFUSED
    assert request.number in line.duty.what.zh and REASON not in line.duty.what.zh
    assert told(company, "sales-head") == ()


def test_a_description_that_leads_to_nothing_reads_like_any_other_refusal(company):
    described = ask(company, ASKER, described="去年与城建的那份补充协议")
    nothing_found(company.actor("keeper"), described.id, "没有这样的资料", archive=company.archive)
    refused = ask(company, ASKER, company.ordinary)
    decide(company, "sales-head", refused, Verdict.REFUSE, REASON)
    latest, first = told(company, ASKER)
    assert first.duty.what.zh.replace(described.number, "") == latest.duty.what.zh.replace(refused.number, "")


def test_an_approval_that_is_taken_back_is_told_after_it_was_told(company):
    request = ask(company, ASKER, company.ordinary)
    decide(company, "sales-head", request, Verdict.APPROVE)
    revoke_approval(company.actor("sales-head"), request.id, REASON, archive=company.archive)
    assert [line.outcome for line in told(company, ASKER)] == [RequestOutcome.REVOKED, RequestOutcome.APPROVED]


def test_a_request_that_nobody_decides_is_told_to_have_lapsed_once(company, clock):
    ask(company, ASKER, company.ordinary)
    clock.advance(timedelta(days=60))
    assert lapse_requests(SYSTEM, archive=company.archive) == 1
    assert lapse_requests(SYSTEM, archive=company.archive) == 0
    assert [line.outcome for line in told(company, ASKER)] == [RequestOutcome.LAPSED]


def test_nobody_is_told_what_he_did_himself(company):
    ask(company, "general", company.ordinary)
    assert told(company, "general") == ()


def test_who_wishes_for_letters_is_written_to_at_once_and_not_again_at_night(company):
    wish_for_letters(company, ASKER)
    request = ask(company, ASKER, company.ordinary)
    decide(company, "sales-head", request, Verdict.REFUSE, REASON)
    (letter,) = letters(company)
    assert letter.address == ADDRESS
    assert request.number in letter.subject and request.number in letter.body
    assert "https://dangan.example.com/duties/inbox" in letter.body
    assert REASON not in letter.body
    assert queue_letters(company.archive) == 0
    assert len(letters(company)) == 1


def test_who_does_not_wish_for_letters_gets_none(company):
    wish_for_letters(company, "xiao-chen")
    decide(company, "sales-head", ask(company, ASKER, company.ordinary), Verdict.REFUSE, REASON)
    assert letters(company) == []


@pytest.mark.parametrize("approved", [True, False])
def test_what_became_of_a_request_for_a_title_document_is_told_too(archive, clock, approved):
    with archive.begin() as work:
        asker_id = work.users.add(
            name=HANDLER.name, display_name="经办", password_hash="", roles=HANDLER.roles, clearance=HANDLER.clearance
        )
    asker = replace(HANDLER, user_id=asker_id)
    request = asked(archive, in_safe(archive, DEED)[0].id)
    decide_title_request(CHIEF, request.id, TitleDecision(approved=approved, opinion="按制度办理"), archive=archive)
    (line,) = inbox(asker, archive=archive).reminders
    assert line.duty.subject == f"title_request/{request.id}"
    if not approved:
        assert line.outcome is RequestOutcome.REFUSED
        return
    assert line.outcome is RequestOutcome.APPROVED and line.duty.due_on > local_day(clock.now())
    clock.advance(timedelta(days=40))
    assert lapse_title_requests(SYSTEM, archive=archive) == 1
    assert [told.outcome for told in inbox(asker, archive=archive).reminders] == [
        RequestOutcome.LAPSED,
        RequestOutcome.APPROVED,
    ]
