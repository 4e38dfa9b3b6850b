"""What stands on the forms of volumes: cover, spine, contents list, filing note, catalogue, item list, box label.

Everything is a plain value, worded as it is to be printed; empty text and None are facts that nobody stated, and leave
their place empty. Sources: GB/T 9705-2008, GB/T 11822-2008, DA/T 22-2015.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from dms.printing.letterhead import Letterhead, Signed


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeCover:
    """案卷封面: what a volume is, on its first sheet."""

    reference_code: str
    """档号; empty for a volume that has none yet."""
    title: str
    series: str
    """类目名称: the class with its code, ``3 合同协议``."""
    year: int
    customer: str
    """As it was called in the year; empty for a collective volume."""
    customer_now: str = ""
    """What it is called now, where that is something else."""
    company_formerly: str = ""
    """The company's former name, where it bore another one."""
    first_on: date | None = None
    last_on: date | None = None
    retention: str = ""
    """``30年（D30）``"""
    grade: str = ""
    """密级: ``三级``"""
    items: int = 0
    pages: int = 0
    sheets: int = 0
    filing_no: str = ""
    """归档号: the number in the contract ledger, or of the transfer batch."""
    continues: str = ""
    """The reference code of the volume that this one continues 续卷."""
    reissue: int = 0
    """更正版: how often what is said here was corrected since the volume was sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeCovers:
    """Covers, one a sheet, in their order."""

    letterhead: Letterhead
    covers: tuple[VolumeCover, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpineLabel:
    """案卷脊背: one label for the back of a volume."""

    width_mm: int
    """10, 15, 20, 30, 40 or 50; any width between 8 and 60 is printed."""
    reference_code: str
    year: int
    retention_code: str
    series: str
    """Short: ``3 合同协议``."""
    customer: str
    """The short name, or the name."""
    volume_number: str
    """案卷号, padded as in the reference code: ``002``."""
    title: str = ""
    """Stands beside the customer where the spine is wide enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpineLabels:
    """Labels to cut out, in their order, as many on a sheet as fit."""

    letterhead: Letterhead
    labels: tuple[SpineLabel, ...]


class LineKind(StrEnum):
    """What a line of a contents list stands for."""

    ITEM = "item"
    ANNEX = "annex"
    """附件未编号: listed after the numbered papers, without a number of its own."""
    SEE_ALSO = "see_also"
    """互见: the paper lies elsewhere; no number."""
    MOVED_OUT = "moved_out"
    """移出: struck through; the number stays a gap."""
    DESTROYED = "destroyed"
    """已销毁: struck through; the stub that remains."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsLine:
    """One paper in a contents list."""

    number: int | None
    """序号, the 件号 within the volume; None for annexes and cross references."""
    doc_no: str = ""
    """文件编号 or 合同编号."""
    author: str = ""
    """责任者"""
    title: str
    doc_on: date | None = None
    date_note: str = ""
    """Stands in the place of an unknown date: ``[日期不详]``."""
    first_page: int | None = None
    last_page: int | None = None
    pages: int | None = None
    sheets: int | None = None
    copy_kind: str = ""
    """``正本``, ``副本``, ``复印件``, ``电子件``."""
    remark: str = ""
    kind: LineKind = LineKind.ITEM


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsList:
    """卷内目录 of one volume; annexes and cross references are set after the numbered papers, whatever their order."""

    letterhead: Letterhead
    reference_code: str
    title: str
    year: int
    lines: tuple[ContentsLine, ...]
    reissue: int = 0
    """更正版 n; 0 for the first issue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLine:
    """One line of a filing note, signed when it was written."""

    written_at: datetime
    kind: str
    """``补充``, ``移出``, ``比对`` …"""
    text: str
    by: str
    second_person: str = ""
    item: str = ""
    """The paper it is about: its number or reference code; empty for the whole volume."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingNote:
    """卷内备考表 of one volume, with every line that was ever added."""

    letterhead: Letterhead
    reference_code: str
    title: str
    items: int
    pages: int
    sheets: int
    statement: str = ""
    """本卷情况说明"""
    see_also: tuple[str, ...] = ()
    """互见号: the reference codes of the same matter elsewhere."""
    compiled: Signed = field(default=Signed(role="立卷人"))
    checked: Signed = field(default=Signed(role="检查人"))
    lines: tuple[NoteLine, ...] = ()
    seal: str = ""
    """What proves the volume: version, moment, root; empty before it is sealed."""


class CatalogueLevel(StrEnum):
    """By what the lines of a volume catalogue are put together."""

    CUSTOMER = "customer"
    SERIES = "series"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueLine:
    """One volume in a catalogue."""

    reference_code: str
    title: str
    customer: str
    """Code and name, ``C0123 某某公司``; ``合卷`` for a collective volume."""
    series: str
    year: int
    first_on: date | None = None
    last_on: date | None = None
    items: int = 0
    pages: int = 0
    sheets: int = 0
    retention: str = ""
    location: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeCatalogue:
    """案卷目录: the volumes of a year, a customer or a series, grouped, with subtotals and a cover sheet."""

    letterhead: Letterhead
    lines: tuple[CatalogueLine, ...]
    """In shelf order; a group keeps the order of its first line."""
    grouped_by: tuple[CatalogueLevel, ...] = (CatalogueLevel.CUSTOMER, CatalogueLevel.SERIES, CatalogueLevel.YEAR)
    """The outermost first; empty for one plain list."""
    years: str = ""
    """年度 on the cover sheet: ``2025``, ``2023–2025``."""
    retention: str = ""
    """保管期限 on the cover sheet; empty where terms are mixed."""
    subject: str = ""
    """What was chosen: ``2025年封卷的案卷``, a customer, a series."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """One paper in an item list."""

    reference_code: str
    doc_no: str = ""
    author: str = ""
    title: str
    doc_on: date | None = None
    date_note: str = ""
    grade: str = ""
    pages: int | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemList:
    """归档文件目录 by item (DA/T 22-2015 §5.5), with its cover sheet."""

    letterhead: Letterhead
    lines: tuple[ItemLine, ...]
    years: str = ""
    retention: str = ""
    department: str = ""
    """机构（问题）"""
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxLabel:
    """档案盒标签: what lies in a box, with a code that a scanner reads."""

    box_number: str
    """盒号; shelving only, no part of a reference code."""
    years: str
    retention: str
    first_code: str
    """起止档号"""
    last_code: str
    volumes: int = 0
    items: int = 0
    customers: str = ""
    series: str = ""
    location: str = ""
    """``库房一 · 3架 · 2层``"""
    barcode: str = ""
    """What the QR code says; the box number where it is empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxLabels:
    """Labels, eight on a sheet."""

    letterhead: Letterhead
    labels: tuple[BoxLabel, ...]
