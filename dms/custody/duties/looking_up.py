"""Duties as a person sees them: his own, his department's, everybody's; overdue first; and who owes what.

What always holds (I5):
- His own are told in full; those of others only as far as he may know what they are about.
- Whoever oversees sees the departments that he was let to, and no others.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

from dms.archive import Archive, is_working_day
from dms.custody.duties.knowing import may_know
from dms.custody.duties.people import People, departments_of, headed_by, is_mine
from dms.custody.duties.sources import Asked, owed
from dms.custody.duties.wording import told_apart
from dms.domain.actor import Actor, Permission, Role
from dms.domain.clock import local_day
from dms.domain.duty import Duty, DutyKind
from dms.domain.working_days import working_days_between
from dms.store import UnitOfWork

AHEAD_DAYS: Final = 31
SOON: Final = timedelta(days=7)
MOST_AHEAD_DAYS: Final = 400
DAYS_KEPT_IN_MIND: Final = 4000


class DutyScope(StrEnum):
    """Whose duties."""

    MINE = "mine"
    DEPARTMENT = "department"
    """Those of the departments that the person works in or heads."""
    ALL = "all"
    """Of every department that he oversees."""


class DutyTiming(StrEnum):
    """When they are due."""

    OVERDUE = "overdue"
    SOON = "soon"
    """Today and within a week."""
    LATER = "later"


class DutyOrder(StrEnum):
    """How they are sorted."""

    DUE_FIRST = "due_first"
    KIND = "kind"
    DEPARTMENT = "department"


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyWish:
    """Which duties to list; what is empty or None does not matter."""

    scope: DutyScope = DutyScope.MINE
    kinds: frozenset[DutyKind] = field(default=frozenset())
    timing: DutyTiming | None = None
    department: str | None = None
    from_on: date | None = None
    until_on: date | None = None
    """The last day that counts; a month ahead for None."""
    order: DutyOrder = DutyOrder.DUE_FIRST
    limit: int | None = 50
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyShown:
    """A duty as somebody reads it."""

    duty: Duty
    timing: DutyTiming
    late_working_days: int
    """Working days past its last day; 0 for one that is in time."""
    is_mine: bool
    is_told_in_full: bool
    """Whether the reader may know what it is about; else its sentence names kind and number alone."""
    owner: str
    """Who owes it: the person by name, or the department, or empty where it falls to a role."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyCounts:
    """How many duties there are."""

    overdue: int = 0
    soon: int = 0
    """Today and within a week."""
    later: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.overdue + self.soon + self.later


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyList:
    """One page of duties."""

    total: int
    duties: tuple[DutyShown, ...]
    counts: DutyCounts
    """Of the scope, whatever else was asked for."""
    kinds: tuple[DutyKind, ...]
    """Those that occur in the scope."""
    departments: tuple[str, ...]
    asked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerLine:
    """What one person, department or role owes."""

    department: str
    owner: str
    """Name of the person; empty for what falls to the department or the role as a whole."""
    role: Role | None
    counts: DutyCounts
    worst_late_working_days: int
    by_kind: tuple[tuple[DutyKind, int], ...]


def list_duties(actor: Actor, wish: DutyWish, *, archive: Archive) -> DutyList:
    """One page of the duties that fit; raises `ActionForbidden` for everybody's without the right to oversee."""
    _require_scope(actor, wish.scope)
    today = local_day(archive.now())
    with archive.looking() as view:
        found = tuple(_in_scope(actor, wish, today, archive=archive, view=view))
    chosen = sorted(filter(lambda shown: _fits(shown, wish), found), key=_ORDERS[wish.order])
    end = None if wish.limit is None else wish.offset + wish.limit
    return DutyList(
        total=len(chosen),
        duties=tuple(chosen[wish.offset : end]),
        counts=counted(found),
        kinds=tuple(kind for kind in DutyKind if any(shown.duty.kind is kind for shown in found)),
        departments=tuple(sorted({shown.duty.department for shown in found} - {""})),
        asked_on=today,
    )


def duty_counts(actor: Actor, *, archive: Archive) -> DutyCounts:
    """How many duties of his own a person has, a month ahead."""
    return list_duties(actor, DutyWish(limit=0), archive=archive).counts


def duty_overview(actor: Actor, *, archive: Archive) -> tuple[OwnerLine, ...]:
    """Who owes what, by department and owner, whoever is latest first within a department."""
    actor.require(Permission.OVERSEE_DUTIES)
    found = list_duties(actor, DutyWish(scope=DutyScope.ALL, limit=None), archive=archive).duties
    groups: dict[tuple[str, str, Role | None], list[DutyShown]] = {}
    for shown in found:
        duty = shown.duty
        groups.setdefault((duty.department, duty.person, None if duty.person else duty.role), []).append(shown)
    lines = (_owner_line(*key, group) for key, group in groups.items())
    return tuple(sorted(lines, key=lambda line: (line.department, -line.worst_late_working_days, line.owner)))


