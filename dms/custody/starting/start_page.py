"""The page of the first minute of the day: what waits for this person, and how the archive stands.

What always holds: nothing here goes through the papers one by one; counts are kept by the catalogue itself, and what is
listed is a handful. The page is as fast with a million papers as with none.
"""

from dataclasses import dataclass
from datetime import datetime

from dms.archive import Archive
from dms.custody.duties import DutyList, DutyWish, list_duties
from dms.custody.holdings import Holdings, counted_holdings
from dms.domain.actor import Actor, Permission
from dms.domain.inspection import Inspection, InspectionScope
from dms.domain.item import Item
from dms.store import TasksWaiting, UnitOfWork

DUTIES_SHOWN = 8
ARRIVALS_SHOWN = 8
_BACKED_UP = ("backup_made",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """How the archive itself fares, for whoever keeps it running."""

    backed_up_at: datetime | None
    """None where no backup was ever made."""
    tasks: TasksWaiting
    disabled_count: int
    """Accounts that cannot sign in."""
    accounts_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What an auditor looks at first."""

    inspection: Inspection | None
    """The latest, whatever its scope; None where there was none."""
    journal_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPage:
    """What one person's day begins with; a part that his roles do not ask for is None."""

    duties: DutyList
    """His own, overdue first."""
    holdings: Holdings | None
    arrivals: tuple[Item, ...]
    running: Running | None
    proof: Proof | None


def start_page(actor: Actor, *, archive: Archive) -> StartPage:
    """The day of the actor; everybody who is signed in has one."""
    consults = actor.may(Permission.CONSULT)
    duties = list_duties(actor, DutyWish(limit=DUTIES_SHOWN), archive=archive)
    with archive.looking() as view:
        return StartPage(
            duties=duties,
            holdings=counted_holdings(actor, view=view) if consults else None,
            arrivals=_arrivals(actor, view=view) if consults else (),
            running=_running(view) if actor.may(Permission.OPERATE) else None,
            proof=_proof(view) if actor.may(Permission.READ_JOURNAL) else None,
        )


def _arrivals(actor: Actor, *, view: UnitOfWork) -> tuple[Item, ...]:
    keys = view.held_counts.latest_arrivals(actor=actor, limit=ARRIVALS_SHOWN)
    return tuple(reversed(view.items.with_keys(keys, actor=actor)))


def _running(view: UnitOfWork) -> Running:
    users = view.users.all()
    return Running(
        backed_up_at=view.figures.latest_at(*_BACKED_UP),
        tasks=view.figures.tasks_waiting(),
        disabled_count=sum(user.disabled for user in users),
        accounts_count=len(users),
    )


def _proof(view: UnitOfWork) -> Proof:
    made = [found for scope in InspectionScope if (found := view.inspections.latest(scope))]
    latest = max(made, key=lambda inspection: inspection.began_at, default=None)
    return Proof(inspection=latest, journal_count=view.journal.head()[0])
