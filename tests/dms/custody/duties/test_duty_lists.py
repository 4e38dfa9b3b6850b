"""Duties as people see them: their own, their department's, everybody's; and nothing that they may not know of."""

from dataclasses import replace
from datetime import date, timedelta

import icalendar
import pytest
from duty_parts import SALES, add_licence, add_person, add_staff, on_day
from simulators.filed_papers import Filed, add_contract, add_customer, lay_filed

from dms.custody.duties import (
    DutyNotOwed,
    DutyOrder,
    DutyRuleInvalid,
    DutyScope,
    DutyTiming,
    DutyWish,
    FeedUnknown,
    RecurringDutyUnknown,
    SettlerNotAPerson,
    daily_round,
    drop_recurring_duty,
    duties_in_month,
    duty_counts,
    duty_overview,
    duty_rules,
    inbox,
    list_duties,
    make_feed,
    read_feed,
    refresh_missing,
    revoke_feed,
    settle_duty,
    state_notice_days,
    state_recurring_duty,
    state_reminder_rule,
)
from dms.custody.reviewing import state_review_rhythm
from dms.domain.actor import OPERATOR, SYSTEM, ActionForbidden, Role
from dms.domain.duty import DutyKind
from dms.domain.recurring_duty import RecurringDuty
from dms.domain.reminder import ReminderRule
from dms.domain.review import ReviewRhythm

TODAY = date(2026, 3, 2)
SALES_SHEET = RecurringDuty(
    code="sales_sheet",
    kind=DutyKind.SUPPLY,
    zh="客户销售统计表",
    en="Sales by customer",
    day=5,
    department=SALES,
    since_on=date(2026, 3, 1),
)


@pytest.fixture
def staff(archive):
    staff = add_staff(archive)
    state_review_rhythm(staff.archivist, ReviewRhythm(months={}), archive=archive)
    return staff


def subjects(actor, archive, **wish):
    return [shown.duty.subject for shown in list_duties(actor, DutyWish(**wish), archive=archive).duties]


def test_a_licence_that_ends_is_the_duty_of_the_department_and_of_nobody_else(archive, staff):
    licence = add_licence(archive, TODAY + timedelta(days=20))
    assert subjects(staff.clerk, archive) == [f"item/{licence}"]
    assert subjects(staff.head, archive) == [f"item/{licence}"]
    assert subjects(staff.buyer, archive) == []
    assert subjects(staff.archivist, archive) == []


def test_a_licence_is_owed_as_many_days_ahead_as_its_type_says(archive, staff):
    add_licence(archive, TODAY + timedelta(days=31))
    assert subjects(staff.clerk, archive) == []
    state_notice_days(staff.archivist, {"licence": 31}, 1, archive=archive)
    assert len(subjects(staff.clerk, archive)) == 1
    state_notice_days(staff.archivist, {"licence": 0}, 1, archive=archive)
    assert subjects(staff.clerk, archive) == []


def test_a_paper_above_the_readers_grade_is_not_among_his_duties(archive, staff):
    add_licence(archive, TODAY + timedelta(days=20), grade=1)
    assert subjects(staff.clerk, archive) == []
    assert subjects(staff.head, archive, scope=DutyScope.ALL) == []
    assert duty_counts(staff.clerk, archive=archive).total == 0


def test_overdue_come_first_and_are_counted(archive, clock, staff):
    late, soon = add_licence(archive, TODAY), add_licence(archive, TODAY + timedelta(days=8), code="C0002")
    on_day(clock, TODAY + timedelta(days=4))
    assert subjects(staff.clerk, archive) == [f"item/{late}", f"item/{soon}"]
    counts = duty_counts(staff.clerk, archive=archive)
    assert (counts.overdue, counts.soon, counts.later) == (1, 1, 0)
    assert subjects(staff.clerk, archive, timing=DutyTiming.OVERDUE) == [f"item/{late}"]
    (first, _) = list_duties(staff.clerk, DutyWish(), archive=archive).duties
    assert (first.late_working_days, first.is_mine) == (4, True)


def test_only_whoever_oversees_sees_everybodys_and_only_of_departments_that_are_his(archive, staff):
    add_licence(archive, TODAY + timedelta(days=20))
    with pytest.raises(ActionForbidden):
        list_duties(staff.clerk, DutyWish(scope=DutyScope.ALL), archive=archive)
    assert len(subjects(staff.in_charge, archive, scope=DutyScope.ALL)) == 1
    stranger = add_person(archive, "外人", Role.DEPARTMENT_MANAGER, departments=("采购部",))
    assert subjects(stranger, archive, scope=DutyScope.ALL) == []


