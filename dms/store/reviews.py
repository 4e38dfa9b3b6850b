"""Reviews of customers, and who is due for the next one.

Invariant: reviews are only added (triggers see to that); whom a person may not know of is left out for him (I5).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Row, case, func, or_, select, true

from dms.domain.actor import Actor
from dms.domain.customer import Customer, CustomerGrade
from dms.domain.review import NOT_REVIEWED, Outlook, Review, ReviewRhythm, RiskReason
from dms.store.customers import Customers
from dms.store.duty_tables import customer_review as table
from dms.store.engine import inserted_id
from dms.store.rights import among, customer_known_to
from dms.store.tables import customer


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFilter:
    """Which customers; every None, empty text or empty set means that this does not matter."""

    due_by_on: date | None = None
    """Due on this day or before."""
    watched_only: bool = False
    department: str | None = None
    departments: frozenset[str] | None = None
    """Any of these."""
    grades: frozenset[CustomerGrade] = field(default=frozenset())
    words: str = ""
    """In code or name."""
    customer_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewStanding:
    """How one customer stands with its reviews."""

    customer: Customer
    last: Review | None
    """None for one that was never reviewed."""
    months_later_on: date
    """The day so many months after the last review, or after the customer was entered; it may be no working day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewToCome:
    """A customer that is due, with as much of it as a list of duties tells."""

    customer_code: str
    customer_name: str
    department: str
    months_later_on: date
    """As in `ReviewStanding`."""


