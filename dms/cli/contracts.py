"""``dms contract``: the contract ledger, what is missing, and spreadsheets in and out."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from dms.cli.errors import PathUnreadable
from dms.cli.reports import require_new, write_report
from dms.cli.session import Session, answer, with_session
from dms.domain.contract import ContractState
from dms.domain.item import Item
from dms.domain.missing_paper import MissingPaper, MissingReason
from dms.filing.ledger import (
    STATE_NAMES,
    ContractFile,
    ImportPlan,
    LedgerEntry,
    LedgerWish,
    MissingEntry,
    MissingWish,
    RowFate,
    RowProblem,
    RowsRefused,
    StateChange,
    change_contract_state,
    contract_file,
    contract_id_of,
    contract_ledger,
    export_ledger,
    export_missing,
    import_contracts,
    papers_missing,
    preview_import,
    told_reason,
)
from dms.printing import read_sheet
from dms.store import ContractOrder

DAY = click.DateTime(["%Y-%m-%d"])
STATES = click.Choice([state.value for state in ContractState])
CUSTOMER = click.option("--customer", "customer_code", help="Customer code 客户代码.")
DEPARTMENT = click.option("--department", help="Department that handles it 经办部门.")


@click.group("contract")
def contract_group() -> None:
    """The contract ledger 合同台账."""


def _choosing(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the `LedgerWish` that its options state."""

    @click.option("--words", default="", help="In number, title, handler or customer 关键词.")
    @CUSTOMER
    @DEPARTMENT
    @click.option("--state", "states", multiple=True, type=STATES, help="State 状态; may be given again.")
    @click.option("--signed-year", type=int, help="Year of signing 签订年度.")
    @click.option("--ends-by", type=DAY, help="Ends on this day or before 在此日之前到期.")
    @click.option("--order", type=click.Choice([order.value for order in ContractOrder]), default="newest_signed")
    @wraps(command)
    def run(*arguments: Any, states: tuple[str, ...], ends_by: datetime | None, order: str, **rest: Any) -> None:  # noqa: ANN401 -- by option
        names = ("words", "customer_code", "department", "signed_year")
        wish = LedgerWish(
            states=frozenset(map(ContractState, states)),
            ends_by_on=_day(ends_by),
            order=ContractOrder(order),
            limit=None,
            **{name: rest.pop(name) for name in names},
        )
        command(*arguments, wish=wish, **rest)

    return run


@contract_group.command("list")
@click.option("--json", "as_json", is_flag=True)
@_choosing
@with_session
def show_ledger(session: Session, *, wish: LedgerWish, as_json: bool) -> None:
    """List the contracts that fit."""
    with session.archive() as archive:
        ledger = contract_ledger(session.actor(archive), wish, archive=archive)
    if as_json:
        contracts = [_told_entry(entry) for entry in ledger.entries]
        answer({"total": ledger.total, "amount": f"{ledger.amount:.2f}", "contracts": contracts})
        return
    for entry in ledger.entries:
        facts = entry.contract.facts
        state = STATE_NAMES[facts.state].in_language(session.settings.language)
        click.echo(f"{facts.number:22} {facts.signed_on or '':10} {entry.customer.code:10} {state}  {facts.title}")


@contract_group.command("show")
@click.argument("number")
@CUSTOMER
@click.option("--json", "as_json", is_flag=True)
@with_session
def show_contract(session: Session, *, number: str, customer_code: str | None, as_json: bool) -> None:
    """Show one contract with all its papers and what is missing."""
    with session.archive() as archive:
        actor = session.actor(archive)
        contract_id = contract_id_of(actor, number, archive=archive, customer_code=customer_code)
        shown = contract_file(actor, contract_id, archive=archive)
    if as_json:
        answer(_told_contract(shown))
        return
    facts = shown.contract.facts
    state = STATE_NAMES[facts.state].in_language(session.settings.language)
    click.echo(f"{facts.number}  {facts.title}  {state}  {shown.customer.code} {shown.customer.name}")
    for paper in shown.papers:
        click.echo(f"  {paper.classification.doc_on or '':10}  {_place(paper, shown):32} {paper.title}")
    for each in shown.missing:
        click.echo(f"  {session.text('缺', 'missing')}: {session.text(each.requirement.zh, each.requirement.en)}")


