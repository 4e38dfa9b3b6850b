"""What comes out on paper, or looks as if it did: papers as searchable PDF, reports, forms and lists.

Typst, openpyxl and segno only here.
"""

from dms.printing.bound_volume import BoundForm, BoundPage, BoundPaper, bound_volume_pdf
from dms.printing.drill_report import DrillSetting, drill_report
from dms.printing.errors import FontMissing, FormNotPrinted, NothingToPrint, PageImageMismatch, PageImageUnusable
from dms.printing.evidence_factors import evidence_factors
from dms.printing.form_printing import Form, ListForm, form_pdf, form_title, form_xlsx
from dms.printing.hand_over_facts import AccessionLine, AccessionRegister, HandedLine, TransferList
from dms.printing.inspection_report import inspection_report
from dms.printing.ledger_facts import (
    CardContact,
    CardHolding,
    CarriedLine,
    CarryForwardList,
    ContractLedger,
    CustomerCard,
    CustomerCards,
    CustomerLine,
    CustomerList,
    LedgerLine,
    MissingLine,
    MissingPapersList,
)
from dms.printing.letterhead import Letterhead, Signed
from dms.printing.paper_pages import PdfPage
from dms.printing.plain_tables import PlainColumn, PlainTable, plain_table_xlsx
from dms.printing.qr_code import qr_svg
from dms.printing.report_forms import FondsGuideForm, fonds_guide_pdf, report_cell, report_pdf, report_xlsx
from dms.printing.result_lists import ListedResult, ResultList, result_list_pdf
from dms.printing.result_sheets import result_list_xlsx
from dms.printing.searchable_pdf import searchable_pdf
from dms.printing.sheet_errors import SheetHoldsPrograms, SheetTooLarge, SheetUnreadable
from dms.printing.sheet_reading import (
    MOST_SHEET_BYTES,
    CellKind,
    Sheet,
    SheetCell,
    SheetRow,
    column_letters,
    read_sheet,
)
from dms.printing.title_facts import (
    SafeOpeningLine,
    SafeOpeningsForm,
    StockTakeForm,
    StockTakeFormLine,
    TitleLedgerForm,
    TitleLedgerLine,
    TitleMovementLine,
    TitleMovementsForm,
    TitleSlipForm,
    TitleSlipLine,
)
from dms.printing.title_lists import TitleForm, title_form_pdf, title_form_xlsx
from dms.printing.volume_facts import (
    BoxLabel,
    BoxLabels,
    CatalogueLevel,
    CatalogueLine,
    ContentsLine,
    ContentsList,
    FilingNote,
    ItemLine,
    ItemList,
    LineKind,
    NoteLine,
    SpineLabel,
    SpineLabels,
    VolumeCatalogue,
    VolumeCover,
    VolumeCovers,
)

__all__ = [
    "MOST_SHEET_BYTES",
    "AccessionLine",
    "AccessionRegister",
    "BoundForm",
    "BoundPage",
    "BoundPaper",
    "BoxLabel",
    "BoxLabels",
    "CardContact",
    "CardHolding",
    "CarriedLine",
    "CarryForwardList",
    "CatalogueLevel",
    "CatalogueLine",
    "CellKind",
    "ContentsLine",
    "ContentsList",
    "ContractLedger",
    "CustomerCard",
    "CustomerCards",
    "CustomerLine",
    "CustomerList",
    "DrillSetting",
    "FilingNote",
    "FondsGuideForm",
    "FontMissing",
    "Form",
    "FormNotPrinted",
    "HandedLine",
    "ItemLine",
    "ItemList",
    "LedgerLine",
    "Letterhead",
    "LineKind",
    "ListForm",
    "ListedResult",
    "MissingLine",
    "MissingPapersList",
    "NoteLine",
    "NothingToPrint",
    "PageImageMismatch",
    "PageImageUnusable",
    "PdfPage",
    "PlainColumn",
    "PlainTable",
    "ResultList",
    "SafeOpeningLine",
    "SafeOpeningsForm",
    "Sheet",
    "SheetCell",
    "SheetHoldsPrograms",
    "SheetRow",
    "SheetTooLarge",
    "SheetUnreadable",
    "Signed",
    "SpineLabel",
    "SpineLabels",
    "StockTakeForm",
    "StockTakeFormLine",
    "TitleForm",
    "TitleLedgerForm",
    "TitleLedgerLine",
    "TitleMovementLine",
    "TitleMovementsForm",
    "TitleSlipForm",
    "TitleSlipLine",
    "TransferList",
    "VolumeCatalogue",
    "VolumeCover",
    "VolumeCovers",
    "bound_volume_pdf",
    "column_letters",
    "drill_report",
    "evidence_factors",
    "fonds_guide_pdf",
    "form_pdf",
    "form_title",
    "form_xlsx",
    "inspection_report",
    "plain_table_xlsx",
    "qr_svg",
    "read_sheet",
    "report_cell",
    "report_pdf",
    "report_xlsx",
    "result_list_pdf",
    "result_list_xlsx",
    "searchable_pdf",
    "title_form_pdf",
    "title_form_xlsx",
]
