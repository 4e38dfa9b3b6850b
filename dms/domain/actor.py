"""Who acts, and what the roles allow.

Every use case takes an `Actor` first and calls `Actor.require` on its first line; there is no other gate.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from dms.errors import Bilingual, DmsError, Kind


class Role(StrEnum):
    """The roles of the first design; departments and approvals refine them later."""

    ADMINISTRATOR = "administrator"
    ARCHIVIST = "archivist"
    CLERK = "clerk"
    LAWYER = "lawyer"
    AUDITOR = "auditor"


class Permission(StrEnum):
    """What a use case may ask for."""

    RECEIVE = "receive"
    CONFIRM = "confirm"
    CONSULT = "consult"
    MANAGE_CUSTOMERS = "manage_customers"
    MANAGE_USERS = "manage_users"
    READ_JOURNAL = "read_journal"
    OPERATE = "operate"


_GRANTS: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset({Permission.MANAGE_USERS, Permission.OPERATE, Permission.READ_JOURNAL}),
    Role.ARCHIVIST: frozenset(
        {Permission.RECEIVE, Permission.CONFIRM, Permission.CONSULT, Permission.MANAGE_CUSTOMERS},
    ),
    Role.CLERK: frozenset({Permission.RECEIVE, Permission.CONFIRM, Permission.CONSULT}),
    Role.LAWYER: frozenset({Permission.CONSULT}),
    Role.AUDITOR: frozenset({Permission.READ_JOURNAL}),
}

_PERMISSION_ZH: dict[Permission, str] = {
    Permission.RECEIVE: "收集资料",
    Permission.CONFIRM: "核对归档",
    Permission.CONSULT: "查阅档案",
    Permission.MANAGE_CUSTOMERS: "维护客户",
    Permission.MANAGE_USERS: "管理用户",
    Permission.READ_JOURNAL: "查看操作日志",
    Permission.OPERATE: "运行维护",
}

GRADES = (1, 2, 3)
LOWEST_GRADE = 3
"""三级, the grade of ordinary papers; 1 (一级) is the most secret."""


class Origin(StrEnum):
    """Through which door the actor came in; the journal keeps it."""

    WEB = "web"
    COMMAND_LINE = "command line"
    SYSTEM = "system"


class ActionForbidden(DmsError):
    """The actor's roles do not include what the use case asks for."""

    code: ClassVar[str] = "action_forbidden"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self, permission: Permission) -> None:
        super().__init__(
            Bilingual(
                zh=f"您的角色没有“{_PERMISSION_ZH[permission]}”的权限。",
                en=f"Your roles do not include “{permission.value}”.",
            ),
            Bilingual(zh="请联系管理员授权。", en="Ask the administrator to grant it."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The person, or the operator of the machine, on whose behalf a use case runs."""

    user_id: int | None
    """None for the operator of the machine and for the system's own work."""
    name: str
    roles: frozenset[Role]
    clearance: int
    """The most secret grade this actor may see: 1, 2 or 3."""
    origin: Origin
    departments: frozenset[str] | None = None
    """Whose customers' papers the actor may see, besides those of customers of the whole company; None for all."""
    granted_customers: frozenset[int] = frozenset()
    """Customers whose papers the actor may see though they belong to another department; the grade still holds."""
    granted_items: frozenset[int] = frozenset()
    """Keys of single items granted to the actor, whatever their department and grade."""

    def may(self, permission: Permission) -> bool:
        """Whether any of the actor's roles grants it."""
        return any(permission in _GRANTS[role] for role in self.roles)

    def require(self, permission: Permission) -> None:
        """Raise `ActionForbidden` unless the roles grant the permission."""
        if not self.may(permission):
            raise ActionForbidden(permission)


OPERATOR = Actor(user_id=None, name="operator", roles=frozenset(Role), clearance=1, origin=Origin.COMMAND_LINE)
"""The command line acts for the operator of the machine unless told otherwise."""

SYSTEM = Actor(user_id=None, name="system", roles=frozenset(Role), clearance=1, origin=Origin.SYSTEM)
"""The archive's own follow-up work: reading, indexing, recovery."""