@contract_group.command("state")
@click.argument("number")
@click.argument("becomes", type=STATES)
@CUSTOMER
@click.option("--on", "happened_at", type=DAY, help="Day of performance or termination 日期.")
@click.option("--settled", "settled_at", type=DAY, help="Day of the last payment 结清日期.")
@click.option("--reason", default="", help="Why, where a closed contract runs again or is disputed 原因.")
@with_session
def change_state(
    session: Session,
    *,
    number: str,
    becomes: str,
    customer_code: str | None,
    happened_at: datetime | None,
    settled_at: datetime | None,
    reason: str,
) -> None:
    """Say what became of a contract."""
    change = StateChange(
        becomes=ContractState(becomes),
        happened_on=_day(happened_at),
        settled_on=_day(settled_at),
        reason=reason,
    )
    with session.archive() as archive:
        actor = session.actor(archive)
        contract_id = contract_id_of(actor, number, archive=archive, customer_code=customer_code)
        contract = change_contract_state(actor, contract_id, change, archive=archive)
    name = STATE_NAMES[contract.facts.state]
    session.say(f"合同 {contract.number} 现为“{name.zh}”", f"The contract {contract.number} is {name.en} now")


@contract_group.command("import")
@click.argument("workbook", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what would happen 只预览.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def import_ledger(session: Session, *, workbook: Path, dry_run: bool, as_json: bool) -> None:
    """Take over an .xlsx, whole or not at all; bad cells are named by row and column."""
    sheet = read_sheet(_bytes_of(workbook))
    with session.archive() as archive:
        actor = session.actor(archive)
        plan = preview_import(actor, sheet, archive=archive)
        for problem in plan.problems:
            _tell_problem(session, problem)
        if plan.problems and not (dry_run and as_json):
            raise RowsRefused(plan.problems)
        if not dry_run:
            import_contracts(actor, sheet, archive=archive, seen=plan.fingerprint)
    if as_json:
        answer(_told_plan(plan, dry_run=dry_run))
        return
    new, changed, same = (plan.count(fate) for fate in (RowFate.NEW, RowFate.CHANGED, RowFate.UNCHANGED))
    session.say(
        f"{'将' if dry_run else '已'}新增 {new} 份、修改 {changed} 份，不变 {same} 份",
        f"{'Would add' if dry_run else 'Added'} {new}, change{'' if dry_run else 'd'} {changed}; {same} are the same",
    )


@contract_group.command("export")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), required=True, help="The .xlsx 输出到.")
@_choosing
@with_session
def export_contracts(session: Session, *, wish: LedgerWish, target: Path) -> None:
    """Write the ledger as an .xlsx that can be changed and imported again."""
    require_new(target)
    with session.archive() as archive:
        write_report(target, export_ledger(session.actor(archive), wish, archive=archive))
    session.say(f"已写入 {target}", f"Written to {target}")


