"""归档工作检查表: what each department owes the archive (C12-09)."""

from collections.abc import Mapping
from datetime import date

from dms.custody.reporting.tables import UNSTATED, column, grouped, table, text_column
from dms.domain.actor import Actor
from dms.domain.report import ReportPeriod, ReportTable
from dms.domain.transfer import TransferState
from dms.errors import Bilingual
from dms.store import UnitOfWork

_MANY = 1_000_000


def inspection_tables(
    actor: Actor, period: ReportPeriod, missing: Mapping[str, int], *, today: date, work: UnitOfWork
) -> tuple[ReportTable, ...]:
    """One line a department; `missing` says how many papers each is to bring (from the checklists)."""
    contracts = grouped(work.statistics.contracts(actor=actor), lambda each: each.department)
    waiting = work.statistics.waiting_by_department(actor=actor)
    borrowed = work.statistics.loans_overdue_by_department(actor=actor, today=today)
    accepted = work.transfers.page(states=[TransferState.ACCEPTED], year=period.year, actor=actor, limit=_MANY)[1]
    handed = grouped(accepted, lambda each: each.from_department)
    late = grouped(work.transfers.overdue(today, actor=actor), lambda each: each.from_department)
    names = {str(name) for groups in (contracts, waiting, borrowed, handed, late, missing) for name in groups}
    columns = (
        text_column("部门", "Department"),
        column("在履合同", "Contracts running"),
        column("本期签订", "Signed"),
        column("本年移交批次", "Batches accepted"),
        column("逾期未移交批次", "Batches overdue"),
        column("缺项", "Missing papers"),
        column("待核对件", "Waiting to be confirmed"),
        column("逾期未还", "Loans overdue"),
    )
    rows = []
    for name in sorted(names):
        known = contracts.get(name, [])
        signed = [each for each in known if each.signed_on and period.first_on <= each.signed_on <= period.last_on]
        running = sum(each.closed_on is None for each in known)
        rows.append(
            (
                name or UNSTATED,
                running,
                len(signed),
                len(handed.get(name, [])),
                len(late.get(name, [])),
                missing.get(name, 0),
                waiting.get(name, 0),
                borrowed.get(name, 0),
            )
        )
    note = Bilingual(
        "逾期、缺项、待核对和逾期未还均为编制当日的情况。",
        "What is overdue, missing or waiting is as of the day of the report.",
    )
    title = Bilingual("各部门归档情况", "What the departments owe")
    return (table(title, columns, rows, drawn=5, note=note),)
