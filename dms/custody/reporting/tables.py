"""How the tables of the reports are put together."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Final, TypeVar

from dms.domain.customer import CustomerGrade, CustomerNature, CustomerStatus, Side, VolumeAxis
from dms.domain.report import ColumnKind, ReportCell, ReportColumn, ReportTable
from dms.errors import Bilingual

TOTAL: Final = Bilingual("合计", "Total")
UNSTATED: Final = Bilingual("（未注明）", "(not stated)")
Grouped = TypeVar("Grouped")
NATURE_NAMES: Final = {
    CustomerNature.GOVERNMENT: Bilingual("政府机关", "government"),
    CustomerNature.SPECIAL: Bilingual("特殊客户", "special"),
    CustomerNature.ORDINARY: Bilingual("一般企业", "ordinary"),
    CustomerNature.INDIVIDUAL: Bilingual("个人", "individual"),
    CustomerNature.PARTNER: Bilingual("合作伙伴", "partner"),
}
GRADE_NAMES: Final = {
    CustomerGrade.IMPORTANT: Bilingual("重要", "important"),
    CustomerGrade.SPECIAL: Bilingual("特殊", "special"),
    CustomerGrade.ORDINARY: Bilingual("一般", "ordinary"),
}
STATUS_NAMES: Final = {
    CustomerStatus.PROSPECT: Bilingual("未来客户", "prospect"),
    CustomerStatus.NEW: Bilingual("新客户", "new"),
    CustomerStatus.OLD: Bilingual("老客户", "old"),
    CustomerStatus.ENDED: Bilingual("终止往来", "ended"),
}
AXIS_NAMES: Final = {
    VolumeAxis.MAIN: Bilingual("主力客户", "main"),
    VolumeAxis.GENERAL: Bilingual("一般客户", "general"),
    VolumeAxis.SCATTERED: Bilingual("零散客户", "scattered"),
}
SIDE_NAMES: Final = {
    Side.CUSTOMER: Bilingual("客户", "customer"),
    Side.SUPPLIER: Bilingual("供应商", "supplier"),
    Side.SERVICE_PROVIDER: Bilingual("服务商", "service provider"),
}
SECRECY_NAMES: Final = {
    1: Bilingual("一级", "grade 1"),
    2: Bilingual("二级", "grade 2"),
    3: Bilingual("三级", "grade 3"),
}


def column(zh: str, en: str, kind: ColumnKind = ColumnKind.COUNT) -> ReportColumn:
    """One column."""
    return ReportColumn(name=Bilingual(zh, en), kind=kind)


def text_column(zh: str, en: str) -> ReportColumn:
    """A column of names."""
    return column(zh, en, ColumnKind.TEXT)


def grouped(entries: Iterable[Grouped], key: Callable[[Grouped], object]) -> dict[object, list[Grouped]]:
    """The entries by what the key says of each, in the order of their first."""
    groups: dict[object, list[Grouped]] = {}
    for entry in entries:
        groups.setdefault(key(entry), []).append(entry)
    return groups


def totals(columns: Sequence[ReportColumn], rows: Sequence[Sequence[ReportCell]]) -> tuple[ReportCell, ...]:
    """The last line: counts and amounts summed up, nothing under names, shares and days."""
    if not rows:
        return ()
    sums: list[ReportCell] = [TOTAL]
    for place, one in enumerate(columns[1:], start=1):
        figures = [value for row in rows if isinstance(value := row[place], int | Decimal)]
        adds_up = one.kind in (ColumnKind.COUNT, ColumnKind.AMOUNT)
        sums.append(_sum(figures, one.kind) if adds_up else None)
    return tuple(sums)


def table(
    title: Bilingual,
    columns: Sequence[ReportColumn],
    rows: Sequence[Sequence[ReportCell]],
    *,
    drawn: int | None = None,
    note: Bilingual | None = None,
) -> ReportTable:
    """A table with its last line."""
    return ReportTable(
        title=title,
        columns=tuple(columns),
        rows=tuple(tuple(row) for row in rows),
        totals=totals(columns, rows),
        drawn=drawn if rows else None,
        note=note,
    )


def _sum(figures: Sequence[int | Decimal], kind: ColumnKind) -> int | Decimal:
    if kind is ColumnKind.AMOUNT:
        return sum((Decimal(value) for value in figures), Decimal(0))
    return sum(int(value) for value in figures)
