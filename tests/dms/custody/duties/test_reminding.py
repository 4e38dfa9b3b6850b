"""A year of rounds: every reminder once, on the right working day, to those whom it concerns."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from duty_parts import SALES, add_licence, add_person, add_staff, on_day
from simulators.filed_papers import Filed, add_customer, lay_filed

from dms.archive import is_working_day
from dms.custody import awaiting
from dms.custody.duties import daily_round, inbox, read_reminders, remind, state_reminder_rule
from dms.custody.reviewing import ReviewStated, record_review, state_review_rhythm
from dms.domain.actor import SYSTEM, Role
from dms.domain.customer import CustomerGrade
from dms.domain.duty import DutyKind
from dms.domain.reminder import ReminderRule
from dms.domain.review import ReviewRhythm
from dms.domain.transfer import TransferBatch, TransferState
from dms.domain.working_days import after_working_days, first_working_day

FIRST_DAY = date(2026, 3, 2)
LICENCE_ENDS = date(2026, 5, 17)
"""A Sunday."""


@pytest.fixture
def staff(archive):
    return add_staff(archive)


@pytest.fixture
def no_reviews(archive, staff):
    state_review_rhythm(staff.archivist, ReviewRhythm(months={}), archive=archive)


def live(archive, clock, first_on, last_on):
    """One round a day."""
    day = first_on
    while day <= last_on:
        on_day(clock, day)
        daily_round(SYSTEM, archive=archive)
        day += timedelta(days=1)


def told(archive, actor, kind=None):
    """What an actor was told in all, the oldest first: on which day, of which step."""
    found = inbox(actor, archive=archive, limit=1000).reminders
    return [(each.told_on, each.step) for each in reversed(found) if kind in (None, each.duty.kind)]


@pytest.mark.slow
def test_in_a_whole_year_every_reminder_comes_once_and_on_a_working_day(archive, clock, staff):
    """Overdue hand-overs, expiring licences, reviews and statistics, day by day; nobody does anything about them."""
    on_day(clock, FIRST_DAY)
    add_licence(archive, LICENCE_ENDS)
    with archive.begin() as work:
        work.transfers.add(_batch(due_on=date(2026, 3, 20)))
    live(archive, clock, FIRST_DAY, date(2027, 3, 1))
    found = inbox(staff.clerk, archive=archive, limit=10_000).reminders
    steps = Counter((each.duty.kind, each.duty.subject, each.duty.due_on, each.step) for each in found)
    assert max(steps.values()) == 1
    assert all(is_working_day(each.told_on) for each in found)
    assert {DutyKind.HAND_OVER, DutyKind.EXPIRY, DutyKind.REVIEW} <= {each.duty.kind for each in found}
    assert told(archive, staff.clerk, DutyKind.EXPIRY)[:4] == [
        (date(2026, 4, 17), "before:30"),
        (date(2026, 5, 9), "before:7"),
        (date(2026, 5, 15), "due"),
        (after_working_days(LICENCE_ENDS, 10, is_working_day), "after:1"),
    ]
    hand_overs = told(archive, staff.clerk, DutyKind.HAND_OVER)
    assert hand_overs[:3] == [
        (date(2026, 3, 17), "before:3"),
        (date(2026, 3, 20), "due"),
        (date(2026, 3, 27), "after:1"),
    ]
    late = after_working_days(date(2026, 3, 20), 5, is_working_day)
    assert told(archive, staff.head, DutyKind.HAND_OVER) == [(late, "escalated")]
    assert told(archive, staff.archivist, DutyKind.STATISTICS)[:3] == [
        (date(2026, 6, 30), "before:10"),
        (date(2026, 7, 7), "before:3"),
        (date(2026, 7, 10), "due"),
    ]
    assert told(archive, staff.buyer) == []


def test_a_licence_is_told_of_before_it_ends_on_the_day_and_afterwards(archive, clock, staff, no_reviews):
    add_licence(archive, LICENCE_ENDS)
    live(archive, clock, date(2026, 4, 15), date(2026, 6, 1))
    assert told(archive, staff.clerk) == [
        (date(2026, 4, 17), "before:30"),
        (date(2026, 5, 9), "before:7"),
        (date(2026, 5, 15), "due"),
        (date(2026, 5, 29), "after:1"),
    ]


def test_whoever_is_above_is_told_once_and_by_whom_it_is_owed(archive, clock, staff, no_reviews):
    add_licence(archive, LICENCE_ENDS)
    live(archive, clock, date(2026, 5, 25), date(2026, 6, 20))
    assert told(archive, staff.head) == [(date(2026, 5, 29), "escalated")]
    (reminder,) = inbox(staff.head, archive=archive).reminders
    assert "小王" in reminder.duty.what.zh
    assert told(archive, staff.in_charge) == []


def test_a_new_licence_ends_the_reminders_of_the_old_one(archive, clock, staff, no_reviews):
    add_licence(archive, LICENCE_ENDS)
    live(archive, clock, date(2026, 4, 15), date(2026, 4, 20))
    _renew(archive, "C0001", date(2027, 5, 17))
    live(archive, clock, date(2026, 4, 21), date(2026, 6, 1))
    assert [step for _, step in told(archive, staff.clerk)] == ["before:30"]


def test_the_same_round_twice_on_one_day_tells_nothing_twice(archive, clock, staff, no_reviews):
    add_licence(archive, LICENCE_ENDS)
    on_day(clock, date(2026, 5, 15))
    assert remind(archive) == 1
    assert remind(archive) == 0
    assert awaiting(staff.clerk, archive=archive, count_up_to=99).unread_count == 1


def test_a_service_that_stood_still_tells_the_latest_step_alone(archive, clock, staff, no_reviews):
    add_licence(archive, LICENCE_ENDS)
    on_day(clock, date(2026, 5, 18))
    remind(archive)
    assert told(archive, staff.clerk) == [(date(2026, 5, 18), "due")]


def test_nothing_is_told_on_a_day_that_is_no_working_day(archive, clock, staff, no_reviews):
    add_licence(archive, LICENCE_ENDS)
    on_day(clock, date(2026, 5, 16))
    assert not is_working_day(date(2026, 5, 16))
    assert remind(archive) == 0


def test_a_deadline_that_was_put_off_is_reminded_of_anew(archive, clock, staff, no_reviews):
    on_day(clock, date(2026, 3, 20))
    with archive.begin() as work:
        batch = work.transfers.add(_batch(due_on=date(2026, 3, 20)))
    remind(archive)
    with archive.begin() as work:
        work.transfers.change(replace(batch, extended_to_on=date(2026, 3, 27)))
    on_day(clock, date(2026, 3, 27))
    remind(archive)
    assert told(archive, staff.clerk) == [(date(2026, 3, 20), "due"), (date(2026, 3, 27), "due")]


def test_a_paper_that_the_clerk_may_not_know_of_is_told_to_somebody_who_may(archive, clock, staff, no_reviews):
    add_licence(archive, LICENCE_ENDS, grade=1)
    on_day(clock, date(2026, 5, 15))
    remind(archive)
    assert told(archive, staff.clerk) == []
    assert [step for _, step in told(archive, staff.archivist)] == ["due"]


def test_whoever_is_above_and_may_not_know_is_told_kind_and_number_alone(archive, clock, staff, no_reviews):
    add_licence(archive, LICENCE_ENDS, grade=1)
    on_day(clock, date(2026, 6, 1))
    remind(archive)
    (reminder,) = inbox(staff.head, archive=archive).reminders
    assert "C0001" not in reminder.duty.what.zh
    assert reminder.duty.what.zh.startswith("逾期未办：有效期将满（责任人：")


def test_what_a_person_may_not_know_of_any_more_is_not_told_in_the_inbox(archive, clock, staff, no_reviews):
    add_licence(archive, LICENCE_ENDS)
    on_day(clock, date(2026, 5, 15))
    remind(archive)
    moved = replace(staff.clerk, departments=frozenset({"采购部"}))
    (reminder,) = inbox(moved, archive=archive).reminders
    assert (reminder.duty.what.zh, reminder.duty.subject) == ("有效期将满", "")


def test_where_nobody_does_the_work_of_a_department_its_head_is_told(archive, clock, staff, no_reviews):
    with archive.begin() as work:
        work.users.disable(staff.clerk.user_id)
    add_licence(archive, LICENCE_ENDS)
    on_day(clock, date(2026, 5, 15))
    remind(archive)
    assert [step for _, step in told(archive, staff.head)] == ["due"]


def test_a_review_that_is_made_in_time_is_reminded_of_once(archive, clock, staff):
    on_day(clock, date(2026, 1, 5))
    add_customer(archive, department=SALES)
    record_review(staff.clerk, "C0001", ReviewStated(grade=CustomerGrade.ORDINARY), archive=archive)
    due_on = first_working_day(date(2026, 3, 5), is_working_day)
    live(archive, clock, date(2026, 2, 24), due_on - timedelta(days=1))
    record_review(staff.clerk, "C0001", ReviewStated(grade=CustomerGrade.ORDINARY), archive=archive)
    live(archive, clock, due_on, date(2026, 3, 20))
    assert told(archive, staff.clerk, DutyKind.REVIEW) == [(date(2026, 2, 26), "before:7")]


def test_a_rule_that_the_company_stated_holds_from_the_next_round_on(archive, clock, staff, no_reviews):
    add_licence(archive, LICENCE_ENDS)
    never = ReminderRule(before_days=(), on_the_day=False, every_working_days=0, escalate_after_working_days=0)
    state_reminder_rule(staff.archivist, DutyKind.EXPIRY, never, archive=archive)
    live(archive, clock, date(2026, 5, 11), date(2026, 5, 20))
    assert told(archive, staff.clerk) == []


def test_an_inbox_is_read_by_its_owner_alone(archive, clock, staff, no_reviews):
    add_licence(archive, LICENCE_ENDS)
    on_day(clock, date(2026, 5, 15))
    remind(archive)
    (reminder,) = inbox(staff.clerk, archive=archive).reminders
    assert read_reminders(staff.buyer, [reminder.id], archive=archive) == 0
    assert awaiting(staff.clerk, archive=archive, count_up_to=99).unread_count == 1
    assert read_reminders(staff.clerk, archive=archive) == 1
    assert awaiting(staff.clerk, archive=archive, count_up_to=99).unread_count == 0


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM reminder", "UPDATE reminder SET told_on = '2026-01-01'", "UPDATE reminder SET step = 'x'"],
)
def test_the_catalogue_refuses_to_forget_what_was_told(archive, clock, staff, no_reviews, statement):
    add_licence(archive, LICENCE_ENDS)
    on_day(clock, date(2026, 5, 15))
    remind(archive)
    with pytest.raises(Exception, match="reminders_are"), archive.begin() as work:
        work.connection.exec_driver_sql(statement)


def test_an_administrator_is_nobodys_deputy(archive, clock, staff, no_reviews):
    administrator = add_person(archive, "管理员", Role.ADMINISTRATOR)
    add_licence(archive, LICENCE_ENDS)
    live(archive, clock, date(2026, 5, 15), date(2026, 6, 20))
    assert told(archive, administrator) == []


def _batch(due_on):
    return TransferBatch(
        id=0,
        number="YJ-2026-001",
        from_department=SALES,
        year=2026,
        from_person="小王",
        rule_code="month",
        begun_on=date(2026, 2, 20),
        due_on=due_on,
        state=TransferState.HANDED_OVER,
    )


def _renew(archive, code, valid_to_on):
    with archive.looking() as view:
        customer_id = view.customers.with_code(code).id
    lay_filed(archive, Filed(customer_id=customer_id, type_code="licence", facts={"valid_to_on": valid_to_on}))
