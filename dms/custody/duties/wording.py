"""What duties are called, in letters, calendars, lists and on the command line."""

from typing import Final

from dms.domain.actor import Role
from dms.domain.duty import Duty, DutyKind
from dms.errors import Bilingual

KIND_NAMES: Final[dict[DutyKind, Bilingual]] = {
    DutyKind.DECISION: Bilingual("待审批", "to decide"),
    DutyKind.RETURN: Bilingual("待归还", "to return"),
    DutyKind.HAND_OVER: Bilingual("待移交", "to hand over"),
    DutyKind.MISSING_PAPER: Bilingual("待补充资料", "papers to bring"),
    DutyKind.EXPIRY: Bilingual("有效期将满", "expiring"),
    DutyKind.REVIEW: Bilingual("待复核客户", "customer to review"),
    DutyKind.STOCK_TAKE: Bilingual("权证待盘点", "stock-take"),
    DutyKind.TITLE_RETURN: Bilingual("权证待归还", "title document to return"),
    DutyKind.APPRAISAL: Bilingual("待鉴定", "to appraise"),
    DutyKind.OPINION: Bilingual("待出具鉴定意见", "opinion to give"),
    DutyKind.SIGNATURE: Bilingual("待签署", "to sign"),
    DutyKind.DESTRUCTION: Bilingual("待执行销毁", "destruction to carry out"),
    DutyKind.STATISTICS: Bilingual("待报送统计", "statistics to report"),
    DutyKind.SUPPLY: Bilingual("每月应交资料", "monthly supply"),
    DutyKind.CUSTODY_HAND_OVER: Bilingual("待离职交接", "custody to hand over"),
    DutyKind.SUBJECT_REQUEST: Bilingual("待答复个人信息请求", "request about personal data"),
}

ROLE_NAMES: Final[dict[Role, Bilingual]] = {
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


def told_apart(duty: Duty) -> Bilingual:
    """What somebody may be told of a duty whose particulars are none of his business: its kind and its number."""
    name = KIND_NAMES[duty.kind]
    number = duty.subject.rpartition("/")[2] if duty.subject.startswith(_NUMBERED) else ""
    return Bilingual(f"{name.zh} {number}".strip(), f"{name.en} {number}".strip())


_NUMBERED: Final = ("request/", "loan/", "transfer/", "title/")
"""Their numbers count through and tell nothing by themselves."""
