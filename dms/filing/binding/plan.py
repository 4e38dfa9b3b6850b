"""What a binding run would do, as plain values: its volumes with titles and numbers, and what stays loose.

What always holds: a plan is one look at the archive; it holds nothing that its asker may not see, and spends nothing.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from dms.domain.item import CopyKind, ItemMedium
from dms.domain.missing_paper import MissingPaper
from dms.domain.volume import VolumeScope
from dms.errors import Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class LineKey:
    """What one piece of a run's work covers: the loose papers of a customer and a series."""

    customer_id: int | None
    """None for those of all scattered customers, who share collective volumes."""
    series_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPaper:
    """One row of the contents list of a planned volume."""

    key: int
    """Internal number of the item; never shown."""
    item_id: str
    position: int
    """From 1."""
    title: str
    doc_no: str
    author: str
    doc_on: date | None
    copy_kind: CopyKind
    medium: ItemMedium
    contract_id: int | None
    pages_written: int
    sheets: int
    first_page: int | None
    """None where nothing of it bears writing."""
    last_page: int | None
    is_annex: bool
    """列入附件: it lies in the volume without a number of its own."""
    former_year: int | None = None
    """The year under which it lies now, where its contract's closing gives it another; else None."""
    former_codes: tuple[str, ...] = ()
    reference_code: str | None = None
    """The code that it would get; None for an annex, or where the code cannot be written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedVolume:
    """One volume as it would be bound."""

    line: LineKey
    customer_code: str
    """As it stands in reference codes; for a collective volume the code that stands for all scattered customers."""
    name_of_customer: str
    """Valid in the year; empty for a collective volume."""
    department: str
    year: int
    retention_code: str
    title: str
    first_on: date | None
    last_on: date | None
    papers: tuple[PlannedPaper, ...]
    page_count: int
    sheet_count: int
    spine_mm: int
    scope: VolumeScope
    continuation_of: int | None = None
    """The volume that it continues (续卷), bound before."""
    continues_code: str | None = None
    number: int | None = None
    reference_code: str | None = None
    problem: Bilingual | None = None
    """Why no code can be written for it; the line is left out of the run then."""

    @property
    def item_count(self) -> int:
        """Everything that lies in it, annexes without a number included, as the catalogue counts it."""
        return len(self.papers)

    @property
    def numbered_count(self) -> int:
        """The items that take a number."""
        return sum(not paper.is_annex for paper in self.papers)

    @property
    def annexes(self) -> tuple[PlannedPaper, ...]:
        """What lies in it without a number, listed separately."""
        return tuple(paper for paper in self.papers if paper.is_annex)


class CarriedReason(StrEnum):
    """Why the papers of a contract stay loose."""

    NEGOTIATING = "negotiating"
    RUNNING = "running"
    DISPUTED = "disputed"
    NO_CLOSING_DAY = "no_closing_day"
    """The ledger calls it closed and gives no day on which it was."""
    CLOSED_LATER = "closed_later"
    """It was closed, but after the year."""


CARRIED_BECAUSE: Mapping[CarriedReason, Bilingual] = {
    CarriedReason.NEGOTIATING: Bilingual("合同尚在谈判", "still being negotiated"),
    CarriedReason.RUNNING: Bilingual("合同履行中", "still running"),
    CarriedReason.DISPUTED: Bilingual("合同存在争议", "in dispute"),
    CarriedReason.NO_CLOSING_DAY: Bilingual("合同已办结，但未登记办结日期", "closed, but no closing day is stated"),
    CarriedReason.CLOSED_LATER: Bilingual("合同在本年度之后办结", "closed after the year"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedContract:
    """One row of the carry-forward list 结转清单."""

    contract_id: int
    number: str
    title: str
    customer_code: str
    customer_name: str
    department: str
    handler: str
    signed_on: date | None
    ends_on: date | None
    because: CarriedReason
    item_ids: tuple[str, ...]
    """Its papers that stay loose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingFromFile:
    """One row of the missing-papers list 补充资料清单, with the names that a person reads."""

    missing: MissingPaper
    customer_code: str
    customer_name: str
    contract_no: str
    """Empty where the customer file lacks the paper."""
    contract_title: str


class WarningKind(StrEnum):
    """What a person should look at before numbers are spent; nothing of it stops the run."""

    YEAR_NOT_OVER = "year_not_over"
    EARLIER_YEARS = "earlier_years"
    AFTER_CUT_OFF = "after_cut_off"
    YEAR_DIFFERS = "year_differs"
    UNDATED = "undated"
    NO_CONTRACT = "no_contract"
    THICK_ITEM = "thick_item"
    NO_CODE = "no_code"
    IN_TRAY = "in_tray"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWarning:
    """One thing to look at, in words."""

    kind: WarningKind
    told: Bilingual
    item_id: str | None = None
    """The paper it is about; None for the whole plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BindingPlan:
    """Everything that a binding run would do."""

    year: int
    cut_off_on: date
    volumes: tuple[PlannedVolume, ...] = ()
    carried: tuple[CarriedContract, ...] = ()
    missing: tuple[MissingFromFile, ...] = ()
    warnings: tuple[PlanWarning, ...] = ()
    carried_lines: frozenset[LineKey] = field(default=frozenset())
    """Customers and series of which papers stay loose because their contracts run on."""

    @property
    def item_count(self) -> int:
        """Everything that would be bound, annexes without a number included."""
        return sum(volume.item_count for volume in self.volumes)

    @property
    def page_count(self) -> int:
        """Pages that bear writing, over all volumes."""
        return sum(volume.page_count for volume in self.volumes)

    @property
    def lines(self) -> tuple[LineKey, ...]:
        """The pieces of work, in the order of their volumes; those that only carry forward come last."""
        bound = dict.fromkeys(volume.line for volume in self.volumes)
        carried = sorted(self.carried_lines - bound.keys(), key=lambda line: (line.customer_id or 0, line.series_code))
        return (*bound, *carried)

    @property
    def digest(self) -> str:
        """By which a person's consent is tied to what he saw: the volumes with their numbers and papers (SHA-256)."""
        said = [
            (volume.reference_code, volume.title, [(paper.item_id, paper.reference_code) for paper in volume.papers])
            for volume in self.volumes
        ]
        text = json.dumps([self.year, self.cut_off_on.isoformat(), said], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()
