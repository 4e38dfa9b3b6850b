"""What duties, reminders, letters and reviews are called on a page, and their acts in the journal."""

from enum import Enum

from flask_babel import LazyString, lazy_gettext, ngettext
from flask_babel import gettext as _

from dms.custody.duties import DutyOrder, DutyScope, DutyTiming
from dms.domain.duty import DutyKind
from dms.domain.mail import MailSecurity, MailState
from dms.domain.reminder import ESCALATED, RequestOutcome
from dms.domain.review import Outlook, RiskReason

DUTY_LABELS: dict[type[Enum], dict[Enum, LazyString]] = {
    DutyKind: {
        DutyKind.DECISION: lazy_gettext("待审批"),
        DutyKind.RETURN: lazy_gettext("待归还"),
        DutyKind.HAND_OVER: lazy_gettext("待移交"),
        DutyKind.MISSING_PAPER: lazy_gettext("待补充资料"),
        DutyKind.EXPIRY: lazy_gettext("有效期将满"),
        DutyKind.REVIEW: lazy_gettext("待复核客户"),
        DutyKind.STOCK_TAKE: lazy_gettext("权证待盘点"),
        DutyKind.TITLE_RETURN: lazy_gettext("权证待归还"),
        DutyKind.APPRAISAL: lazy_gettext("待鉴定"),
        DutyKind.OPINION: lazy_gettext("待出具鉴定意见"),
        DutyKind.SIGNATURE: lazy_gettext("待签署"),
        DutyKind.DESTRUCTION: lazy_gettext("待执行销毁"),
        DutyKind.STATISTICS: lazy_gettext("待报送统计"),
        DutyKind.SUPPLY: lazy_gettext("每月应交资料"),
        DutyKind.CUSTODY_HAND_OVER: lazy_gettext("待离职交接"),
        DutyKind.SUBJECT_REQUEST: lazy_gettext("待答复个人信息请求"),
    },
    DutyScope: {
        DutyScope.MINE: lazy_gettext("我的待办"),
        DutyScope.DEPARTMENT: lazy_gettext("本部门"),
        DutyScope.ALL: lazy_gettext("全部待办"),
    },
    DutyTiming: {
        DutyTiming.OVERDUE: lazy_gettext("已逾期"),
        DutyTiming.SOON: lazy_gettext("一周内到期"),
        DutyTiming.LATER: lazy_gettext("以后到期"),
    },
    DutyOrder: {
        DutyOrder.DUE_FIRST: lazy_gettext("按期限"),
        DutyOrder.KIND: lazy_gettext("按类别"),
        DutyOrder.DEPARTMENT: lazy_gettext("按部门"),
    },
    Outlook: {
        Outlook.STEADY: lazy_gettext("平稳"),
        Outlook.GROWING: lazy_gettext("成长快"),
        Outlook.SHRINKING: lazy_gettext("萎缩"),
        Outlook.LOST: lazy_gettext("流失"),
    },
    RiskReason: {
        RiskReason.ARREARS: lazy_gettext("拖欠款项"),
        RiskReason.BREACH: lazy_gettext("违约"),
        RiskReason.LAWSUIT: lazy_gettext("涉诉或被执行"),
        RiskReason.INSOLVENCY: lazy_gettext("经营困难"),
        RiskReason.PAPERS_EXPIRED: lazy_gettext("证照、授权过期"),
        RiskReason.IDENTITY_CHANGED: lazy_gettext("主体变更、注销或吊销"),
        RiskReason.OTHER: lazy_gettext("其他风险"),
    },
    RequestOutcome: {
        RequestOutcome.APPROVED: lazy_gettext("已批准"),
        RequestOutcome.REFUSED: lazy_gettext("未批准"),
        RequestOutcome.REVOKED: lazy_gettext("已撤销批准"),
        RequestOutcome.LAPSED: lazy_gettext("已失效"),
    },
    MailSecurity: {
        MailSecurity.STARTTLS: lazy_gettext("STARTTLS（常用端口 587）"),
        MailSecurity.TLS: lazy_gettext("TLS（常用端口 465）"),
        MailSecurity.NONE: lazy_gettext("不加密（仅限本机）"),
    },
    MailState: {
        MailState.WAITING: lazy_gettext("等待发送"),
        MailState.SENT: lazy_gettext("已发出"),
        MailState.GIVEN_UP: lazy_gettext("未能发出"),
    },
}

DUTY_ACTIONS: dict[str, LazyString] = {
    "customer_reviewed": lazy_gettext("复核客户"),
    "review_rhythm_stated": lazy_gettext("设置复核周期"),
    "duty_settled": lazy_gettext("办结定期事项"),
    "duties_printed": lazy_gettext("打印待办或复核报告"),
    "reminder_rule_stated": lazy_gettext("设置提醒规则"),
    "recurring_duty_stated": lazy_gettext("设置定期事项"),
    "recurring_duty_dropped": lazy_gettext("取消定期事项"),
    "expiry_notice_stated": lazy_gettext("设置到期提醒天数"),
    "notice_wish_stated": lazy_gettext("设置提醒方式"),
    "duty_feed_made": lazy_gettext("生成日历订阅地址"),
    "duty_feed_revoked": lazy_gettext("停用日历订阅地址"),
    "duty_feed_read": lazy_gettext("读取待办日历"),
    "daily_round_done": lazy_gettext("完成每日核对"),
    "mail_server_stated": lazy_gettext("设置邮件服务器"),
    "mail_server_dropped": lazy_gettext("停用邮件服务器"),
    "mail_server_tried": lazy_gettext("测试邮件服务器"),
}

DUTY_DETAILS: dict[str, LazyString] = {
    "former_grade": lazy_gettext("上次结果"),
    "risks": lazy_gettext("风险原因"),
    "watched": lazy_gettext("另作观察"),
    "by_mail": lazy_gettext("邮件提醒"),
    "before_days": lazy_gettext("提前天数"),
    "on_the_day": lazy_gettext("当天提醒"),
    "every_working_days": lazy_gettext("逾期后每隔工作日"),
    "escalate_after": lazy_gettext("上报前工作日"),
    "missing_months": lazy_gettext("补齐期限（月）"),
    "requests_lapsed": lazy_gettext("失效的申请"),
    "title_requests_lapsed": lazy_gettext("失效的权证申请"),
    "reminders": lazy_gettext("提醒"),
    "letters": lazy_gettext("邮件"),
    "failed": lazy_gettext("未完成"),
}


def step_label(step: str) -> str:
    """What a step of a reminder is called: how long before, on, or after the day it falls."""
    kind, _colon, number = step.partition(":")
    if step == ESCALATED:
        return str(_("逾期上报"))
    if kind == "before" and number.isdecimal():
        return str(ngettext("提前 %(num)d 天", "提前 %(num)d 天", int(number)))
    return str(_("逾期催办")) if kind == "after" else str(_("当天"))
