"""``dms report``: statistics as a table of numbers or a document, what was handed in, and the guide to the fonds."""

from pathlib import Path

import click

from dms.archive import Archive
from dms.cli.reports import printed_as, require_new, write_report
from dms.cli.session import Session, answer, with_session
from dms.cli.usage import Misused
from dms.custody.reporting import (
    REPORT_TITLES,
    ReportWish,
    hand_in_report,
    make_report,
    print_guide,
    print_report,
    report_json,
    reports_handed_in,
    take_handed_in,
)
from dms.domain.actor import Actor
from dms.domain.clock import local_day
from dms.domain.day import FIRST_YEAR, LAST_YEAR
from dms.domain.report import Report, ReportCell, ReportName, ReportPeriod, first_half, period_due, whole_year
from dms.errors import Bilingual
from dms.filing.ledger import MissingWish, papers_missing

_YEAR = click.option(
    "--year", type=click.IntRange(FIRST_YEAR, LAST_YEAR), help="Year 年度; the last one due if left out."
)
_HALF = click.option("--half", is_flag=True, help="The first half of the year 上半年.")
_DEPARTMENT = click.option("--department", help="部门; every one if left out.")
_CUSTOMER = click.option("--customer", "customer_code", help="Customer code 客户代码.")
_NAME = click.argument("name", type=click.Choice([name.value.replace("_", "-") for name in ReportName]))


@click.group("report")
def report_group() -> None:
    """Statistics 统计报表, what was handed in 报送存查, and the guide to the fonds 全宗指南."""


def _add_command(name: ReportName) -> None:
    """Give the group the command that makes out one report."""

    def run(  # one parameter an option
        session: Session,
        *,
        year: int | None,
        half: bool,
        department: str | None,
        customer_code: str | None = None,
        output: Path | None,
        as_json: bool,
    ) -> None:
        require_new(output)
        form = printed_as(output) if output else None
        with session.archive() as archive:
            actor = session.actor(archive)
            wish = _wish(actor, name, _period(archive, year, half=half), department, customer_code, archive=archive)
            if form and output:
                write_report(output, print_report(actor, wish, form, archive=archive).content)
                _tell_written(session, output, as_json=as_json)
                return
            report = make_report(actor, wish, archive=archive)
        if as_json:
            answer(report_json(report))
            return
        _print_out(session, report)

    command = click.option("--json", "as_json", is_flag=True)(with_session(run))
    command = click.option("-o", "--output", type=click.Path(path_type=Path), help="Write it, .pdf or .xlsx 输出到.")(
        command
    )
    if name is ReportName.CUSTOMER_YEARS:
        command = _CUSTOMER(command)
    command = _YEAR(_HALF(_DEPARTMENT(command)))
    title = REPORT_TITLES[name]
    report_group.command(name.value.replace("_", "-"), help=f"{title.en} {title.zh}.")(command)


for _name in ReportName:
    _add_command(_name)


@report_group.command("hand-in")
@_NAME
@_YEAR
@_HALF
@_DEPARTMENT
@click.option("--to", "recipient", required=True, help="To whom 报送单位.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def hand_in(  # one parameter an option
    session: Session,
    *,
    name: str,
    year: int | None,
    half: bool,
    department: str | None,
    recipient: str,
    as_json: bool,
) -> None:
    """Hand a report in: its bytes are kept as they are; done by a person (--as)."""
    with session.archive() as archive:
        actor = session.actor(archive)
        wanted = ReportName(name.replace("-", "_"))
        wish = _wish(actor, wanted, _period(archive, year, half=half), department, None, archive=archive)
        kept = hand_in_report(actor, wish, recipient, archive=archive)
    if as_json:
        answer({"id": kept.id, "title": kept.title, "recipient": kept.recipient, "sha256": kept.digest})
        return
    session.say(f"已报送，存查编号 {kept.id}", f"Handed in, number {kept.id}")


@report_group.command("handed-in")
@click.argument("number", type=int, required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the report NUMBER as it was handed in.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def handed_in(session: Session, *, number: int | None, output: Path | None, as_json: bool) -> None:
    """List what was handed in, or write one of them as it was."""
    if (number is None) is not (output is None):
        raise Misused(Bilingual("编号与 -o 要同时给出。", "Give the number together with -o."))
    require_new(output)
    with session.archive() as archive:
        actor = session.actor(archive)
        if number is not None and output is not None:
            write_report(output, take_handed_in(actor, number, archive=archive).content)
            _tell_written(session, output, as_json=as_json)
            return
        found = reports_handed_in(actor, archive=archive)
    rows = [
        {
            "id": each.id,
            "title": each.title,
            "recipient": each.recipient,
            "by": each.handed_in_by,
            "at": each.handed_in_at.isoformat(),
            "sha256": each.digest,
        }
        for each in found
    ]
    if as_json:
        answer({"total": len(rows), "reports": rows})
        return
    for row in rows:
        click.echo(f"{row['id']:5} {row['title']}  {row['recipient']}  {row['by']}  {str(row['at'])[:10]}")


@report_group.command("fonds-guide")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Write it as .pdf 输出到.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def fonds_guide(session: Session, *, output: Path, as_json: bool) -> None:
    """Write the guide to the fonds 全宗指南, its holdings counted now."""
    if output.suffix.lower() != ".pdf":
        raise Misused(Bilingual("-o 的文件名须以 .pdf 结尾。", "The name given by -o must end in .pdf."))
    require_new(output)
    with session.archive() as archive:
        write_report(output, print_guide(session.actor(archive), archive=archive).content)
    _tell_written(session, output, as_json=as_json)


def _wish(  # what a report is asked for
    actor: Actor,
    wanted: ReportName,
    period: ReportPeriod,
    department: str | None,
    customer_code: str | None,
    *,
    archive: Archive,
) -> ReportWish:
    missing: dict[str, int] = {}
    if wanted is ReportName.INSPECTION:
        missing = dict(papers_missing(actor, MissingWish(limit=0), archive=archive).by_department)
    return ReportWish(name=wanted, period=period, department=department, customer_code=customer_code, missing=missing)


def _period(archive: Archive, year: int | None, *, half: bool) -> ReportPeriod:
    due = period_due(local_day(archive.now()))
    if year is None:
        return first_half(due.year) if half else due
    return first_half(year) if half else whole_year(year)


def _tell_written(session: Session, output: Path, *, as_json: bool) -> None:
    if as_json:
        answer({"path": str(output), "bytes": output.stat().st_size})
        return
    session.say(f"已写入 {output}", f"Written to {output}")


def _print_out(session: Session, report: Report) -> None:
    title = REPORT_TITLES[report.name]
    click.echo(session.text(f"{title.zh} {report.period.told.zh}", f"{title.en}, {report.period.told.en}"))
    for table in report.tables:
        click.echo(f"\n## {session.text(table.title.zh, table.title.en)}")
        click.echo("\t".join(session.text(column.name.zh, column.name.en) for column in table.columns))
        for row in (*table.rows, *([table.totals] if table.totals else [])):
            click.echo("\t".join(_told(session, cell) for cell in row))


def _told(session: Session, cell: ReportCell) -> str:
    if isinstance(cell, Bilingual):
        return session.text(cell.zh, cell.en)
    return "" if cell is None else str(cell)
