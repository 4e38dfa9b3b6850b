"""Originals leave by the archivist's hand for an approved request, are due by rule, and come back as they are."""

from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from simulators.offices import found_company

from dms.archive import Archive
from dms.custody.lending import (
    BorrowerOverdue,
    HandOut,
    LoanNotFound,
    LoanStateUnfit,
    NoOriginalToLend,
    NotAPerson,
    OriginalAway,
    OriginalHeld,
    RenewalRefused,
    RequestFactInvalid,
    RequestNotFound,
    RequestStated,
    RequestStateUnfit,
    TakenBack,
    Verdict,
    ask_for_use,
    count_copies,
    decide_request,
    duties,
    find_for_request,
    hand_out,
    held_by,
    list_loans,
    loan_of_item,
    my_loans,
    recall_loan,
    renew_loan,
    report_loss,
    requests_at_desk,
    show_loan,
    show_request,
    sign_for_loan,
    take_back,
    withdraw_request,
)
from dms.domain.actor import OPERATOR, ActionForbidden
from dms.domain.clock import local_day
from dms.domain.duty import DutyKind
from dms.domain.hold import HoldTarget, NewHold
from dms.domain.item import ItemMedium
from dms.domain.lending import Condition, LoanState, RequestState, UseKind
from dms.domain.volume import NoteKind
from dms.errors import DmsError


@pytest.fixture
def company(archive):
    return found_company(archive)


@pytest.fixture
def approved(company):
    def asking(*references, name="xiao-li", by="sales-head", kind=UseKind.ORIGINAL, days=14):
        papers = [getattr(each, "id", each) for each in references]
        stated = RequestStated(kind=kind, purpose="办理展期", papers=papers, days=days)
        request = ask_for_use(company.actor(name), stated, archive=company.archive)
        decide_request(company.actor(by), request.id, Verdict.APPROVE, archive=company.archive)
        return request

    return asking


def lines(company, request):
    return show_request(company.actor("keeper"), request.id, archive=company.archive).lines


def lend(company, request, **stated):
    line = lines(company, request)[0].line
    return hand_out(company.actor("keeper"), line.id, archive=company.archive, **stated)


def notes(archive: Archive, item):
    with archive.looking() as view:
        return view.volume_notes.of_item(item.key)


def test_an_original_is_due_after_ten_working_days_or_sooner_where_less_was_wished(company, approved, clock):
    assert local_day(clock.now()) == date(2026, 3, 2)
    loan = lend(company, approved(company.ordinary), stated=HandOut(sheets=3))
    assert (loan.due_on, loan.borrower, loan.sheets_out) == (date(2026, 3, 16), "xiao-li", 3)
    take_back(company.actor("keeper"), loan.id, TakenBack(condition=Condition.SOUND), archive=company.archive)
    assert lend(company, approved(company.ordinary, days=5)).due_on == date(2026, 3, 9)


def test_the_borrower_signs_and_nobody_else(company, approved):
    request = approved(company.ordinary)
    with pytest.raises(RequestFactInvalid):
        lend(company, request, borrower=company.actor("xiao-chen"))
    loan = lend(company, request)
    assert loan.signed_at is None
    with pytest.raises(LoanNotFound):
        sign_for_loan(company.actor("sales-head"), loan.id, archive=company.archive)
    assert sign_for_loan(company.actor("xiao-li"), loan.id, archive=company.archive).signed_at is not None
    assert [each.loan.id for each in my_loans(company.actor("xiao-li"), archive=company.archive)] == [loan.id]


def test_what_was_not_approved_does_not_leave_nor_by_the_hand_that_borrows(company, approved):
    look = approved(company.ordinary, kind=UseKind.LOOK)
    with pytest.raises(RequestStateUnfit):
        lend(company, look)
    request = approved(company.ordinary)
    line = lines(company, request)[0].line
    with pytest.raises(ActionForbidden):
        hand_out(company.actor("sales-head"), line.id, archive=company.archive)
    with pytest.raises(NotAPerson):
        hand_out(OPERATOR, line.id, archive=company.archive)
    own = approved(company.ordinary, name="keeper", by="in-charge")
    with company.archive.looking() as view:
        (own_line,) = view.requests.lines(own.id)
    with pytest.raises(RequestNotFound):
        hand_out(company.actor("keeper"), own_line.id, archive=company.archive)
    hand_out(company.actor("second-keeper"), own_line.id, archive=company.archive)


