"""复核报告: the reviews of a period, or of one customer, as a document to hand to management (C10-05)."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dms.archive import Archive, customer_for, is_working_day
from dms.custody.forms import letterhead, printed
from dms.custody.reviewing.looking_up import overdue_review_count
from dms.custody.reviewing.rhythm import rhythm_in
from dms.custody.reviewing.wording import GRADE_NAMES, OUTLOOK_NAMES, risks_told
from dms.domain.actor import Actor, Permission
from dms.domain.customer import Customer
from dms.domain.printed import PrintAs, Printed
from dms.domain.review import NOT_REVIEWED, Review, ReviewRhythm, next_review_on
from dms.store import UnitOfWork

if TYPE_CHECKING:
    from dms.printing import ReviewLine

_EVERY = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewReportWish:
    """Which reviews to report: of a period, or of one customer."""

    first_on: date
    last_on: date
    customer_code: str = ""
    """Empty for all customers that the reader may know of."""


def print_reviews(actor: Actor, wish: ReviewReportWish, printed_as: PrintAs, *, archive: Archive) -> Printed:
    """The report as a document; raises `CustomerNotFound`."""
    actor.require(Permission.REVIEW_CUSTOMERS)
    from dms.printing import ReviewReportForm

    with archive.looking() as view:
        named = customer_for(actor, wish.customer_code, work=view) if wish.customer_code else None
        found = _found(actor, wish, named, view=view)
        customers = view.customers.with_ids({each.customer_id for each in found})
        rhythm = rhythm_in(view)
    lines = tuple(_line(each, customers[each.customer_id], rhythm) for each in found)
    span = f"{wish.first_on.isoformat()} 至 {wish.last_on.isoformat()}"
    form = ReviewReportForm(
        letterhead=letterhead(actor, archive=archive),
        subject=f"{named.code} {named.name}" if named else span,
        lines=lines,
        overdue=None if named else overdue_review_count(actor, archive=archive),
    )
    return printed(actor, form, "客户复核报告", printed_as, archive=archive)


def _found(actor: Actor, wish: ReviewReportWish, named: Customer | None, *, view: UnitOfWork) -> list[Review]:
    if named is not None:
        return view.reviews.of_customer(named.id, limit=_EVERY)[1][::-1]
    return view.reviews.made_between(wish.first_on, wish.last_on, actor=actor)


def _line(review: Review, customer: Customer, rhythm: ReviewRhythm) -> "ReviewLine":
    from dms.printing import ReviewLine

    months = rhythm.months_for(review.grade, is_watched=review.is_watched)
    is_reviewed = months and customer.facts.status not in NOT_REVIEWED
    return ReviewLine(
        customer_code=customer.code,
        customer_name=customer.name,
        department=customer.facts.department,
        reviewed_on=review.reviewed_on,
        reviewer=review.by,
        former_grade=GRADE_NAMES[review.former_grade].zh,
        grade=GRADE_NAMES[review.grade].zh,
        outlook=OUTLOOK_NAMES[review.outlook].zh,
        risks=risks_told(review.risks),
        is_watched=review.is_watched,
        opinion=review.opinion,
        next_on=next_review_on(review.reviewed_on, months, is_working_day) if is_reviewed else None,
    )
