"""``dms appraisal``: committees and the papers before them; opinions and decisions are given on the pages."""

from pathlib import Path
from typing import Any

import click

from dms.cli.reports import printed_as, require_new, write_report
from dms.cli.session import Session, answer, with_session
from dms.cli.usage import Misused
from dms.custody.appraising import (
    APPRAISAL_STATE_NAMES,
    OF_APPRAISALS,
    AppraisalStated,
    AppraisalSummary,
    DisposalPrint,
    PutBefore,
    appraisal_id_of,
    begin_appraisal,
    list_appraisals,
    print_appraisal_report,
    print_disposal,
    put_all_due_before,
    put_before,
    show_appraisal,
    submit_appraisal,
    withdraw_appraisal,
)
from dms.domain.appraisal import AppraisalCase, AppraisalState
from dms.domain.clock import local_day
from dms.domain.day import FIRST_YEAR, LAST_YEAR
from dms.errors import Bilingual
from dms.store import DueFilter

MOST_LISTED = 10_000
OUTPUT = click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="Where to write it 输出到 (.pdf|.xlsx)."
)


@click.group("appraisal")
def appraisal_group() -> None:
    """Appraisals 鉴定 of papers whose term has ended. CASE is a number 鉴定编号 or an id."""


@appraisal_group.command("list")
@click.option("--state", type=click.Choice([state.value for state in AppraisalState]), help="Only these 状态.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def list_all(session: Session, *, state: str | None, as_json: bool) -> None:
    """The appraisals, the newest first."""
    with session.archive() as archive:
        states = (AppraisalState(state),) if state else ()
        total, found = list_appraisals(session.actor(archive), archive=archive, states=states, limit=MOST_LISTED)
    if as_json:
        answer({"total": total, "appraisals": [_summary(each) for each in found]})
        return
    for each in found:
        name = APPRAISAL_STATE_NAMES[each.case.state]
        click.echo(f"{each.case.number}  {each.papers:>5}  {session.text(name.zh, name.en)}  {each.case.title}")


@appraisal_group.command("show")
@click.argument("case")
@click.option("--json", "as_json", is_flag=True)
@with_session
def show_one(session: Session, *, case: str, as_json: bool) -> None:
    """One appraisal with its papers and what was said of them."""
    with session.archive() as archive:
        actor = session.actor(archive)
        shown = show_appraisal(actor, appraisal_id_of(actor, case, archive=archive), archive=archive)
    if as_json:
        papers = [
            {
                "item_id": each.item.id,
                "title": each.item.title,
                "due_on": each.line.due_on.isoformat(),
                "opinions": {name: opinion.verdict.value for name, opinion in each.said.items()},
                "verdict": each.line.verdict.value if each.line.verdict else None,
                "years": each.line.years,
                "reason": each.line.reason,
            }
            for each in shown.lines
        ]
        answer(_case(shown.case) | {"papers": papers})
        return
    _told(session, shown.case)
    for each in shown.lines:
        click.echo(f"{each.line.position:>4}  {each.line.due_on}  {each.line.verdict or ''}  {each.item.title}")


@appraisal_group.command("begin")
@click.option("--title", required=True, help="鉴定名称.")
@click.option("--chair", required=True, metavar="USER", help="组长.")
@click.option("--member", "members", multiple=True, metavar="USER", help="小组成员; several times.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def begin_one(session: Session, *, title: str, chair: str, members: tuple[str, ...], as_json: bool) -> None:
    """Convene a committee of at least three."""
    with session.archive() as archive:
        stated = AppraisalStated(title=title, chair=chair, members=members)
        case = begin_appraisal(session.actor(archive), stated, archive=archive)
    _told(session, case, as_json=as_json)


@appraisal_group.command("add")
@click.argument("case")
@click.argument("items", nargs=-1)
@click.option("--all-due", is_flag=True, help="Everything that is due 全部期满资料.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def add_papers(session: Session, *, case: str, items: tuple[str, ...], all_due: bool, as_json: bool) -> None:
    """Put due papers, named by their ids, before a committee that was not asked yet."""
    if bool(items) == all_due:
        raise Misused(
            Bilingual("请写出资料编号，或用 --all-due，二者选一。", "Name papers, or say --all-due; one of both.")
        )
    with session.archive() as archive:
        actor = session.actor(archive)
        key = appraisal_id_of(actor, case, archive=archive)
        put: PutBefore = (
            put_all_due_before(actor, key, DueFilter(), archive=archive)
            if all_due
            else put_before(actor, key, items, archive=archive)
        )
    if as_json:
        answer({"papers": put.papers, "left_out": {name: why.value for name, why in put.left_out}})
        return
    session.say(
        f"已列入 {put.papers} 件，未列入 {len(put.left_out)} 件",
        f"{put.papers} papers were added, {len(put.left_out)} left out",
    )


@appraisal_group.command("submit")
@click.argument("case")
@click.option("--json", "as_json", is_flag=True)
@with_session
def submit_one(session: Session, *, case: str, as_json: bool) -> None:
    """Lay the papers before the committee; its members speak and decide on the pages."""
    with session.archive() as archive:
        actor = session.actor(archive)
        done = submit_appraisal(actor, appraisal_id_of(actor, case, archive=archive), archive=archive)
    _told(session, done, as_json=as_json)


@appraisal_group.command("withdraw")
@click.argument("case")
@click.option("--reason", required=True, help="Why 撤销原因.")
@click.option("--yes", is_flag=True, help="Do not ask 不再询问.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def give_up(session: Session, *, case: str, reason: str, yes: bool, as_json: bool) -> None:
    """Give an appraisal up before it was decided; its papers are due as before."""
    session.require_consent(f"撤销鉴定 {case}？", f"Withdraw {case}?", given=yes)
    with session.archive() as archive:
        actor = session.actor(archive)
        done = withdraw_appraisal(actor, appraisal_id_of(actor, case, archive=archive), reason, archive=archive)
    _told(session, done, as_json=as_json)


@appraisal_group.command("print")
@click.argument("case")
@click.option(
    "--form",
    "form_name",
    type=click.Choice(sorted(each.value for each in OF_APPRAISALS)),
    default=DisposalPrint.OPINION.value,
    help="鉴定意见书 or 续存清单.",
)
@OUTPUT
@with_session
def print_one(session: Session, *, case: str, form_name: str, output: Path) -> None:
    """The written opinion of a committee, or the list of extended terms."""
    form = printed_as(output)
    require_new(output)
    with session.archive() as archive:
        actor = session.actor(archive)
        key = appraisal_id_of(actor, case, archive=archive)
        printed = print_disposal(actor, DisposalPrint(form_name), key, form, archive=archive)
    write_report(output, printed.content)
    session.say(f"已写入 {output}", f"Written to {output}")


@appraisal_group.command("report")
@click.option("--year", type=click.IntRange(FIRST_YEAR, LAST_YEAR), help="Year 年度; this one if left out.")
@OUTPUT
@with_session
def print_report_of_year(session: Session, *, year: int | None, output: Path) -> None:
    """The report on the appraisals of a year 鉴定工作报告."""
    form = printed_as(output)
    require_new(output)
    with session.archive() as archive:
        chosen = year or local_day(archive.now()).year
        printed = print_appraisal_report(session.actor(archive), chosen, form, archive=archive)
    write_report(output, printed.content)
    session.say(f"已写入 {output}", f"Written to {output}")


def _summary(each: AppraisalSummary) -> dict[str, Any]:
    counts = {verdict.value: count for verdict, count in each.counts.items() if verdict}
    return _case(each.case) | {"papers": each.papers, "verdicts": counts}


def _case(case: AppraisalCase) -> dict[str, Any]:
    return {
        "id": case.id,
        "number": case.number,
        "title": case.title,
        "state": case.state.value,
        "chair": case.chair,
        "members": list(case.members),
        "begun_at": case.begun_at.isoformat(),
        "decided_at": case.decided_at.isoformat() if case.decided_at else None,
    }


def _told(session: Session, case: AppraisalCase, *, as_json: bool = False) -> None:
    if as_json:
        answer(_case(case))
        return
    state = APPRAISAL_STATE_NAMES[case.state]
    session.say(f"鉴定 {case.number}：{state.zh}", f"Appraisal {case.number}: {state.en}")