def test_an_original_is_out_once_alone_or_with_its_volume(company, approved):
    volume = f"volume:{company.ordinary.volume_id}"
    first, second, whole = approved(company.ordinary), approved(company.ordinary), approved(volume, by="general")
    loan = lend(company, first)
    for request in (second, whole, first):
        with pytest.raises(OriginalAway):
            lend(company, request)
    assert loan_of_item(company.actor("xiao-li"), company.ordinary.key, archive=company.archive) == loan
    take_back(company.actor("keeper"), loan.id, TakenBack(condition=Condition.SOUND), archive=company.archive)
    lend(company, whole)
    with pytest.raises(OriginalAway):
        lend(company, second)
    assert loan_of_item(company.actor("xiao-li"), company.ordinary.key, archive=company.archive) is not None


def test_originals_under_hold_do_not_leave_and_are_not_renewed(company, approved):
    request, volume = approved(company.ordinary), approved(f"volume:{company.ordinary.volume_id}", by="general")
    away = lend(company, approved(company.foreign, name="xiao-chen", by="works-head"))
    with company.archive.begin() as work:
        for paper in (company.ordinary, company.foreign):
            work.holds.add(
                NewHold(
                    target=HoldTarget.ITEM, subject_id=paper.key, reason="诉讼", authority="法院通知",
                    placed_by="keeper", placed_at=company.archive.now(),
                )
            )  # fmt: skip
    for each in (request, volume):
        with pytest.raises(OriginalHeld):
            lend(company, each)
    with pytest.raises(OriginalHeld):
        renew_loan(company.actor("xiao-chen"), away.id, archive=company.archive)


def test_a_loan_is_renewed_once_before_it_is_due_and_not_after_a_recall(company, approved, clock):
    loan = lend(company, approved(company.ordinary))
    renewed = renew_loan(company.actor("xiao-li"), loan.id, archive=company.archive)
    assert renewed.due_on == date(2026, 3, 30)
    with pytest.raises(RenewalRefused):
        renew_loan(company.actor("keeper"), loan.id, archive=company.archive)
    recalled = recall_loan(company.actor("keeper"), loan.id, "审计调阅", archive=company.archive)
    assert recalled.due_on == date(2026, 3, 5)
    other = lend(company, approved(company.foreign, name="xiao-chen", by="works-head"))
    recall_loan(company.actor("keeper"), other.id, "审计调阅", archive=company.archive)
    with pytest.raises(RenewalRefused):
        renew_loan(company.actor("xiao-chen"), other.id, archive=company.archive)


def test_what_is_overdue_is_listed_owed_and_keeps_the_borrower_from_more(company, approved, clock):
    other = approved(company.larger, name="sales-head", by="in-charge")
    loan = lend(company, approved(company.ordinary))
    assert not list_loans(company.actor("keeper"), archive=company.archive, overdue_only=True)
    clock.advance(timedelta(days=16))
    (late,) = list_loans(company.actor("keeper"), archive=company.archive, overdue_only=True)
    assert (late.loan.id, late.late_working_days) == (loan.id, 2)
    with company.archive.looking() as view:
        owed = [each for each in duties(view, on=local_day(clock.now())) if each.kind is DutyKind.RETURN]
        (held, *_) = held_by(view, "xiao-li")
    assert [(each.person, each.due_on) for each in owed] == [("xiao-li", date(2026, 3, 16))]
    assert held.subject == f"loan/{loan.id}"
    with pytest.raises(RenewalRefused):
        renew_loan(company.actor("xiao-li"), loan.id, archive=company.archive)
    lend(company, other)


def test_a_late_borrower_is_lent_nothing_more(company, approved, clock):
    lend(company, approved(company.ordinary))
    clock.advance(timedelta(days=16))
    stated = RequestStated(kind=UseKind.ORIGINAL, purpose="办理展期", described="担保合同")
    another = ask_for_use(company.actor("xiao-li"), stated, archive=company.archive)
    find_for_request(company.actor("keeper"), another.id, [company.larger.id], archive=company.archive)
    decide_request(company.actor("in-charge"), another.id, Verdict.APPROVE, archive=company.archive)
    line = lines(company, another)[1].line
    with pytest.raises(BorrowerOverdue):
        hand_out(company.actor("keeper"), line.id, archive=company.archive)


