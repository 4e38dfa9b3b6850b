"""``dms title slip | safe``: handing over by three, opening by two."""

from pathlib import Path
from typing import Any

import click

from dms.archive import Archive
from dms.cli.session import Session, answer, with_session
from dms.cli.title_facts import line_told, opening_told, safe_told, slip_told, title_told
from dms.cli.title_signing import signed_by_two, signed_here, with_own_signature, with_two_signatures
from dms.cli.titles import certificate, title_group, with_certificate
from dms.custody.titles import (
    SLIP_STATE_NAMES,
    LineChecked,
    SlipStated,
    TitleStated,
    appoint_keeper,
    begin_slip,
    check_titles,
    close_safe,
    hand_titles_over,
    list_safes,
    list_slips,
    list_title,
    open_safe,
    return_titles,
    show_slip,
    sign_checked,
    take_titles_over,
    unlist_title,
    withdraw_slip,
)
from dms.domain.actor import Actor
from dms.domain.safe import SafeOpening
from dms.domain.title_slip import LineCheck, TitleSlip

_AS_JSON = click.option("--json", "as_json", is_flag=True)
_ALL_AGREE = LineCheck(name=True, number=True, quantity=True)
_PAIR = (click.IntRange(1), click.STRING)


@title_group.group("slip")
def slip_group() -> None:
    """Slips 权证移交单: title documents are handed over by three. SLIP is a number or an id."""


@slip_group.command("begin")
@click.option("--customer", "customer_code", required=True, help="客户代码.")
@click.option("--contract", "contract_no", default="", help="合同编号.")
@click.option("--department", "from_department", required=True, help="移交部门.")
@click.option("--remark", default="", help="备注.")
@_AS_JSON
@with_session
def begin(session: Session, *, as_json: bool, **stated: str) -> None:
    """Begin a slip as a draft."""
    with session.archive() as archive:
        slip = begin_slip(session.actor(archive), SlipStated(**stated), archive=archive)
    _tell_slip(session, slip, as_json=as_json)


@slip_group.command("add")
@click.argument("slip")
@with_certificate
@click.option("--item", "item_id", default="", help="Its scan 扫描件编号.")
@with_session
def add(session: Session, *, slip: str, item_id: str, **stated: Any) -> None:  # noqa: ANN401 -- by option
    """Put a title document on the slip."""
    with session.archive() as archive:
        wish = TitleStated(facts=certificate(**stated), item_id=item_id)
        line = list_title(session.actor(archive), slip, wish, archive=archive)
    session.say(f"已列入第 {line.position} 项", f"Listed as line {line.position}")


@slip_group.command("remove")
@click.argument("slip")
@click.argument("position", type=click.IntRange(1))
@with_session
def remove(session: Session, *, slip: str, position: int) -> None:
    """Take the line at POSITION off the slip."""
    with session.archive() as archive:
        actor = session.actor(archive)
        unlist_title(actor, slip, _line_at(actor, slip, position, archive), archive=archive)
    session.say("已删去", "Taken off")


@slip_group.command("list")
@_AS_JSON
@with_session
def list_all(session: Session, *, as_json: bool) -> None:
    """List the slips, the newest first."""
    with session.archive() as archive:
        found = list_slips(session.actor(archive), limit=1000, archive=archive)
    if as_json:
        answer({"total": found.total, "slips": [slip_told(slip) for slip in found.slips]})
        return
    for slip in found.slips:
        _tell_slip(session, slip, as_json=False)


@slip_group.command("show")
@click.argument("slip")
@_AS_JSON
@with_session
def show(session: Session, *, slip: str, as_json: bool) -> None:
    """Show a slip with its lines."""
    with session.archive() as archive:
        shown = show_slip(session.actor(archive), slip, archive=archive)
    if as_json:
        answer(slip_told(shown.slip) | {"lines": [line_told(line) for line in shown.lines]})
        return
    _tell_slip(session, shown.slip, as_json=False)
    for line in shown.lines:
        click.echo(f"{line.position:3}  {line.facts.quantity:3}  {line.facts.name}  {line.facts.certificate_no}")


@slip_group.command("hand-over")
@click.argument("slip")
@with_own_signature
@with_session
def hand_over(session: Session, *, slip: str, password_file: Path | None) -> None:
    """Sign the slip and hand it over; its list does not change any more."""
    with session.archive() as archive:
        made = hand_titles_over(signed_here(session, password_file, archive), slip, archive=archive)
    _tell_slip(session, made, as_json=False)


@slip_group.command("check")
@click.argument("slip")
@click.option("--differs", type=_PAIR, multiple=True, help="POSITION and how it differs 不符的序号与差异.")
@with_session
def check(session: Session, *, slip: str, differs: tuple[tuple[int, str], ...]) -> None:
    """Check every line against the certificates, as archive or as custodian; those not named agree."""
    said = dict(differs)
    with session.archive() as archive:
        actor = session.actor(archive)
        found = [
            LineChecked(
                line_id=line.id,
                check=LineCheck(name=False, number=False, quantity=False, difference=said[line.position])
                if line.position in said
                else _ALL_AGREE,
            )
            for line in show_slip(actor, slip, archive=archive).lines
        ]
        check_titles(actor, slip, found, archive=archive)
    session.say(f"已核对 {len(found)} 项，不符 {len(said)} 项", f"{len(found)} lines checked, {len(said)} differ")


