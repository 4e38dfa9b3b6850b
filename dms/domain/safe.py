"""A safe: every opening of it by two named persons, and counting what lies in it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeOpening:
    """One opening of a safe, from unlocking to locking."""

    id: int
    number: str
    location_id: int
    purpose: str
    opened_at: datetime
    custodian: str
    """Sign-in name of the custodian, who signed with his own password."""
    witness: str
    """Another person, who signed with his own."""
    closed_at: datetime | None = None
    """None while the safe stands open."""
    closed_by: str = ""
    closing_witness: str = ""
    remark: str = ""


class StockTakeState(StrEnum):
    """Where a stock-take stands."""

    PLANNED = "planned"
    COUNTING = "counting"
    """What the ledger says is written down and shown to nobody."""
    COUNTED = "counted"
    """Compared; differences wait for their explanation."""
    CLOSED = "closed"
    """Signed by two persons."""
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class StockTakeLine:
    """What was expected of one title document, and what was found."""

    id: int
    take_id: int
    position: int
    title_id: int | None
    """None for something that was found and stands on no ledger."""
    name: str
    certificate_no: str
    expected: int
    counted: int | None = None
    """None until it is counted."""
    explanation: str = ""
    """Why it differs; needed where it does."""

    @property
    def difference(self) -> int | None:
        """Found more than expected above nought, less below; None before the count."""
        return None if self.counted is None else self.counted - self.expected


@dataclass(frozen=True, slots=True, kw_only=True)
class StockTake:
    """One counting of one safe 盘点."""

    id: int
    number: str
    location_id: int
    planned_on: date
    """The day for which it is planned."""
    planned_by: str
    state: StockTakeState = StockTakeState.PLANNED
    opening_id: int | None = None
    """The opening of the safe in which it was counted; None before."""
    counted_at: datetime | None = None
    counter: str = ""
    witness: str = ""
    closed_at: datetime | None = None
    remark: str = ""
