"""The register of departments: who heads each, and which manager in charge it answers to (C6-17, C8-06…08).

What always holds:
- A name is given once; a department is closed, never removed, and its customers and people are handed on first.
- Whoever is named as head or manager in charge may decide requests, and nobody names himself.
"""

from dataclasses import dataclass, replace
from datetime import date

from dms.archive import Archive
from dms.custody.accounts import user_with_name
from dms.custody.entitling.errors import (
    DepartmentClosed,
    DepartmentFactInvalid,
    DepartmentNameTaken,
    DepartmentNotFound,
    DepartmentStillNeeded,
)
from dms.custody.errors import OwnRights
from dms.custody.granting import MAX_DEPARTMENT_CHARACTERS
from dms.domain.actor import SYSTEM, Actor, Origin, Permission
from dms.domain.clock import local_day
from dms.domain.department import Department
from dms.domain.one_line import one_line
from dms.domain.user import User
from dms.errors import Bilingual
from dms.store import Belonging, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentWish:
    """What is stated of a department, as a person types it; empty for what is not there."""

    name: str
    parent: str = ""
    """The name of the department it is a part of."""
    head: str = ""
    """The sign-in name of the department manager."""
    manager_in_charge: str = ""
    """The sign-in name of the 分管领导; empty where that of the parent is meant."""
    opened_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentShown:
    """A department as a person reads it."""

    department: Department
    parent: str
    """Its name; empty like the persons where none is stated."""
    head: str
    manager_in_charge: str
    belonging: Belonging
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentRegister:
    """The whole register."""

    departments: tuple[DepartmentShown, ...]
    unregistered: tuple[str, ...]
    """Names that customers or accounts bear though the register does not have them."""


def department_register(actor: Actor, *, archive: Archive) -> DepartmentRegister:
    """Every department, those that work first, by name."""
    actor.require(Permission.MANAGE_USERS)
    with archive.looking() as view:
        on = local_day(archive.now())
        known = view.departments.all()
        shown = [_shown(each, on=on, work=view) for each in known]
        named = {name for user in view.users.all() for name in user.departments or ()}
        unregistered = {*named, *view.customers.departments(actor=SYSTEM)} - {each.name for each in known}
    shown.sort(key=lambda each: (not each.is_open, each.department.name))
    return DepartmentRegister(departments=tuple(shown), unregistered=tuple(sorted(unregistered)))


def add_department(actor: Actor, wish: DepartmentWish, *, archive: Archive) -> Department:
    """The new department.

    Raises `DepartmentNameTaken`, `DepartmentFactInvalid`, `DepartmentNotFound`, `DepartmentClosed`, `UserNotFound`
    or `OwnRights`.
    """
    actor.require(Permission.MANAGE_USERS)
    with archive.begin() as work:
        stated = _checked(actor, wish, archive=archive, work=work)
        if work.departments.named(stated.name):
            raise DepartmentNameTaken(stated.name)
        added = work.departments.add(stated)
        archive.record(work, actor, "department_added", added.name, **_told(wish))
        return added


def change_department(actor: Actor, wish: DepartmentWish, *, archive: Archive) -> Department:
    """The department of this name with everything else stated anew; raises as `add_department` does."""
    actor.require(Permission.MANAGE_USERS)
    with archive.begin() as work:
        known = working_department(wish.name, archive=archive, work=work)
        stated = replace(_checked(actor, wish, archive=archive, work=work), id=known.id)
        if stated.parent_id is not None and known.id in _outward(stated.parent_id, work=work):
            raise _within_itself(known.name)
        work.departments.change(stated)
        archive.record(work, actor, "department_changed", known.name, **_told(wish))
        return stated


def close_department(actor: Actor, name: str, *, successor: str = "", archive: Archive) -> Department:
    """The department, closed with today as its last day; what belongs to it goes to the successor.

    Raises `DepartmentNotFound`, `DepartmentClosed` or, where something belongs to it and no successor is named,
    `DepartmentStillNeeded`.
    """
    actor.require(Permission.MANAGE_USERS)
    with archive.begin() as work:
        known = working_department(name, archive=archive, work=work)
        heir = working_department(successor, archive=archive, work=work) if successor.strip() else None
        if heir is not None and heir.id == known.id:
            raise _within_itself(known.name)
        _hand_on(known, heir, archive=archive, work=work)
        closed = replace(known, closed_on=local_day(archive.now()))
        work.departments.change(closed)
        told = {"taken_over_by": heir.name} if heir else {}
        archive.record(work, actor, "department_closed", known.name, **told)
        return closed


