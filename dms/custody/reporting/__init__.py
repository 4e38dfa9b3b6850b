"""统计报表: figures of a period, reports handed in and kept, and the guide to the fonds."""

from dms.custody.reporting.errors import (
    GuideTooLong,
    PeriodNotOver,
    RecipientMissing,
    ReporterNotPerson,
    ReportNotKept,
)
from dms.custody.reporting.guide import GuideShown, print_guide, show_guide, write_guide
from dms.custody.reporting.handing_in import duties, hand_in_report, reports_handed_in, take_handed_in
from dms.custody.reporting.making import REPORT_TITLES, ReportWish, make_report
from dms.custody.reporting.printing_out import print_report
from dms.custody.reporting.report_json import report_json

__all__ = [
    "REPORT_TITLES",
    "GuideShown",
    "GuideTooLong",
    "PeriodNotOver",
    "RecipientMissing",
    "ReportNotKept",
    "ReportWish",
    "ReporterNotPerson",
    "duties",
    "hand_in_report",
    "make_report",
    "print_guide",
    "print_report",
    "report_json",
    "reports_handed_in",
    "show_guide",
    "take_handed_in",
    "write_guide",
]
