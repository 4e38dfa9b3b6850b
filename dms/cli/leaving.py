"""``dms user held | hand-over | hand-overs | withdraw-hand-over | hand-over-list | close``: people who leave."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from dms.cli.registers import user_group
from dms.cli.reports import printed_as, write_report
from dms.cli.session import Session, answer, with_session
from dms.custody.leaving import (
    HandOverWish,
    close_account,
    draw_up_hand_over,
    leaver_list,
    leaver_standing,
    list_hand_overs,
    withdraw_hand_over,
)
from dms.domain.leaving import CustodyHandOver, HeldThing

DAY = click.DateTime(["%Y-%m-%d"])
EVERYTHING = 1_000_000


@user_group.command("held")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True)
@with_session
def show_held(session: Session, *, name: str, as_json: bool) -> None:
    """List what NAME holds or owes."""
    with session.archive() as archive:
        standing = leaver_standing(session.actor(archive), name, archive=archive)
    if as_json:
        answer({"user": standing.user.name, "things": [_thing(each) for each in standing.things]})
        return
    for each in standing.things:
        remedy = f"  {session.text(each.remedy.zh, each.remedy.en)}" if each.remedy else ""
        click.echo(f"{each.kind.value:12} {session.text(each.what.zh, each.what.en)}{remedy}")


@user_group.command("hand-over")
@click.argument("name")
@click.option("--to", "successor", required=True, help="Successor 接收人.")
@click.option("--reason", required=True, help="Why 交接原因.")
@click.option("--by", "leaves_at", type=DAY, required=True, help="Last day 交接期限, YYYY-MM-DD.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def draw_up(session: Session, *, name: str, successor: str, reason: str, leaves_at: datetime, as_json: bool) -> None:
    """Draw up the list of everything that passes from NAME to a successor; three persons then sign it on its page."""
    wish = HandOverWish(successor=successor, reason=reason, leaves_on=leaves_at.date())
    with session.archive() as archive:
        drawn_up = draw_up_hand_over(session.actor(archive), name, wish, archive=archive)
    if as_json:
        answer(_told(drawn_up))
        return
    session.say(
        f"已开列 {drawn_up.id} 号清单，{len(drawn_up.things)} 项，等待三方签字",
        f"List number {drawn_up.id} with {len(drawn_up.things)} things waits for three signatures",
    )


@user_group.command("hand-overs")
@click.option("--json", "as_json", is_flag=True)
@with_session
def show_hand_overs(session: Session, *, as_json: bool) -> None:
    """List the hand-overs of people who left."""
    with session.archive() as archive:
        total, found = list_hand_overs(session.actor(archive), limit=EVERYTHING, archive=archive)
    if as_json:
        answer({"total": total, "hand_overs": [_told(each) for each in found]})
        return
    for each in found:
        click.echo(f"{each.id:5} {each.leaver:16} {each.successor:16} {each.leaves_on} {each.state.value}")


@user_group.command("hand-over-list")
@click.argument("hand_over_id", type=click.IntRange(min=1))
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), required=True, help=".pdf or .xlsx.")
@with_session
def take_list(session: Session, *, hand_over_id: int, target: Path) -> None:
    """Write a list out, with the signatures given so far."""
    form = printed_as(target)
    with session.archive() as archive:
        content = leaver_list(session.actor(archive), hand_over_id, form, archive=archive)
    write_report(target, content)
    session.say(f"已写入 {target}", f"Written to {target}")


@user_group.command("withdraw-hand-over")
@click.argument("hand_over_id", type=click.IntRange(min=1))
@with_session
def withdraw(session: Session, *, hand_over_id: int) -> None:
    """Give a list up that not everyone has signed."""
    with session.archive() as archive:
        withdraw_hand_over(session.actor(archive), hand_over_id, archive=archive)
    session.say(f"{hand_over_id} 号清单已撤销", f"List number {hand_over_id} was withdrawn")


@user_group.command("close")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask 不再询问.")
@with_session
def close(session: Session, *, name: str, yes: bool) -> None:
    """Close the account of NAME, who has left and holds nothing any more."""
    session.require_consent(f"注销账号 {name}？", f"Close the account of {name}?", given=yes)
    with session.archive() as archive:
        close_account(session.actor(archive), name, archive=archive)
    session.say(f"账号 {name} 已注销", f"The account of {name} is closed")


def _thing(thing: HeldThing) -> dict[str, Any]:
    return {
        "kind": thing.kind.value,
        "subject": thing.subject,
        "what": thing.what.zh,
        "what_en": thing.what.en,
        "passing": thing.passing.value,
    }


def _told(hand_over: CustodyHandOver) -> dict[str, Any]:
    return {
        "id": hand_over.id,
        "leaver": hand_over.leaver,
        "successor": hand_over.successor,
        "reason": hand_over.reason,
        "leaves_on": hand_over.leaves_on.isoformat(),
        "state": hand_over.state.value,
        "things": [_thing(each) for each in hand_over.things],
        "digest": hand_over.list_digest,
        "signatures": [
            {"role": each.role.value, "name": each.name, "signed_at": each.signed_at.isoformat()}
            for each in hand_over.signatures
        ],
    }
