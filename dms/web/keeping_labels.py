"""What terms, holds and disputes are called on a page, and what was done to them in the journal."""

from enum import Enum

from flask_babel import LazyString, lazy_gettext

from dms.domain.due_day import DueBasis, DueReason, DueState
from dms.domain.hold import HoldTarget

KEEPING_LABELS: dict[type[Enum], dict[Enum, LazyString]] = {
    HoldTarget: {
        HoldTarget.ITEM: lazy_gettext("一件资料"),
        HoldTarget.CONTRACT: lazy_gettext("合同"),
        HoldTarget.CUSTOMER: lazy_gettext("客户"),
        HoldTarget.VOLUME: lazy_gettext("案卷"),
        HoldTarget.DISPUTE: lazy_gettext("争议案件"),
    },
    DueState: {
        DueState.DATED: lazy_gettext("有期满日"),
        DueState.PERMANENT: lazy_gettext("永久保管"),
        DueState.WAITING: lazy_gettext("尚未起算"),
    },
    DueReason: {
        DueReason.RULE: lazy_gettext("保管期限规则变动"),
        DueReason.DOCUMENT: lazy_gettext("文件日期或类别更正"),
        DueReason.CONTRACT: lazy_gettext("合同办结情况变动"),
        DueReason.DISPUTE: lazy_gettext("争议情况变动"),
        DueReason.VOLUME: lazy_gettext("随案卷变动"),
        DueReason.EXTENSION: lazy_gettext("鉴定续存"),
    },
    DueBasis: {
        DueBasis.DOCUMENT: lazy_gettext("文件日期"),
        DueBasis.RECEIVED: lazy_gettext("收到日期"),
        DueBasis.ACCOUNTING_YEAR: lazy_gettext("会计年度终了"),
        DueBasis.PERFORMED: lazy_gettext("合同履行完毕"),
        DueBasis.SETTLED: lazy_gettext("合同结清"),
        DueBasis.WARRANTY: lazy_gettext("质保期满"),
        DueBasis.TERMINATED: lazy_gettext("合同终止"),
        DueBasis.TERM_END: lazy_gettext("合同期满"),
        DueBasis.DISPUTE: lazy_gettext("争议了结"),
        DueBasis.VOLUME: lazy_gettext("同卷最晚日期"),
        DueBasis.EXTENSION: lazy_gettext("鉴定续存"),
        DueBasis.CONTRACT_RUNNING: lazy_gettext("合同尚未办结"),
        DueBasis.DISPUTE_OPEN: lazy_gettext("争议尚未了结"),
        DueBasis.NO_CLOSING_DAY: lazy_gettext("未登记办结日期"),
        DueBasis.NO_RULE: lazy_gettext("没有保管期限"),
        DueBasis.PERMANENT: lazy_gettext("永久"),
    },
}

KEEPING_ACTIONS: dict[str, LazyString] = {
    "hold_placed": lazy_gettext("冻结"),
    "hold_released": lazy_gettext("解除冻结"),
    "dispute_opened": lazy_gettext("登记争议"),
    "dispute_changed": lazy_gettext("修改争议"),
    "dispute_closed": lazy_gettext("争议了结"),
    "dispute_reopened": lazy_gettext("争议重新立案"),
    "dispute_joined": lazy_gettext("列入争议"),
    "dispute_left": lazy_gettext("移出争议"),
    "due_days_computed": lazy_gettext("计算保管期满日"),
    "retention_schedule_approved": lazy_gettext("登记批准的分类分级管理目录"),
    "keeping_list_printed": lazy_gettext("导出保管清单"),
}

KEEPING_DETAILS: dict[str, LazyString] = {
    "hold": lazy_gettext("冻结编号"),
    "target": lazy_gettext("对象"),
    "authority": lazy_gettext("依据"),
    "outcome": lazy_gettext("结果"),
    "approved_on": lazy_gettext("批准日期"),
    "examined": lazy_gettext("核算件数"),
}
