"""``dms destruction``: lists drawn up, shown, printed and gone on with; whoever signs does so on the pages."""

from pathlib import Path
from typing import Any

import click

from dms.cli.appraising import MOST_LISTED, OUTPUT
from dms.cli.reports import printed_as, require_new, write_report
from dms.cli.session import Session, answer, with_session
from dms.cli.usage import Misused
from dms.custody.appraising import (
    LIST_STATE_NAMES,
    OF_APPRAISALS,
    DisposalPrint,
    ListStated,
    ListSummary,
    appraisal_id_of,
    approver_stated,
    carry_out_list,
    draw_up_list,
    list_destructions,
    list_id_of,
    print_disposal,
    show_list,
    state_approver,
    submit_list,
    withdraw_list,
)
from dms.domain.destruction_list import DestructionList, ListState, Office
from dms.errors import Bilingual

_OFFICES = ", ".join(office.value for office in Office)
_FORMS = sorted(each.value for each in frozenset(DisposalPrint) - OF_APPRAISALS)


@click.group("destruction")
def destruction_group() -> None:
    """Destruction lists 销毁清册. LIST is a number 清册号 or an id. Signing is done on the pages, by each in person."""


@destruction_group.command("list")
@click.option("--state", type=click.Choice([state.value for state in ListState]), help="Only these 状态.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def list_all(session: Session, *, state: str | None, as_json: bool) -> None:
    """The lists, the newest first."""
    with session.archive() as archive:
        states = (ListState(state),) if state else ()
        total, found = list_destructions(session.actor(archive), archive=archive, states=states, limit=MOST_LISTED)
    if as_json:
        answer({"total": total, "lists": [_summary(each) for each in found]})
        return
    for each in found:
        name = LIST_STATE_NAMES[each.listed.state]
        click.echo(f"{each.listed.number}  {each.papers:>5}  {session.text(name.zh, name.en)}  {each.listed.title}")


@destruction_group.command("show")
@click.argument("name", metavar="LIST")
@click.option("--json", "as_json", is_flag=True)
@with_session
def show_one(session: Session, *, name: str, as_json: bool) -> None:
    """One list with its papers, its signatures and what became of each line."""
    with session.archive() as archive:
        actor = session.actor(archive)
        shown = show_list(actor, list_id_of(actor, name, archive=archive), archive=archive)
    if as_json:
        papers = [
            {
                "item_id": shown.item_ids.get(line.item_key),
                "reference_code": line.reference_code,
                "title": line.title,
                "due_on": line.due_on.isoformat(),
                "appraisal": line.case_number,
                "outcome": line.outcome.value,
                "spared": line.spared.value if line.spared else None,
            }
            for line in shown.lines
        ]
        answer(_facts(shown.listed) | {"papers": papers})
        return
    _told(session, shown.listed)
    for line in shown.lines:
        click.echo(f"{line.position:>4}  {line.outcome.value:<9}  {line.reference_code or '—'}  {line.title}")


@destruction_group.command("draw-up")
@click.option(
    "--case", "cases", multiple=True, metavar="CASE", help="Appraisals 鉴定; all that are decided if left out."
)
@click.option("--title", required=True, help="清册名称.")
@click.option("--method", default="", help="How the paper goes 销毁方式.")
@click.option("--place", default="", help="销毁地点.")
@click.option("--signer", "signers", multiple=True, metavar="OFFICE=USER", help=f"会签人; OFFICE is {_OFFICES}.")
@click.option("--supervisor", "supervisors", multiple=True, metavar="USER", help="监销人; twice.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def draw_up(  # one parameter an option
    session: Session,
    *,
    cases: tuple[str, ...],
    title: str,
    method: str,
    place: str,
    signers: tuple[str, ...],
    supervisors: tuple[str, ...],
    as_json: bool,
) -> None:
    """A draft of everything that committees agreed to destroy and that stands on no list."""
    stated = ListStated(
        title=title,
        method=method,
        place=place,
        signers=tuple(_signer(each) for each in signers),
        supervisors=supervisors,
    )
    with session.archive() as archive:
        actor = session.actor(archive)
        ids = [appraisal_id_of(actor, case, archive=archive) for case in cases]
        listed = draw_up_list(actor, stated, case_ids=ids, archive=archive)
    _told(session, listed, as_json=as_json)


@destruction_group.command("submit")
@click.argument("name", metavar="LIST")
@click.option("--json", "as_json", is_flag=True)
@with_session
def submit_one(session: Session, *, name: str, as_json: bool) -> None:
    """Lay a list before its signers."""
    with session.archive() as archive:
        actor = session.actor(archive)
        listed = submit_list(actor, list_id_of(actor, name, archive=archive), archive=archive)
    _told(session, listed, as_json=as_json)


@destruction_group.command("withdraw")
@click.argument("name", metavar="LIST")
@click.option("--reason", required=True, help="Why 撤销原因.")
@click.option("--yes", is_flag=True, help="Do not ask 不再询问.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def give_up(session: Session, *, name: str, reason: str, yes: bool, as_json: bool) -> None:
    """Give a list up before it was approved."""
    session.require_consent(f"撤销销毁清册 {name}？", f"Withdraw {name}?", given=yes)
    with session.archive() as archive:
        actor = session.actor(archive)
        listed = withdraw_list(actor, list_id_of(actor, name, archive=archive), reason, archive=archive)
    _told(session, listed, as_json=as_json)


@destruction_group.command("approver")
@click.argument("user", required=False)
@click.option("--only-manager", is_flag=True, help="The only general manager again 唯一的总经理.")
@with_session
def name_approver(session: Session, *, user: str | None, only_manager: bool) -> None:
    """Say who approves destruction lists, or name another general manager for it."""
    with session.archive() as archive:
        actor = session.actor(archive)
        if user or only_manager:
            state_approver(actor, "" if only_manager else user or "", archive=archive)
        present = approver_stated(actor, archive=archive)
    session.say(f"销毁批准人：{present or '未指定'}", f"Destruction is approved by {present or 'nobody yet'}")


@destruction_group.command("carry-out")
@click.argument("name", metavar="LIST")
@click.option("--yes", is_flag=True, help="Do not ask 不再询问.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def go_on(session: Session, *, name: str, yes: bool, as_json: bool) -> None:
    """Go on with a list that a person began on its page; needs --as with an account that may."""
    session.require_consent(
        f"接着执行销毁清册 {name}？销毁后不能恢复。",
        f"Go on destroying what {name} lists? It cannot be undone.",
        given=yes,
    )
    with session.archive() as archive:
        actor = session.actor(archive)
        progress = carry_out_list(actor, list_id_of(actor, name, archive=archive), archive=archive)
    counts = {"destroyed": progress.destroyed, "spared": progress.spared, "pending": progress.pending}
    if as_json:
        answer(_facts(progress.listed) | counts)
        return
    session.say(
        f"已销毁 {progress.destroyed} 件，未销毁 {progress.spared} 件",
        f"{progress.destroyed} papers destroyed, {progress.spared} spared",
    )


@destruction_group.command("print")
@click.argument("name", metavar="LIST")
@click.option("--form", "form_name", type=click.Choice(_FORMS), default=DisposalPrint.LIST.value, help="Which 表格.")
@OUTPUT
@with_session
def print_one(session: Session, *, name: str, form_name: str, output: Path) -> None:
    """The list 清册, the record of supervision 监销记录, or the certificate 销毁证明."""
    form = printed_as(output)
    require_new(output)
    with session.archive() as archive:
        actor = session.actor(archive)
        key = list_id_of(actor, name, archive=archive)
        printed = print_disposal(actor, DisposalPrint(form_name), key, form, archive=archive)
    write_report(output, printed.content)
    session.say(f"已写入 {output}", f"Written to {output}")


def _signer(stated: str) -> tuple[Office, str]:
    office, _, user = stated.partition("=")
    known = next((each for each in Office if each.value == office.strip()), None)
    if known is None or not user.strip():
        raise Misused(
            Bilingual(f"会签人写成“岗位=用户”，岗位为：{_OFFICES}。", f"Write OFFICE=USER; the offices are {_OFFICES}.")
        )
    return known, user.strip()


def _summary(each: ListSummary) -> dict[str, Any]:
    counts = {outcome.value: count for outcome, count in each.counts.items()}
    return _facts(each.listed) | {"outcomes": counts}


def _facts(listed: DestructionList) -> dict[str, Any]:
    return {
        "id": listed.id,
        "number": listed.number,
        "title": listed.title,
        "state": listed.state.value,
        "turn": listed.turn,
        "list_sha256": listed.digest,
        "signatures": [
            {
                "turn": act.turn,
                "kind": act.kind.value,
                "office": act.office.value if act.office else None,
                "name": act.name,
                "acted_at": act.acted_at.isoformat(),
            }
            for act in listed.acts
        ],
    }


def _told(session: Session, listed: DestructionList, *, as_json: bool = False) -> None:
    if as_json:
        answer(_facts(listed))
        return
    state = LIST_STATE_NAMES[listed.state]
    session.say(f"销毁清册 {listed.number}：{state.zh}", f"Destruction list {listed.number}: {state.en}")
