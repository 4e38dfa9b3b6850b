"""Reports 统计报表: figures of a period in tables, ready for a page, for paper and for a spreadsheet alike."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from dms.errors import Bilingual

ReportCell = Bilingual | str | int | Decimal | date | None
"""A figure or a name; a share is a Decimal of the whole, an amount one in yuan, by the kind of its column."""


class ReportName(StrEnum):
    """Which report."""

    CONTRACTS = "contracts"
    """合同统计表: due on 10 January (the year before) and 10 July (the first half)."""
    ARCHIVE = "archive"
    """档案工作年度统计表"""
    CUSTOMER_YEARS = "customer_years"
    """客户业绩档案汇总表: customer by year."""
    CUSTOMER_CLASSES = "customer_classes"
    """客户归类汇总表"""
    INSPECTION = "inspection"
    """归档工作检查表: what each department owes."""


class ColumnKind(StrEnum):
    """What stands in a column."""

    TEXT = "text"
    COUNT = "count"
    AMOUNT = "amount"
    """In yuan."""
    SHARE = "share"
    """A part of the whole, between 0 and 1."""
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPeriod:
    """The days that a report is about, both included."""

    first_on: date
    last_on: date

    @property
    def year(self) -> int:
        """The year in which the period ends."""
        return self.last_on.year

    @property
    def is_half(self) -> bool:
        """Whether it is the first half of a year."""
        return (self.last_on.month, self.last_on.day) == (6, 30)

    @property
    def told(self) -> Bilingual:
        """What the period is called."""
        if self.is_half:
            return Bilingual(f"{self.year}年上半年", f"first half of {self.year}")
        return Bilingual(f"{self.year}年度", f"{self.year}")


def whole_year(year: int) -> ReportPeriod:
    """The period of one year."""
    return ReportPeriod(first_on=date(year, 1, 1), last_on=date(year, 12, 31))


def first_half(year: int) -> ReportPeriod:
    """The period of the first half of one year."""
    return ReportPeriod(first_on=date(year, 1, 1), last_on=date(year, 6, monthrange(year, 6)[1]))


def period_due(on: date) -> ReportPeriod:
    """The latest period that is over on a day: the first half from July on, before that the year before (C14-01)."""
    return first_half(on.year) if on.month > 6 else whole_year(on.year - 1)  # June


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportColumn:
    """One column of a table."""

    name: Bilingual
    kind: ColumnKind = ColumnKind.COUNT


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTable:
    """One table; every row has a cell for every column."""

    title: Bilingual
    columns: tuple[ReportColumn, ...]
    rows: tuple[tuple[ReportCell, ...], ...]
    totals: tuple[ReportCell, ...] = ()
    """The last line; empty where summing up says nothing."""
    drawn: int | None = None
    """The column whose figures are drawn as bars; None for a table without a chart."""
    note: Bilingual | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report as it was made out."""

    name: ReportName
    title: Bilingual
    period: ReportPeriod
    facts: tuple[tuple[Bilingual, Bilingual], ...]
    """What it is about besides: department, customer, how far the asker sees."""
    tables: tuple[ReportTable, ...]
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedInReport:
    """A report as it was handed in; its bytes are kept beside it and never change."""

    id: int
    name: ReportName
    period: ReportPeriod
    title: str
    recipient: str
    """报送单位: to whom it was handed in."""
    digest: str
    """SHA-256 (hex) of the PDF."""
    size_bytes: int
    handed_in_at: datetime
    handed_in_by: str
    clearance: int
    """The clearance of whoever made it out: nobody with a lesser one may read it."""
    departments: tuple[str, ...] | None
    """The departments whose figures it holds; None for the whole company's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FondsGuide:
    """全宗指南: what a person wrote about the fonds; the figures of its holdings are counted when it is printed."""

    version: int
    """From 1; 0 where nobody wrote any."""
    creator_history: str = ""
    """全宗构成者沿革: founding, changes of name, structure and duties."""
    custody_history: str = ""
    """档案沿革与管理情况"""
    contents: str = ""
    """档案内容与成分介绍"""
    use: str = ""
    """检索工具与利用说明"""
    written_by: str = ""
    written_at: datetime | None = None
