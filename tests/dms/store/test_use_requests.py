"""Requests and loans stay in the catalogue as they were: lines and history are added, ended states stay ended."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from store_parts import add_item

from dms.domain.actor import SYSTEM, Role
from dms.domain.lending import (
    Approver,
    Condition,
    Loan,
    LoanState,
    RequestEvent,
    RequestEventKind,
    RequestLine,
    RequestState,
    RouteStep,
    UseKind,
    UseRequest,
)
from dms.store import RequestFilter

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ROUTE = (
    RouteStep(approver=Approver.MANAGER_IN_CHARGE, department="工程部"),
    RouteStep(approver=Approver.GENERAL_MANAGER),
)


def a_user(work, name="xiao-li") -> int:
    return work.users.add(
        name=name, display_name=name, password_hash="-", roles=frozenset({Role.HANDLER}), clearance=3
    )  # fmt: skip


def a_request(user_id: int, **changes: object) -> UseRequest:
    stated = UseRequest(
        id=0, number="", user_id=user_id, user_name="xiao-li", display_name="小李", department="销售一部",
        kind=UseKind.ORIGINAL, purpose="办理展期", days=7, state=RequestState.PENDING, route=ROUTE, asked_at=AT,
        decide_by_on=date(2026, 3, 4),
    )  # fmt: skip
    return replace(stated, **changes)


@pytest.fixture
def lent(store):
    """A request with one line whose original is out: the request, the line and the loan."""
    with store.begin() as work:
        item = add_item(work)
        request = work.requests.add(a_request(a_user(work), state=RequestState.APPROVED))
        line = work.requests.add_line(
            RequestLine(id=0, request_id=request.id, position=0, item_key=item.key, added_by="xiao-li")
        )
        loan = work.loans.add(
            Loan(
                id=0, request_id=request.id, line_id=line.id, item_key=item.key, volume_id=None,
                user_id=request.user_id, borrower="xiao-li", department="", state=LoanState.OUT, handed_out_at=AT,
                handed_out_by="keeper", due_on=date(2026, 3, 16),
            )
        )  # fmt: skip
        work.requests.happened(
            RequestEvent(
                request_id=request.id, happened_at=AT, kind=RequestEventKind.APPROVED, by="boss", step=ROUTE[1]
            )
        )
    return request, line, loan


def test_a_request_comes_back_as_it_was_stated_with_a_number_of_its_year(store):
    with store.begin() as work:
        user_id = a_user(work)
        first, second = (work.requests.add(a_request(user_id)) for _ in range(2))
        later = work.requests.add(a_request(user_id, asked_at=datetime(2027, 1, 5, 9, 0, tzinfo=UTC)))
    assert [each.number for each in (first, second, later)] == ["JY-2026-0001", "JY-2026-0002", "JY-2027-0001"]
    with store.looking() as view:
        assert view.requests.get(first.id) == first
        assert view.requests.with_number("JY-2027-0001") == later
        assert view.requests.years() == [2027, 2026]


def test_requests_are_found_by_year_kind_state_and_words(store):
    with store.begin() as work:
        user_id = a_user(work)
        work.requests.add(a_request(user_id))
        work.requests.add(a_request(user_id, kind=UseKind.LOOK, purpose="投标 100%", state=RequestState.REFUSED))

        def found(**wish):
            return [each.number for each in work.requests.page(RequestFilter(**wish), actor=SYSTEM, limit=9)[1]]

        assert found() == ["JY-2026-0002", "JY-2026-0001"]
        assert found(kind=UseKind.LOOK) == found(words="100%") == ["JY-2026-0002"]
        assert found(states=frozenset({RequestState.PENDING})) == ["JY-2026-0001"]
        assert found(year=2025) == found(words="没有") == []
        assert work.requests.page(RequestFilter(), limit=1, offset=1)[0] == 2


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM use_request", "DELETE FROM request_line", "DELETE FROM request_event", "DELETE FROM loan",
        "UPDATE request_event SET text = 'x'", "UPDATE request_line SET described = 'x'",
        "UPDATE use_request SET purpose = 'x'", "UPDATE loan SET borrower = 'x'",
    ],
)  # fmt: skip
def test_what_happened_cannot_be_taken_away_nor_written_anew(store, lent, statement):
    with pytest.raises(DBAPIError, match=r"never|stay"), store.begin() as work:
        work.connection.execute(text(statement))


def test_an_ended_request_stays_ended_and_a_returned_loan_returned(store, lent):
    request, _, loan = lent
    with store.begin() as work:
        work.requests.change(replace(request, state=RequestState.CLOSED))
        work.loans.change(replace(loan, state=LoanState.RETURNED, returned_at=AT, condition_in=Condition.SOUND))
    for change in (
        lambda work: work.requests.change(replace(request, state=RequestState.APPROVED)),
        lambda work: work.loans.change(loan),
    ):
        with pytest.raises(DBAPIError, match="stay"), store.begin() as work:
            change(work)


def test_the_catalogue_itself_refuses_to_lend_twice(store, lent):
    _, _, loan = lent
    with pytest.raises(DBAPIError, match="UNIQUE"), store.begin() as work:
        work.loans.add(loan)


def test_where_originals_are_is_told_by_paper_borrower_and_day(store, lent):
    request, line, loan = lent
    with store.looking() as view:
        assert view.loans.away() == view.loans.away(user_id=request.user_id) == [loan]
        assert view.loans.overdue(date(2026, 3, 16)) == [] and view.loans.overdue(date(2026, 3, 17)) == [loan]
        assert view.loans.of_requests([request.id]) == {request.id: [loan]}
        assert view.loans.away_among([line.item_key, 99]) == {line.item_key}
        assert view.loans.of_item(line.item_key) == [loan]
        (event,) = view.requests.events(request.id)
        assert (event.by, event.step) == ("boss", ROUTE[1])


def test_deputies_act_on_their_days_until_they_are_ended(store):
    with store.begin() as work:
        head, other = a_user(work, "head"), a_user(work, "other")
        days = {"from_on": date(2026, 3, 2), "until_on": date(2026, 3, 4)}
        entry = work.deputies.add(user_id=head, deputy_id=other, by="head", at=AT, **days)
        assert work.deputies.acting(date(2026, 3, 4)) == work.deputies.of_user(head) == [entry]
        assert work.deputies.acting(date(2026, 3, 5)) == work.deputies.acting(date(2026, 3, 1)) == []
        work.deputies.end(entry.id, at=AT)
        assert work.deputies.acting(date(2026, 3, 3)) == []