def working_department(named: str, *, archive: Archive, work: UnitOfWork) -> Department:
    """The department of this name, which works; raises `DepartmentNotFound` or `DepartmentClosed`."""
    found = work.departments.named(_tidy(named))
    if found is None:
        raise DepartmentNotFound(_tidy(named))
    if found.closed_on is not None:
        raise DepartmentClosed(found.name)
    return found


def _hand_on(known: Department, heir: Department | None, *, archive: Archive, work: UnitOfWork) -> None:
    parts = [each for each in work.departments.all() if each.parent_id == known.id and each.closed_on is None]
    belonging = work.departments.belonging(known.name)
    if parts or (heir is None and not belonging.is_empty):
        raise DepartmentStillNeeded(
            known.name, customers=belonging.customers, people=belonging.people, parts=len(parts)
        )
    if heir is not None:
        work.departments.hand_on(known.name, heir.name)


def _checked(actor: Actor, wish: DepartmentWish, *, archive: Archive, work: UnitOfWork) -> Department:
    name = _tidy(wish.name)
    if not name:
        raise DepartmentFactInvalid(
            Bilingual("没有填写部门名称。", "The department has no name."),
            Bilingual("请填写部门的正式名称。", "State its proper name."),
        )
    parent = working_department(wish.parent, archive=archive, work=work) if wish.parent.strip() else None
    return Department(
        id=0,
        name=name,
        parent_id=parent.id if parent else None,
        head_id=_decider(actor, wish.head, work=work),
        manager_in_charge_id=_decider(actor, wish.manager_in_charge, work=work),
        opened_on=wish.opened_on,
    )


def _decider(actor: Actor, named: str, *, work: UnitOfWork) -> int | None:
    """The account of a person who may decide requests; None where nobody is named."""
    if not named.strip():
        return None
    user = user_with_name(named, work=work)
    if user.id == actor.user_id:
        raise OwnRights
    if user.disabled or not user.actor(Origin.SYSTEM).may(Permission.DECIDE_REQUESTS):
        raise DepartmentFactInvalid(
            Bilingual(f"“{user.name}”不能审批申请。", f"“{user.name}” may not decide requests."),
            Bilingual(
                "请指定具有部门经理、分管领导或总经理角色的在用账号。",
                "Name an account in use that is a department manager, a manager in charge or the general manager.",
            ),
        )
    return user.id


def _outward(department_id: int, *, work: UnitOfWork) -> set[int]:
    """The department and all that it is a part of, by number."""
    return {each.id for each in work.departments.upwards(work.departments.get(department_id).name)}


def _within_itself(name: str) -> DepartmentFactInvalid:
    return DepartmentFactInvalid(
        Bilingual(f"部门“{name}”不能隶属于自己。", f"“{name}” cannot be a part of itself."),
        Bilingual("请选择另一个部门。", "Choose another department."),
    )


def _shown(department: Department, *, on: date, work: UnitOfWork) -> DepartmentShown:
    parent = work.departments.find(department.parent_id) if department.parent_id is not None else None
    return DepartmentShown(
        department=department,
        parent=parent.name if parent else "",
        head=_name_of(department.head_id, work=work),
        manager_in_charge=_name_of(department.manager_in_charge_id, work=work),
        belonging=work.departments.belonging(department.name),
        is_open=department.is_open(on) and department.closed_on is None,
    )


def _name_of(user_id: int | None, *, work: UnitOfWork) -> str:
    user: User | None = work.users.get(user_id) if user_id is not None else None
    return user.name if user else ""


def _tidy(named: str) -> str:
    return one_line(named)[:MAX_DEPARTMENT_CHARACTERS]


def _told(wish: DepartmentWish) -> dict[str, str]:
    """What the journal keeps of what was stated."""
    stated = {"parent": wish.parent, "head": wish.head, "manager_in_charge": wish.manager_in_charge}
    return {name: value.strip() for name, value in stated.items() if value.strip()}
