"""Volumes (案卷): loose-leaf while a year's papers gather, then bound, sealed and kept.

What always holds:
- Only an open volume accepts items; one that is being cleaned may be reordered, split, or lose a paper again.
- A sealed volume never changes: later facts become notes; only location, retention and state move on.
- Notes and seals are added, never altered.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType


class VolumeState(StrEnum):
    """Where a volume stands on its way from loose leaves to the shelf, and off it."""

    OPEN = "open"
    """活页"""
    CLEANING = "cleaning"
    """清理中"""
    CATALOGUED = "catalogued"
    """已编目"""
    CHECKING = "checking"
    """待检查"""
    SEALED = "sealed"
    """已封卷"""
    SHELVED = "shelved"
    """在库"""
    EXPIRED = "expired"
    """到期鉴定"""
    DESTROYED = "destroyed"
    """已销毁"""


MAY_BECOME: MappingProxyType[VolumeState, frozenset[VolumeState]] = MappingProxyType(
    {
        VolumeState.OPEN: frozenset({VolumeState.CLEANING}),
        VolumeState.CLEANING: frozenset({VolumeState.OPEN, VolumeState.CATALOGUED}),
        VolumeState.CATALOGUED: frozenset({VolumeState.CLEANING, VolumeState.CHECKING}),
        VolumeState.CHECKING: frozenset({VolumeState.CLEANING, VolumeState.CATALOGUED, VolumeState.SEALED}),
        VolumeState.SEALED: frozenset({VolumeState.SHELVED, VolumeState.EXPIRED}),
        VolumeState.SHELVED: frozenset({VolumeState.EXPIRED}),
        # 续存: an appraisal that extends the term puts the volume back.
        VolumeState.EXPIRED: frozenset({VolumeState.SHELVED, VolumeState.DESTROYED}),
        VolumeState.DESTROYED: frozenset(),
    }
)
SEALED_STATES = frozenset({VolumeState.SEALED, VolumeState.SHELVED, VolumeState.EXPIRED, VolumeState.DESTROYED})
"""The states in which nothing in a volume may change any more."""


def may_become(state: VolumeState, wanted: VolumeState) -> bool:
    """Whether a volume in this state may be put into that one."""
    return wanted in MAY_BECOME[state]


class VolumeSource(StrEnum):
    """Where the volume was made up."""

    OWN = "own"
    LEGACY = "legacy"
    """Before this archive; entered from an old catalogue, its number kept as it was written."""


class VolumeScope(StrEnum):
    """Whose papers lie in it."""

    CUSTOMER = "customer"
    COLLECTIVE = "collective"
    """合卷: those of many customers with few papers each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """A volume with what the asker may know of it; counts are of what he may see."""

    id: int
    customer_id: int | None
    """None for a collective volume."""
    series_code: str
    year: int
    state: VolumeState
    item_count: int
    page_count: int
    """Pages that bear writing; blank sides are kept but not counted."""
    sheet_count: int = 0
    """Sheets of paper, covers included; where nobody counted, as many as the scan has pages."""
    number: int | None = None
    """案卷号 within its customer, series and year; None until it is catalogued."""
    reference_code: str | None = None
    """档号; None until it is catalogued."""
    retention_code: str | None = None
    """None until the volume is made up."""
    title: str = ""
    first_on: date | None = None
    """The earliest date of its papers, as stated when it was made up."""
    last_on: date | None = None
    spine_mm: int | None = None
    location_id: int | None = None
    """None while nobody has said where it stands."""
    compiled_by: str = ""
    compiled_at: datetime | None = None
    checked_by: str = ""
    checked_at: datetime | None = None
    sealed_at: datetime | None = None
    seal_version: int = 0
    """How many seals it bears; 0 before the first."""
    continuation_of: int | None = None
    """The volume that this one continues (续卷)."""
    source: VolumeSource = VolumeSource.OWN
    scope: VolumeScope = VolumeScope.CUSTOMER
    name_of_customer: str = ""
    """The customer's name in the year of the volume; empty while it is open."""


class NoteKind(StrEnum):
    """What a line of the filing note tells of."""

    DAMAGED = "damaged"
    """缺损"""
    CORRECTED = "corrected"
    """修改"""
    ADDED = "added"
    """补充"""
    MOVED_OUT = "moved_out"
    """移出"""
    DESTROYED = "destroyed"
    """销毁"""
    APPRAISED = "appraised"
    """鉴定"""
    COMPARED = "compared"
    """比对"""
    AMENDED = "amended"
    """更正"""
    CARRIED = "carried"
    """结转"""
    MERGED = "merged"
    """合并"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingNoteLine:
    """One signed line of the filing note 备考表; never altered."""

    volume_id: int
    written_at: datetime
    by: str
    second_person: str = ""
    """Who confirmed it, where two persons are asked for."""
    kind: NoteKind
    text: str
    item_key: int | None = None
    """The paper it is about; None for the whole volume."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeSeal:
    """What proves that a volume is as it was when it was sealed; a later version stands beside the earlier one."""

    volume_id: int
    version: int
    """From 1."""
    root: str
    """Merkle root (hex) over the volume's leaves, see `dms.domain.merkle`."""
    algorithm: str
    signature: bytes
    public_key: bytes
    sealed_at: datetime
    sealed_by: str
    facts: str
    """The JSON text that was signed, byte for byte."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossReference:
    """互见: a line in a volume's contents list for a paper that lies elsewhere; it takes no number."""

    volume_id: int
    item_key: int
    text: str
    noted_at: datetime
    by: str


SHEET_MM = 0.1
SPINES_MM = (10, 15, 20, 30, 40, 50)
MOST_SHEETS_A_VOLUME = 200
"""Unless the setting ``most_sheets_a_volume`` says otherwise."""


def thickness_mm(sheets: int) -> float:
    """How thick so many sheets of office paper are, about."""
    return round(sheets * SHEET_MM, 1)


def spine_for(sheets: int) -> int:
    """The narrowest spine (mm) on which so many sheets can be bound; the widest there is for more than it holds."""
    return next((spine for spine in SPINES_MM if thickness_mm(sheets) <= spine), SPINES_MM[-1])
