"""Whose duty it is: the person named, whoever does the work of a department, whoever has the role; and who is above.

What always holds:
- A duty is told to somebody as long as there is anybody: where a department has nobody who does such work, to its head,
  and where it has none, to the archivists.
- Whoever is above hears of it only beside, never instead: an escalation does not take the duty from its owner.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Final

from dms.custody.duties.knowing import actor_of, may_know
from dms.domain.actor import Actor, Role
from dms.domain.department import Department
from dms.domain.duty import Duty
from dms.domain.user import User
from dms.store import UnitOfWork

DOERS: Final = frozenset({Role.CLERK, Role.HANDLER})
"""Who does the daily work of a department."""


def departments_of(user: User) -> frozenset[str]:
    """The departments that a person works in: his own, or those whose customers he was let to."""
    return frozenset({user.home_department}) if user.home_department else user.departments or frozenset()


def is_mine(user: User, duty: Duty, *, headed: frozenset[str] = frozenset()) -> bool:
    """Whether the duty is this person's own; `headed` are the departments that he heads."""
    if duty.person:
        return duty.person == user.name
    mine = departments_of(user) | headed
    if duty.role is not None:
        within = not duty.department or duty.department in mine or (not mine and user.departments is None)
        return duty.role in user.roles and within
    is_doer = bool(user.roles & (DOERS | {Role.DEPARTMENT_MANAGER}))
    return duty.department in headed or (is_doer and duty.department in mine)


def headed_by(user_id: int, *, view: UnitOfWork, on: date) -> frozenset[str]:
    """The departments that a person heads."""
    answered = view.departments.answered_for_by(user_id)
    return frozenset(each.name for each in answered if each.head_id == user_id and each.is_open(on))


@dataclass(frozen=True, kw_only=True)
class People:
    """Everybody who can be told of a duty, as of one moment."""

    view: UnitOfWork
    at: datetime
    today_on: date

    @cached_property
    def users(self) -> Mapping[int, User]:
        """The accounts that are open, by id."""
        return {user.id: user for user in self.view.users.all() if not user.disabled and user.closed_at is None}

    @cached_property
    def by_name(self) -> Mapping[str, User]:
        """The same by sign-in name."""
        return {user.name: user for user in self.users.values()}

    @cached_property
    def departments(self) -> Mapping[str, Department]:
        """The departments of the register that work today, by name."""
        return {each.name: each for each in self.view.departments.all() if each.is_open(self.today_on)}

    def owners(self, duty: Duty) -> list[User]:
        """Whom to tell of a duty, as far as they may know what it is about; the first group that has anybody."""
        if duty.person:
            return self._those(duty, [self.by_name.get(duty.person)])
        if duty.role is not None:
            of_role = [user for user in self._in_role(duty.role) if is_mine(user, duty)]
            return self._those(duty, of_role) or self._those(duty, self._in_role(duty.role))
        doers = (user for user in self.users.values() if user.roles & DOERS)
        groups: tuple[Iterable[User | None], ...] = (
            (user for user in doers if duty.department in departments_of(user)),
            self._heads(duty.department),
            self._in_role(Role.ARCHIVIST),
        )
        return self._first(duty, groups)

    def above(self, duty: Duty, owners: Iterable[User]) -> list[User]:
        """Whom to tell when it has been left undone: head, manager in charge, general manager; never the owners."""
        told = {user.id for user in owners}
        groups = (*map(self._heads, self._concerned(duty, owners)), *self._managers(duty, owners))
        others = ([user for user in group if user and user.id not in told] for group in groups)
        return next((group for group in others if group), [])

    def actor_of(self, user: User) -> Actor:
        """The person as an actor."""
        return self._actors.setdefault(user.id, actor_of(user, view=self.view, at=self.at))

    @cached_property
    def _actors(self) -> dict[int, Actor]:
        return {}

    def _concerned(self, duty: Duty, owners: Iterable[User]) -> list[str]:
        """The departments whose duty it is."""
        if duty.department:
            return [duty.department]
        return sorted({name for user in owners for name in departments_of(user)})

    def _managers(self, duty: Duty, owners: Iterable[User]) -> Iterable[list[User | None]]:
        for name in self._concerned(duty, owners):
            in_charge = self.view.departments.manager_in_charge_of(name)
            yield [self.users.get(in_charge)] if in_charge is not None else []
        yield list(self._in_role(Role.MANAGER_IN_CHARGE))
        yield list(self._in_role(Role.GENERAL_MANAGER))

    def _heads(self, department: str) -> list[User | None]:
        head_id = self.view.departments.head_of(department)
        if head_id is not None:
            return [self.users.get(head_id)]
        managers = self._in_role(Role.DEPARTMENT_MANAGER)
        return [user for user in managers if department in departments_of(user)]

    def _in_role(self, role: Role) -> list[User]:
        return [user for user in self.users.values() if role in user.roles]

    def _first(self, duty: Duty, groups: Iterable[Iterable[User | None]]) -> list[User]:
        return next((told for group in groups if (told := self._those(duty, group))), [])

    def _those(self, duty: Duty, users: Iterable[User | None]) -> list[User]:
        """Those of them who may know; a duty whose subject does not tell is for whom its own part of the house said."""
        present = (user for user in users if user is not None)
        return [user for user in present if may_know(self.actor_of(user), duty, view=self.view) is not False]