def test_what_comes_back_damaged_is_written_into_the_filing_note_with_both_names(company, approved):
    request = approved(company.ordinary)
    loan = lend(company, request)
    with pytest.raises(RequestFactInvalid):
        take_back(company.actor("keeper"), loan.id, TakenBack(condition=Condition.DAMAGED), archive=company.archive)
    damaged = TakenBack(condition=Condition.INCOMPLETE, note="缺第 2 页")
    returned = take_back(company.actor("second-keeper"), loan.id, damaged, archive=company.archive)
    assert (returned.state, returned.returned_to) == (LoanState.RETURNED, "second-keeper")
    (note,) = notes(company.archive, company.ordinary)
    assert (note.kind, note.by, note.second_person) == (NoteKind.DAMAGED, "second-keeper", "xiao-li")
    assert "缺第 2 页" in note.text
    with company.archive.looking() as view:
        assert view.requests.get(request.id).state is RequestState.CLOSED
    with pytest.raises(LoanStateUnfit):
        take_back(company.actor("keeper"), loan.id, damaged, archive=company.archive)


def test_a_lost_original_is_reported_noted_and_may_be_found_again(company, approved):
    loan = lend(company, approved(company.ordinary))
    with pytest.raises(RequestStateUnfit):
        withdraw_request(company.actor("xiao-li"), loan.request_id, archive=company.archive)
    lost = report_loss(company.actor("keeper"), loan.id, "出差途中遗失，已报案", archive=company.archive)
    assert lost.state is LoanState.LOST
    (note,) = notes(company.archive, company.ordinary)
    assert "遗失" in note.text
    with pytest.raises(OriginalAway):
        lend(company, approved(company.ordinary))
    found = take_back(company.actor("keeper"), loan.id, TakenBack(condition=Condition.SOUND), archive=company.archive)
    assert found.state is LoanState.RETURNED


def test_copies_are_counted_and_close_the_request(company, approved):
    request = approved(company.ordinary, kind=UseKind.COPY)
    assert [
        each.request.id for each in requests_at_desk(company.actor("keeper"), archive=company.archive).requests
    ] == [request.id]
    with pytest.raises(RequestFactInvalid):
        count_copies(company.actor("keeper"), request.id, 0, 1, archive=company.archive)
    closed = count_copies(company.actor("keeper"), request.id, 2, 6, archive=company.archive)
    assert closed.state is RequestState.CLOSED
    assert not requests_at_desk(company.actor("keeper"), archive=company.archive).requests


def test_a_loan_is_nobody_elses_to_see(company, approved):
    loan = lend(company, approved(company.ordinary))
    assert show_loan(company.actor("xiao-li"), loan.id, archive=company.archive).line.title == "采购合同"
    with pytest.raises(LoanNotFound):
        show_loan(company.actor("xiao-chen"), loan.id, archive=company.archive)


def test_of_two_archivists_who_hand_out_at_once_one_is_told_that_it_is_away(company, approved):
    lines_of = [lines(company, approved(company.ordinary))[0].line for _ in range(2)]
    outcomes, start = {}, Barrier(2)

    def handing_out(name, line):
        start.wait()
        try:
            outcomes[name] = hand_out(company.actor(name), line.id, archive=company.archive).state
        except DmsError as refusal:
            outcomes[name] = refusal.code

    threads = [
        Thread(target=handing_out, args=pair) for pair in zip(("keeper", "second-keeper"), lines_of, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes.values()) == ["original_away", "out"]
    with company.archive.looking() as view:
        lent = [each for each in view.journal.entries(subject=company.ordinary.id) if each.action == "original_lent"]
    assert len(lent) == 1


def test_what_is_not_on_paper_or_kept_in_store_only_is_not_lent(company, approved):
    electronic, stored = approved(company.ordinary), approved(company.foreign, name="xiao-chen", by="works-head")
    waiting = [lines(company, each)[0].line for each in (electronic, stored)]
    with company.archive.begin() as work:
        stated = replace(company.ordinary.classification, medium=ItemMedium.ELECTRONIC)
        work.items.classify(company.ordinary.key, stated)
        work.items.keep_only(company.foreign.key, storage_only=True)
    for line in waiting:
        with pytest.raises(NoOriginalToLend):
            hand_out(company.actor("keeper"), line.id, archive=company.archive)
