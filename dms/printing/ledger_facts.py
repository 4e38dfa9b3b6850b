"""What stands on the forms of customers and contracts: card, lists, ledger, carry-forward and missing papers.

Everything is a plain value, worded as it is to be printed; empty text and None leave their place empty.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dms.printing.letterhead import Letterhead


@dataclass(frozen=True, slots=True, kw_only=True)
class CardContact:
    """A person named on a customer card."""

    name: str
    role: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardHolding:
    """What the archive holds of the customer in one year and series."""

    year: int
    series: str
    volumes: str = ""
    """Reference codes, or ``活页`` while it is open."""
    items: int = 0
    pages: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerCard:
    """客户卡: one customer on one page."""

    code: str
    name: str
    former_names: tuple[str, ...] = ()
    """``某某厂（至 2021-05-01）``"""
    uscc: str = ""
    sides: str = ""
    """``客户、供应商``"""
    status: str = ""
    nature: str = ""
    volume_axis: str = ""
    grade: str = ""
    department: str = ""
    legal_representative: str = ""
    registered_capital: str = ""
    scale: str = ""
    industry: str = ""
    scope: str = ""
    """经营范围"""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    fax: str = ""
    contacts: tuple[CardContact, ...] = ()
    custodian: str = ""
    second_contact: str = ""
    risk_reason: str = ""
    contracts: int = 0
    contracts_running: int = 0
    holdings: tuple[CardHolding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerCards:
    """Cards, each beginning a page."""

    letterhead: Letterhead
    cards: tuple[CustomerCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerLine:
    """One customer in a list."""

    code: str
    name: str
    former_names: str = ""
    uscc: str = ""
    nature: str = ""
    status: str = ""
    volume_axis: str = ""
    department: str = ""
    custodian: str = ""
    contracts: int = 0
    volumes: int = 0
    items: int = 0
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerList:
    """客户一览表"""

    letterhead: Letterhead
    lines: tuple[CustomerLine, ...]
    subject: str = ""
    """What was chosen, where it is not all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingLine:
    """One paper that is to be brought."""

    department: str
    """Who owes it; empty where no department is known."""
    customer: str
    contract_no: str = ""
    contract_title: str = ""
    paper: str
    """所缺资料"""
    reason: str = ""
    """``未见该资料``, ``2024-05-31 已过期``, or the rule that asks for it."""
    handler: str = ""
    due_on: date | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPapersList:
    """补充资料清单, grouped by department, each department beginning with a heading and its count."""

    letterhead: Letterhead
    lines: tuple[MissingLine, ...]
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedLine:
    """One contract whose papers stay loose."""

    customer: str
    contract_no: str
    contract_title: str = ""
    department: str = ""
    handler: str = ""
    signed_on: date | None = None
    ends_on: date | None = None
    state: str = ""
    items: int = 0
    pages: int = 0
    reason: str = ""
    """``履行中``, ``质保期至 2026-08-31``"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryForwardList:
    """结转清单 of a year: what was not bound because the contract still runs."""

    letterhead: Letterhead
    year: int
    lines: tuple[CarriedLine, ...]
    cut_off_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One contract in the ledger."""

    number: str
    title: str
    customer: str
    department: str = ""
    handler: str = ""
    amount: Decimal | None = None
    """In yuan."""
    signed_on: date | None = None
    effective_on: date | None = None
    ends_on: date | None = None
    performed_on: date | None = None
    settled_on: date | None = None
    warranty_ends_on: date | None = None
    state: str = ""
    items: int = 0
    missing: int = 0
    """How many papers of its checklist are missing."""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractLedger:
    """合同台账"""

    letterhead: Letterhead
    lines: tuple[LedgerLine, ...]
    subject: str = ""
