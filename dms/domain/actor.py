"""Who acts, and what the roles allow.

Every use case takes an `Actor` first and calls `Actor.require` on its first line; there is no other gate.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from dms.errors import Bilingual, DmsError, Kind


class Role(StrEnum):
    """What a person is in the company, as far as its papers go."""

    ADMINISTRATOR = "administrator"
    """管理员: accounts and upkeep, without a right to content."""
    ARCHIVIST = "archivist"
    """档案员"""
    CLERK = "clerk"
    """资料员"""
    HANDLER = "handler"
    """经办人: brings in papers, and asks for those he needs."""
    CUSTODIAN = "custodian"
    """权证管理员: keeps title documents."""
    DEPARTMENT_MANAGER = "department_manager"
    """部门经理"""
    MANAGER_IN_CHARGE = "manager_in_charge"
    """分管领导"""
    GENERAL_MANAGER = "general_manager"
    """总经理"""
    LAWYER = "lawyer"
    """法务"""
    AUDITOR = "auditor"
    """审计员: reads the journal, and nothing else."""


class Permission(StrEnum):
    """What a use case may ask for."""

    RECEIVE = "receive"
    CONFIRM = "confirm"
    CONSULT = "consult"
    MANAGE_CUSTOMERS = "manage_customers"
    MANAGE_USERS = "manage_users"
    READ_JOURNAL = "read_journal"
    OPERATE = "operate"
    TAKE_COPIES = "take_copies"
    """Take content away: originals, searchable copies, prints and exports of papers."""
    REQUEST_USE = "request_use"
    DECIDE_REQUESTS = "decide_requests"
    LEND = "lend"
    KEEP_TITLES = "keep_titles"
    REVIEW_CUSTOMERS = "review_customers"
    OVERSEE_DUTIES = "oversee_duties"
    HOLD = "hold"
    MANAGE_RETENTION = "manage_retention"
    APPRAISE = "appraise"
    SIGN_DESTRUCTION = "sign_destruction"
    APPROVE_DESTRUCTION = "approve_destruction"
    CARRY_OUT_DESTRUCTION = "carry_out_destruction"
    READ_REPORTS = "read_reports"
    SEE_PERSONAL_DATA = "see_personal_data"
    """Read identity numbers unmasked."""
    MANAGE_PERSONAL_DATA = "manage_personal_data"


_MANAGES: frozenset[Permission] = frozenset(
    {
        Permission.CONSULT,
        Permission.REQUEST_USE,
        Permission.DECIDE_REQUESTS,
        Permission.OVERSEE_DUTIES,
        Permission.REVIEW_CUSTOMERS,
        Permission.APPRAISE,
        Permission.SIGN_DESTRUCTION,
        Permission.READ_REPORTS,
    }
)
"""What every manager may, of whatever rank; how far each decides follows from the routes."""

_GRANTS: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset({Permission.MANAGE_USERS, Permission.OPERATE, Permission.READ_JOURNAL}),
    Role.ARCHIVIST: frozenset(
        {
            Permission.RECEIVE,
            Permission.CONFIRM,
            Permission.CONSULT,
            Permission.TAKE_COPIES,
            Permission.MANAGE_CUSTOMERS,
            Permission.REQUEST_USE,
            Permission.LEND,
            Permission.REVIEW_CUSTOMERS,
            Permission.HOLD,
            Permission.MANAGE_RETENTION,
            Permission.APPRAISE,
            Permission.SIGN_DESTRUCTION,
            Permission.CARRY_OUT_DESTRUCTION,
            Permission.READ_REPORTS,
            Permission.SEE_PERSONAL_DATA,
            Permission.MANAGE_PERSONAL_DATA,
        }
    ),
    Role.CLERK: frozenset(
        {
            Permission.RECEIVE,
            Permission.CONFIRM,
            Permission.CONSULT,
            Permission.TAKE_COPIES,
            Permission.REQUEST_USE,
            Permission.REVIEW_CUSTOMERS,
            Permission.SIGN_DESTRUCTION,
        }
    ),
    Role.HANDLER: frozenset(
        {
            Permission.RECEIVE,
            Permission.CONSULT,
            Permission.REQUEST_USE,
            Permission.REVIEW_CUSTOMERS,
            Permission.SIGN_DESTRUCTION,
        }
    ),
    Role.CUSTODIAN: frozenset({Permission.CONSULT, Permission.REQUEST_USE, Permission.KEEP_TITLES}),
    Role.DEPARTMENT_MANAGER: _MANAGES,
    Role.MANAGER_IN_CHARGE: _MANAGES,
    Role.GENERAL_MANAGER: _MANAGES | {Permission.APPROVE_DESTRUCTION},
    Role.LAWYER: frozenset(
        {
            Permission.CONSULT,
            Permission.TAKE_COPIES,
            Permission.REQUEST_USE,
            Permission.HOLD,
            Permission.APPRAISE,
            Permission.READ_REPORTS,
            Permission.SEE_PERSONAL_DATA,
            Permission.MANAGE_PERSONAL_DATA,
        }
    ),
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
    Permission.TAKE_COPIES: "下载和复制",
    Permission.REQUEST_USE: "申请利用",
    Permission.DECIDE_REQUESTS: "审批利用申请",
    Permission.LEND: "办理借阅",
    Permission.KEEP_TITLES: "保管权证",
    Permission.REVIEW_CUSTOMERS: "客户复核",
    Permission.OVERSEE_DUTIES: "督办各部门事项",
    Permission.HOLD: "冻结与解冻",
    Permission.MANAGE_RETENTION: "维护保管期限",
    Permission.APPRAISE: "参加鉴定",
    Permission.SIGN_DESTRUCTION: "会签销毁清册",
    Permission.APPROVE_DESTRUCTION: "批准销毁",
    Permission.CARRY_OUT_DESTRUCTION: "执行销毁",
    Permission.READ_REPORTS: "查看统计报表",
    Permission.SEE_PERSONAL_DATA: "查看完整的身份证号",
    Permission.MANAGE_PERSONAL_DATA: "处理个人信息请求",
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
    customers_to_take: frozenset[int] = frozenset()
    """Those of `granted_customers` whose papers were granted as copies too."""
    items_to_take: frozenset[int] = frozenset()
    """Those of `granted_items` that were granted as copies too."""
    home_department: str = ""
    """The department the actor belongs to; empty where none is stated."""

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
