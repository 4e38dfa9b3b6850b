"""立卷: customers, contracts and volumes, and the tray in which a person confirms what was read."""

from dms.filing.confirming import Confirmation, bring_back, confirm, reject
from dms.filing.correcting import correct_page, corrections_of
from dms.filing.customer_card import CARD_TEXTS
from dms.filing.describing_papers import describe_paper
from dms.filing.errors import (
    ArrivedAgain,
    ConfirmationIncomplete,
    CorrectionTooLong,
    CustomerAlreadyKnown,
    CustomerCodeTaken,
    CustomerFactInvalid,
    CustomersNotMergeable,
    DepartmentOutOfReach,
    FrameFactInvalid,
    NotCorrectable,
    NotInTray,
    PageNotThere,
    PaperFactInvalid,
    RelationContradicts,
    RelationNotThere,
    TermHeld,
    VolumeClosed,
)
from dms.filing.framing import OwnCompany, name_own_company, own_company, state_document_type, state_series
from dms.filing.looking_up import BearerOfCode, bearer_of_code
from dms.filing.merging import merge_customers
from dms.filing.overview import (
    ContractOverview,
    CustomerOverview,
    Frame,
    ItemList,
    ItemWish,
    customer_overview,
    frame,
    list_items,
    list_volumes,
)
from dms.filing.paper_year import waits_for_closing
from dms.filing.particulars import MAX_PARTICULAR_CHARACTERS, MOST_SHEETS, UNDATED_NOTE, Particulars, particulars_of
from dms.filing.proposing_years import ProposedYear, YearQuestion, proposed_year
from dms.filing.registering import (
    CustomerList,
    change_customer,
    known_departments,
    list_customers,
    register_customer,
)
from dms.filing.relating import RelatedPaper, relate, relations_of, unrelate
from dms.filing.tray import PaperInTray, Tray, next_in_tray, paper_in_tray, tray

__all__ = [
    "CARD_TEXTS",
    "MAX_PARTICULAR_CHARACTERS",
    "MOST_SHEETS",
    "UNDATED_NOTE",
    "ArrivedAgain",
    "BearerOfCode",
    "Confirmation",
    "ConfirmationIncomplete",
    "ContractOverview",
    "CorrectionTooLong",
    "CustomerAlreadyKnown",
    "CustomerCodeTaken",
    "CustomerFactInvalid",
    "CustomerList",
    "CustomerOverview",
    "CustomersNotMergeable",
    "DepartmentOutOfReach",
    "Frame",
    "FrameFactInvalid",
    "ItemList",
    "ItemWish",
    "NotCorrectable",
    "NotInTray",
    "OwnCompany",
    "PageNotThere",
    "PaperFactInvalid",
    "PaperInTray",
    "Particulars",
    "ProposedYear",
    "RelatedPaper",
    "RelationContradicts",
    "RelationNotThere",
    "TermHeld",
    "Tray",
    "VolumeClosed",
    "YearQuestion",
    "bearer_of_code",
    "bring_back",
    "change_customer",
    "confirm",
    "correct_page",
    "corrections_of",
    "customer_overview",
    "describe_paper",
    "frame",
    "known_departments",
    "list_customers",
    "list_items",
    "list_volumes",
    "merge_customers",
    "name_own_company",
    "next_in_tray",
    "own_company",
    "paper_in_tray",
    "particulars_of",
    "proposed_year",
    "register_customer",
    "reject",
    "relate",
    "relations_of",
    "state_document_type",
    "state_series",
    "tray",
    "unrelate",
    "waits_for_closing",
]
