"""The transfer slip of title documents 权证移交单, apart from that of ordinary papers (C7-02): three parties sign."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dms.domain.title_document import TitleFacts


class SlipState(StrEnum):
    """Where a slip stands."""

    DRAFT = "draft"
    HANDED_OVER = "handed_over"
    """Signed by whoever hands over; the archivist checks."""
    CHECKED = "checked"
    """Signed by the archivist; the custodian checks and takes over."""
    RETURNED = "returned"
    """Sent back, for something does not agree."""
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


class SlipRole(StrEnum):
    """The three parties of a slip."""

    GIVER = "giver"
    """移交人"""
    CHECKER = "checker"
    """复核人, of the archive"""
    CUSTODIAN = "custodian"
    """接收人, the custodian of title documents"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipSignature:
    """One party's signature, given with an account of its own."""

    role: SlipRole
    user_name: str
    signed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCheck:
    """What one party found of one line (C7-04)."""

    name: bool
    number: bool
    quantity: bool
    difference: str = ""

    @property
    def agrees(self) -> bool:
        """Whether all three are as the slip says."""
        return self.name and self.number and self.quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipLine:
    """One title document of a slip."""

    id: int
    """0 for one that is not in the catalogue yet."""
    slip_id: int
    position: int
    facts: TitleFacts
    item_key: int | None = None
    checker: LineCheck | None = None
    """None until the archivist has looked at it."""
    custodian: LineCheck | None = None
    """None until the custodian has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleSlip:
    """One hand-over of title documents of one customer."""

    id: int
    number: str
    """Given when it is handed over; empty before."""
    customer_id: int
    contract_id: int | None
    from_department: str
    begun_on: date
    begun_by: str
    due_on: date
    """The last day in time: title documents are handed over at once (C7-03)."""
    state: SlipState = SlipState.DRAFT
    signatures: tuple[SlipSignature, ...] = ()
    list_digest: str = ""
    """SHA-256 (hex) of the list as it was signed; empty before."""
    remark: str = ""
