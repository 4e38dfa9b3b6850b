"""What is due: the list of papers whose term has ended 保管期满清单, as the asker may see them."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from dms.archive import Archive, customer_for, text_for
from dms.domain.actor import Actor, Permission
from dms.store import DueFilter, DuePaper, UnitOfWork

MOST_LISTED = 100_000
"""More than so many lines are not printed at once; the list is narrowed first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueWish:
    """Which due papers; what is empty or None does not matter."""

    by_on: date
    """By which day the term has ended."""
    customer_code: str = ""
    series_code: str = ""
    rule_code: str = ""
    held: bool | None = None
    limit: int = MOST_LISTED
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DueList:
    """One page of what is due."""

    wish: DueWish
    total: int
    papers: tuple[DuePaper, ...]
    computed_at: datetime | None
    """When all days were computed last; None before the first time."""
    is_stale: bool
    """Whether anything has changed since, so that the list may lack papers or bear some too many."""


def due_list(actor: Actor, wish: DueWish, *, archive: Archive) -> DueList:
    """One page of the papers whose term has ended by a day, the longest due first; raises `CustomerNotFound`."""
    require_due_list(actor)
    with archive.looking() as view:
        total, papers = view.due_dates.due_by(
            wish.by_on, actor=actor, wanted=_filter(actor, wish, work=view), limit=wish.limit, offset=wish.offset
        )
        last = view.due_facts.last_run()
        return DueList(
            wish=wish,
            total=total,
            papers=tuple(replace(paper, title=text_for(actor, paper.title)) for paper in papers),
            computed_at=last.ended_at if last else None,
            is_stale=view.due_dates.is_stale(),
        )


def require_due_list(actor: Actor) -> None:
    """What is due is shown to those who keep the terms, those who appraise, and those who read reports."""
    if not (actor.may(Permission.MANAGE_RETENTION) or actor.may(Permission.READ_REPORTS)):
        actor.require(Permission.APPRAISE)


def _filter(actor: Actor, wish: DueWish, *, work: UnitOfWork) -> DueFilter:
    customer = customer_for(actor, wish.customer_code, work=work) if wish.customer_code else None
    return DueFilter(
        customer_id=customer.id if customer else None,
        series_code=wish.series_code,
        rule_code=wish.rule_code,
        held=wish.held,
    )