def duties_in_month(actor: Actor, month_on: date, scope: DutyScope, *, archive: Archive) -> dict[date, list[DutyShown]]:
    """The duties of one month by day, `month_on` being any day of it; days without any are absent."""
    first_on = month_on.replace(day=1)
    last_on = (first_on + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    furthest_on = local_day(archive.now()) + timedelta(days=MOST_AHEAD_DAYS)
    wish = DutyWish(scope=scope, from_on=first_on, until_on=min(last_on, furthest_on), limit=None)
    by_day: dict[date, list[DutyShown]] = {}
    for shown in list_duties(actor, wish, archive=archive).duties:
        by_day.setdefault(shown.duty.due_on, []).append(shown)
    return by_day


def counted(found: Iterable[DutyShown]) -> DutyCounts:
    """How many of them are overdue, due soon, or later."""
    timings = [shown.timing for shown in found]
    return DutyCounts(
        overdue=timings.count(DutyTiming.OVERDUE),
        soon=timings.count(DutyTiming.SOON),
        later=timings.count(DutyTiming.LATER),
    )


def own_duties(actor: Actor, *, until_on: date, archive: Archive, view: UnitOfWork) -> list[DutyShown]:
    """A person's own duties until a day, the earliest first."""
    today = local_day(archive.now())
    wish = DutyWish(until_on=until_on, limit=None)
    return sorted(_in_scope(actor, wish, today, archive=archive, view=view), key=_ORDERS[DutyOrder.DUE_FIRST])


def _require_scope(actor: Actor, scope: DutyScope) -> None:
    if scope is DutyScope.ALL:
        actor.require(Permission.OVERSEE_DUTIES)


def _in_scope(actor: Actor, wish: DutyWish, today: date, *, archive: Archive, view: UnitOfWork) -> Iterator[DutyShown]:
    user = None if actor.user_id is None else view.users.get(actor.user_id)
    headed = frozenset() if user is None else headed_by(user.id, view=view, on=today)
    works_in = (frozenset() if user is None else departments_of(user)) | headed
    people = People(view=view, at=archive.now(), today_on=today)
    homes = {each.name: departments_of(each) for each in people.users.values()}
    asked = Asked(
        today_on=today,
        until_on=wish.until_on or today + timedelta(days=AHEAD_DAYS),
        actor=actor,
        departments=_concerned(actor, wish.scope, works_in),
    )
    for duty, is_known in owed(view, asked):
        own = user is not None and is_mine(user, duty, headed=headed)
        housed = _with_department(duty, homes)
        match wish.scope:
            case DutyScope.MINE:
                wanted = own
            case DutyScope.DEPARTMENT:
                wanted = own or (bool(housed.department) and housed.department in works_in and not duty.person)
            case DutyScope.ALL:
                wanted = own or actor.departments is None or housed.department in actor.departments
        if wanted:
            told = own or is_known or may_know(actor, duty, view=view) is True
            yield _shown(housed, today, own=own, told=told)


def _concerned(actor: Actor, scope: DutyScope, works_in: frozenset[str]) -> frozenset[str] | None:
    """The departments whose duties may be among those asked for; what no department owes falls to the archivists."""
    if scope is DutyScope.ALL:
        return None if actor.departments is None else actor.departments | works_in | {""}
    return works_in | {""} if Role.ARCHIVIST in actor.roles else works_in


def _with_department(duty: Duty, homes: dict[str, frozenset[str]]) -> Duty:
    """The duty with the department of the person who owes it, where none was stated."""
    if duty.department or not duty.person:
        return duty
    return replace(duty, department=next(iter(sorted(homes.get(duty.person, ()))), ""))


def _shown(duty: Duty, today: date, *, own: bool, told: bool) -> DutyShown:
    late = _late_working_days(duty.due_on, today) if duty.due_on < today else 0
    return DutyShown(
        duty=duty if told else replace(duty, what=told_apart(duty), subject=duty.kind.value),
        timing=_timing(duty, today),
        late_working_days=late,
        is_mine=own,
        is_told_in_full=told,
        owner=duty.person or duty.department,
    )


@lru_cache(maxsize=DAYS_KEPT_IN_MIND)
def _late_working_days(due_on: date, today: date) -> int:
    """Kept in mind, for a list of a thousand duties is late by the same few hundred spans."""
    return working_days_between(due_on, today, is_working_day)


def _timing(duty: Duty, today: date) -> DutyTiming:
    if duty.due_on < today:
        return DutyTiming.OVERDUE
    return DutyTiming.SOON if duty.due_on <= today + SOON else DutyTiming.LATER


def _fits(shown: DutyShown, wish: DutyWish) -> bool:
    duty = shown.duty
    if wish.kinds and duty.kind not in wish.kinds:
        return False
    in_time = wish.timing in (None, shown.timing) and (wish.from_on is None or duty.due_on >= wish.from_on)
    return in_time and wish.department in (None, duty.department)


_KINDS: Final = list(DutyKind)
_ORDERS: Final = {
    DutyOrder.DUE_FIRST: lambda shown: (shown.duty.due_on, _KINDS.index(shown.duty.kind), shown.duty.subject),
    DutyOrder.KIND: lambda shown: (_KINDS.index(shown.duty.kind), shown.duty.due_on, shown.duty.subject),
    DutyOrder.DEPARTMENT: lambda shown: (shown.duty.department, shown.duty.due_on, shown.duty.subject),
}


def _owner_line(department: str, owner: str, role: Role | None, group: list[DutyShown]) -> OwnerLine:
    kinds = [shown.duty.kind for shown in group]
    return OwnerLine(
        department=department,
        owner=owner,
        role=role,
        counts=counted(group),
        worst_late_working_days=max(shown.late_working_days for shown in group),
        by_kind=tuple((kind, kinds.count(kind)) for kind in DutyKind if kind in kinds),
    )