@slip_group.command("confirm")
@click.argument("slip")
@with_own_signature
@with_session
def confirm(session: Session, *, slip: str, password_file: Path | None) -> None:
    """Sign as the archive that every line agrees 复核签字."""
    with session.archive() as archive:
        made = sign_checked(signed_here(session, password_file, archive), slip, archive=archive)
    _tell_slip(session, made, as_json=False)


@slip_group.command("take-over")
@click.argument("slip")
@click.option("--safe", "safe_code", required=True, help="保险柜代码.")
@with_own_signature
@_AS_JSON
@with_session
def take_over(session: Session, *, slip: str, safe_code: str, password_file: Path | None, as_json: bool) -> None:
    """Sign as the custodian; the title documents stand on the ledger from now on 接收."""
    with session.archive() as archive:
        actor = signed_here(session, password_file, archive)
        titles = take_titles_over(actor, slip, safe_code, archive=archive)
    if as_json:
        answer({"titles": [title_told(title) for title in titles]})
        return
    numbers = "、".join(title.number for title in titles)
    session.say(f"已记入台账：{numbers}", f"On the ledger: {numbers}")


@slip_group.command("return")
@click.argument("slip")
@click.option("--reason", required=True, help="原因.")
@with_session
def send_back(session: Session, *, slip: str, reason: str) -> None:
    """Send the slip back to be corrected."""
    with session.archive() as archive:
        made = return_titles(session.actor(archive), slip, reason, archive=archive)
    _tell_slip(session, made, as_json=False)


@slip_group.command("withdraw")
@click.argument("slip")
@click.option("--reason", required=True, help="原因.")
@with_session
def give_up(session: Session, *, slip: str, reason: str) -> None:
    """Give the slip up; its number stays spent."""
    with session.archive() as archive:
        made = withdraw_slip(session.actor(archive), slip, reason, archive=archive)
    _tell_slip(session, made, as_json=False)


@title_group.group("safe")
def safe_group() -> None:
    """Safes 保险柜: two persons open them. SAFE is the code of a place."""


@safe_group.command("list")
@_AS_JSON
@with_session
def show_safes(session: Session, *, as_json: bool) -> None:
    """List the safes, and which stands open."""
    with session.archive() as archive:
        told = [safe_told(each) for each in list_safes(session.actor(archive), archive=archive)]
    if as_json:
        answer({"safes": told})
        return
    for each in told:
        standing = session.text("开着", "open") if each["open"] else session.text("已锁", "locked")
        click.echo(f"{each['code']:10} {standing:6} {each['pieces']:5}  {each['name']}")


@safe_group.command("open")
@click.argument("safe")
@click.option("--purpose", required=True, help="事由.")
@with_two_signatures
@_AS_JSON
@with_session
def unlock(session: Session, *, safe: str, purpose: str, as_json: bool, **signing: Any) -> None:  # noqa: ANN401 -- two persons
    """Record that two persons open a safe."""
    with session.archive() as archive:
        actor, witness = signed_by_two(session, archive, **signing)
        opening = open_safe(actor, witness, safe, purpose, archive=archive)
    _tell_opening(session, opening, as_json=as_json)


@safe_group.command("close")
@click.argument("safe")
@click.option("--remark", default="", help="备注.")
@with_two_signatures
@_AS_JSON
@with_session
def lock(session: Session, *, safe: str, remark: str, as_json: bool, **signing: Any) -> None:  # noqa: ANN401 -- two persons
    """Record that two persons lock a safe."""
    with session.archive() as archive:
        actor, witness = signed_by_two(session, archive, **signing)
        opening = close_safe(actor, witness, safe, remark=remark, archive=archive)
    _tell_opening(session, opening, as_json=as_json)


@safe_group.command("keeper")
@click.argument("safe")
@click.argument("user")
@with_session
def keeper(session: Session, *, safe: str, user: str) -> None:
    """Say which custodian answers for a safe 负责人; "" for nobody."""
    with session.archive() as archive:
        name = appoint_keeper(session.actor(archive), safe, user, archive=archive)
    session.say(f"{safe} 由 {name or '-'} 负责", f"{name or '-'} answers for {safe}")


def _line_at(actor: Actor, slip: str, position: int, archive: Archive) -> int:
    """The id of the line at a position; 0, which no line bears, where there is none."""
    lines = show_slip(actor, slip, archive=archive).lines
    return next((line.id for line in lines if line.position == position), 0)


def _tell_slip(session: Session, slip: TitleSlip, *, as_json: bool) -> None:
    if as_json:
        answer(slip_told(slip))
        return
    name, state = slip.number or slip.id, SLIP_STATE_NAMES[slip.state]
    session.say(f"权证移交单 {name}：{state.zh}", f"Slip {name}: {state.en}")


def _tell_opening(session: Session, opening: SafeOpening, *, as_json: bool) -> None:
    if as_json:
        answer(opening_told(opening))
        return
    done = ("已关柜", "locked") if opening.closed_at else ("已开柜", "open")
    session.say(f"{opening.number} {done[0]}", f"{opening.number}: {done[1]}")
