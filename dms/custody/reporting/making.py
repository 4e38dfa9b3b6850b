"""Making a report out: which figures, of what period, as far as the asker sees."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from dms.archive import Archive
from dms.custody.reporting.archive_figures import archive_tables
from dms.custody.reporting.contract_figures import contract_tables
from dms.custody.reporting.customer_figures import customer_class_tables, customer_year_tables
from dms.custody.reporting.inspection_figures import inspection_tables
from dms.domain.actor import Actor, Permission
from dms.domain.clock import local_day
from dms.domain.report import Report, ReportName, ReportPeriod, ReportTable
from dms.errors import Bilingual
from dms.store import UnitOfWork

REPORT_TITLES: Final[dict[ReportName, Bilingual]] = {
    ReportName.CONTRACTS: Bilingual("合同统计表", "Statistics of contracts"),
    ReportName.ARCHIVE: Bilingual("档案工作统计表", "Statistics of the archive"),
    ReportName.CUSTOMER_YEARS: Bilingual("客户业绩档案汇总表", "Customers by year"),
    ReportName.CUSTOMER_CLASSES: Bilingual("客户归类汇总表", "Customers by class"),
    ReportName.INSPECTION: Bilingual("归档工作检查表", "Inspection of departments"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWish:
    """Which report is wanted."""

    name: ReportName
    period: ReportPeriod
    department: str | None = None
    """None for every department that the asker sees; not asked of the archive's and the inspection's report."""
    customer_code: str | None = None
    """For the summary of one customer."""
    missing: Mapping[str, int] = field(default_factory=dict)
    """By department how many papers it is to bring; for the inspection report alone."""


def make_report(actor: Actor, wish: ReportWish, *, archive: Archive) -> Report:
    """The report with the figures of this moment; journaled, for figures tell of papers (I6)."""
    actor.require(Permission.READ_REPORTS)
    with archive.looking() as view:
        report = report_in(actor, wish, archive=archive, work=view)
    with archive.begin() as work:
        told = {"period": wish.period.told.zh, "department": wish.department or ""}
        archive.record(work, actor, "report_made", f"report/{wish.name.value}", **told)
    return report


def report_in(actor: Actor, wish: ReportWish, *, archive: Archive, work: UnitOfWork) -> Report:
    """The report as one transaction shows it."""
    return Report(
        name=wish.name,
        title=REPORT_TITLES[wish.name],
        period=wish.period,
        facts=tuple((name, value) for name, value in _facts(actor, wish) if value.zh),
        tables=_tables(actor, wish, archive=archive, work=work),
        made_at=archive.now(),
        made_by=actor.name,
    )


def _tables(actor: Actor, wish: ReportWish, *, archive: Archive, work: UnitOfWork) -> tuple[ReportTable, ...]:
    today = local_day(archive.now())
    match wish.name:
        case ReportName.CONTRACTS:
            return contract_tables(actor, wish.period, department=wish.department, work=work)
        case ReportName.ARCHIVE:
            return archive_tables(actor, wish.period, today=today, work=work)
        case ReportName.CUSTOMER_YEARS:
            return customer_year_tables(
                actor, wish.period, department=wish.department, customer_code=wish.customer_code, work=work
            )
        case ReportName.CUSTOMER_CLASSES:
            return customer_class_tables(actor, department=wish.department, work=work)
        case ReportName.INSPECTION:
            return inspection_tables(actor, wish.period, wish.missing, today=today, work=work)


def _facts(actor: Actor, wish: ReportWish) -> tuple[tuple[Bilingual, Bilingual], ...]:
    first_on, last_on = wish.period.first_on, wish.period.last_on
    return (
        (Bilingual("统计期间", "Period"), wish.period.told),
        (Bilingual("起止日期", "From and to"), Bilingual(f"{first_on} 至 {last_on}", f"{first_on} to {last_on}")),
        (Bilingual("部门", "Department"), _as_named(wish.department)),
        (Bilingual("客户", "Customer"), _as_named(wish.customer_code)),
        (Bilingual("统计范围", "Reach"), _reach(actor)),
    )


def _reach(actor: Actor) -> Bilingual:
    if actor.departments is None:
        return Bilingual("全公司", "the whole company")
    listed = "、".join(sorted(actor.departments))
    return _as_named(listed) if listed else Bilingual("本公司公共客户", "customers of the whole company")


def _as_named(name: str | None) -> Bilingual:
    return Bilingual(name or "", name or "")
