"""What roles, permissions, uses and reasons are called where the written policy is shown."""

from collections.abc import Mapping
from types import MappingProxyType

from dms.domain.actor import Permission, Role
from dms.domain.policy import Reason, Use
from dms.errors import Bilingual

ROLE_NAMES: Mapping[Role, Bilingual] = MappingProxyType(
    {
        Role.ADMINISTRATOR: Bilingual("管理员", "administrator"),
        Role.ARCHIVIST: Bilingual("档案员", "archivist"),
        Role.CLERK: Bilingual("资料员", "clerk"),
        Role.HANDLER: Bilingual("经办人", "handler"),
        Role.CUSTODIAN: Bilingual("权证管理员", "custodian"),
        Role.DEPARTMENT_MANAGER: Bilingual("部门经理", "department manager"),
        Role.MANAGER_IN_CHARGE: Bilingual("分管领导", "manager in charge"),
        Role.GENERAL_MANAGER: Bilingual("总经理", "general manager"),
        Role.LAWYER: Bilingual("法务", "lawyer"),
        Role.AUDITOR: Bilingual("审计员", "auditor"),
    }
)
PERMISSION_NAMES: Mapping[Permission, Bilingual] = MappingProxyType(
    {
        Permission.CONSULT: Bilingual("查阅档案", "consult papers"),
        Permission.TAKE_COPIES: Bilingual("下载和复制", "take copies"),
        Permission.RECEIVE: Bilingual("收集资料", "bring papers in"),
        Permission.CONFIRM: Bilingual("核对归档", "confirm and file papers"),
        Permission.MANAGE_CUSTOMERS: Bilingual("维护客户、台账与案卷", "keep customers, ledger and volumes"),
        Permission.REQUEST_USE: Bilingual("申请利用", "ask for papers"),
        Permission.DECIDE_REQUESTS: Bilingual("审批利用申请", "decide requests"),
        Permission.LEND: Bilingual("办理借阅", "lend originals"),
        Permission.KEEP_TITLES: Bilingual("保管权证", "keep title documents"),
        Permission.REVIEW_CUSTOMERS: Bilingual("客户复核", "review customers"),
        Permission.OVERSEE_DUTIES: Bilingual("督办各部门事项", "oversee duties"),
        Permission.HOLD: Bilingual("冻结与解冻", "place and release holds"),
        Permission.MANAGE_RETENTION: Bilingual("维护保管期限", "keep the retention schedule"),
        Permission.APPRAISE: Bilingual("参加鉴定", "take part in appraisals"),
        Permission.SIGN_DESTRUCTION: Bilingual("会签销毁清册", "sign destruction lists"),
        Permission.APPROVE_DESTRUCTION: Bilingual("批准销毁", "approve destruction"),
        Permission.CARRY_OUT_DESTRUCTION: Bilingual("执行销毁", "carry out destruction"),
        Permission.READ_REPORTS: Bilingual("查看统计报表", "read reports"),
        Permission.SEE_PERSONAL_DATA: Bilingual("查看完整的身份证号", "read identity numbers unmasked"),
        Permission.MANAGE_PERSONAL_DATA: Bilingual("处理个人信息请求", "answer for personal data"),
        Permission.READ_JOURNAL: Bilingual("查看操作日志", "read the journal"),
        Permission.MANAGE_USERS: Bilingual("管理用户", "manage accounts"),
        Permission.OPERATE: Bilingual("运行维护", "operate the archive"),
    }
)
"""In the order in which the table of roles shows them."""
USE_NAMES: Mapping[Use, Bilingual] = MappingProxyType(
    {
        Use.KNOW: Bilingual("知悉", "know of it"),
        Use.LOOK: Bilingual("在线查阅", "read it on screen"),
        Use.TAKE: Bilingual("下载、复制、导出", "take a copy"),
        Use.CHANGE: Bilingual("著录、更正、归档", "change what is stated of it"),
        Use.LEND: Bilingual("借出原件", "lend the original"),
        Use.DESTROY: Bilingual("销毁", "destroy it"),
    }
)
REASON_NAMES: Mapping[Reason, Bilingual] = MappingProxyType(
    {
        Reason.OWN_RIGHT: Bilingual("在本人权限之内", "within your own rights"),
        Reason.GRANTED: Bilingual("已获授权", "it was granted to you"),
        Reason.NO_CONSULTATION: Bilingual("您的角色不能查阅档案", "your roles do not include consultation"),
        Reason.STORAGE_ONLY: Bilingual("该件仅限存储，停止其他利用", "it is kept in store only"),
        Reason.WITHDRAWN: Bilingual("该件已退回", "it was rejected"),
        Reason.GRADE: Bilingual("密级超出您的权限", "it is more secret than you may see"),
        Reason.DEPARTMENT: Bilingual("属于其他部门的客户", "it belongs to a customer of another department"),
        Reason.STATE: Bilingual("该件当前状态不允许", "it is not in a state for that"),
        Reason.HELD: Bilingual("该件已冻结", "a hold lies on it"),
        Reason.NO_PERMISSION: Bilingual("您的角色没有这项权限", "your roles do not include that"),
        Reason.LOOK_ONLY: Bilingual("您获得的授权仅限查阅", "what was granted to you is to look only"),
    }
)
