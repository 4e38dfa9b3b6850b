"""What a person is in the company: roles, the grade he is cleared for, the department he belongs to (C8-17, C6-17).

What always holds:
- P1 Nobody states of himself what he is or may see.
- P2 There is always an administrator who can sign in.
- P3 The journal keeps what was before, so that whoever asks later sees who could do what on which day.
- P4 What is stated holds from the next request on; nobody has to sign in again for a right to end.
"""

from dataclasses import dataclass

from dms.archive import Archive
from dms.custody.accounts import user_with_name
from dms.custody.entitling.departments import working_department
from dms.custody.errors import AccountFactInvalid, LastAdministrator, OwnRights
from dms.domain.actor import GRADES, Actor, Permission, Role
from dms.domain.user import User
from dms.errors import Bilingual
from dms.store import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What a person is; None leaves a fact as it is."""

    roles: frozenset[Role] | None = None
    clearance: int | None = None
    """The most secret grade he may see: 1, 2 or 3."""
    home_department: str | None = None
    """Empty for none."""


def state_position(actor: Actor, name: str, stated: Position, *, archive: Archive) -> User:
    """The account with this name, from now on in this position.

    Raises `UserNotFound`, `OwnRights`, `AccountFactInvalid`, `LastAdministrator`, `DepartmentNotFound` or
    `DepartmentClosed`.
    """
    actor.require(Permission.MANAGE_USERS)
    with archive.begin() as work:
        user = user_with_name(name, work=work)
        if user.id == actor.user_id:
            raise OwnRights  # P1
        _state_roles(actor, user, stated.roles, archive=archive, work=work)
        _state_clearance(actor, user, stated.clearance, archive=archive, work=work)
        _state_home(actor, user, stated.home_department, archive=archive, work=work)
        return user_with_name(user.name, work=work)


def set_roles(actor: Actor, name: str, roles: frozenset[Role], *, archive: Archive) -> User:
    """The account, in these roles from now on; raises as `state_position` does."""
    return state_position(actor, name, Position(roles=roles), archive=archive)


def set_clearance(actor: Actor, name: str, clearance: int, *, archive: Archive) -> User:
    """The account, cleared for this grade and less secret ones from now on; raises as `state_position` does."""
    return state_position(actor, name, Position(clearance=clearance), archive=archive)


def set_home_department(actor: Actor, name: str, department: str, *, archive: Archive) -> User:
    """The account of a person who belongs to this department, empty for none; raises as `state_position` does."""
    return state_position(actor, name, Position(home_department=department), archive=archive)


def _state_roles(
    actor: Actor, user: User, roles: frozenset[Role] | None, *, archive: Archive, work: UnitOfWork
) -> None:
    if roles is None or roles == user.roles:
        return
    if not roles:
        raise _invalid(
            Bilingual("没有选择角色。", "No role was chosen."),
            Bilingual("请至少选择一个角色。", "Choose at least one."),
        )
    if Role.ADMINISTRATOR in user.roles - roles and not _another_administrator(user, work=work):
        raise LastAdministrator  # P2
    work.users.set_roles(user.id, roles)
    _told(actor, "roles_set", user, _listed(user.roles), _listed(roles), archive=archive, work=work)


def _state_clearance(actor: Actor, user: User, clearance: int | None, *, archive: Archive, work: UnitOfWork) -> None:
    if clearance is None or clearance == user.clearance:
        return
    if clearance not in GRADES:
        raise _invalid(
            Bilingual(f"没有密级 {clearance}。", f"There is no grade {clearance}."),
            Bilingual("密级为 1（一级）、2（二级）或 3（三级）。", "A grade is 1, 2 or 3."),
        )
    work.users.set_clearance(user.id, clearance)
    _told(actor, "clearance_set", user, str(user.clearance), str(clearance), archive=archive, work=work)


def _state_home(actor: Actor, user: User, named: str | None, *, archive: Archive, work: UnitOfWork) -> None:
    if named is None or named.strip() == user.home_department:
        return
    name = working_department(named.strip(), archive=archive, work=work).name if named.strip() else ""
    work.users.set_home_department(user.id, name)
    _told(actor, "home_department_set", user, user.home_department, name, archive=archive, work=work)


def _another_administrator(user: User, *, work: UnitOfWork) -> bool:
    others = (other for other in work.users.all() if other.id != user.id and not other.disabled)
    return any(Role.ADMINISTRATOR in other.roles for other in others)


def _told(
    actor: Actor, action: str, user: User, before: str, after: str, *, archive: Archive, work: UnitOfWork
) -> None:
    archive.record(work, actor, action, user.name, before=before or "-", after=after or "-")  # P3


def _listed(roles: frozenset[Role]) -> str:
    return ", ".join(sorted(roles))


def _invalid(what: Bilingual, remedy: Bilingual) -> AccountFactInvalid:
    return AccountFactInvalid(what, remedy)
