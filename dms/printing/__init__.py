"""What comes out on paper, or looks as if it did: papers as searchable PDF, reports and lists.

Typst and openpyxl only here.
"""

from dms.printing.drill_report import DrillSetting, drill_report
from dms.printing.errors import FontMissing, FormNotPrinted, NothingToPrint, PageImageMismatch, PageImageUnusable
from dms.printing.evidence_factors import evidence_factors
from dms.printing.inspection_report import inspection_report
from dms.printing.result_lists import ListedResult, ResultList, result_list_pdf
from dms.printing.result_sheets import result_list_xlsx
from dms.printing.searchable_pdf import PdfPage, searchable_pdf

__all__ = [
    "DrillSetting",
    "FontMissing",
    "FormNotPrinted",
    "ListedResult",
    "NothingToPrint",
    "PageImageMismatch",
    "PageImageUnusable",
    "PdfPage",
    "ResultList",
    "drill_report",
    "evidence_factors",
    "inspection_report",
    "result_list_pdf",
    "result_list_xlsx",
    "searchable_pdf",
]
