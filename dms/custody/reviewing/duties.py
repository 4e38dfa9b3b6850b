"""Reviews as duties: a customer is due for its next review; it falls to the department whose customer it is."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from dms.archive import is_working_day
from dms.custody.reviewing.rhythm import rhythm_in
from dms.domain.actor import Actor, Role
from dms.domain.duty import Duty, DutyKind
from dms.domain.working_days import first_working_day
from dms.errors import Bilingual
from dms.store import ReviewFilter, ReviewToCome, UnitOfWork

AHEAD: Final = timedelta(days=14)
"""A review that is due later is nobody's business yet, and there are as many as there are customers."""


def duties(
    view: UnitOfWork,
    *,
    on: date,
    until_on: date | None = None,
    actor: Actor | None = None,
    departments: frozenset[str] | None = None,
) -> Iterator[Duty]:
    """The reviews that are overdue, or due until a day, two weeks ahead where none is given.

    With an actor, those of customers that he may know of; with departments, those of their customers.
    """
    wanted = ReviewFilter(due_by_on=until_on or on + AHEAD, departments=departments)
    for to_come in view.reviews.to_come(rhythm_in(view), wanted, actor=actor):
        yield _duty(to_come)


def _duty(to_come: ReviewToCome) -> Duty:
    named = f"{to_come.customer_code} {to_come.customer_name}"
    return Duty(
        kind=DutyKind.REVIEW,
        subject=f"customer/{to_come.customer_code}",
        what=Bilingual(f"复核客户 {named}", f"Review customer {named}"),
        due_on=first_working_day(to_come.months_later_on, is_working_day),
        department=to_come.department,
        role=None if to_come.department else Role.ARCHIVIST,
    )
