"""What appraisals and destruction lists are called on a page, and their acts in the journal."""

from enum import Enum

from flask_babel import LazyString, lazy_gettext

from dms.custody.appraising import Unappraisable
from dms.domain.appraisal import AppraisalState, Verdict
from dms.domain.destruction_line import Outcome, SpareReason
from dms.domain.destruction_list import ActKind, ListState, Office

APPRAISING_LABELS: dict[type[Enum], dict[Enum, LazyString]] = {
    AppraisalState: {
        AppraisalState.OPEN: lazy_gettext("组卷中"),
        AppraisalState.CONSIDERING: lazy_gettext("征求意见"),
        AppraisalState.DECIDED: lazy_gettext("已作出结论"),
        AppraisalState.WITHDRAWN: lazy_gettext("已撤销"),
    },
    Verdict: {
        Verdict.EXTEND: lazy_gettext("续存"),
        Verdict.PERMANENT: lazy_gettext("转为永久"),
        Verdict.DESTROY: lazy_gettext("予以销毁"),
        Verdict.SET_ASIDE: lazy_gettext("暂存"),
    },
    Unappraisable: {
        Unappraisable.NOT_DUE: lazy_gettext("保管期限未满"),
        Unappraisable.HELD: lazy_gettext("冻结中"),
        Unappraisable.UNDER_WAY: lazy_gettext("正在鉴定"),
        Unappraisable.LISTED: lazy_gettext("已列入销毁清册"),
    },
    ListState: {
        ListState.DRAFT: lazy_gettext("拟制中"),
        ListState.SIGNING: lazy_gettext("会签中"),
        ListState.SIGNED: lazy_gettext("待批准"),
        ListState.APPROVED: lazy_gettext("已批准，待监销核对"),
        ListState.CHECKED: lazy_gettext("已核对，待执行"),
        ListState.EXECUTING: lazy_gettext("执行中"),
        ListState.EXECUTED: lazy_gettext("已执行，待监销签字"),
        ListState.CLOSED: lazy_gettext("已办结"),
        ListState.RETURNED: lazy_gettext("已退回"),
        ListState.WITHDRAWN: lazy_gettext("已撤销"),
    },
    Office: {
        Office.UNIT_HEAD: lazy_gettext("单位负责人"),
        Office.ARCHIVE_HEAD: lazy_gettext("档案机构负责人"),
        Office.BUSINESS_HEAD: lazy_gettext("业务机构负责人"),
        Office.ARCHIVE_HANDLER: lazy_gettext("档案机构经办人"),
        Office.BUSINESS_HANDLER: lazy_gettext("业务机构经办人"),
    },
    ActKind: {
        ActKind.SIGNED: lazy_gettext("会签"),
        ActKind.RETURNED: lazy_gettext("退回"),
        ActKind.APPROVED: lazy_gettext("批准"),
        ActKind.UNAPPROVED: lazy_gettext("撤回批准"),
        ActKind.CHECKED: lazy_gettext("销毁前核对"),
        ActKind.BEGUN: lazy_gettext("开始执行"),
        ActKind.ATTESTED: lazy_gettext("销毁后监销签字"),
    },
    Outcome: {
        Outcome.PENDING: lazy_gettext("待销毁"),
        Outcome.DESTROYED: lazy_gettext("已销毁"),
        Outcome.SPARED: lazy_gettext("未销毁"),
    },
    SpareReason: {
        SpareReason.HELD: lazy_gettext("冻结中"),
        SpareReason.NOT_DUE: lazy_gettext("保管期限未满"),
        SpareReason.UNSETTLED: lazy_gettext("合同或争议未了结"),
        SpareReason.LENT: lazy_gettext("原件借出未还"),
        SpareReason.TITLE: lazy_gettext("是在管的权证"),
        SpareReason.GONE: lazy_gettext("此前已销毁"),
        SpareReason.STOPPED: lazy_gettext("执行中撤回批准"),
    },
}

APPRAISING_ACTIONS: dict[str, LazyString] = {
    "appraisal_begun": lazy_gettext("成立鉴定小组"),
    "appraisal_changed": lazy_gettext("修改鉴定小组"),
    "appraisal_papers_put": lazy_gettext("资料列入鉴定"),
    "appraisal_paper_taken_out": lazy_gettext("从鉴定中移出资料"),
    "appraisal_submitted": lazy_gettext("提交鉴定小组"),
    "appraisal_withdrawn": lazy_gettext("撤销鉴定"),
    "appraisal_opinion_given": lazy_gettext("提出鉴定意见"),
    "appraisal_decided": lazy_gettext("作出鉴定结论"),
    "destruction_approver_stated": lazy_gettext("设定销毁批准人"),
    "destruction_list_drawn_up": lazy_gettext("拟制销毁清册"),
    "destruction_list_changed": lazy_gettext("修改销毁清册"),
    "destruction_line_taken_off": lazy_gettext("从销毁清册移出资料"),
    "destruction_list_submitted": lazy_gettext("销毁清册提交会签"),
    "destruction_list_withdrawn": lazy_gettext("撤销销毁清册"),
    "destruction_list_signed": lazy_gettext("会签销毁清册"),
    "destruction_list_returned": lazy_gettext("退回销毁清册"),
    "destruction_list_approved": lazy_gettext("批准销毁"),
    "destruction_approval_withdrawn": lazy_gettext("撤回销毁批准"),
    "destruction_list_checked": lazy_gettext("销毁前核对"),
    "destruction_begun": lazy_gettext("开始执行销毁"),
    "destruction_spared": lazy_gettext("执行时未销毁"),
    "destruction_carried_out": lazy_gettext("销毁执行完毕"),
    "destruction_list_attested": lazy_gettext("销毁后监销签字"),
}

APPRAISING_DETAILS: dict[str, LazyString] = {
    "members": lazy_gettext("成员"),
    "turn": lazy_gettext("轮次"),
    "destroyed": lazy_gettext("已销毁"),
    "spared": lazy_gettext("未销毁"),
    "extend": lazy_gettext("续存"),
    "permanent": lazy_gettext("转为永久"),
    "destroy": lazy_gettext("拟销毁"),
    "set_aside": lazy_gettext("暂存"),
}
