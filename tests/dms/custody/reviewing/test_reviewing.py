"""Reviews of customers: recorded by a person, kept for good, and due again after so many months."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from simulators.filed_papers import Filed, add_customer, lay_filed
from simulators.people import ARCHIVIST, AUDITOR, CLERK

from dms.archive import CustomerNotFound
from dms.custody.reviewing import (
    CustomerNotReviewed,
    ReviewerNotAPerson,
    ReviewFactInvalid,
    ReviewStated,
    ReviewWish,
    duties,
    list_reviews_due,
    overdue_review_count,
    record_review,
    review_rhythm,
    review_standing,
    state_review_rhythm,
)
from dms.domain.actor import OPERATOR, ActionForbidden
from dms.domain.customer import CustomerGrade, CustomerStatus
from dms.domain.review import Outlook, ReviewRhythm, RiskReason

IMPORTANT = ReviewStated(grade=CustomerGrade.IMPORTANT, risks=(RiskReason.ARREARS,), opinion="回款放慢")
STRANGER = replace(CLERK, departments=frozenset({"采购部"}))


@pytest.fixture
def customer(archive):
    return add_customer(archive, department="销售部")


def test_a_review_becomes_the_grade_and_what_is_known_against_the_customer(archive, customer):
    review = record_review(CLERK, "C0001", IMPORTANT, archive=archive)
    assert (review.former_grade, review.grade, review.by) == (CustomerGrade.ORDINARY, CustomerGrade.IMPORTANT, "clerk")
    with archive.looking() as view:
        facts = view.customers.get(customer).facts
    assert (facts.grade, facts.risk_reason) == (CustomerGrade.IMPORTANT, "拖欠款项")


def test_what_was_found_before_stays_beside_what_is_found_now(archive, customer):
    record_review(CLERK, "C0001", IMPORTANT, archive=archive)
    record_review(ARCHIVIST, "C0001", ReviewStated(grade=CustomerGrade.ORDINARY), archive=archive)
    shown = review_standing(ARCHIVIST, "C0001", archive=archive)
    assert [review.grade for review in shown.history] == [CustomerGrade.ORDINARY, CustomerGrade.IMPORTANT]
    assert shown.review_count == 2
    with archive.looking() as view:
        assert view.customers.get(customer).facts.risk_reason == ""


@pytest.mark.parametrize("statement", ["UPDATE customer_review SET opinion = ''", "DELETE FROM customer_review"])
def test_the_catalogue_refuses_to_change_or_forget_a_review(archive, customer, statement):
    record_review(CLERK, "C0001", IMPORTANT, archive=archive)
    with pytest.raises(Exception, match="reviews_are_never"), archive.begin() as work:
        work.connection.exec_driver_sql(statement)


def test_a_review_is_journaled_with_what_changed(archive, customer):
    record_review(CLERK, "C0001", IMPORTANT, archive=archive)
    with archive.looking() as view:
        entry = next(view.journal.entries(subject="C0001", newest_first=1))
    assert (entry.action, entry.subject) == ("customer_reviewed", "C0001")
    assert entry.details["former_grade"] == "ordinary"


def test_neither_the_operator_nor_an_auditor_reviews(archive, customer):
    with pytest.raises(ReviewerNotAPerson):
        record_review(OPERATOR, "C0001", IMPORTANT, archive=archive)
    with pytest.raises(ActionForbidden):
        record_review(AUDITOR, "C0001", IMPORTANT, archive=archive)


def test_a_customer_of_another_department_is_not_there(archive, customer):
    with pytest.raises(CustomerNotFound):
        record_review(STRANGER, "C0001", IMPORTANT, archive=archive)
    with pytest.raises(CustomerNotFound):
        review_standing(STRANGER, "C0001", archive=archive)
    assert list_reviews_due(STRANGER, ReviewWish(), archive=archive).total == 0


@pytest.mark.parametrize(
    "stated",
    [
        replace(IMPORTANT, opinion="长" * 501),
        ReviewStated(grade=CustomerGrade.ORDINARY, outlook=Outlook.LOST),
        ReviewStated(grade=CustomerGrade.ORDINARY, outlook=Outlook.GROWING, opinion="  "),
        ReviewStated(grade=CustomerGrade.ORDINARY, risks=(RiskReason.OTHER,)),
    ],
    ids=["too long", "lost without reason", "grown without reason", "other risk without reason"],
)
def test_what_cannot_be_right_or_says_no_reason_is_refused(archive, customer, stated):
    with pytest.raises(ReviewFactInvalid):
        record_review(CLERK, "C0001", stated, archive=archive)
    assert review_standing(CLERK, "C0001", archive=archive).last is None


def test_a_customer_that_was_merged_is_not_reviewed(archive, customer):
    with archive.begin() as work:
        work.customers.merge(customer, into_id=work.customers.add(_facts(work, customer, "C0002"), at=archive.now()).id)
    with pytest.raises(CustomerNotReviewed):
        record_review(CLERK, "C0001", IMPORTANT, archive=archive)


def test_a_new_customer_is_due_two_months_after_it_was_entered(archive, customer):
    (due,) = list_reviews_due(CLERK, ReviewWish(), archive=archive).due
    assert (due.last, due.due_on, due.days_late) == (None, date(2026, 3, 10), 0)


def test_it_is_overdue_once_its_last_day_has_passed(archive, clock, customer):
    clock.advance(timedelta(days=8))
    assert overdue_review_count(CLERK, archive=archive) == 0
    clock.advance(timedelta(days=1))
    found = list_reviews_due(CLERK, ReviewWish(due_within_days=0), archive=archive)
    assert (found.overdue_count, found.due[0].days_late) == (1, 1)


def test_after_a_review_it_is_due_two_months_later(archive, customer):
    record_review(CLERK, "C0001", IMPORTANT, archive=archive)
    shown = review_standing(CLERK, "C0001", archive=archive)
    assert shown.due_on == date(2026, 5, 6)
    assert shown.days_late == 0


def test_one_that_is_watched_is_due_after_one_month(archive, customer):
    record_review(CLERK, "C0001", replace(IMPORTANT, is_watched=True), archive=archive)
    assert review_standing(CLERK, "C0001", archive=archive).due_on == date(2026, 4, 2)
    assert list_reviews_due(CLERK, ReviewWish(watched_only=True), archive=archive).watched_count == 1


def test_one_month_after_the_end_of_january_is_the_end_of_february(archive, clock):
    add_customer(archive)
    clock.advance(timedelta(days=-30))
    record_review(CLERK, "C0001", replace(IMPORTANT, is_watched=True), archive=archive)
    with archive.looking() as view:
        (standing,) = view.reviews.standings(ReviewRhythm(), _everything())
    assert standing.last.reviewed_on == date(2026, 1, 31)
    assert standing.months_later_on == date(2026, 2, 28)


def test_a_changed_rhythm_holds_at_once(archive, customer):
    record_review(CLERK, "C0001", IMPORTANT, archive=archive)
    rhythm = ReviewRhythm(months={CustomerGrade.IMPORTANT: 1, CustomerGrade.ORDINARY: 6}, watched_months=1)
    state_review_rhythm(ARCHIVIST, rhythm, archive=archive)
    assert review_standing(CLERK, "C0001", archive=archive).due_on == date(2026, 4, 2)
    assert review_rhythm(CLERK, archive=archive).months[CustomerGrade.SPECIAL] == 0
    record_review(CLERK, "C0001", ReviewStated(grade=CustomerGrade.SPECIAL), archive=archive)
    assert review_standing(CLERK, "C0001", archive=archive).due_on is None


@pytest.mark.parametrize("months", [-1, 37])
def test_a_rhythm_that_cannot_be_right_is_refused(archive, months):
    with pytest.raises(ReviewFactInvalid):
        state_review_rhythm(ARCHIVIST, ReviewRhythm(watched_months=months), archive=archive)


def test_only_whoever_keeps_customers_states_the_rhythm(archive):
    with pytest.raises(ActionForbidden):
        state_review_rhythm(CLERK, ReviewRhythm(), archive=archive)


def test_nobody_is_asked_to_review_a_customer_whose_dealings_have_ended(archive):
    add_customer(archive, status=CustomerStatus.ENDED)
    assert list_reviews_due(CLERK, ReviewWish(), archive=archive).total == 0
    assert review_standing(CLERK, "C0001", archive=archive).due_on is None


def test_the_reviewer_sees_which_papers_expire(archive, customer):
    lay_filed(archive, Filed(customer_id=customer, type_code="licence", facts={"valid_to_on": date(2026, 4, 1)}))
    lay_filed(archive, Filed(customer_id=customer, type_code="licence", facts={"valid_to_on": date(2026, 3, 1)}))
    shown = review_standing(CLERK, "C0001", archive=archive)
    assert [paper.valid_to_on for paper in shown.expiring] == [date(2026, 4, 1)]


def test_a_review_is_a_duty_of_the_department_whose_customer_it_is(archive, customer):
    with archive.looking() as view:
        (duty,) = duties(view, on=date(2026, 3, 2))
        assert list(duties(view, on=date(2026, 2, 1))) == []
    assert (duty.subject, duty.department, duty.due_on) == ("customer/C0001", "销售部", date(2026, 3, 10))


def _facts(work, customer_id, code):
    return replace(work.customers.get(customer_id).facts, code=code, name="另一家")


def _everything():
    from dms.store import ReviewFilter

    return ReviewFilter()
