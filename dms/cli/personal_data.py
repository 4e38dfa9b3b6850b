"""``dms personal-data``: all papers about one person, requests of persons, and papers kept in store only."""

from pathlib import Path

import click

from dms.cli.errors import TextUnreadable
from dms.cli.reports import require_new, write_report
from dms.cli.session import Session, answer, with_session
from dms.custody.protecting import (
    KIND_NAMES,
    PersonSought,
    answer_document,
    find_person,
    lift_restriction,
    list_requests,
    restrict_item,
    restricted_papers,
)
from dms.domain.actor import Actor
from dms.search import items_bearing
from dms.store import UnitOfWork

EVERYTHING = 1_000_000
_REASON = click.option("--reason", required=True, help="理由, which is kept.")


@click.group("personal-data")
def personal_data_group() -> None:
    """Personal data 个人信息: finding a person, requests, papers in store only 仅存储."""


@personal_data_group.command("find")
@click.option("--name", default="", help="姓名.")
@click.option(
    "--identity-number-from",
    "number_file",
    type=click.Path(path_type=Path),
    help="A text file with the identity number 身份证号, which stands in no list of processes so.",
)
@click.option("--contact", default="", help="Telephone number or address 联系方式.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def find(session: Session, *, name: str, number_file: Path | None, contact: str, as_json: bool) -> None:
    """Find all papers about one person."""
    sought = PersonSought(name=name, identity_number=_number_in(number_file), contact=contact)
    with session.archive() as archive:
        found = find_person(session.actor(archive), sought, bearing=_bearing, archive=archive)
    papers = [
        {
            "item_id": each.item.id,
            "title": each.item.title,
            "customer_name": each.customer_name,
            "year": each.item.classification.year,
            "found_by": [by.value for by in each.found_by],
            "storage_only": each.item.storage_only,
        }
        for each in found.papers
    ]
    customers = [{"code": each.code, "name": each.name, "as": each.told} for each in found.customers]
    if as_json:
        answer({"total": found.total, "papers": papers, "customers": customers})
        return
    for paper in papers:
        click.echo(f"{paper['item_id']} {paper['year'] or '-':5} {paper['title']} {paper['customer_name']}")


@personal_data_group.command("requests")
@click.option("--open", "open_only", is_flag=True, help="Only those without an answer 未答复.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def requests(session: Session, *, open_only: bool, as_json: bool) -> None:
    """List the register of requests 个人信息请求登记簿."""
    with session.archive() as archive:
        found = list_requests(session.actor(archive), archive=archive, open_only=open_only, limit=EVERYTHING)
    rows = [
        {
            "id": each.id,
            "kind": each.kind.value,
            "person": each.person,
            "received_on": each.received_on.isoformat(),
            "due_on": each.due_on.isoformat(),
            "answered_at": each.answered_at.isoformat() if each.answered_at else None,
        }
        for each in found.requests
    ]
    if as_json:
        answer({"total": found.total, "requests": rows})
        return
    for each in found.requests:
        kind = KIND_NAMES[each.kind]
        click.echo(f"{each.id:5} {each.due_on} {each.person} {session.text(kind.zh, kind.en)}")


@personal_data_group.command("answer")
@click.argument("number", type=int)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Write it as .pdf 输出到.")
@with_session
def write_answer(session: Session, *, number: int, output: Path) -> None:
    """Write the answer to a request 答复书; a draft while it is open."""
    require_new(output)
    with session.archive() as archive:
        write_report(output, answer_document(session.actor(archive), number, archive=archive))
    session.say(f"已写入 {output}", f"Written to {output}")


@personal_data_group.command("restrict")
@click.argument("item_id")
@_REASON
@with_session
def restrict(session: Session, *, item_id: str, reason: str) -> None:
    """Put a paper into store only; done by a person (--as)."""
    with session.archive() as archive:
        restrict_item(session.actor(archive), item_id, reason, archive=archive)
    session.say("已转为仅存储", "In store only from now on")


@personal_data_group.command("lift")
@click.argument("item_id")
@_REASON
@with_session
def lift(session: Session, *, item_id: str, reason: str) -> None:
    """Let a paper in store only be used again; done by a person (--as)."""
    with session.archive() as archive:
        lift_restriction(session.actor(archive), item_id, reason, archive=archive)
    session.say("已解除仅存储", "May be used again")


@personal_data_group.command("restricted")
@click.option("--json", "as_json", is_flag=True)
@with_session
def restricted(session: Session, *, as_json: bool) -> None:
    """List the papers in store only, each with its reason."""
    with session.archive() as archive:
        found = restricted_papers(session.actor(archive), archive=archive)
    rows = [
        {
            "item_id": each.item.id,
            "title": each.item.title,
            "reason": each.restriction.reason,
            "by": each.restriction.by,
        }
        for each in found
    ]
    if as_json:
        answer({"total": len(rows), "papers": rows})
        return
    for row in rows:
        click.echo(f"{row['item_id']} {row['title']} {row['reason']}")


def _number_in(path: Path | None) -> str:
    if path is None:
        return ""
    try:
        return path.read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise TextUnreadable(path) from error


def _bearing(asking: Actor, text: str, view: UnitOfWork) -> tuple[int, tuple[int, ...]]:
    return items_bearing(asking, text, view=view)
