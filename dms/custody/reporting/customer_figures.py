"""客户业绩档案汇总表 and 客户归类汇总表: customers by year, and how many there are of each class (C14-03, C14-09)."""

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from typing import Final, TypeVar

from dms.custody.reporting.tables import (
    AXIS_NAMES,
    GRADE_NAMES,
    NATURE_NAMES,
    SIDE_NAMES,
    STATUS_NAMES,
    column,
    grouped,
    table,
    text_column,
)
from dms.domain.actor import Actor
from dms.domain.report import ColumnKind, ReportCell, ReportColumn, ReportPeriod, ReportTable
from dms.errors import Bilingual
from dms.store import Counted, CountedContract, CountedCustomer, UnitOfWork

YEARS_SHOWN: Final = 5
MOST_CUSTOMERS: Final = 3000
"""In one report; more are seen in the ledger, or by department."""
Kind = TypeVar("Kind")
_ONE: Final = Counted(items=0, pages=0, sheets=0)


def customer_year_tables(
    actor: Actor, period: ReportPeriod, *, department: str | None, customer_code: str | None, work: UnitOfWork
) -> tuple[ReportTable, ...]:
    """Contracts, amounts and papers of every customer in the last years up to the one of the period."""
    years = tuple(range(period.year - YEARS_SHOWN + 1, period.year + 1))
    contracts = grouped(work.statistics.contracts(actor=actor), lambda each: each.customer_id)
    papers = work.statistics.papers_by_customer(actor=actor, years=years)
    known = [
        each
        for each in work.statistics.customers(actor=actor)
        if department in (None, each.department) and customer_code in (None, each.code)
    ]
    active = [each for each in known if contracts.get(each.id) or any((each.id, year) in papers for year in years)]
    shown = active[:MOST_CUSTOMERS]
    note = _left_out(len(active) - len(shown))
    return (
        _contracts(shown, years, contracts, note),
        _amounts(shown, years, contracts, note),
        _papers(shown, years, papers, note),
    )


def customer_class_tables(actor: Actor, *, department: str | None, work: UnitOfWork) -> tuple[ReportTable, ...]:
    """How many customers there are of each class, one table an axis, with their contracts."""
    contracts = grouped(work.statistics.contracts(actor=actor), lambda each: each.customer_id)
    known = [each for each in work.statistics.customers(actor=actor) if department in (None, each.department)]
    return (
        _class_table("客户等级", "Grade", GRADE_NAMES, lambda each: [each.grade], known, contracts),
        _class_table("客户性质", "Nature", NATURE_NAMES, lambda each: [each.nature], known, contracts),
        _class_table("往来状态", "Status", STATUS_NAMES, lambda each: [each.status], known, contracts),
        _class_table("立卷分类", "Filed as", AXIS_NAMES, lambda each: [each.volume_axis], known, contracts),
        _class_table("往来方向", "Side", SIDE_NAMES, lambda each: each.sides, known, contracts),
    )


def _contracts(
    shown: Sequence[CountedCustomer],
    years: Sequence[int],
    contracts: dict[object, list[CountedContract]],
    note: Bilingual | None,
) -> ReportTable:
    rows: list[tuple[ReportCell, ...]] = [
        (*_name(each), *counts, len(contracts.get(each.id, [])))
        for each in shown
        for counts in [[len(_signed_in(contracts.get(each.id, []), year)) for year in years]]
    ]
    columns = (*_NAMED, *_years(years, ColumnKind.COUNT), column("历年合计", "All years"))
    return table(Bilingual("合同份数（客户 × 签订年度）", "Contracts by customer and year"), columns, rows, note=note)


def _amounts(
    shown: Sequence[CountedCustomer],
    years: Sequence[int],
    contracts: dict[object, list[CountedContract]],
    note: Bilingual | None,
) -> ReportTable:
    rows: list[tuple[ReportCell, ...]] = [
        (
            *_name(each),
            *(_amount(_signed_in(contracts.get(each.id, []), year)) for year in years),
            _amount(contracts.get(each.id, [])),
        )
        for each in shown
    ]
    columns = (*_NAMED, *_years(years, ColumnKind.AMOUNT), column("历年合计", "All years", ColumnKind.AMOUNT))
    title = Bilingual("合同金额（元，客户 × 签订年度）", "Amounts (yuan) by customer and year")
    return table(title, columns, rows, note=note)


def _papers(
    shown: Sequence[CountedCustomer],
    years: Sequence[int],
    papers: Mapping[tuple[int, int], Counted],
    note: Bilingual | None,
) -> ReportTable:
    rows: list[tuple[ReportCell, ...]] = [
        (*_name(each), *counts, sum(counts))
        for each in shown
        for counts in [[papers.get((each.id, year), _ONE).items for year in years]]
    ]
    columns = (*_NAMED, *_years(years, ColumnKind.COUNT), column("五年合计", "Five years"))
    return table(
        Bilingual("归档资料件数（客户 × 年度）", "Papers filed by customer and year"), columns, rows, note=note
    )


def _class_table(
    zh: str,
    en: str,
    names: Mapping[Kind, Bilingual],
    classes: Callable[[CountedCustomer], Collection[Kind]],
    known: Sequence[CountedCustomer],
    contracts: dict[object, list[CountedContract]],
) -> ReportTable:
    rows: list[tuple[ReportCell, ...]] = []
    for key, name in names.items():
        here = [each for each in known if key in classes(each)]
        signed = [one for each in here for one in contracts.get(each.id, [])]
        running = sum(one.closed_on is None for one in signed)
        rows.append((name, len(here), len(signed), running, _amount(signed)))
    columns = (
        text_column(zh, en),
        column("客户数", "Customers"),
        column("合同份数", "Contracts"),
        column("其中在履", "running"),
        column("合同金额（元）", "Amount (yuan)", ColumnKind.AMOUNT),
    )
    return table(Bilingual(f"按{zh}", f"By {en.lower()}"), columns, rows, drawn=1)


_NAMED: Final = (text_column("编号", "Code"), text_column("客户名称", "Customer"))


def _name(each: CountedCustomer) -> tuple[str, str]:
    return each.code, each.name


def _years(years: Sequence[int], kind: ColumnKind) -> list[ReportColumn]:
    return [column(f"{year}年", str(year), kind) for year in years]


def _signed_in(contracts: Sequence[CountedContract], year: int) -> list[CountedContract]:
    return [each for each in contracts if each.signed_on and each.signed_on.year == year]


def _amount(contracts: Sequence[CountedContract]) -> Decimal:
    return sum((each.amount for each in contracts if each.amount is not None), Decimal(0))


def _left_out(count: int) -> Bilingual | None:
    if count <= 0:
        return None
    return Bilingual(
        f"另有 {count} 家客户未列出，请按部门或客户分别编制。",
        f"{count} more customers are left out; make the report out by department or customer.",
    )
