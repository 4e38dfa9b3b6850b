"""合同统计表: the contracts signed in a period, and those in hand at its end (C14-01)."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from dms.custody.reporting.tables import (
    GRADE_NAMES,
    NATURE_NAMES,
    SIDE_NAMES,
    UNSTATED,
    column,
    grouped,
    table,
    text_column,
)
from dms.domain.actor import Actor
from dms.domain.contract import ContractState
from dms.domain.customer import Side
from dms.domain.report import ColumnKind, ReportCell, ReportPeriod, ReportTable
from dms.errors import Bilingual
from dms.store import CountedContract, CountedCustomer, UnitOfWork

_STATES = {
    ContractState.NEGOTIATING: ("谈判", "negotiating"),
    ContractState.RUNNING: ("履行中", "running"),
    ContractState.PERFORMED: ("履行完毕", "performed"),
    ContractState.TERMINATED: ("终止", "terminated"),
    ContractState.DISPUTED: ("争议", "disputed"),
}
_FIGURES = (
    column("合同份数", "Contracts"),
    column("合同金额（元）", "Amount (yuan)", ColumnKind.AMOUNT),
    column("未注明金额", "Without amount"),
    *(column(zh, en) for zh, en in _STATES.values()),
)


def contract_tables(
    actor: Actor, period: ReportPeriod, *, department: str | None, work: UnitOfWork
) -> tuple[ReportTable, ...]:
    """The tables of the statistics of contracts; `department` narrows them to those that it handles."""
    contracts = [
        each for each in work.statistics.contracts(actor=actor) if department is None or each.department == department
    ]
    signed = [each for each in contracts if each.signed_on and period.first_on <= each.signed_on <= period.last_on]
    customers = {each.id: each for each in work.statistics.customers(actor=actor)}
    return (
        _movement(contracts, period),
        _by_nature(signed, customers),
        _by_side(signed, customers),
        _by_grade(signed, customers),
        _by_department(signed),
        _by_month(signed, period),
    )


def _movement(contracts: Sequence[CountedContract], period: ReportPeriod) -> ReportTable:
    """What ran before, came, ended, and runs at the end, by department."""
    columns = (
        text_column("责任部门", "Department"),
        column("期初在履", "Running before"),
        column("本期签订", "Signed"),
        column("本期办结", "Closed"),
        column("期末在履", "Running at the end"),
        column("期末在履金额（元）", "Amount running (yuan)", ColumnKind.AMOUNT),
        column("其中争议", "Disputed"),
    )
    rows = [
        (_department(name), *_moved(group, period))
        for name, group in sorted(
            grouped(contracts, lambda each: each.department).items(), key=lambda pair: str(pair[0])
        )
    ]
    note = Bilingual(
        "签订日期未登记的合同计入期初；办结日期取履行、结清、质保期满和终止中最晚的一日。",
        "A contract without a day of signing counts as running before; one is closed on the last of its closing days.",
    )
    return table(Bilingual("合同增减与在履情况", "Contracts running, signed and closed"), columns, rows, note=note)


def _moved(group: Sequence[CountedContract], period: ReportPeriod) -> tuple[ReportCell, ...]:
    known = [each for each in group if each.signed_on is None or each.signed_on <= period.last_on]
    before = [each for each in known if each.signed_on is None or each.signed_on < period.first_on]
    running_before = [each for each in before if each.closed_on is None or each.closed_on >= period.first_on]
    closed = [each for each in known if each.closed_on and period.first_on <= each.closed_on <= period.last_on]
    running = [each for each in known if each.closed_on is None or each.closed_on > period.last_on]
    disputed = sum(each.state is ContractState.DISPUTED for each in running)
    return len(running_before), len(known) - len(before), len(closed), len(running), _amount(running), disputed


def _by_nature(signed: Sequence[CountedContract], customers: dict[int, CountedCustomer]) -> ReportTable:
    groups = grouped(signed, lambda each: customers[each.customer_id].nature if each.customer_id in customers else None)
    rows = [(name, *_figures(groups.get(nature, []))) for nature, name in NATURE_NAMES.items()]
    return _signed_table("按客户性质", "By nature of the customer", "客户性质", "Nature", _with_rest(rows, groups))


def _by_side(signed: Sequence[CountedContract], customers: dict[int, CountedCustomer]) -> ReportTable:
    """A party on several sides counts as a customer first."""
    groups = grouped(
        signed, lambda each: _first_side(customers[each.customer_id]) if each.customer_id in customers else None
    )
    rows = [(name, *_figures(groups.get(side, []))) for side, name in SIDE_NAMES.items()]
    return _signed_table("按往来方向", "By side", "往来方向", "Side", _with_rest(rows, groups))


def _by_grade(signed: Sequence[CountedContract], customers: dict[int, CountedCustomer]) -> ReportTable:
    groups = grouped(signed, lambda each: customers[each.customer_id].grade if each.customer_id in customers else None)
    rows = [(name, *_figures(groups.get(grade, []))) for grade, name in GRADE_NAMES.items()]
    return _signed_table("按客户等级", "By grade of the customer", "客户等级", "Grade", _with_rest(rows, groups))


def _with_rest(
    rows: Sequence[Sequence[ReportCell]], groups: dict[object, list[CountedContract]]
) -> Sequence[Sequence[ReportCell]]:
    """With a line for contracts whose customer was merged into another, where there are any."""
    return [*rows, (UNSTATED, *_figures(groups[None]))] if groups.get(None) else rows


def _by_department(signed: Sequence[CountedContract]) -> ReportTable:
    groups = grouped(signed, lambda each: each.department)
    rows = [(_department(name), *_figures(groups[name])) for name in sorted(groups, key=str)]
    return _signed_table("按责任部门", "By department", "责任部门", "Department", rows)


def _by_month(signed: Sequence[CountedContract], period: ReportPeriod) -> ReportTable:
    months = range(period.first_on.month, period.last_on.month + 1)
    rows = [
        (
            Bilingual(f"{month}月", f"{period.year}-{month:02}"),
            *_figures([each for each in signed if each.signed_on and each.signed_on.month == month]),
        )
        for month in months
    ]
    return _signed_table("按签订月份", "By month of signing", "月份", "Month", rows)


def _signed_table(zh: str, en: str, head_zh: str, head_en: str, rows: Sequence[Sequence[ReportCell]]) -> ReportTable:
    title = Bilingual(f"本期签订合同（{zh}）", f"Contracts signed: {en.lower()}")
    return table(title, (text_column(head_zh, head_en), *_FIGURES), rows, drawn=1)


def _figures(group: Sequence[CountedContract]) -> tuple[ReportCell, ...]:
    unstated = sum(each.amount is None for each in group)
    return len(group), _amount(group), unstated, *(sum(each.state is state for each in group) for state in _STATES)


def _amount(group: Iterable[CountedContract]) -> Decimal:
    return sum((each.amount for each in group if each.amount is not None), Decimal(0))


def _first_side(known: CountedCustomer) -> Side:
    return next(side for side in SIDE_NAMES if side in known.sides or not known.sides)


def _department(name: object) -> Bilingual | str:
    return str(name) if name else UNSTATED
