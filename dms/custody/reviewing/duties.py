"""Reviews as duties: a customer is due for its next review; it falls to the department whose customer it is."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from dms.custody.reviewing.rhythm import due_on, rhythm_in
from dms.domain.actor import Actor, Role
from dms.domain.duty import Duty, DutyKind
from dms.errors import Bilingual
from dms.store import ReviewFilter, ReviewStanding, UnitOfWork

AHEAD: Final = timedelta(days=14)
"""A review that is due later is nobody's business yet, and there are as many as there are customers."""


def duties(view: UnitOfWork, *, on: date, until_on: date | None = None, actor: Actor | None = None) -> Iterator[Duty]:
    """The reviews that are overdue, or due until a day, two weeks ahead where none is given.

    With an actor, those of customers that he may know of.
    """
    wanted = ReviewFilter(due_by_on=until_on or on + AHEAD)
    for standing in view.reviews.standings(rhythm_in(view), wanted, actor=actor):
        yield _duty(standing)


def _duty(standing: ReviewStanding) -> Duty:
    customer = standing.customer
    named = f"{customer.code} {customer.name}"
    return Duty(
        kind=DutyKind.REVIEW,
        subject=f"customer/{customer.code}",
        what=Bilingual(f"复核客户 {named}", f"Review customer {named}"),
        due_on=due_on(standing),
        department=customer.facts.department,
        role=None if customer.facts.department else Role.ARCHIVIST,
    )
