"""What stands on the forms of handing over: the transfer list with its signatures, and the accession register.

Everything is a plain value, worded as it is to be printed; empty text and None leave their place empty.
"""

from dataclasses import dataclass
from datetime import date

from dms.printing.letterhead import Letterhead, Signed


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedLine:
    """One paper or volume of a transfer list."""

    reference_code: str = ""
    """档号 or 案卷号; empty for papers that have none yet."""
    title: str
    contract_no: str = ""
    items: int = 1
    pages: int | None = None
    sheets: int | None = None
    retention: str = ""
    grade: str = ""
    copy_kind: str = ""
    medium: str = ""
    ticked: bool | None = None
    """Whether the check on receipt found it; None before the check."""
    difference: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferList:
    """移交清单 of one batch, with places to sign; what was signed electronically is filled in."""

    letterhead: Letterhead
    number: str
    """批次号; empty while the batch is a draft."""
    year: int
    from_department: str
    handed_over_on: date | None = None
    due_on: date | None = None
    extension: str = ""
    """``延期至 2026-03-20：等待对方盖章``; empty without one."""
    lines: tuple[HandedLine, ...]
    signatures: tuple[Signed, ...] = (
        Signed(role="移交人（A角）"),
        Signed(role="移交人（B角）"),
        Signed(role="接收人（档案员）"),
        Signed(role="监交人"),
    )
    copies: int = 3
    """一式几份"""
    digest: str = ""
    """SHA-256 (hex) of the list as it was signed; empty before that."""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessionLine:
    """One batch that was taken over."""

    number: str
    """登记号"""
    received_on: date | None
    batch: str = ""
    from_department: str = ""
    from_person: str = ""
    received_by: str = ""
    year: int | None = None
    items: int = 0
    pages: int = 0
    sheets: int = 0
    differences: int = 0
    """Lines that were not as the list said."""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessionRegister:
    """接收登记簿"""

    letterhead: Letterhead
    lines: tuple[AccessionLine, ...]
    subject: str = ""
    """``2025年度``"""