def test_the_overview_says_who_owes_what_and_how_late(archive, clock, staff):
    add_licence(archive, TODAY)
    add_licence(archive, TODAY + timedelta(days=9), code="C0002")
    on_day(clock, TODAY + timedelta(days=7))
    (line,) = duty_overview(staff.in_charge, archive=archive)
    assert (line.department, line.counts.overdue, line.counts.soon, line.worst_late_working_days) == (SALES, 1, 1, 5)
    assert line.by_kind == ((DutyKind.EXPIRY, 2),)
    with pytest.raises(ActionForbidden):
        duty_overview(staff.clerk, archive=archive)


def test_a_month_shows_its_duties_by_day(archive, staff):
    add_licence(archive, date(2026, 3, 20))
    assert list(duties_in_month(staff.clerk, TODAY, DutyScope.MINE, archive=archive)) == [date(2026, 3, 20)]
    assert duties_in_month(staff.clerk, date(2026, 4, 1), DutyScope.MINE, archive=archive) == {}


def test_duties_are_listed_page_by_page_and_in_the_order_asked_for(archive, staff):
    found = [add_licence(archive, TODAY + timedelta(days=20 - each), code=f"C{each:04}") for each in range(5)]
    expected = [f"item/{licence}" for licence in reversed(found)]
    pages = [subjects(staff.clerk, archive, limit=2, offset=offset) for offset in (0, 2, 4)]
    assert [subject for page in pages for subject in page] == expected
    assert subjects(staff.clerk, archive, order=DutyOrder.DEPARTMENT) == expected


def test_what_a_file_lacks_is_owed_a_month_after_the_night_that_found_it(archive, clock, staff):
    customer_id = add_customer(archive, department=SALES)
    add_contract(archive, customer_id, title="采购合同")
    assert refresh_missing(archive) == 2
    clock.advance(timedelta(days=3))
    assert refresh_missing(archive) == 2
    (duty,) = [shown.duty for shown in list_duties(staff.clerk, DutyWish(), archive=archive).duties]
    assert (duty.kind, duty.due_on) == (DutyKind.MISSING_PAPER, date(2026, 4, 2))
    assert subjects(staff.buyer, archive) == []


def test_what_was_brought_is_missing_no_more_after_the_next_night(archive, staff):
    add_customer(archive, department=SALES)
    refresh_missing(archive)
    assert len(subjects(staff.clerk, archive)) == 1
    lay_filed(archive, Filed(customer_id=1, type_code="licence"))
    assert refresh_missing(archive) == 0
    assert subjects(staff.clerk, archive) == []


def test_what_a_department_hands_in_each_month_is_settled_by_one_of_its_people(archive, staff):
    state_recurring_duty(staff.archivist, SALES_SHEET, archive=archive)
    assert subjects(staff.clerk, archive) == ["supply/sales_sheet/2026-03"]
    with pytest.raises(DutyNotOwed):
        settle_duty(staff.buyer, "supply/sales_sheet/2026-03", archive=archive)
    settle_duty(staff.clerk, "supply/sales_sheet/2026-03", "已交信息部", archive=archive)
    assert subjects(staff.clerk, archive) == []
    with pytest.raises(DutyNotOwed):
        settle_duty(staff.clerk, "supply/sales_sheet/2026-03", archive=archive)
    with pytest.raises(SettlerNotAPerson):
        settle_duty(OPERATOR, "supply/sales_sheet/2026-04", archive=archive)


def test_what_settles_itself_is_not_settled_by_hand(archive, staff):
    licence = add_licence(archive, TODAY + timedelta(days=20))
    with pytest.raises(DutyNotOwed):
        settle_duty(staff.clerk, f"item/{licence}", archive=archive)


@pytest.mark.parametrize(
    "facts",
    [
        {"code": "销售"},
        {"zh": ""},
        {"day": 29},
        {"day": 0},
        {"months": ()},
        {"months": (13,)},
        {"department": ""},
        {"kind": DutyKind.REVIEW},
    ],
    ids=str,
)
def test_a_recurring_duty_that_cannot_be_right_is_refused(archive, staff, facts):
    with pytest.raises(DutyRuleInvalid):
        state_recurring_duty(staff.archivist, replace(SALES_SHEET, **facts), archive=archive)


