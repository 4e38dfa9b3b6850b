"""Who is due for review, how one customer stands, and what was found before."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from dms.archive import Archive, customer_for, is_working_day
from dms.custody.reviewing.rhythm import due_on, rhythm_in
from dms.domain.actor import Actor, Permission
from dms.domain.clock import local_day
from dms.domain.customer import Customer, CustomerGrade
from dms.domain.reminder import last_working_day
from dms.domain.review import Review, ReviewRhythm
from dms.store import Expiring, ReviewFilter, ReviewStanding, UnitOfWork

_EXPIRED_LATELY = timedelta(days=366)
_EXPIRES_SOON = timedelta(days=62)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewWish:
    """Which customers to list; what is empty or None does not matter."""

    due_within_days: int | None = None
    """Due until so many days from today; 0 for what is due today or overdue."""
    watched_only: bool = False
    department: str | None = None
    grades: frozenset[CustomerGrade] = field(default=frozenset())
    words: str = ""
    limit: int | None = 50
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDue:
    """One customer in the list of reviews."""

    customer: Customer
    last: Review | None
    """None for one that was never reviewed."""
    due_on: date
    days_late: int
    """0 for one that is in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewList:
    """One page of customers, first whoever is due first."""

    total: int
    due: tuple[ReviewDue, ...]
    overdue_count: int
    """Of all that the actor may know of, whatever was asked for."""
    watched_count: int
    departments: tuple[str, ...]
    asked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperToLookAt:
    """A paper that has expired or will soon."""

    item_id: str
    type_code: str
    valid_to_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerStanding:
    """How one customer stands with its reviews, and what a reviewer should look at."""

    customer: Customer
    last: Review | None
    due_on: date | None
    """None for one that is not reviewed: dealings ended, merged, or of a grade without a rhythm."""
    days_late: int
    review_count: int
    history: tuple[Review, ...]
    """The newest first."""
    expiring: tuple[PaperToLookAt, ...]
    missing_count: int
    """Papers that its file and its contracts lacked last night."""


def list_reviews_due(actor: Actor, wish: ReviewWish, *, archive: Archive) -> ReviewList:
    """The customers that fit and that the actor may know of."""
    actor.require(Permission.REVIEW_CUSTOMERS)
    today = local_day(archive.now())
    until_on = None if wish.due_within_days is None else today + timedelta(days=wish.due_within_days)
    wanted = ReviewFilter(
        due_by_on=until_on,
        watched_only=wish.watched_only,
        department=wish.department,
        grades=wish.grades,
        words=wish.words,
    )
    with archive.looking() as view:
        rhythm = rhythm_in(view)
        return ReviewList(
            total=view.reviews.count(rhythm, wanted, actor=actor),
            due=tuple(
                _due(each, today)
                for each in view.reviews.standings(rhythm, wanted, actor=actor, limit=wish.limit, offset=wish.offset)
            ),
            overdue_count=_overdue_count(actor, rhythm, today, work=view),
            watched_count=view.reviews.count(rhythm, ReviewFilter(watched_only=True), actor=actor),
            departments=tuple(view.customers.departments(actor=actor)),
            asked_on=today,
        )


def overdue_review_count(actor: Actor, *, archive: Archive) -> int:
    """How many customers that the actor may know of should have been reviewed before today."""
    actor.require(Permission.REVIEW_CUSTOMERS)
    with archive.looking() as view:
        return _overdue_count(actor, rhythm_in(view), local_day(archive.now()), work=view)


def review_standing(actor: Actor, code: str, *, archive: Archive, limit: int = 6, offset: int = 0) -> CustomerStanding:
    """How the customer with this code stands, with one page of its reviews; raises `CustomerNotFound`."""
    actor.require(Permission.CONSULT)
    today = local_day(archive.now())
    with archive.looking() as view:
        customer = customer_for(actor, code, work=view)
        rhythm = rhythm_in(view)
        found = view.reviews.standings(rhythm, ReviewFilter(customer_id=customer.id), actor=actor, limit=1)
        due = _due(found[0], today) if found else None
        total, history = view.reviews.of_customer(customer.id, limit=limit, offset=offset)
        return CustomerStanding(
            customer=customer,
            last=view.reviews.latest(customer.id),
            due_on=due.due_on if due else None,
            days_late=due.days_late if due else 0,
            review_count=total,
            history=tuple(history),
            expiring=_expiring(actor, customer, today, work=view),
            missing_count=view.duties.missing_count(customer.id, actor=actor),
        )


def _overdue_count(actor: Actor, rhythm: ReviewRhythm, today: date, *, work: UnitOfWork) -> int:
    # A last day that is no working day gives way to the next one: nobody is late before that has passed, too.
    past = ReviewFilter(due_by_on=last_working_day(today - timedelta(days=1), is_working_day))
    return work.reviews.count(rhythm, past, actor=actor)


def _due(standing: ReviewStanding, today: date) -> ReviewDue:
    last_day = due_on(standing)
    return ReviewDue(
        customer=standing.customer,
        last=standing.last,
        due_on=last_day,
        days_late=max(0, (today - last_day).days),
    )


def _expiring(actor: Actor, customer: Customer, today: date, *, work: UnitOfWork) -> tuple[PaperToLookAt, ...]:
    kinds = [kind.code for kind in work.scheme.all_types()]
    until_on = dict.fromkeys(kinds, today + _EXPIRES_SOON)
    wanted = Expiring(until_on=until_on, since_on=today - _EXPIRED_LATELY, customer_id=customer.id)
    return tuple(
        PaperToLookAt(item_id=paper.item_id, type_code=paper.type_code, valid_to_on=paper.valid_to_on)
        for paper in work.duties.expiring(wanted, actor=actor)
    )
