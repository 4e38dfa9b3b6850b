"""``dms duty``: who owes what by which day, the daily round, the calendar at a secret address, the mail server."""

from pathlib import Path
from typing import Any

import click

from dms.cli.reports import printed_as, require_new, write_report
from dms.cli.session import Session, answer, with_session
from dms.custody.duties import (
    KIND_NAMES,
    ROLE_NAMES,
    DutyOrder,
    DutyScope,
    DutyShown,
    DutyTiming,
    DutyWish,
    OwnerLine,
    SmtpPost,
    daily_round,
    duty_overview,
    list_duties,
    make_feed,
    print_duties,
    print_overview,
    revoke_feed,
    send_letters,
    settle_duty,
)
from dms.domain.duty import DutyKind

_OUTPUT = click.option("-o", "--output", type=click.Path(path_type=Path), help="Write it, .pdf or .xlsx 输出到.")


@click.group("duty")
def duty_group() -> None:
    """Duties 待办: who owes what by which day, reminders, and letters."""


@duty_group.command("list")
@click.option("--scope", type=click.Choice([scope.value for scope in DutyScope]), help="Whose 范围.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice([kind.value for kind in DutyKind]), help="类别.")
@click.option("--timing", type=click.Choice([timing.value for timing in DutyTiming]), help="到期情况.")
@click.option("--department", help="责任部门.")
@click.option("--order", type=click.Choice([order.value for order in DutyOrder]), default="due_first")
@_OUTPUT
@click.option("--json", "as_json", is_flag=True)
@with_session
def show_duties(
    session: Session,
    *,
    scope: str | None,
    kinds: tuple[str, ...],
    timing: str | None,
    department: str | None,
    order: str,
    output: Path | None,
    as_json: bool,
) -> None:
    """List duties, overdue ones first: one's own for a user, everybody's for the operator."""
    require_new(output)
    wish = DutyWish(
        scope=DutyScope(scope or (DutyScope.MINE if session.as_user else DutyScope.ALL)),
        kinds=frozenset(map(DutyKind, kinds)),
        timing=DutyTiming(timing) if timing else None,
        department=department,
        order=DutyOrder(order),
        limit=None,
    )
    with session.archive() as archive:
        actor = session.actor(archive)
        found = list_duties(actor, wish, archive=archive)
        if output:
            write_report(output, print_duties(actor, wish, printed_as(output), archive=archive).content)
    if as_json:
        answer({"total": found.total, "duties": [_duty(shown) for shown in found.duties]})
        return
    for shown in found.duties:
        click.echo(_told(session, shown))


@duty_group.command("overview")
@_OUTPUT
@click.option("--json", "as_json", is_flag=True)
@with_session
def show_overview(session: Session, *, output: Path | None, as_json: bool) -> None:
    """Say who owes what, and how late 督办总览."""
    require_new(output)
    with session.archive() as archive:
        actor = session.actor(archive)
        lines = duty_overview(actor, archive=archive)
        if output:
            write_report(output, print_overview(actor, printed_as(output), archive=archive).content)
    if as_json:
        answer({"lines": [_owner(line) for line in lines]})
        return
    for line in lines:
        row = _owner(line)
        click.echo(
            f"{row['department'] or '-':12} {row['owner'] or row['role'] or '-':14} {line.counts.overdue:4} ", nl=False
        )
        click.echo(f"{line.counts.soon:4} {line.counts.later:4} {line.worst_late_working_days:4}")


@duty_group.command("done")
@click.argument("subject")
@click.option("--note", default="", help="To whom and when 交给谁、何时.")
@with_session
def settle(session: Session, *, subject: str, note: str) -> None:
    """Say that SUBJECT, as ``dms duty list --json`` names it, was handed in; needs ``--as``."""
    with session.archive() as archive:
        duty = settle_duty(session.actor(archive), subject, note, archive=archive)
    session.say(f"已办结：{duty.what.zh}", f"Settled: {duty.what.en}")


@duty_group.command("round")
@click.option("--json", "as_json", is_flag=True)
@with_session
def go_round(session: Session, *, as_json: bool) -> None:
    """Do what a day asks for: requests that lapse, missing papers, reminders, letters; again does no harm."""
    with session.archive() as archive:
        done = daily_round(session.actor(archive), archive=archive)
        sent = send_letters(archive, SmtpPost())
    if as_json:
        answer({"on": done.gone_on.isoformat(), "counts": dict(done.counts), "failed": dict(done.failed), "sent": sent})
        return
    told = "，".join(f"{name} {count}" for name, count in done.counts.items())
    session.say(
        f"每日核对完成（{done.gone_on}）：{told}；发出邮件 {sent}",
        f"Round of {done.gone_on}: {told}; letters sent {sent}",
    )
    for name, code in done.failed.items():
        session.say(f"未完成：{name}（{code}）", f"Not done: {name} ({code})")


@duty_group.command("feed")
@click.option("--revoke", is_flag=True, help="End it 停用.")
@with_session
def feed(session: Session, *, revoke: bool) -> None:
    """Print the path of a new calendar address for the user named by ``--as``, once; the one before ends."""
    with session.archive() as archive:
        actor = session.actor(archive)
        if revoke:
            revoke_feed(actor, archive=archive)
            session.say("已停用", "Ended")
            return
        click.echo(f"/duties/feed/{make_feed(actor, archive=archive)}.ics")


def _told(session: Session, shown: DutyShown) -> str:
    duty, language = shown.duty, session.settings.language
    owner = duty.person or (ROLE_NAMES[duty.role].in_language(language) if duty.role else "")
    late = f" +{shown.late_working_days}" if shown.late_working_days else ""
    kind = KIND_NAMES[duty.kind].in_language(language)
    return f"{duty.due_on}{late} {kind} {duty.department} {owner} {duty.what.in_language(language)}"


def _duty(shown: DutyShown) -> dict[str, Any]:
    duty = shown.duty
    return {
        "kind": duty.kind.value,
        "subject": duty.subject,
        "what": duty.what.zh,
        "what_en": duty.what.en,
        "due_on": duty.due_on.isoformat(),
        "timing": shown.timing.value,
        "late_working_days": shown.late_working_days,
        "department": duty.department,
        "person": duty.person or None,
        "role": duty.role.value if duty.role else None,
    }


def _owner(line: OwnerLine) -> dict[str, Any]:
    return {
        "department": line.department,
        "owner": line.owner,
        "role": line.role.value if line.role else None,
        "overdue": line.counts.overdue,
        "soon": line.counts.soon,
        "later": line.counts.later,
        "worst_late_working_days": line.worst_late_working_days,
        "by_kind": {kind.value: count for kind, count in line.by_kind},
    }
