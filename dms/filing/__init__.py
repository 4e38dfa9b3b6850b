"""立卷: customers, contracts and volumes, and the tray in which a person confirms what was read."""

from dms.filing.confirming import Confirmation, bring_back, confirm, reject
from dms.filing.errors import (
    ArrivedAgain,
    ConfirmationIncomplete,
    CustomerAlreadyKnown,
    CustomerCodeTaken,
    CustomerFactInvalid,
    DepartmentOutOfReach,
    FrameFactInvalid,
    NotInTray,
    PaperFactInvalid,
)
from dms.filing.framing import OwnCompany, name_own_company, own_company, state_document_type, state_series
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
from dms.filing.registering import (
    CustomerList,
    change_customer,
    known_departments,
    list_customers,
    register_customer,
)
from dms.filing.tray import PaperInTray, Tray, next_in_tray, paper_in_tray, tray

__all__ = [
    "ArrivedAgain",
    "Confirmation",
    "ConfirmationIncomplete",
    "ContractOverview",
    "CustomerAlreadyKnown",
    "CustomerCodeTaken",
    "CustomerFactInvalid",
    "CustomerList",
    "CustomerOverview",
    "DepartmentOutOfReach",
    "Frame",
    "FrameFactInvalid",
    "ItemList",
    "ItemWish",
    "NotInTray",
    "OwnCompany",
    "PaperFactInvalid",
    "PaperInTray",
    "Tray",
    "bring_back",
    "change_customer",
    "confirm",
    "customer_overview",
    "frame",
    "known_departments",
    "list_customers",
    "list_items",
    "list_volumes",
    "name_own_company",
    "next_in_tray",
    "own_company",
    "paper_in_tray",
    "register_customer",
    "reject",
    "state_document_type",
    "state_series",
    "tray",
]
