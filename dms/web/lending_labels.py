"""What requests, routes and loans are called on a page, and their acts in the journal."""

from enum import Enum

from flask_babel import LazyString, lazy_gettext

from dms.domain.lending import Approver, Condition, LoanState, RequestEventKind, RequestState, UseKind

LENDING_LABELS: dict[type[Enum], dict[Enum, LazyString]] = {
    UseKind: {
        UseKind.LOOK: lazy_gettext("查阅"),
        UseKind.COPY: lazy_gettext("复制"),
        UseKind.EXPORT: lazy_gettext("导出"),
        UseKind.ORIGINAL: lazy_gettext("借出原件"),
    },
    RequestState: {
        RequestState.FINDING: lazy_gettext("办理中"),
        RequestState.PENDING: lazy_gettext("待审批"),
        RequestState.APPROVED: lazy_gettext("已批准"),
        RequestState.REFUSED: lazy_gettext("未获批准"),
        RequestState.WITHDRAWN: lazy_gettext("已撤回"),
        RequestState.LAPSED: lazy_gettext("已失效"),
        RequestState.REVOKED: lazy_gettext("批准已撤销"),
        RequestState.CLOSED: lazy_gettext("已办结"),
    },
    Approver: {
        Approver.DEPARTMENT_MANAGER: lazy_gettext("部门经理"),
        Approver.MANAGER_IN_CHARGE: lazy_gettext("分管领导"),
        Approver.GENERAL_MANAGER: lazy_gettext("总经理"),
    },
    RequestEventKind: {
        RequestEventKind.ASKED: lazy_gettext("提出申请"),
        RequestEventKind.FOUND: lazy_gettext("查到资料"),
        RequestEventKind.APPROVED: lazy_gettext("同意"),
        RequestEventKind.STANDING: lazy_gettext("按固定权限办理，无须审批"),
        RequestEventKind.REFUSED: lazy_gettext("不同意"),
        RequestEventKind.REMINDED: lazy_gettext("催办"),
        RequestEventKind.WITHDRAWN: lazy_gettext("撤回"),
        RequestEventKind.LAPSED: lazy_gettext("逾期失效"),
        RequestEventKind.REVOKED: lazy_gettext("撤销批准"),
        RequestEventKind.COPIED: lazy_gettext("交付复制件"),
        RequestEventKind.HANDED_OUT: lazy_gettext("借出原件"),
        RequestEventKind.CLOSED: lazy_gettext("办结"),
        RequestEventKind.EFFECT: lazy_gettext("填写利用效果"),
    },
    LoanState: {
        LoanState.OUT: lazy_gettext("借出中"),
        LoanState.RETURNED: lazy_gettext("已归还"),
        LoanState.LOST: lazy_gettext("已报遗失"),
    },
    Condition: {
        Condition.SOUND: lazy_gettext("完好"),
        Condition.INCOMPLETE: lazy_gettext("缺页"),
        Condition.DAMAGED: lazy_gettext("破损"),
    },
}

LENDING_ACTIONS: dict[str, LazyString] = {
    "use_asked": lazy_gettext("提出利用申请"),
    "use_papers_found": lazy_gettext("查到申请的资料"),
    "use_approved": lazy_gettext("批准利用申请"),
    "use_step_approved": lazy_gettext("审批利用申请的一步"),
    "use_refused": lazy_gettext("不批准利用申请"),
    "use_reminded": lazy_gettext("催办利用申请"),
    "use_withdrawn": lazy_gettext("撤回利用申请"),
    "use_revoked": lazy_gettext("撤销对利用申请的批准"),
    "use_lapsed": lazy_gettext("利用申请逾期失效"),
    "use_closed": lazy_gettext("利用申请办结"),
    "use_effect_stated": lazy_gettext("填写利用效果"),
    "use_register_printed": lazy_gettext("打印借阅登记"),
    "copies_given": lazy_gettext("交付复制件"),
    "original_lent": lazy_gettext("借出原件"),
    "loan_signed": lazy_gettext("签收借出的原件"),
    "loan_renewed": lazy_gettext("续借"),
    "loan_recalled": lazy_gettext("催还"),
    "original_returned": lazy_gettext("归还原件"),
    "original_lost": lazy_gettext("报告原件遗失"),
    "lending_rules_stated": lazy_gettext("修改借阅规则"),
    "deputy_named": lazy_gettext("指定代理人"),
    "deputy_ended": lazy_gettext("结束代理"),
}

LENDING_DETAILS: dict[str, LazyString] = {
    "purpose": lazy_gettext("利用目的"),
    "effect": lazy_gettext("利用效果"),
    "person": lazy_gettext("借阅人"),
    "due_on": lazy_gettext("应还日期"),
    "copies": lazy_gettext("份数"),
    "condition": lazy_gettext("归还检查"),
    "note": lazy_gettext("说明"),
    "loss": lazy_gettext("遗失情况"),
    "deputy": lazy_gettext("代理人"),
    "entry": lazy_gettext("记录号"),
    "from_on": lazy_gettext("起始日期"),
    "decide_within_working_days": lazy_gettext("审批时限（工作日）"),
    "lapse_after_working_days": lazy_gettext("失效期限（工作日）"),
    "look_days_most": lazy_gettext("查阅最长天数"),
    "loan_working_days": lazy_gettext("借期（工作日）"),
    "renewals_most": lazy_gettext("续借次数"),
    "renewal_working_days": lazy_gettext("续借期（工作日）"),
    "recall_working_days": lazy_gettext("催还期限（工作日）"),
}
