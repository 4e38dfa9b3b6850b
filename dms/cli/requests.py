"""``dms request``: asking for papers, deciding, finding what was described, the register of use."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from dms.archive import Archive
from dms.cli.lending_facts import deputy_facts, request_facts, row_facts, rules_facts, shown_facts
from dms.cli.lending_files import write_form
from dms.cli.session import Session, answer, with_session
from dms.custody.lending import (
    APPROVER_NAMES,
    REQUEST_STATE_NAMES,
    USE_NAMES,
    RequestStated,
    Verdict,
    ask_for_use,
    count_copies,
    decide_request,
    deputies_of,
    end_deputy,
    find_for_request,
    lapse_requests,
    lending_rules,
    list_requests,
    my_requests,
    name_deputy,
    nothing_found,
    print_register,
    print_request,
    remind,
    request_id_of,
    requests_at_desk,
    requests_to_decide,
    revoke_approval,
    show_request,
    state_effect,
    withdraw_request,
)
from dms.domain.actor import Actor
from dms.domain.lending import UseKind, UseRequest
from dms.store import RequestFilter

DAY = click.DateTime(["%Y-%m-%d"])
_Act = Callable[[Actor, int, Archive], UseRequest]


@click.group("request")
def request_group() -> None:
    """Requests for use 利用申请, for a person: give --as USER. REQUEST is a number 借阅单号 or an id."""


@request_group.command("ask")
@click.argument("papers", nargs=-1)
@click.option("--kind", type=click.Choice([kind.value for kind in UseKind]), default="look", help="利用方式.")
@click.option("--purpose", required=True, help="What for 利用目的.")
@click.option("--described", default="", help="What is wanted, in words, where its number is not known 资料说明.")
@click.option("--days", type=int, default=7, show_default=True, help="Calendar days 使用天数.")
@click.option("--copies", type=int, default=1, show_default=True, help="份数.")
@click.option("--department", default="", help="For which department; one's own if left out.")
@click.option("--outside-party", default="", help="For whom outside the company, with the letter 外来单位.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def ask(
    session: Session,
    *,
    papers: tuple[str, ...],
    kind: str,
    as_json: bool,
    **stated: Any,  # noqa: ANN401 -- what else a request states, by field
) -> None:
    """Ask for PAPERS (ids or reference codes, of volumes too), or for what is described."""
    wish = RequestStated(kind=UseKind(kind), papers=papers, **stated)
    with session.archive() as archive:
        asked = ask_for_use(session.actor(archive), wish, archive=archive)
    _told(session, asked, as_json=as_json)


@request_group.command("list")
@click.option("--mine", "which", flag_value="mine", default=True, help="One's own 我的申请.")
@click.option("--to-decide", "which", flag_value="to_decide", help="Those to decide 待我审批.")
@click.option("--desk", "which", flag_value="desk", help="Those at the archivist's desk 待办理.")
@click.option("--all", "which", flag_value="all", help="All, as the register has them 借阅登记.")
@click.option("--year", type=int)
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@click.option("--json", "as_json", is_flag=True)
@with_session
def list_them(session: Session, *, which: str, year: int | None, limit: int, as_json: bool) -> None:
    """The requests, the newest first."""
    with session.archive() as archive:
        actor = session.actor(archive)
        match which:
            case "to_decide":
                rows = requests_to_decide(actor, archive=archive, limit=limit).requests
            case "desk":
                rows = requests_at_desk(actor, archive=archive, limit=limit).requests
            case "all":
                rows = list_requests(actor, RequestFilter(year=year), archive=archive, limit=limit).requests
            case _:
                rows = my_requests(actor, archive=archive, limit=limit).requests
    if as_json:
        answer({"requests": [row_facts(row) for row in rows]})
        return
    for row in rows:
        titles = "、".join(line.title for line in row.lines if line.title)
        state, kind = REQUEST_STATE_NAMES[row.request.state], USE_NAMES[row.request.kind]
        click.echo(
            f"{row.request.number}  {session.text(state.zh, state.en)}  {session.text(kind.zh, kind.en)}  {titles}"
        )


@request_group.command("show")
@click.argument("request")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write it as a slip to sign, .pdf or .xlsx.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def show(session: Session, *, request: str, output: Path | None, as_json: bool) -> None:
    """One request: its papers, who decides, what happened."""
    with session.archive() as archive:
        actor = session.actor(archive)
        number = request_id_of(actor, request, archive=archive)
        shown = show_request(actor, number, archive=archive)
        if output:
            write_form(output, lambda kind: print_request(actor, number, kind, archive=archive))
    if as_json:
        answer(shown_facts(shown))
        return
    _told(session, shown.request, as_json=False)
    for each in shown.steps:
        office = APPROVER_NAMES[each.step.approver]
        click.echo(f"  {session.text(office.zh, office.en)} {each.step.department}: {'、'.join(each.names)}")
    for event in shown.events:
        click.echo(f"  {event.happened_at.astimezone():%Y-%m-%d %H:%M}  {event.by}  {event.kind.value}  {event.text}")


@request_group.command("decide")
@click.argument("request")
@click.option("--approve", "verdict", flag_value="approve", help="同意.")
@click.option("--refuse", "verdict", flag_value="refuse", help="不同意; needs an opinion.")
@click.option("--opinion", default="", help="审批意见.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def decide(session: Session, *, request: str, verdict: str | None, opinion: str, as_json: bool) -> None:
    """Decide the next step of a request."""
    if verdict is None:
        raise click.UsageError("--approve / --refuse")
    _done(
        session,
        request,
        lambda actor, key, archive: decide_request(actor, key, Verdict(verdict), opinion, archive=archive),
        as_json=as_json,
    )


@request_group.command("revoke")
@click.argument("request")
@click.option("--reason", required=True, help="原因.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def revoke(session: Session, *, request: str, reason: str, as_json: bool) -> None:
    """Take an approval back; what it opened closes."""
    _done(
        session, request, lambda actor, key, archive: revoke_approval(actor, key, reason, archive=archive),
        as_json=as_json,
    )  # fmt: skip


@request_group.command("find")
@click.argument("request")
@click.argument("papers", nargs=-1)
@click.option("--nothing", default="", help="Nothing can be provided; what was looked for 查找情况.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def find(session: Session, *, request: str, papers: tuple[str, ...], nothing: str, as_json: bool) -> None:
    """Say which PAPERS a description means, and send the request on; or that there are none."""

    def act(actor: Actor, key: int, archive: Archive) -> UseRequest:
        if nothing:
            return nothing_found(actor, key, nothing, archive=archive)
        return find_for_request(actor, key, papers, archive=archive)

    _done(session, request, act, as_json=as_json)


@request_group.command("remind")
@click.argument("request")
@with_session
def remind_of(session: Session, *, request: str) -> None:
    """Remind whoever is to act, once a day."""
    _done(session, request, lambda actor, key, archive: remind(actor, key, archive=archive), as_json=False)


@request_group.command("withdraw")
@click.argument("request")
@click.option("--yes", is_flag=True, help="Do not ask 不再询问.")
@with_session
def give_up(session: Session, *, request: str, yes: bool) -> None:
    """Give a request up; what it opened closes."""
    session.require_consent(f"撤回申请 {request}？", f"Withdraw {request}?", given=yes)
    _done(session, request, lambda actor, key, archive: withdraw_request(actor, key, archive=archive), as_json=False)


@request_group.command("copies")
@click.argument("request")
@click.option("--copies", type=click.IntRange(1), required=True, help="份数.")
@click.option("--pages", type=click.IntRange(1), required=True, help="Pages of all of them 总页数.")
@with_session
def hand_copies_over(session: Session, *, request: str, copies: int, pages: int) -> None:
    """Write down that copies were handed over; the request is closed."""
    _done(
        session, request, lambda actor, key, archive: count_copies(actor, key, copies, pages, archive=archive),
        as_json=False,
    )  # fmt: skip


@request_group.command("effect")
@click.argument("request")
@click.argument("text")
@with_session
def tell_effect(session: Session, *, request: str, text: str) -> None:
    """Write down what the use came to 利用效果."""
    _done(session, request, lambda actor, key, archive: state_effect(actor, key, text, archive=archive), as_json=False)


@request_group.command("register")
@click.option("--year", type=int)
@click.option("--kind", type=click.Choice([kind.value for kind in UseKind]))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="A file, .pdf or .xlsx.")
@with_session
def register(session: Session, *, year: int | None, kind: str | None, output: Path) -> None:
    """Print the register of use 借阅登记."""
    wanted = RequestFilter(year=year, kind=UseKind(kind) if kind else None)
    with session.archive() as archive:
        actor = session.actor(archive)
        write_form(output, lambda printed_as: print_register(actor, wanted, printed_as, archive=archive))
    session.say(f"已写入 {output}", f"Written to {output}")


@request_group.command("lapse")
@click.option("--json", "as_json", is_flag=True)
@with_session
def lapse(session: Session, *, as_json: bool) -> None:
    """End the requests whose time is over; the nightly round does the same."""
    with session.archive() as archive:
        count = lapse_requests(session.actor(archive), archive=archive)
    if as_json:
        answer({"lapsed": count})
        return
    session.say(f"{count} 份申请到期结束", f"{count} requests ended")


@request_group.command("rules")
@click.option("--json", "as_json", is_flag=True)
@with_session
def rules(session: Session, *, as_json: bool) -> None:
    """Who decides, and for how long papers are lent."""
    with session.archive() as archive:
        found = rules_facts(lending_rules(session.actor(archive), archive=archive))
    if as_json:
        answer(found)
        return
    for name, value in found.items():
        click.echo(f"{name}: {value}")


@request_group.command("deputy")
@click.argument("user", required=False)
@click.option("--from", "from_at", type=DAY, help="First day, YYYY-MM-DD.")
@click.option("--until", "until_at", type=DAY, help="Last day.")
@click.option("--end", "entry", type=int, help="End the entry with this number.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def deputy(
    session: Session,
    *,
    user: str | None,
    from_at: datetime | None,
    until_at: datetime | None,
    entry: int | None,
    as_json: bool,
) -> None:
    """Name USER to decide in one's place, end that, or list who was named."""
    with session.archive() as archive:
        actor = session.actor(archive)
        if user is not None:
            if from_at is None or until_at is None:
                raise click.UsageError("--from / --until")
            name_deputy(actor, user, from_on=from_at.date(), until_on=until_at.date(), archive=archive)
        if entry is not None:
            end_deputy(actor, entry, archive=archive)
        named = [deputy_facts(each, name) for each, name in deputies_of(actor, archive=archive)]
    if as_json:
        answer({"deputies": named})
        return
    for each in named:
        click.echo(f"{each['id']}  {each['deputy']}  {each['from_on']} – {each['until_on']}  {each['ended_at'] or ''}")


def _done(session: Session, request: str, act: _Act, *, as_json: bool) -> None:
    with session.archive() as archive:
        actor = session.actor(archive)
        changed = act(actor, request_id_of(actor, request, archive=archive), archive)
    _told(session, changed, as_json=as_json)


def _told(session: Session, request: UseRequest, *, as_json: bool) -> None:
    if as_json:
        answer(request_facts(request))
        return
    state = REQUEST_STATE_NAMES[request.state]
    session.say(f"利用申请 {request.number}：{state.zh}", f"Request {request.number}: {state.en}")
