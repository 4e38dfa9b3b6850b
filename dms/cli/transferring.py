"""``dms transfer``: handing papers over with a signed list, checking it, and the accession register."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import click

from dms.archive import Archive
from dms.cli.session import Session, answer, with_session
from dms.domain.actor import Actor
from dms.domain.day import FIRST_YEAR, LAST_YEAR
from dms.domain.item import CopyKind, ItemMedium
from dms.domain.transfer import TransferBatch
from dms.filing.transferring import (
    TRANSFER_STATE_NAMES,
    Extension,
    LineStated,
    LineTick,
    TransferShown,
    TransferStated,
    accept_transfer,
    begin_transfer,
    check_lines,
    extend_transfer,
    hand_over,
    list_papers,
    list_unscanned,
    return_transfer,
    show_transfer,
    tie_paper,
    transfer_id_of,
    unlist,
    withdraw_transfer,
)

DAY = click.DateTime(["%Y-%m-%d"])
_Act = Callable[[Actor, int, Archive], TransferBatch]


@click.group("transfer")
def transfer_group() -> None:
    """Hand-overs 移交: lists signed, checked line by line, accepted. TRANSFER is a number 批次号 or an id."""


@transfer_group.command("begin")
@click.option("--department", required=True, help="From which department 移交部门.")
@click.option("--person", required=True, help="Who hands over 移交人.")
@click.option("--rule", default="", help="Deadline rule 移交期限; none if left out.")
@click.option("--begun", "begun_at", type=DAY, help="Event from which the time counts 办结日期; today if left out.")
@click.option("--year", type=click.IntRange(FIRST_YEAR, LAST_YEAR), help="Year of the papers 年度.")
@click.option("--remark", default="", help="备注.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def begin_draft(
    session: Session,
    *,
    department: str,
    person: str,
    rule: str,
    begun_at: datetime | None,
    year: int | None,
    remark: str,
    as_json: bool,
) -> None:
    """Begin a hand-over as a draft."""
    stated = TransferStated(
        from_department=department,
        from_person=person,
        rule_code=rule,
        begun_on=begun_at.date() if begun_at else None,
        year=year,
        remark=remark,
    )
    with session.archive() as archive:
        batch = begin_transfer(session.actor(archive), stated, archive=archive)
    _told(session, batch, as_json=as_json)


@transfer_group.command("add")
@click.argument("transfer")
@click.argument("papers", nargs=-1)
@click.option("--title", default="", help="A paper that nobody scanned yet 未扫描资料的题名.")
@click.option("--contract", "contract_no", default="", help="Its contract number 合同编号.")
@click.option("--copy-kind", type=click.Choice([kind.value for kind in CopyKind]), default="unknown")
@click.option("--pages", type=click.IntRange(1))
@click.option("--sheets", type=click.IntRange(1))
@click.option("--medium", type=click.Choice([medium.value for medium in ItemMedium]), default="paper")
@with_session
def add_to_list(
    session: Session,
    *,
    transfer: str,
    papers: tuple[str, ...],
    title: str,
    copy_kind: str,
    medium: str,
    **stated: Any,  # noqa: ANN401 -- what else a line states, by field
) -> None:
    """Put PAPERS (ids or reference codes) on the list, or one that nobody scanned yet."""
    typed = LineStated(title=title, copy_kind=CopyKind(copy_kind), medium=ItemMedium(medium), **stated)
    with session.archive() as archive:
        actor = session.actor(archive)
        number = transfer_id_of(actor, transfer, archive=archive)
        count = list_papers(actor, number, papers, archive=archive) if papers else 0
        count += list_unscanned(actor, number, [typed], archive=archive) if title or not papers else 0
    session.say(f"已列入 {count} 件", f"{count} papers listed")


@transfer_group.command("remove")
@click.argument("transfer")
@click.argument("position", type=click.IntRange(1))
@with_session
def remove_from_list(session: Session, *, transfer: str, position: int) -> None:
    """Take the line at POSITION off the list."""
    with session.archive() as archive:
        actor = session.actor(archive)
        shown = show_transfer(actor, transfer_id_of(actor, transfer, archive=archive), archive=archive)
        removed = unlist(actor, shown.batch.id, _line_id(shown, position), archive=archive)
    session.say(f"已删去：{removed.title}", f"Taken off: {removed.title}")


@transfer_group.command("tie")
@click.argument("transfer")
@click.argument("position", type=click.IntRange(1))
@click.argument("paper")
@with_session
def tie_line(session: Session, *, transfer: str, position: int, paper: str) -> None:
    """Say that the line at POSITION was scanned since: PAPER is an id or a reference code."""
    with session.archive() as archive:
        actor = session.actor(archive)
        shown = show_transfer(actor, transfer_id_of(actor, transfer, archive=archive), archive=archive)
        tie_paper(actor, shown.batch.id, _line_id(shown, position), paper, archive=archive)
    session.say("已关联", "Tied")


@transfer_group.command("hand-over")
@click.argument("transfer")
@click.option("--a", "a", required=True, help="Who hands over signs 移交人（A角）.")
@click.option("--b", "b", default="", help="Who verifies signs 复核人（B角）.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def hand_list_over(session: Session, *, transfer: str, a: str, b: str, as_json: bool) -> None:
    """Sign the list and hand it over; it is given its number and does not change any more."""
    _done(
        session, transfer, lambda actor, key, archive: hand_over(actor, key, a=a, b=b, archive=archive), as_json=as_json
    )


@transfer_group.command("check")
@click.argument("transfer")
@click.option("--there", type=click.IntRange(1), multiple=True, help="Position of a paper that is there 在.")
@click.option("--missing", type=click.IntRange(1), multiple=True, help="Position of one that is not 缺.")
@click.option("--all", "everything", is_flag=True, help="All lines that are not named are there 其余都在.")
@click.option("--difference", default="", help="What differs, for the lines that are named 差异.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def check_list(
    session: Session,
    *,
    transfer: str,
    there: tuple[int, ...],
    missing: tuple[int, ...],
    everything: bool,
    difference: str,
    as_json: bool,
) -> None:
    """Check the papers against the list, line by line."""
    said = dict.fromkeys(there, True) | dict.fromkeys(missing, False)

    def check(actor: Actor, key: int, archive: Archive) -> TransferBatch:
        shown = show_transfer(actor, key, archive=archive)
        ticks = [
            LineTick(line_id=_line_id(shown, position), ticked=ticked, difference=difference)
            for position, ticked in said.items()
        ]
        rest = [line for line in shown.lines if line.position not in said and line.ticked is None and everything]
        ticks += [LineTick(line_id=line.id, ticked=True, difference=line.difference) for line in rest]
        return check_lines(actor, key, ticks, archive=archive)

    _done(session, transfer, check, as_json=as_json)


@transfer_group.command("return")
@click.argument("transfer")
@click.option("--reason", required=True, help="What is missing 退回原因.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def send_back(session: Session, *, transfer: str, reason: str, as_json: bool) -> None:
    """Send the list back to be completed."""
    _done(
        session,
        transfer,
        lambda actor, key, archive: return_transfer(actor, key, reason, archive=archive),
        as_json=as_json,
    )


@transfer_group.command("accept")
@click.argument("transfer")
@click.option("--archivist", required=True, help="Who takes over signs 接收人.")
@click.option("--supervisor", default="", help="Who looks on signs 监交人.")
@click.option("--yes", is_flag=True, help="Do not ask 不再询问.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def take_over(session: Session, *, transfer: str, archivist: str, supervisor: str, yes: bool, as_json: bool) -> None:
    """Sign for the papers and enter them into the accession register; this cannot be undone."""
    session.require_consent(f"接收移交批次 {transfer}？", f"Accept {transfer}?", given=yes)

    def accept(actor: Actor, key: int, archive: Archive) -> TransferBatch:
        return accept_transfer(actor, key, archivist=archivist, supervisor=supervisor, archive=archive)

    _done(session, transfer, accept, as_json=as_json)


@transfer_group.command("extend")
@click.argument("transfer")
@click.option("--until", "until_at", type=DAY, required=True, help="Last day 延期至, YYYY-MM-DD.")
@click.option("--reason", required=True, help="Why 原因.")
@click.option("--approved-by", required=True, help="Who approved it 批准人.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def extend_deadline(
    session: Session, *, transfer: str, until_at: datetime, reason: str, approved_by: str, as_json: bool
) -> None:
    """Give a hand-over more time."""
    wish = Extension(until_on=until_at.date(), reason=reason, approved_by=approved_by)
    _done(
        session,
        transfer,
        lambda actor, key, archive: extend_transfer(actor, key, wish, archive=archive),
        as_json=as_json,
    )


@transfer_group.command("withdraw")
@click.argument("transfer")
@click.option("--reason", required=True, help="Why 撤销原因.")
@click.option("--yes", is_flag=True, help="Do not ask 不再询问.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def give_up(session: Session, *, transfer: str, reason: str, yes: bool, as_json: bool) -> None:
    """Give a hand-over up before it was accepted; its number stays spent."""
    session.require_consent(f"撤销移交批次 {transfer}？", f"Withdraw {transfer}?", given=yes)
    _done(
        session,
        transfer,
        lambda actor, key, archive: withdraw_transfer(actor, key, reason, archive=archive),
        as_json=as_json,
    )


def _done(session: Session, transfer: str, act: _Act, *, as_json: bool) -> None:
    with session.archive() as archive:
        actor = session.actor(archive)
        batch = act(actor, transfer_id_of(actor, transfer, archive=archive), archive)
    _told(session, batch, as_json=as_json)


def _told(session: Session, batch: TransferBatch, *, as_json: bool) -> None:
    if as_json:
        answer(batch_facts(batch))
        return
    name, state = batch.number or batch.id, TRANSFER_STATE_NAMES[batch.state]
    session.say(f"移交批次 {name}：{state.zh}", f"Hand-over {name}: {state.en}")


def _line_id(shown: TransferShown, position: int) -> int:
    """The id of the line at a position; 0, which no line bears, where there is none."""
    return next((line.id for line in shown.lines if line.position == position), 0)


def batch_facts(batch: TransferBatch) -> dict[str, Any]:
    """What ``--json`` tells of a batch."""
    return {
        "id": batch.id,
        "number": batch.number,
        "department": batch.from_department,
        "person": batch.from_person,
        "year": batch.year,
        "state": batch.state.value,
        "begun_on": batch.begun_on.isoformat(),
        "due_on": _day(batch.last_day),
        "list_sha256": batch.list_digest,
        "signatures": [
            {"role": each.role.value, "name": each.name, "signed_at": each.signed_at.isoformat()}
            for each in batch.signatures
        ],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