def test_a_recurring_duty_that_is_stated_anew_keeps_its_first_day_and_one_that_is_dropped_owes_nothing(archive, staff):
    state_recurring_duty(staff.archivist, SALES_SHEET, archive=archive)
    changed = state_recurring_duty(
        staff.archivist, replace(SALES_SHEET, day=8, since_on=date(2027, 1, 1)), archive=archive
    )
    assert changed.since_on == SALES_SHEET.since_on
    drop_recurring_duty(staff.archivist, "sales_sheet", archive=archive)
    assert subjects(staff.clerk, archive) == []
    with pytest.raises(RecurringDutyUnknown):
        drop_recurring_duty(staff.archivist, "sales_sheet", archive=archive)


@pytest.mark.parametrize(
    "rule",
    [
        ReminderRule(before_days=(0,)),
        ReminderRule(before_days=(400,)),
        ReminderRule(before_days=(1, 2, 3, 4, 5, 6)),
        ReminderRule(every_working_days=-1),
        ReminderRule(escalate_after_working_days=61),
    ],
    ids=str,
)
def test_a_reminder_rule_that_cannot_be_right_is_refused(archive, staff, rule):
    with pytest.raises(DutyRuleInvalid):
        state_reminder_rule(staff.archivist, DutyKind.REVIEW, rule, archive=archive)
    assert duty_rules(staff.clerk, archive=archive).reminders[DutyKind.REVIEW].before_days == (7,)


def test_a_calendar_tells_its_owner_what_he_owes_and_nobody_else(archive, staff):
    add_licence(archive, TODAY + timedelta(days=20))
    secret = make_feed(staff.clerk, archive=archive)
    calendar = icalendar.Calendar.from_ical(read_feed(secret, archive=archive))
    (event,) = calendar.walk("VEVENT")
    assert event["DTSTART"].dt == TODAY + timedelta(days=20)
    assert "更新营业执照" in event["SUMMARY"]
    other = icalendar.Calendar.from_ical(read_feed(make_feed(staff.buyer, archive=archive), archive=archive))
    assert other.walk("VEVENT") == []


def test_a_calendar_tells_no_more_than_its_owner_may_know_when_it_is_read(archive, staff):
    add_licence(archive, TODAY + timedelta(days=20))
    secret = make_feed(staff.clerk, archive=archive)
    with archive.begin() as work:
        work.users.set_departments(staff.clerk.user_id, frozenset({"采购部"}))
    assert icalendar.Calendar.from_ical(read_feed(secret, archive=archive)).walk("VEVENT") == []


def test_the_address_of_a_calendar_ends_with_a_new_one_with_its_revocation_and_with_the_account(archive, staff):
    first = make_feed(staff.clerk, archive=archive)
    second = make_feed(staff.clerk, archive=archive)
    with pytest.raises(FeedUnknown):
        read_feed(first, archive=archive)
    revoke_feed(staff.clerk, archive=archive)
    with pytest.raises(FeedUnknown):
        read_feed(second, archive=archive)
    third = make_feed(staff.clerk, archive=archive)
    with archive.begin() as work:
        work.users.disable(staff.clerk.user_id)
    with pytest.raises(FeedUnknown):
        read_feed(third, archive=archive)


@pytest.mark.parametrize("guess", ["", "x", "x" * 10_000, "\udcff", "' OR 1=1 --"])
def test_a_guessed_address_is_answered_like_a_revoked_one(archive, staff, guess):
    make_feed(staff.clerk, archive=archive)
    with pytest.raises(FeedUnknown):
        read_feed(guess, archive=archive)


def test_the_secret_is_neither_kept_nor_journaled_and_a_day_of_reading_is_journaled_once(archive, staff):
    secret = make_feed(staff.clerk, archive=archive)
    for _ in range(3):
        read_feed(secret, archive=archive)
    with archive.looking() as view:
        entries = list(view.journal.entries())
        assert secret not in str(view.notice_wishes.of(staff.clerk.user_id))
    assert [entry.action for entry in entries].count("duty_feed_read") == 1
    assert all(secret not in str(entry) for entry in entries)


def test_the_operator_has_neither_inbox_nor_calendar(archive):
    with pytest.raises(SettlerNotAPerson):
        inbox(OPERATOR, archive=archive)
    with pytest.raises(SettlerNotAPerson):
        make_feed(OPERATOR, archive=archive)
    assert list_duties(OPERATOR, DutyWish(), archive=archive).total == 0


def test_a_round_says_what_it_did_and_is_journaled(archive, clock, staff):
    add_customer(archive, department=SALES)
    done = daily_round(SYSTEM, archive=archive)
    assert (done.gone_on, dict(done.failed), done.counts["missing"]) == (TODAY, {}, 1)
    with archive.looking() as view:
        assert next(view.journal.entries(newest_first=1)).action == "daily_round_done"
    with pytest.raises(ActionForbidden):
        daily_round(staff.archivist, archive=archive)
