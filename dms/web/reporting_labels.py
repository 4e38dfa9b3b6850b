"""What reports, the guide to the fonds and the care for personal data are called in journal and pages."""

from enum import Enum

from flask_babel import LazyString, lazy_gettext

from dms.domain.report import ReportName
from dms.domain.subject_request import SubjectRequestKind

REPORTING_LABELS: dict[type[Enum], dict[Enum, LazyString]] = {
    ReportName: {
        ReportName.CONTRACTS: lazy_gettext("合同统计表"),
        ReportName.ARCHIVE: lazy_gettext("档案工作统计表"),
        ReportName.CUSTOMER_YEARS: lazy_gettext("客户业绩档案汇总表"),
        ReportName.CUSTOMER_CLASSES: lazy_gettext("客户归类汇总表"),
        ReportName.INSPECTION: lazy_gettext("归档工作检查表"),
    },
    SubjectRequestKind: {
        SubjectRequestKind.ACCESS: lazy_gettext("查阅个人信息"),
        SubjectRequestKind.COPY: lazy_gettext("复制个人信息"),
        SubjectRequestKind.CORRECT: lazy_gettext("更正、补充"),
        SubjectRequestKind.DELETE: lazy_gettext("删除"),
        SubjectRequestKind.RESTRICT: lazy_gettext("限制处理"),
    },
}

REPORTING_ACTIONS: dict[str, LazyString] = {
    "report_made": lazy_gettext("编制统计报表"),
    "report_taken": lazy_gettext("下载统计报表"),
    "report_handed_in": lazy_gettext("报送统计报表"),
    "fonds_guide_written": lazy_gettext("编写全宗指南"),
    "fonds_guide_taken": lazy_gettext("下载全宗指南"),
    "personal_data_searched": lazy_gettext("按个人检索资料"),
    "subject_request_entered": lazy_gettext("登记个人信息请求"),
    "subject_request_answered": lazy_gettext("答复个人信息请求"),
    "subject_answer_taken": lazy_gettext("下载个人信息答复"),
    "item_restricted": lazy_gettext("转为仅存储"),
    "item_unrestricted": lazy_gettext("解除仅存储"),
}

REPORTING_DETAILS: dict[str, LazyString] = {
    "period": lazy_gettext("统计期间"),
    "recipient": lazy_gettext("报送单位"),
    "report": lazy_gettext("存查编号"),
    "version": lazy_gettext("版本"),
    "request": lazy_gettext("请求编号"),
    "found": lazy_gettext("找到件数"),
}
