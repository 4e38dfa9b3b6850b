"""立卷: customers, contracts and volumes, and the tray in which a person confirms what was read."""

from dms.filing.confirming import Confirmation, bring_back, confirm, reject
from dms.filing.errors import (
    ConfirmationIncomplete,
    CustomerAlreadyKnown,
    CustomerCodeTaken,
    CustomerFactInvalid,
    NotInTray,
    PaperFactInvalid,
)
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
from dms.filing.registering import CustomerList, change_customer, list_customers, register_customer
from dms.filing.tray import PaperInTray, Tray, next_in_tray, paper_in_tray, tray

__all__ = [
    "Confirmation",
    "ConfirmationIncomplete",
    "ContractOverview",
    "CustomerAlreadyKnown",
    "CustomerCodeTaken",
    "CustomerFactInvalid",
    "CustomerList",
    "CustomerOverview",
    "Frame",
    "ItemList",
    "ItemWish",
    "NotInTray",
    "PaperFactInvalid",
    "PaperInTray",
    "Tray",
    "bring_back",
    "change_customer",
    "confirm",
    "customer_overview",
    "frame",
    "list_customers",
    "list_items",
    "list_volumes",
    "next_in_tray",
    "paper_in_tray",
    "register_customer",
    "reject",
    "tray",
]