class Reviews:
    """The reviews, by customer.

    What takes no actor, or None for it, is for the archive's own work.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, review: Review) -> Review:
        """The new review, with its id."""
        values = {name: getattr(review, name) for name in Review.__dataclass_fields__ if name != "id"}
        values |= {
            "grade": review.grade.value,
            "former_grade": review.former_grade.value,
            "outlook": review.outlook.value,
            "risks": [risk.value for risk in review.risks],
        }
        key = inserted_id(self._connection.execute(table.insert().values(**values)))
        return _review(self._connection.execute(select(table).where(table.c.id == key)).one())

    def get(self, review_id: int) -> Review | None:
        """The review with this number, if there is one."""
        row = self._connection.execute(select(table).where(table.c.id == review_id)).first()
        return _review(row) if row else None

    def latest(self, customer_id: int) -> Review | None:
        """The last review of a customer; None for one that was never reviewed."""
        return next(iter(self.of_customer(customer_id, limit=1)[1]), None)

    def of_customer(self, customer_id: int, *, limit: int, offset: int = 0) -> tuple[int, list[Review]]:
        """How often a customer was reviewed, and one page of that, the newest first."""
        own = table.c.customer_id == customer_id
        total = self._connection.execute(select(func.count()).select_from(table).where(own)).scalar_one()
        query = select(table).where(own).order_by(table.c.id.desc()).limit(limit).offset(offset)
        return total, [_review(row) for row in self._connection.execute(query)]

    def made_between(self, first_on: date, last_on: date, *, actor: Actor | None = None) -> list[Review]:
        """The reviews of these days, both counted, the oldest first."""
        known = customer_known_to(actor) if actor else true()
        query = select(table).join(customer, customer.c.id == table.c.customer_id).where(known)
        query = query.where(table.c.reviewed_on.between(first_on, last_on)).order_by(table.c.id)
        return [_review(row) for row in self._connection.execute(query)]

    def count(self, rhythm: ReviewRhythm, wanted: ReviewFilter, *, actor: Actor | None = None) -> int:
        """How many customers fit."""
        joined, months, later = _standing(rhythm)
        conditions = _conditions(wanted, actor, months, later)
        return self._connection.execute(select(func.count()).select_from(joined).where(*conditions)).scalar_one()

    def to_come(self, rhythm: ReviewRhythm, wanted: ReviewFilter, *, actor: Actor | None = None) -> list[ReviewToCome]:
        """All who are reviewed and fit, first whoever is due first."""
        joined, months, later = _standing(rhythm)
        query = (
            select(customer.c.code, customer.c.name, customer.c.department, later.label("later"))
            .select_from(joined)
            .where(*_conditions(wanted, actor, months, later))
            .order_by(later, customer.c.code)
        )
        return [
            ReviewToCome(
                customer_code=row.code,
                customer_name=row.name,
                department=row.department,
                months_later_on=date.fromisoformat(row.later),
            )
            for row in self._connection.execute(query)
        ]

    def standings(
        self,
        rhythm: ReviewRhythm,
        wanted: ReviewFilter,
        *,
        actor: Actor | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[ReviewStanding]:
        """Those who are reviewed at all and fit, first whoever is due first."""
        joined, months, later = _standing(rhythm)
        query = (
            select(customer.c.id.label("of_customer"), later.label("later"), *_LAST)
            .select_from(joined)
            .where(*_conditions(wanted, actor, months, later))
            .order_by(later, customer.c.code)
        )
        rows = self._connection.execute(query.limit(limit).offset(offset)).all()
        known = Customers(self._connection).with_ids({row.of_customer for row in rows})
        return [
            ReviewStanding(
                customer=known[row.of_customer],
                last=_review(row) if row.id is not None else None,
                months_later_on=date.fromisoformat(row.later),
            )
            for row in rows
        ]


_LAST = tuple(column.label(column.name) for column in table.c)


def _standing(rhythm: ReviewRhythm) -> tuple[FromClause, ColumnElement[int], ColumnElement[str]]:
    """Customers beside their last review; after how many months the next one follows; and on what day that is."""
    newest = select(func.max(table.c.id).label("last_id")).group_by(table.c.customer_id).subquery()
    last = table.join(newest, newest.c.last_id == table.c.id)
    joined = customer.outerjoin(last, table.c.customer_id == customer.c.id)
    months = _months(rhythm)
    begun = func.coalesce(table.c.reviewed_on, func.substr(customer.c.created_at, 1, 10))
    # SQLite carries 31 January and one month on into March; the last day of the month that is meant holds it back.
    same_day = func.date(begun, func.concat("+", months, " months"))
    month_end = func.date(begun, "start of month", func.concat("+", months + 1, " months"), "-1 day")
    return joined, months, func.min(same_day, month_end)


def _months(rhythm: ReviewRhythm) -> ColumnElement[int]:
    plain = _by_grade({grade: rhythm.months_for(grade, is_watched=False) for grade in CustomerGrade})
    watched = _by_grade({grade: rhythm.months_for(grade, is_watched=True) for grade in CustomerGrade})
    return case((table.c.is_watched.is_(True), watched), else_=plain)


def _by_grade(months: Mapping[CustomerGrade, int]) -> ColumnElement[int]:
    return case(*((customer.c.grade == grade.value, count) for grade, count in months.items()), else_=0)


def _conditions(
    wanted: ReviewFilter, actor: Actor | None, months: ColumnElement[int], later: ColumnElement[str]
) -> list[ColumnElement[bool]]:
    ended = [status.value for status in NOT_REVIEWED]
    conditions = [
        customer.c.merged_into_id.is_(None),
        customer.c.status.not_in(ended),
        months > 0,
        customer_known_to(actor) if actor else true(),
    ]
    if wanted.due_by_on is not None:
        conditions.append(later <= wanted.due_by_on.isoformat())
    if wanted.customer_id is not None:
        conditions.append(customer.c.id == wanted.customer_id)
    if wanted.watched_only:
        conditions.append(table.c.is_watched.is_(True))
    if wanted.department is not None:
        conditions.append(customer.c.department == wanted.department)
    if wanted.departments is not None:
        conditions.append(among(customer.c.department, wanted.departments))
    if wanted.grades:
        conditions.append(customer.c.grade.in_([grade.value for grade in wanted.grades]))
    return [*conditions, *(_says(word) for word in wanted.words.split())]


def _says(word: str) -> ColumnElement[bool]:
    return or_(*(column.contains(word, autoescape=True) for column in (customer.c.code, customer.c.name)))


def _review(row: Row[Any]) -> Review:
    values = {name: getattr(row, name) for name in Review.__dataclass_fields__}
    return Review(
        **values
        | {
            "grade": CustomerGrade(row.grade),
            "former_grade": CustomerGrade(row.former_grade),
            "outlook": Outlook(row.outlook),
            "risks": tuple(RiskReason(risk) for risk in row.risks),
        }
    )
