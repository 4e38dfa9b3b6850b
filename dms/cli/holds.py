"""``dms hold`` and ``dms dispute``: placing and releasing holds, and what is quarrelled about."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from dms.archive import Archive
from dms.cli.reports import printed_as, require_new, write_report
from dms.cli.session import Session, answer, with_session
from dms.custody.keeping import (
    MOST_LISTED,
    TARGET_NAMES,
    HoldShown,
    HoldWish,
    close_dispute,
    holds_of,
    list_disputes,
    list_holds,
    open_dispute,
    place_hold,
    print_holds,
    put_into_dispute,
    release_hold,
    reopen_dispute,
    show_dispute,
    take_out_of_dispute,
)
from dms.domain.actor import Actor
from dms.domain.dispute import Dispute, DisputeFacts
from dms.domain.hold import Hold, HoldTarget
from dms.store import HoldFilter

DAY = click.DateTime(["%Y-%m-%d"])
_TARGET = click.argument("target", type=click.Choice([target.value for target in HoldTarget]))
_STANDINGS = {"in-force": True, "released": False, "all": None}
_JSON = click.option("--json", "as_json", is_flag=True)
_Act = Callable[[Actor, Archive], Dispute]


@click.group("hold")
def hold_group() -> None:
    """Holds 冻结: what is under one is neither destroyed, nor lent, nor given another term, until it is released."""


@hold_group.command("place")
@_TARGET
@click.argument("reference")
@click.option("--reason", required=True, help="Why 理由.")
@click.option("--authority", required=True, help="By what right: notice, resolution, instruction 依据.")
@_JSON
@with_session
def place(session: Session, *, target: str, reference: str, reason: str, authority: str, as_json: bool) -> None:
    """Hold what TARGET and REFERENCE name: a paper, contract, customer, volume or dispute, by number or code."""
    wish = HoldWish(target=HoldTarget(target), reference=reference, reason=reason, authority=authority)
    with session.archive() as archive:
        hold = place_hold(session.actor(archive), wish, archive=archive)
    _tell_hold(session, hold, as_json=as_json)


@hold_group.command("release")
@click.argument("hold", type=click.IntRange(1))
@click.option("--reason", required=True, help="Why 解除理由.")
@click.option("--authority", required=True, help="By what right 解除依据.")
@click.option("--yes", is_flag=True, help="Do not ask 不再询问.")
@_JSON
@with_session
def release(session: Session, *, hold: int, reason: str, authority: str, yes: bool, as_json: bool) -> None:
    """Release HOLD, by its place in the register; this cannot be taken back, only placed anew."""
    session.require_consent(f"解除第 {hold} 号冻结？", f"Release hold {hold}?", given=yes)
    with session.archive() as archive:
        released = release_hold(session.actor(archive), hold, reason=reason, authority=authority, archive=archive)
    _tell_hold(session, released, as_json=as_json)


@hold_group.command("list")
@click.option("--standing", type=click.Choice(sorted(_STANDINGS)), default="in-force", show_default=True)
@click.option("--target", type=click.Choice([target.value for target in HoldTarget]), help="On what 对象.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the register, .pdf or .xlsx 输出到.")
@_JSON
@with_session
def list_register(session: Session, *, standing: str, target: str | None, output: Path | None, as_json: bool) -> None:
    """List the register of holds 冻结登记簿, the newest first."""
    require_new(output)
    wanted = HoldFilter(in_force=_STANDINGS[standing], target=HoldTarget(target) if target else None)
    with session.archive() as archive:
        actor = session.actor(archive)
        if output:
            write_report(output, print_holds(actor, wanted, printed_as(output), archive=archive).content)
        found = list_holds(actor, wanted, archive=archive, limit=MOST_LISTED)
    _tell_holds(session, found.holds, as_json=as_json)


@hold_group.command("of")
@_TARGET
@click.argument("reference")
@_JSON
@with_session
def tell_of(session: Session, *, target: str, reference: str, as_json: bool) -> None:
    """Say which holds cover a paper, contract, customer, volume or dispute."""
    with session.archive() as archive:
        found = holds_of(session.actor(archive), HoldTarget(target), reference, archive=archive)
    _tell_holds(session, found, as_json=as_json)


@click.group("dispute")
def dispute_group() -> None:
    """Disputes 争议: with which contracts and papers, and how they ended. DISPUTE is a number 编号 or an id."""


@dispute_group.command("add")
@click.argument("number")
@click.option("--title", required=True, help="The matter 事由.")
@click.option("--party", "parties", multiple=True, help="Who stands against whom 当事人; may be repeated.")
@click.option("--opened", "opened_at", type=DAY, required=True, help="Since when 发生日期.")
@click.option("--remark", default="", help="备注.")
@_JSON
@with_session
def add(
    session: Session,
    *,
    number: str,
    title: str,
    parties: tuple[str, ...],
    opened_at: datetime,
    remark: str,
    as_json: bool,
) -> None:
    """Register a dispute under NUMBER."""
    facts = DisputeFacts(number=number, title=title, parties=parties, opened_on=opened_at.date(), remark=remark)
    _act(session, lambda actor, archive: open_dispute(actor, facts, archive=archive), as_json=as_json)


@dispute_group.command("put")
@click.argument("dispute")
@click.option("--contract", default="", help="A contract by number 合同编号.")
@click.option("--paper", default="", help="A paper by id or reference code 资料编号或档号.")
@_JSON
@with_session
def put(session: Session, *, dispute: str, contract: str, paper: str, as_json: bool) -> None:
    """Put a contract or a paper into DISPUTE."""
    _act(
        session,
        lambda actor, archive: put_into_dispute(actor, dispute, contract=contract, paper=paper, archive=archive),
        as_json=as_json,
    )


@dispute_group.command("take-out")
@click.argument("dispute")
@click.option("--contract", default="", help="A contract by number 合同编号.")
@click.option("--paper", default="", help="A paper by id or reference code 资料编号或档号.")
@_JSON
@with_session
def take_out(session: Session, *, dispute: str, contract: str, paper: str, as_json: bool) -> None:
    """Take a contract or a paper out of DISPUTE; not while it is under hold."""
    _act(
        session,
        lambda actor, archive: take_out_of_dispute(actor, dispute, contract=contract, paper=paper, archive=archive),
        as_json=as_json,
    )


@dispute_group.command("close")
@click.argument("dispute")
@click.option("--on", "closed_at", type=DAY, required=True, help="Closing day 了结日期, YYYY-MM-DD.")
@click.option("--outcome", required=True, help="How it ended 结果.")
@_JSON
@with_session
def close(session: Session, *, dispute: str, closed_at: datetime, outcome: str, as_json: bool) -> None:
    """State how and when DISPUTE ended; holds on it stay."""
    _act(
        session,
        lambda actor, archive: close_dispute(actor, dispute, on=closed_at.date(), outcome=outcome, archive=archive),
        as_json=as_json,
    )


@dispute_group.command("reopen")
@click.argument("dispute")
@click.option("--reason", required=True, help="Why 原因.")
@_JSON
@with_session
def reopen(session: Session, *, dispute: str, reason: str, as_json: bool) -> None:
    """Open a closed DISPUTE again, as on appeal."""
    _act(
        session, lambda actor, archive: reopen_dispute(actor, dispute, reason=reason, archive=archive), as_json=as_json
    )


@dispute_group.command("list")
@click.option("--open", "only_open", is_flag=True, help="Only those that go on 未了结.")
@_JSON
@with_session
def list_all(session: Session, *, only_open: bool, as_json: bool) -> None:
    """List the disputes, the latest first."""
    with session.archive() as archive:
        actor = session.actor(archive)
        total, disputes = list_disputes(actor, is_open=only_open or None, archive=archive, limit=MOST_LISTED)
    if as_json:
        answer({"total": total, "disputes": [_dispute_facts(each) for each in disputes]})
        return
    for each in disputes:
        click.echo(_told(session, each))


@dispute_group.command("show")
@click.argument("dispute")
@_JSON
@with_session
def show(session: Session, *, dispute: str, as_json: bool) -> None:
    """Show one dispute with its contracts, papers and holds."""
    with session.archive() as archive:
        shown = show_dispute(session.actor(archive), dispute, archive=archive)
    subjects = [{"kind": each.target.value, "label": each.label} for each in (*shown.contracts, *shown.papers)]
    if as_json:
        holds = [_hold_facts(each) for each in shown.holds]
        answer(_dispute_facts(shown.dispute) | {"subjects": subjects, "holds": holds})
        return
    click.echo(_told(session, shown.dispute))
    for subject in subjects:
        click.echo(f"  {subject['kind']:9} {subject['label']}")


def _act(session: Session, act: _Act, *, as_json: bool) -> None:
    with session.archive() as archive:
        dispute = act(session.actor(archive), archive)
    if as_json:
        answer(_dispute_facts(dispute))
        return
    click.echo(_told(session, dispute), err=True)


def _told(session: Session, dispute: Dispute) -> str:
    state = str(dispute.closed_on) if dispute.closed_on else session.text("未了结", "open")
    return f"{dispute.facts.number}  {dispute.facts.title}  {dispute.facts.opened_on} – {state}"


def _dispute_facts(dispute: Dispute) -> dict[str, Any]:
    return {
        "id": dispute.id,
        "number": dispute.facts.number,
        "title": dispute.facts.title,
        "parties": list(dispute.facts.parties),
        "opened_on": dispute.facts.opened_on.isoformat(),
        "closed_on": dispute.closed_on.isoformat() if dispute.closed_on else None,
        "outcome": dispute.outcome,
    }


def _tell_hold(session: Session, hold: Hold, *, as_json: bool) -> None:
    if as_json:
        answer({"id": hold.id, "number": hold.number, "in_force": hold.in_force})
        return
    state = session.text("冻结中", "in force") if hold.in_force else session.text("已解除", "released")
    session.say(f"冻结 {hold.number}：{state}", f"Hold {hold.number}: {state}")


def _tell_holds(session: Session, holds: tuple[HoldShown, ...], *, as_json: bool) -> None:
    if as_json:
        answer({"holds": [_hold_facts(shown) for shown in holds]})
        return
    for shown in holds:
        name = TARGET_NAMES[shown.hold.target]
        state = "" if shown.hold.in_force else session.text("（已解除）", " (released)")
        label = shown.subject.label if shown.subject else "-"
        target = session.text(name.zh, name.en)
        click.echo(f"{shown.hold.number}{state}  {target} {label}  {shown.hold.reason}  {shown.hold.authority}")


def _hold_facts(shown: HoldShown) -> dict[str, Any]:
    hold = shown.hold
    return {
        "id": hold.id,
        "number": hold.number,
        "target": hold.target.value,
        "subject": shown.subject.label if shown.subject else None,
        "reason": hold.reason,
        "authority": hold.authority,
        "placed_by": hold.placed_by,
        "placed_at": hold.placed_at.isoformat(),
        "released_by": hold.release.released_by if hold.release else None,
        "released_at": hold.release.released_at.isoformat() if hold.release else None,
    }