@contract_group.command("missing")
@CUSTOMER
@DEPARTMENT
@click.option("--contract", "number", help="Contract number 合同编号.")
@click.option("--why", type=click.Choice([reason.value for reason in MissingReason]), help="Only for this reason 原因.")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="Write an .xlsx 输出到.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def show_missing(
    session: Session,
    *,
    customer_code: str | None,
    department: str | None,
    number: str | None,
    why: str | None,
    target: Path | None,
    as_json: bool,
) -> None:
    """List the papers that customer files and contracts lack 补充资料清单."""
    require_new(target)
    with session.archive() as archive:
        actor = session.actor(archive)
        contract_id = contract_id_of(actor, number, archive=archive, customer_code=customer_code) if number else None
        because = MissingReason(why) if why else None
        wish = MissingWish(department=department, customer_code=customer_code, contract_id=contract_id, because=because)
        found = papers_missing(actor, wish, archive=archive)
        if target is not None:
            write_report(target, export_missing(actor, wish, archive=archive))
    if as_json:
        entries = [_told_missing(entry) for entry in found.entries]
        answer({"total": found.total, "on": found.asked_on.isoformat(), "missing": entries})
        return
    for entry in found.entries:
        number = entry.contract.number if entry.contract else ""
        paper, reason = entry.paper.requirement, told_reason(entry).in_language(session.settings.language)
        named = session.text(paper.zh, paper.en)
        click.echo(f"{entry.paper.department:12} {entry.customer.code:10} {number:22} {named}  {reason}".rstrip())


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PathUnreadable(path) from error


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _place(paper: Item, shown: ContractFile) -> str:
    if paper.placement and paper.placement.reference_code:
        return paper.placement.reference_code
    volume = shown.volumes.get(paper.volume_id) if paper.volume_id is not None else None
    return (volume.reference_code or f"{volume.series_code}·{volume.year}") if volume else ""


def _tell_problem(session: Session, problem: RowProblem) -> None:
    place = f"{problem.column}{problem.row}"
    session.say(f"{place}：{problem.what.zh}", f"{place}: {problem.what.en}")


def _told_entry(entry: LedgerEntry) -> dict[str, Any]:
    facts = entry.contract.facts
    days = ("signed_on", "effective_on", "ends_on", "performed_on", "settled_on", "warranty_ends_on", "terminated_on")
    return {
        "number": facts.number,
        "title": facts.title,
        "customer": entry.customer.code,
        "customer_name": entry.customer.name,
        "department": facts.department,
        "handler": facts.handler,
        "state": facts.state.value,
        "amount": None if facts.amount is None else f"{facts.amount:.2f}",
        "items": entry.item_count,
    } | {name: day.isoformat() if (day := getattr(facts, name)) else None for name in days}


def _told_contract(shown: ContractFile) -> dict[str, Any]:
    entry = LedgerEntry(contract=shown.contract, customer=shown.customer, item_count=shown.papers_total)
    return _told_entry(entry) | {
        "parties": [{"role": party.role, "name": party.name} for party in shown.contract.facts.parties],
        "framework": shown.contract.facts.framework_no,
        "orders": [each.number for each in shown.orders],
        "papers": [_told_paper(paper, shown) for paper in shown.papers],
        "missing": [_told_requirement(paper) for paper in shown.missing],
    }


def _told_paper(paper: Item, shown: ContractFile) -> dict[str, Any]:
    stated = paper.classification
    return {
        "item_id": paper.id,
        "title": paper.title,
        "type": stated.type_code,
        "date": stated.doc_on.isoformat() if stated.doc_on else None,
        "year": stated.year,
        "state": paper.state.value,
        "reference_code": paper.placement.reference_code if paper.placement else None,
        "place": _place(paper, shown),
    }


def _told_requirement(paper: MissingPaper) -> dict[str, Any]:
    asked = paper.requirement
    return {
        "code": asked.code,
        "zh": asked.zh,
        "en": asked.en,
        "types": sorted(asked.types),
        "why": paper.because.value,
    }


def _told_missing(entry: MissingEntry) -> dict[str, Any]:
    return _told_requirement(entry.paper) | {
        "department": entry.paper.department,
        "customer": entry.customer.code,
        "contract": entry.contract.number if entry.contract else None,
        "expired_on": entry.expired_on.isoformat() if entry.expired_on else None,
    }


def _told_plan(plan: ImportPlan, *, dry_run: bool) -> dict[str, Any]:
    problems = [
        {"row": each.row, "column": each.column, "field": each.field.value, "zh": each.what.zh, "en": each.what.en}
        for each in plan.problems
    ]
    counts = {fate.value: plan.count(fate) for fate in RowFate}
    return {"dry_run": dry_run, **counts, "ignored_columns": list(plan.ignored_columns), "problems": problems}
