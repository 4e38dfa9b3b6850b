"""Title documents 权证: certificates of rights that are kept like cash, and every step of theirs in and out of a safe.

What always holds: what lies in a safe follows from the ledger alone, and the ledger is only added to.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleKind:
    """One kind of title document; the list is data, a company may add to it."""

    code: str
    zh: str
    en: str


DEFAULT_TITLE_KINDS: tuple[TitleKind, ...] = (
    TitleKind(code="customer_property", zh="客户财产权属证明", en="Proof of the customer's property"),
    TitleKind(code="guarantor_property", zh="保证人财产权属证明", en="Proof of the guarantor's property"),
    TitleKind(code="other_right", zh="他项权证", en="Certificate of encumbrance"),
    TitleKind(code="chattel_mortgage", zh="动产抵押登记通知书", en="Registration of a chattel mortgage"),
    TitleKind(code="equity_pledge", zh="股权出质设立登记通知书", en="Registration of an equity pledge"),
    TitleKind(code="other", zh="其他权属证明", en="Other proof of title"),
)
"""The six kinds of C7-01, all of them originals."""


class TitleState(StrEnum):
    """Where a title document stands."""

    AWAITED = "awaited"
    """Taken over with a signed slip, not yet in a safe."""
    IN_SAFE = "in_safe"
    OUT = "out"
    """Some or all of it is outside and comes back."""
    RELEASED = "released"
    """解押退还: given back to its owner for good."""
    CANCELLED = "cancelled"
    """注销: the right has ended, the certificate went to whoever cancels it."""
    REPLACED = "replaced"
    """换证: another certificate stands in its place."""
    LOST = "lost"


ENDED = frozenset({TitleState.RELEASED, TitleState.CANCELLED, TitleState.REPLACED, TitleState.LOST})
"""States in which nothing is left of it in our hands."""


class MovementKind(StrEnum):
    """Why something went into a safe or out of it."""

    RECEIVED = "received"
    """首次入库"""
    TAKEN_OUT = "taken_out"
    """出库, to come back"""
    BROUGHT_BACK = "brought_back"
    """归还入库"""
    RELEASED = "released"
    """解押退还出库"""
    CANCELLED = "cancelled"
    """注销出库"""
    EXCHANGED = "exchanged"
    """换证: what was out comes back as another certificate"""
    LOST = "lost"
    """遗失核销"""
    MOVED_OUT = "moved_out"
    """移出 to another safe"""
    MOVED_IN = "moved_in"


class TitleCondition(StrEnum):
    """In which condition a certificate came back."""

    SOUND = "sound"
    """完好"""
    INCOMPLETE = "incomplete"
    """缺页"""
    DAMAGED = "damaged"
    """破损"""


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleFacts:
    """What a title document says of itself."""

    kind_code: str
    name: str
    """证名"""
    certificate_no: str
    """权证号"""
    right_holder: str
    """权利人"""
    quantity: int = 1
    """份数"""
    value: Decimal | None = None
    """In yuan; None where nobody stated it."""
    issuer: str = ""
    """发证机关"""
    issued_on: date | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleDocument:
    """One title document on the ledger."""

    id: int
    number: str
    """Of the ledger, given once: ``QZ-2026-0001``."""
    facts: TitleFacts
    customer_id: int
    contract_id: int | None
    item_key: int | None
    """The scan of it; None where there is none."""
    slip_id: int | None
    """With which slip it was handed over; None for one that was exchanged for another."""
    location_id: int
    """The safe in which it lies, or belongs."""
    balance: int = 0
    """How many of it lie in the safe now, as the ledger says."""
    state: TitleState = TitleState.AWAITED
    replaces_id: int | None = None
    """The title document that it was exchanged for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleMovement:
    """One line of the in-and-out ledger 出入库登记."""

    id: int
    title_id: int
    moved_at: datetime
    kind: MovementKind
    change: int
    """Into the safe above nought, out of it below; nought for what was lost outside."""
    balance: int
    """In the safe after it, never below nought."""
    opening_id: int | None
    """The opening of the safe in which it happened; None for what was lost outside."""
    location_id: int
    custodian: str
    witness: str
    other_party: str
    """Who brought it, or took it away."""
    request_id: int | None = None
    condition: TitleCondition | None = None
    """None for what goes out."""
    remark: str = ""
