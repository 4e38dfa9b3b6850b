"""``dms title``: the ledger of title documents, requests for them, their way out of the safe and back, the forms."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import click

from dms.cli.reports import printed_as, require_new, write_report
from dms.cli.session import Session, answer, with_session
from dms.cli.title_facts import movement_told, request_told, title_told
from dms.cli.title_signing import signed_by_two, signed_here, with_own_signature, with_two_signatures
from dms.custody.titles import (
    DECIDER_NAMES,
    TITLE_STATE_NAMES,
    RequestWish,
    Returned,
    TitleDecision,
    TitleFormName,
    TitleFormWish,
    TitleRequestStated,
    TitleWish,
    bring_back,
    decide_title_request,
    exchange,
    list_title_requests,
    list_titles,
    move_to_safe,
    print_title_form,
    put_in,
    report_lost,
    request_title,
    show_title,
    state_title_kind,
    state_title_routes,
    take_out,
    title_kinds,
    title_routes,
    withdraw_title_request,
)
from dms.domain.actor import Role
from dms.domain.title_document import TitleCondition, TitleFacts, TitleKind, TitleState
from dms.domain.title_request import TitleRequestState, TitleRoute, TitleUse

DAY = click.DateTime(["%Y-%m-%d"])
Command = TypeVar("Command", bound=Callable[..., Any])
_AS_JSON = click.option("--json", "as_json", is_flag=True)


@click.group("title")
def title_group() -> None:
    """Title documents 权证, kept like cash. TITLE and REQUEST are numbers of their register, or ids."""


def with_certificate(command: Command) -> Command:
    """Give a command the options for what a certificate says of itself."""
    for option in reversed(
        (
            click.option(
                "--kind", "kind_code", default="other", show_default=True, help="权证种类, see dms title kinds."
            ),
            click.option("--name", required=True, help="证名."),
            click.option("--number", "certificate_no", required=True, help="权证号."),
            click.option("--holder", "right_holder", required=True, help="权利人."),
            click.option("--quantity", type=click.IntRange(1), default=1, show_default=True, help="份数."),
            click.option("--value", type=Decimal, help="In yuan 价值."),
            click.option("--issuer", default="", help="发证机关."),
            click.option("--issued", "issued_at", type=DAY, help="发证日期, YYYY-MM-DD."),
            click.option("--remark", default="", help="备注."),
        )
    ):
        command = option(command)
    return command


def certificate(*, issued_at: datetime | None, **stated: Any) -> TitleFacts:  # noqa: ANN401 -- by option
    """What the options say of a certificate."""
    return TitleFacts(issued_on=issued_at.date() if issued_at else None, **stated)


@title_group.command("list")
@click.option("--state", type=click.Choice([state.value for state in TitleState]), help="状态.")
@click.option("--kind", "kind_code", default="", help="权证种类.")
@click.option("--customer", "customer_code", default="", help="客户代码.")
@click.option("--safe", "safe_code", default="", help="保险柜代码.")
@click.option("--words", default="", help="In number, name or holder 查找.")
@click.option("--limit", type=click.IntRange(1), default=1000, show_default=True)
@_AS_JSON
@with_session
def show_ledger(session: Session, *, state: str | None, as_json: bool, **wished: Any) -> None:  # noqa: ANN401 -- by option
    """List the ledger 权证台账."""
    states = frozenset({TitleState(state)} if state else ())
    with session.archive() as archive:
        found = list_titles(session.actor(archive), TitleWish(states=states, **wished), archive=archive)
    if as_json:
        answer({"total": found.total, "titles": [title_told(title) for title in found.titles]})
        return
    for title in found.titles:
        facts, said = title.facts, TITLE_STATE_NAMES[title.state]
        count = f"{title.balance}/{facts.quantity}"
        click.echo(
            f"{title.number}  {count:>5}  {session.text(said.zh, said.en)}  {facts.name}  {facts.certificate_no}"
        )


@title_group.command("show")
@click.argument("title")
@_AS_JSON
@with_session
def show_one(session: Session, *, title: str, as_json: bool) -> None:
    """Show a title document with every step it took."""
    with session.archive() as archive:
        shown = show_title(session.actor(archive), title, archive=archive)
    told = title_told(shown.title) | {
        "holds": list(shown.holds),
        "movements": [movement_told(line) for line in shown.movements],
        "requests": [request_told(each, shown.title) for each in shown.requests],
    }
    if as_json:
        answer(told)
        return
    for name, value in told.items():
        if not isinstance(value, list):
            click.echo(f"{name}: {value}")
    for line in told["movements"]:
        click.echo(f"{line['moved_at']}  {line['kind']:12} {line['change']:+d} = {line['balance']}  {line['remark']}")


@title_group.command("kinds")
@click.option("--add", "code", help="Add a kind, or rename the one with this code 新增或改名.")
@click.option("--zh", default="", help="中文名称.")
@click.option("--en", default="", help="English name.")
@with_session
def kinds_of_titles(session: Session, *, code: str | None, zh: str, en: str) -> None:
    """List the kinds of title documents 权证种类, or add one."""
    with session.archive() as archive:
        actor = session.actor(archive)
        if code:
            state_title_kind(actor, TitleKind(code=code, zh=zh, en=en), archive=archive)
        for kind in title_kinds(actor, archive=archive):
            click.echo(f"{kind.code:20} {kind.zh}  {kind.en}")


@title_group.command("put-in")
@click.argument("title")
@click.option("--remark", default="", help="备注.")
@with_session
def into_safe(session: Session, *, title: str, remark: str) -> None:
    """Record that a title document that was taken over lies in its open safe 首次入库."""
    with session.archive() as archive:
        line = put_in(session.actor(archive), title, remark=remark, archive=archive)
    session.say(f"已入库，结存 {line.balance}", f"Put in; balance {line.balance}")


@title_group.command("move")
@click.argument("title")
@click.option("--safe", "safe_code", required=True, help="The other safe 移入的保险柜.")
@with_session
def into_other_safe(session: Session, *, title: str, safe_code: str) -> None:
    """Record that a title document lies in another safe; both stand open 移柜."""
    with session.archive() as archive:
        moved = move_to_safe(session.actor(archive), title, safe_code, archive=archive)
    session.say(f"{moved.number} 已移柜", f"{moved.number} moved")


@title_group.command("request")
@click.argument("title")
@click.option("--use", type=click.Choice([use.value for use in TitleUse]), default="outside", show_default=True)
@click.option("--purpose", required=True, help="用途.")
@click.option("--recipient", default="", help="Who takes it away 领取人; you if left out.")
@click.option("--quantity", type=click.IntRange(1), default=1, show_default=True, help="份数.")
@click.option("--due", "due_at", type=DAY, help="Back by this day 归还日期.")
@_AS_JSON
@with_session
def ask(
    session: Session,
    *,
    title: str,
    use: str,
    due_at: datetime | None,
    as_json: bool,
    **stated: Any,  # noqa: ANN401
) -> None:
    """Ask that a title document leaves its safe 申请出库."""
    wish = TitleRequestStated(use=TitleUse(use), due_on=due_at.date() if due_at else None, **stated)
    with session.archive() as archive:
        made = request_title(session.actor(archive), title, wish, archive=archive)
    if as_json:
        answer(request_told(made))
        return
    waits = DECIDER_NAMES[made.decides]
    session.say(f"已提交 {made.number}，待{waits.zh}审批", f"{made.number} waits for {waits.en}")


@title_group.command("requests")
@click.option("--mine", is_flag=True, help="Only your own 我的.")
@click.option("--late", is_flag=True, help="Only those that should be back 逾期未还.")
@click.option("--state", type=click.Choice([state.value for state in TitleRequestState]), help="状态.")
@_AS_JSON
@with_session
def show_requests(session: Session, *, mine: bool, late: bool, state: str | None, as_json: bool) -> None:
    """List the requests for title documents 出库申请."""
    states = frozenset({TitleRequestState(state)} if state else ())
    wish = RequestWish(states=states, mine=mine, late=late, limit=1000)
    with session.archive() as archive:
        found = list_title_requests(session.actor(archive), wish, archive=archive)
    told = [request_told(each, found.titles[each.title_id]) for each in found.requests]
    if as_json:
        answer({"total": found.total, "requests": told})
        return
    for each in told:
        click.echo(
            f"{each['number']}  {each['title']}  {each['state']:9} {each['due_on'] or '-':10}  {each['purpose']}"
        )


@title_group.command("decide")
@click.argument("request")
@click.option("--approve/--refuse", "approved", required=True, help="Approve, or refuse 批准或不批准.")
@click.option("--opinion", default="", help="审批意见.")
@with_own_signature
@with_session
def decide(session: Session, *, request: str, approved: bool, opinion: str, password_file: Path | None) -> None:
    """Decide a request; the general manager, or who the routes name."""
    with session.archive() as archive:
        actor = signed_here(session, password_file, archive)
        decision = TitleDecision(approved=approved, opinion=opinion)
        made = decide_title_request(actor, request, decision, archive=archive)
    session.say(f"{made.number}：{made.opinion}", f"{made.number} is {made.state.value}")


@title_group.command("withdraw")
@click.argument("request")
@with_session
def withdraw(session: Session, *, request: str) -> None:
    """Withdraw your own request before anything left 撤回."""
    with session.archive() as archive:
        made = withdraw_title_request(session.actor(archive), request, archive=archive)
    session.say(f"{made.number} 已撤回", f"{made.number} is withdrawn")


@title_group.command("take-out")
@click.argument("request")
@click.option("--remark", default="", help="备注.")
@with_session
def out_of_safe(session: Session, *, request: str, remark: str) -> None:
    """Record that what was approved left its open safe 出库."""
    with session.archive() as archive:
        line = take_out(session.actor(archive), request, remark=remark, archive=archive)
    session.say(f"已出库，结存 {line.balance}", f"Taken out; balance {line.balance}")


@title_group.command("bring-back")
@click.argument("request")
@click.option("--quantity", type=click.IntRange(1), default=1, show_default=True, help="份数.")
@click.option(
    "--condition", type=click.Choice([each.value for each in TitleCondition]), default="sound", show_default=True
)
@click.option("--brought-by", default="", help="归还人.")
@click.option("--remark", default="", help="What is missing or damaged 备注.")
@with_session
def back_into_safe(session: Session, *, request: str, condition: str, **stated: Any) -> None:  # noqa: ANN401 -- as Returned
    """Record that it came back into its open safe 归还入库."""
    returned = Returned(condition=TitleCondition(condition), **stated)
    with session.archive() as archive:
        line = bring_back(session.actor(archive), request, returned, archive=archive)
    session.say(f"已归还，结存 {line.balance}", f"Brought back; balance {line.balance}")


@title_group.command("exchange")
@click.argument("request")
@with_certificate
@with_session
def new_certificate(session: Session, *, request: str, **stated: Any) -> None:  # noqa: ANN401 -- by option
    """Record which certificate came back in the place of the one that was out 换证."""
    with session.archive() as archive:
        new = exchange(session.actor(archive), request, certificate(**stated), archive=archive)
    session.say(f"已换证，新台账号 {new.number}", f"Exchanged; the new one is {new.number}")


@title_group.command("lost")
@click.argument("request")
@click.option("--report", required=True, help="What happened, what was done 遗失报告.")
@with_two_signatures
@with_session
def lost_outside(session: Session, *, request: str, report: str, **signing: Any) -> None:  # noqa: ANN401 -- as signed_by_two
    """Record that what was out is lost; two persons sign 在外遗失."""
    with session.archive() as archive:
        actor, witness = signed_by_two(session, archive, **signing)
        report_lost(actor, witness, request, report, archive=archive)
    session.say("已登记遗失", "Recorded as lost")


@title_group.command("routes")
@click.option(
    "--route",
    "stated",
    multiple=True,
    nargs=2,
    type=(click.Choice([role.value for role in DECIDER_NAMES]), str),
    help="ROLE and its upper value in yuan, - for every value 审批人与金额上限; replaces all.",
)
@with_session
def routes(session: Session, *, stated: tuple[tuple[str, str], ...]) -> None:
    """Show who decides on title documents by value, or state it anew 审批权限."""
    wanted = [TitleRoute(role=Role(role), up_to=None if upper == "-" else Decimal(upper)) for role, upper in stated]
    with session.archive() as archive:
        actor = session.actor(archive)
        if wanted:
            state_title_routes(actor, wanted, archive=archive)
        for route in title_routes(actor, archive=archive):
            click.echo(f"{route.role.value:20} {route.up_to if route.up_to is not None else '-'}")


@title_group.command("print")
@click.argument("form", type=click.Choice([form.value for form in TitleFormName]))
@click.option("--about", default="", help="Slip, stock-take or title by number, or the code of a safe 对象.")
@click.option("--since", "since_at", type=DAY, help="起始日期.")
@click.option("--until", "until_at", type=DAY, help="截止日期.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="输出到 (.pdf, .xlsx).")
@with_session
def print_one(
    session: Session, *, form: str, about: str, since_at: datetime | None, until_at: datetime | None, output: Path
) -> None:
    """Print a form: slip, ledger, movements, openings of safes, stock-take."""
    form_kind = printed_as(output)
    require_new(output)
    wish = TitleFormWish(
        form=TitleFormName(form),
        about=about,
        since_on=since_at.date() if since_at else None,
        until_on=until_at.date() if until_at else None,
    )
    with session.archive() as archive:
        printed = print_title_form(session.actor(archive), wish, form_kind, archive=archive)
    write_report(output, printed.content)
    session.say(f"已写入 {output}", f"Written to {output}")
