"""``dms transfer list | show | register | rules``: what was handed over, and what is late."""

from typing import Any

import click

from dms.cli.session import Session, answer, with_session
from dms.cli.transferring import batch_facts, transfer_group
from dms.domain.day import FIRST_YEAR, LAST_YEAR
from dms.domain.transfer import TransferState
from dms.filing.transferring import (
    TRANSFER_STATE_NAMES,
    TransferShown,
    TransferSummary,
    TransferWish,
    accession_register,
    deadline_rules,
    list_transfers,
    overdue_transfers,
    show_transfer,
    transfer_id_of,
)

EVERYTHING = 1_000_000


@transfer_group.command("list")
@click.option("--state", type=click.Choice([state.value for state in TransferState]))
@click.option("--year", type=click.IntRange(FIRST_YEAR, LAST_YEAR))
@click.option("--department", help="移交部门.")
@click.option("--overdue", is_flag=True, help="Only those that are late 逾期未接收.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def show_batches(
    session: Session, *, state: str | None, year: int | None, department: str | None, overdue: bool, as_json: bool
) -> None:
    """List the hand-overs."""
    states = frozenset({TransferState(state)} if state else ())
    wish = TransferWish(states=states, year=year, department=department, limit=EVERYTHING)
    with session.archive() as archive:
        actor = session.actor(archive)
        late = overdue_transfers(actor, archive=archive) if overdue else ()
        found = late if overdue else list_transfers(actor, wish, archive=archive).transfers
    if as_json:
        answer({"total": len(found), "transfers": [_row(each) for each in found]})
        return
    for each in found:
        row = _row(each)
        state = TRANSFER_STATE_NAMES[each.batch.state].in_language(session.settings.language)
        told = f"{row['id']:5} {row['number'] or '-':20} {row['due_on'] or '-':10} {row['papers']:5}"
        click.echo(f"{told} {row['department']} {state}")


@transfer_group.command("show")
@click.argument("transfer")
@click.option("--json", "as_json", is_flag=True)
@with_session
def show_batch(session: Session, *, transfer: str, as_json: bool) -> None:
    """Show one hand-over with its list."""
    with session.archive() as archive:
        actor = session.actor(archive)
        shown = show_transfer(actor, transfer_id_of(actor, transfer, archive=archive), archive=archive)
    if as_json:
        answer(_whole(shown))
        return
    said = {None: "-", True: session.text("在", "there"), False: session.text("缺", "missing")}
    for line in shown.lines:
        click.echo(
            f"{line.position:4} {said[line.ticked]:8} {line.title} {line.contract_no} {line.difference}".rstrip()
        )


@transfer_group.command("register")
@click.option("--year", type=click.IntRange(FIRST_YEAR, LAST_YEAR))
@click.option("--json", "as_json", is_flag=True)
@with_session
def show_register(session: Session, *, year: int | None, as_json: bool) -> None:
    """Show the accession register 接收登记簿."""
    with session.archive() as archive:
        found = accession_register(session.actor(archive), archive=archive, year=year, limit=EVERYTHING)
    if as_json:
        rows = [
            {
                "accession": each.code,
                **batch_facts(each.batch),
                "papers": each.totals.papers,
                "sheets": each.totals.sheets,
            }
            for each in found.entries
        ]
        answer({"total": found.total, "accessions": rows})
        return
    for each in found.entries:
        click.echo(f"{each.code:24} {each.batch.number:20} {each.batch.from_department} {each.totals.papers:5}")


@transfer_group.command("rules")
@click.option("--json", "as_json", is_flag=True)
@with_session
def show_rules(session: Session, *, as_json: bool) -> None:
    """List the deadline rules."""
    with session.archive() as archive:
        rules = deadline_rules(session.actor(archive), archive=archive)
    if as_json:
        names = ("code", "zh", "en", "months", "days", "working_days")
        answer({"rules": [{name: getattr(rule, name) for name in names} for rule in rules]})
        return
    for rule in rules:
        click.echo(f"{rule.code:20} {session.text(rule.zh, rule.en)}")


def _row(each: TransferSummary) -> dict[str, Any]:
    counted = {"papers": each.totals.papers, "sheets": each.totals.sheets}
    return batch_facts(each.batch) | counted | {"late_working_days": each.late_working_days}


def _whole(shown: TransferShown) -> dict[str, Any]:
    lines = [
        {
            "position": line.position,
            "item_id": shown.item_ids.get(line.item_key) if line.item_key is not None else None,
            "title": line.title,
            "contract_no": line.contract_no,
            "copy_kind": line.copy_kind.value,
            "pages": line.pages,
            "sheets": line.sheets,
            "medium": line.medium.value,
            "there": line.ticked,
            "difference": line.difference,
        }
        for line in shown.lines
    ]
    return _row(shown.summary) | {"accession": shown.accession, "as_signed": shown.is_list_as_signed, "lines": lines}
