"""An item (件): one paper from its arrival to its place in a volume."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from dms.errors import Bilingual


class ItemState(StrEnum):
    """Where an item stands; the original is sealed and durable in every one of them but the last."""

    RECEIVED = "received"
    """Acknowledged, waiting to be read."""
    READING = "reading"
    REVIEW = "review"
    """Read and searchable; a person has not confirmed the proposals yet."""
    FILED = "filed"
    """Confirmed by a person and placed in a volume."""
    REFUSED = "refused"
    """The bytes cannot be read, and reading them again would not help; see `Item.problem`."""
    FAILED = "failed"
    """Reading broke off; it can be tried again."""
    WITHDRAWN = "withdrawn"
    """Rejected by a person; the original and this entry remain."""
    DESTROYED = "destroyed"
    """Destroyed under an approved list: its key is gone, this stub remains."""


STATE_NAMES: dict[ItemState, Bilingual] = {
    ItemState.RECEIVED: Bilingual("已接收，待识别", "received"),
    ItemState.READING: Bilingual("识别中", "being read"),
    ItemState.REVIEW: Bilingual("待核对", "waiting to be confirmed"),
    ItemState.FILED: Bilingual("已归档", "filed"),
    ItemState.REFUSED: Bilingual("无法识别", "refused"),
    ItemState.FAILED: Bilingual("识别中断", "reading broke off"),
    ItemState.WITHDRAWN: Bilingual("已退回", "rejected"),
    ItemState.DESTROYED: Bilingual("已销毁", "destroyed"),
}

READABLE_STATES = frozenset({ItemState.REVIEW, ItemState.FILED})
"""The states in which the text of an item is in the index."""


class CopyKind(StrEnum):
    """What kind of original the scan was made from."""

    UNKNOWN = "unknown"
    ORIGINAL = "original"
    """原件正本"""
    COUNTERPART = "counterpart"
    """原件副本"""
    COPY = "copy"
    """复印件"""
    BORN_DIGITAL = "born_digital"
    """电子原生"""


class ItemMedium(StrEnum):
    """What the paper is in truth: of paper, or not."""

    PAPER = "paper"
    ELECTRONIC = "electronic"
    AUDIOVISUAL = "audiovisual"


class PartySide(StrEnum):
    """Which side a paper comes from."""

    UNKNOWN = "unknown"
    OWN = "own"
    CUSTOMER = "customer"
    GUARANTOR = "guarantor"
    THIRD = "third"


class RelationKind(StrEnum):
    """How one item stands to another, read from the first to the second."""

    AMENDS = "amends"
    TERMINATES = "terminates"
    ANNEX_OF = "annex_of"
    COPY_OF = "copy_of"
    SEE_ALSO = "see_also"
    """互见"""
    UNDER = "under"
    """An order under its framework contract."""
    BELONGS_WITH = "belongs_with"
    """Filed elsewhere, because it came late, than where it belongs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRelation:
    """A statement that one item stands so to another."""

    item_key: int
    kind: RelationKind
    other_key: int
    by: str
    noted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where an item lies in its volume, once somebody has put it into order."""

    volume_id: int
    position: int
    """From 1; the order on the shelf and in the contents list."""
    reference_code: str | None = None
    """档号; None until the volume is catalogued, and for an annex that bears no number."""
    former_codes: tuple[str, ...] = ()
    """The reference codes that it bore before it was moved, the oldest first."""
    first_page: int | None = None
    """页号 in the bound volume; None where pages are not numbered through."""
    last_page: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an item was refused or failed: a stable code and the sentences that were composed with it."""

    code: str
    message: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """Where an item belongs and what it is; each None is a fact that nobody has stated yet."""

    customer_id: int | None = None
    contract_id: int | None = None
    series_code: str | None = None
    year: int | None = None
    type_code: str | None = None
    title: str = ""
    doc_on: date | None = None
    """The date that the paper bears."""
    amount: Decimal | None = None
    """In yuan, where the paper states one."""
    copy_kind: CopyKind = CopyKind.UNKNOWN
    grade: int = 3
    """1 (一级, most secret) to 3 (三级)."""
    doc_no: str = ""
    """文号: the number that the paper bears itself."""
    author: str = ""
    """责任者: who made out or signed the paper."""
    medium: ItemMedium = ItemMedium.PAPER
    side: PartySide = PartySide.UNKNOWN
    sheets: int | None = None
    """Sheets of paper, as counted by a person."""
    is_annex: bool = False
    """列入附件: kept and listed without a number of its own."""
    year_note: str = ""
    """Why it is filed under this year, where its date does not tell."""
    retention_code: str | None = None
    """None for the retention rule of its series."""
    remark: str = ""
    """备注, as printed in the contents list."""
    valid_from_on: date | None = None
    valid_to_on: date | None = None
    """The last day on which a licence, an authority or a report holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What is known of an upload before anyone looked inside."""

    id: str
    """Random, for addresses; never reused."""
    original_filename: str
    size_bytes: int
    digest: str
    """Keyed digest of the bytes (hex), for recognising exact duplicates; means nothing outside this archive."""
    wrapped_key: bytes
    """The item's key, wrapped by the keyring; without it every rendition of the item is unreadable."""
    received_at: datetime
    received_by: str
    claim: Classification
    """What the uploader said about it."""
    claimed_contract_no: str = ""
    """The contract number the uploader gave; it may name a contract that the ledger does not know yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item as the catalogue knows it."""

    key: int
    """Internal number, also the row of the full-text index; never shown."""
    id: str
    state: ItemState
    classification: Classification
    claim: Classification
    claimed_contract_no: str
    volume_id: int | None
    original_filename: str
    media_type: str
    """Found by looking inside; empty until then."""
    size_bytes: int
    digest: str
    wrapped_key: bytes
    received_at: datetime
    received_by: str
    pages_total: int | None
    """None until the paper was examined."""
    pages_read: int
    problem: Problem | None
    """Why it was refused or failed; None in every other state."""
    doubts: tuple[str, ...]
    """Codes of what a person should look at; empty where nothing contradicts."""
    placement: Placement | None = None
    """Its place in its volume; None while it lies loose."""
    former_codes: tuple[str, ...] = ()
    """The reference codes that it bore before, wherever it lies now, the oldest first."""
    storage_only: bool = False
    """仅存储: kept, and used for nothing else, since whom it tells of asked for that or a law does (PIPL 47)."""

    @property
    def reference_code(self) -> str | None:
        """The reference code 档号 that it bears; None while it has none."""
        return self.placement.reference_code if self.placement else None

    @property
    def title(self) -> str:
        """The title for lists: the stated one, or the name it arrived under."""
        return self.classification.title or self.original_filename


class RenditionRole(StrEnum):
    """What a sealed object of an item is; only the first is the original, and it is never altered."""

    ORIGINAL = "original"
    PAGE_IMAGE = "page_image"
    THUMBNAIL = "thumbnail"
    LAYOUT = "layout"
    """The characters of one page with their boxes and confidences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """One sealed object of an item, with the recipe by which it was made from the original."""

    role: RenditionRole
    page: int | None
    """The page it shows, from 1; None for the whole item."""
    object_id: str
    media_type: str
    size_bytes: int
    digest: str
    """SHA-256 of the plaintext, hex."""
    recipe: str
    """How it was made: engine, versions, turn, skew; empty for the original."""
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page as the catalogue knows it; image and character boxes are in the vault."""

    number: int
    text: str
    width_px: int
    height_px: int
    turned_degrees: int
    skew_degrees: float
    blank: bool
    confidence: float
    source: str
    engine: str
