"""What comes out on paper, or looks as if it did: papers as searchable PDF, and reports. Typst only here."""

from dms.printing.drill_report import DrillSetting, drill_report
from dms.printing.errors import FontMissing, FormNotPrinted, NothingToPrint, PageImageMismatch, PageImageUnusable
from dms.printing.evidence_factors import evidence_factors
from dms.printing.inspection_report import inspection_report
from dms.printing.searchable_pdf import PdfPage, searchable_pdf

__all__ = [
    "DrillSetting",
    "FontMissing",
    "FormNotPrinted",
    "NothingToPrint",
    "PageImageMismatch",
    "PageImageUnusable",
    "PdfPage",
    "drill_report",
    "evidence_factors",
    "inspection_report",
    "searchable_pdf",
]
