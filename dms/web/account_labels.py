"""What accounts, sessions and hand-overs of leavers are called on a page, and their acts in the journal."""

from enum import Enum

from flask_babel import LazyString, lazy_gettext

from dms.domain.leaving import HandOverRole, HandOverState, HeldKind, Passing

ACCOUNT_LABELS: dict[type[Enum], dict[Enum, LazyString]] = {
    HeldKind: {
        HeldKind.CUSTOMER: lazy_gettext("客户资料保管"),
        HeldKind.CONTRACT: lazy_gettext("合同经办"),
        HeldKind.TRANSFER: lazy_gettext("资料移交"),
        HeldKind.LOAN: lazy_gettext("借出原件"),
        HeldKind.REQUEST: lazy_gettext("利用申请"),
        HeldKind.DECISION: lazy_gettext("待审批事项"),
        HeldKind.TITLE: lazy_gettext("领用权证"),
        HeldKind.SAFE: lazy_gettext("保险柜保管"),
        HeldKind.DUTY: lazy_gettext("其他待办"),
        HeldKind.DRAFT: lazy_gettext("未完成的草稿"),
        HeldKind.SAVED_SEARCH: lazy_gettext("已存检索"),
        HeldKind.DEPARTMENT: lazy_gettext("部门负责人"),
    },
    Passing: {
        Passing.PASSES_ON: lazy_gettext("随清单移交"),
        Passing.TO_SETTLE: lazy_gettext("须先办结"),
    },
    HandOverState: {
        HandOverState.DRAWN_UP: lazy_gettext("待签字"),
        HandOverState.SIGNED: lazy_gettext("已交接"),
        HandOverState.WITHDRAWN: lazy_gettext("已撤销"),
    },
    HandOverRole: {
        HandOverRole.LEAVER: lazy_gettext("移交人"),
        HandOverRole.SUCCESSOR: lazy_gettext("接收人"),
        HandOverRole.ARCHIVIST: lazy_gettext("监交人（档案员）"),
    },
}

ACCOUNT_ACTIONS: dict[str, LazyString] = {
    "sign_in_rules_stated": lazy_gettext("设置登录规则"),
    "sign_in_pause_ended": lazy_gettext("解除登录暂停"),
    "second_factor_set_up": lazy_gettext("启用两步验证"),
    "second_factor_removed": lazy_gettext("停用两步验证"),
    "second_factor_reset": lazy_gettext("重置两步验证"),
    "recovery_codes_renewed": lazy_gettext("重新生成恢复码"),
    "session_revoked": lazy_gettext("结束一处登录"),
    "sessions_revoked": lazy_gettext("结束多处登录"),
    "user_invited": lazy_gettext("邀请用户"),
    "invitation_withdrawn": lazy_gettext("作废邀请"),
    "invitation_accepted": lazy_gettext("接受邀请"),
    "identity_tied": lazy_gettext("关联统一登录"),
    "identity_untied": lazy_gettext("解除统一登录关联"),
    "user_email_stated": lazy_gettext("设置邮箱"),
    "openid_secret_stated": lazy_gettext("设置统一登录密钥"),
    "custody_hand_over_drawn_up": lazy_gettext("开列离职交接清单"),
    "custody_hand_over_signed": lazy_gettext("签署离职交接清单"),
    "custody_hand_over_withdrawn": lazy_gettext("撤销离职交接清单"),
    "custody_handed_over": lazy_gettext("办结离职交接"),
    "custody_list_taken": lazy_gettext("下载离职交接清单"),
    "user_closed": lazy_gettext("注销账号"),
}

ACCOUNT_DETAILS: dict[str, LazyString] = {
    "device": lazy_gettext("设备"),
    "sessions": lazy_gettext("登录处数"),
    "idle_minutes": lazy_gettext("闲置分钟"),
    "session_hours": lazy_gettext("最长小时"),
    "invitation_days": lazy_gettext("邀请天数"),
    "leaver": lazy_gettext("移交人"),
    "successor": lazy_gettext("接收人"),
    "on_behalf": lazy_gettext("代签"),
    "things": lazy_gettext("事项数"),
    "digest": lazy_gettext("清单摘要"),
}
