"""``dms title stock-take``: safes are counted blind, and two persons sign."""

from datetime import datetime
from typing import Any

import click

from dms.archive import Archive
from dms.cli.session import Session, answer, with_session
from dms.cli.title_facts import stock_take_told
from dms.cli.title_signing import signed_by_two, with_two_signatures
from dms.cli.titles import DAY, title_group
from dms.custody.titles import (
    STOCK_TAKE_STATE_NAMES,
    Count,
    FoundBesides,
    begin_count,
    cancel_stock_take,
    explain_differences,
    hand_count_in,
    list_stock_takes,
    plan_stock_take,
    show_stock_take,
    sign_stock_take,
)
from dms.domain.actor import Actor
from dms.domain.clock import local_day
from dms.domain.safe import StockTake

_AS_JSON = click.option("--json", "as_json", is_flag=True)
_PAIR = (click.IntRange(1), click.STRING)


@title_group.group("stock-take")
def stock_take_group() -> None:
    """Counting safes 盘点. TAKE is a number or an id."""


@stock_take_group.command("plan")
@click.option("--safe", "safe_code", required=True, help="保险柜代码.")
@click.option("--on", "planned_at", type=DAY, help="盘点日期; today if left out.")
@with_session
def plan(session: Session, *, safe_code: str, planned_at: datetime | None) -> None:
    """Plan a stock-take."""
    with session.archive() as archive:
        planned_on = planned_at.date() if planned_at else local_day(archive.now())
        take = plan_stock_take(session.actor(archive), safe_code, planned_on, archive=archive)
    _tell_take(session, take)


@stock_take_group.command("begin")
@click.argument("take")
@with_session
def begin_counting(session: Session, *, take: str) -> None:
    """Begin to count under an opening of the safe; nothing moves meanwhile."""
    with session.archive() as archive:
        _tell_take(session, begin_count(session.actor(archive), take, archive=archive))


@stock_take_group.command("list")
@_AS_JSON
@with_session
def show_takes(session: Session, *, as_json: bool) -> None:
    """List the stock-takes, the newest first."""
    with session.archive() as archive:
        total, takes = list_stock_takes(session.actor(archive), limit=1000, archive=archive)
    if as_json:
        answer({"total": total, "stock_takes": [stock_take_told(each) for each in takes]})
        return
    for each in takes:
        _tell_take(session, each.take)


@stock_take_group.command("show")
@click.argument("take")
@_AS_JSON
@with_session
def show_take(session: Session, *, take: str, as_json: bool) -> None:
    """Show a stock-take; what the ledger says only once it has been counted."""
    with session.archive() as archive:
        told = stock_take_told(show_stock_take(session.actor(archive), take, archive=archive))
    if as_json:
        answer(told)
        return
    for line in told["lines"]:
        click.echo(
            f"{line['position']:3}  {line['expected']}  {line['counted']}  {line['name']} {line['certificate_no']}"
        )


@stock_take_group.command("count")
@click.argument("take")
@click.option(
    "--found", type=(click.IntRange(1), click.IntRange(0)), multiple=True, help="POSITION and number 序号与实有数."
)
@click.option("--besides", type=(str, str, click.IntRange(1)), multiple=True, help="NAME, NUMBER, count 表外的权证.")
@with_session
def count(
    session: Session, *, take: str, found: tuple[tuple[int, int], ...], besides: tuple[tuple[str, str, int], ...]
) -> None:
    """Hand in what was counted, and compare it with the ledger."""
    with session.archive() as archive:
        actor = session.actor(archive)
        ids = _lines_of_take(actor, take, archive)
        counted = {ids.get(position, 0): pieces for position, pieces in found}
        extra = [FoundBesides(name=name, certificate_no=number, counted=pieces) for name, number, pieces in besides]
        _tell_take(session, hand_count_in(actor, take, Count(counted=counted, besides=extra), archive=archive))


@stock_take_group.command("explain")
@click.argument("take")
@click.option("--line", "stated", type=_PAIR, multiple=True, required=True, help="POSITION and why 序号与说明.")
@with_session
def explain(session: Session, *, take: str, stated: tuple[tuple[int, str], ...]) -> None:
    """Say why lines differ."""
    with session.archive() as archive:
        actor = session.actor(archive)
        ids = _lines_of_take(actor, take, archive)
        said = {ids.get(position, 0): text for position, text in stated}
        _tell_take(session, explain_differences(actor, take, said, archive=archive))


@stock_take_group.command("sign")
@click.argument("take")
@click.option("--remark", default="", help="结论.")
@with_two_signatures
@with_session
def sign(session: Session, *, take: str, remark: str, **signing: Any) -> None:  # noqa: ANN401 -- as signed_by_two
    """Sign a stock-take by two persons; nothing of it changes afterwards."""
    with session.archive() as archive:
        actor, witness = signed_by_two(session, archive, **signing)
        _tell_take(session, sign_stock_take(actor, witness, take, remark=remark, archive=archive))


@stock_take_group.command("cancel")
@click.argument("take")
@click.option("--reason", required=True, help="原因.")
@with_session
def cancel(session: Session, *, take: str, reason: str) -> None:
    """Give a stock-take up."""
    with session.archive() as archive:
        _tell_take(session, cancel_stock_take(session.actor(archive), take, reason, archive=archive))


def _lines_of_take(actor: Actor, take: str, archive: Archive) -> dict[int, int]:
    return {line.position: line.id for line in show_stock_take(actor, take, archive=archive).lines}


def _tell_take(session: Session, take: StockTake) -> None:
    state = STOCK_TAKE_STATE_NAMES[take.state]
    session.say(f"{take.number} {state.zh}", f"{take.number} is {state.en}")
