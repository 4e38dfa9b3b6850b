"""What stands on the forms of title documents: slip, ledger, movements, openings of safes and stock-takes.

Everything is a plain value, worded as it is to be printed; empty text and None leave their place empty.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dms.printing.letterhead import Letterhead, Signed


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleSlipLine:
    """One title document of a slip."""

    kind: str
    name: str
    certificate_no: str
    right_holder: str
    quantity: int
    value: Decimal | None = None
    issuer: str = ""
    issued_on: date | None = None
    checked: str = ""
    """What the archive found: ``相符``, ``不符``; empty before."""
    taken_over: str = ""
    """What the custodian found."""
    difference: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleSlipForm:
    """重要权证移交清单, with what was signed electronically filled in."""

    letterhead: Letterhead
    number: str
    """Empty while it is a draft."""
    customer: str
    contract_no: str
    from_department: str
    handed_over_on: date | None
    due_on: date | None
    lines: tuple[TitleSlipLine, ...]
    signatures: tuple[Signed, ...]
    digest: str = ""
    """SHA-256 (hex) of the list as it was signed; empty before."""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleLedgerLine:
    """One title document of the ledger."""

    number: str
    kind: str
    name: str
    certificate_no: str
    right_holder: str
    customer: str
    contract_no: str
    quantity: int
    in_safe: int
    value: Decimal | None
    safe: str
    state: str
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleLedgerForm:
    """权证台账, as it stands on a day."""

    letterhead: Letterhead
    as_of_on: date
    lines: tuple[TitleLedgerLine, ...]
    subject: str = ""
    """Which part of the ledger; empty for all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleMovementLine:
    """One line of the in-and-out ledger."""

    moved_at: str
    """``2026-03-02 14:05``"""
    number: str
    name: str
    certificate_no: str
    step: str
    change: int
    balance: int
    safe: str
    other_party: str
    request: str
    custodian: str
    witness: str
    condition: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleMovementsForm:
    """权证出入库登记"""

    letterhead: Letterhead
    lines: tuple[TitleMovementLine, ...]
    subject: str = ""
    """Of which days, or of which title document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeOpeningLine:
    """One opening of a safe."""

    number: str
    safe: str
    opened_at: str
    purpose: str
    custodian: str
    witness: str
    closed_at: str = ""
    closed_by: str = ""
    closing_witness: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeOpeningsForm:
    """保险柜开启登记"""

    letterhead: Letterhead
    lines: tuple[SafeOpeningLine, ...]
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StockTakeFormLine:
    """One line of a stock-take."""

    name: str
    certificate_no: str
    number: str = ""
    expected: int | None = None
    """None while it must not be known."""
    counted: int | None = None
    explanation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StockTakeForm:
    """权证盘点表: empty to be filled in by hand, or the report of a count."""

    letterhead: Letterhead
    number: str
    safe: str
    planned_on: date
    counted_on: date | None
    state: str
    lines: tuple[StockTakeFormLine, ...]
    signatures: tuple[Signed, ...]
    remark: str = ""
