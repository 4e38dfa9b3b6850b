"""``dms item describe|relate|unrelate``: the particulars of a paper, and how it stands to others."""

from dataclasses import replace
from datetime import date
from typing import Any

import click

from dms.cli.items import item_group
from dms.cli.paper_facts import named_item, told_particulars, told_relation
from dms.cli.session import Session, answer, with_session
from dms.cli.usage import Misused
from dms.custody import item_facts
from dms.domain.day import parse_day
from dms.domain.item import ItemMedium, PartySide, RelationKind
from dms.errors import Bilingual
from dms.filing import (
    RelatedPaper,
    describe_paper,
    particulars_of,
    relate,
    unrelate,
)

KINDS = click.Choice([kind.value for kind in RelationKind])
_DAYS = ("valid_from_on", "valid_to_on")


@item_group.command("describe")
@click.argument("item_id")
@click.option("--doc-no", help="The number on the paper 文号.")
@click.option("--author", help="Who made it out or signed it 责任者.")
@click.option("--side", type=click.Choice([side.value for side in PartySide]), help="Whose paper it is 哪一方.")
@click.option("--medium", type=click.Choice([medium.value for medium in ItemMedium]), help="Medium 载体.")
@click.option("--sheets", type=int, help="Sheets of paper, 0 for not counted 张数，0 为未清点.")
@click.option("--annex/--no-annex", "is_annex", default=None, help="Listed without a number of its own 附件.")
@click.option("--retention", "retention_code", help="Retention rule, empty for that of the series 保管期限.")
@click.option("--valid-from", "valid_from_on", help="First day on which it holds 有效期起.")
@click.option("--valid-to", "valid_to_on", help="Last day on which it holds 有效期止.")
@click.option("--year-note", help="Why it is filed under its year 年度说明.")
@click.option("--remark", help="As printed in the contents list 备注.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def describe_command(session: Session, *, item_id: str, as_json: bool, **stated: Any) -> None:  # noqa: ANN401
    """State the particulars of a paper; what is left out stays as it is, what is given empty is taken away."""
    given: dict[str, Any] = {name: value for name, value in stated.items() if value is not None}
    meant = given | {name: _day(given[name]) for name in _DAYS if name in given}
    meant |= {"sheets": given["sheets"] or None} if "sheets" in given else {}
    meant |= {"side": PartySide(given["side"])} if "side" in given else {}
    meant |= {"medium": ItemMedium(given["medium"])} if "medium" in given else {}
    with session.archive() as archive:
        actor = session.actor(archive)
        item = item_facts(actor, named_item(actor, item_id, archive=archive), archive=archive)
        described = describe_paper(
            actor, item.id, replace(particulars_of(item.classification), **meant), archive=archive
        )
    if as_json:
        answer({"item_id": described.id, **told_particulars(described)})
        return
    session.say(f"已著录 {described.title}", f"Described {described.title}")


@item_group.command("relate")
@click.argument("item_id")
@click.argument("kind", type=KINDS)
@click.argument("other")
@click.option("--json", "as_json", is_flag=True)
@with_session
def relate_command(session: Session, *, item_id: str, kind: str, other: str, as_json: bool) -> None:
    """State how a paper stands to OTHER, each named by its id or reference code."""
    with session.archive() as archive:
        actor = session.actor(archive)
        found = relate(actor, named_item(actor, item_id, archive=archive), RelationKind(kind), other, archive=archive)
    _tell(session, found, as_json=as_json)


@item_group.command("unrelate")
@click.argument("item_id")
@click.argument("kind", type=KINDS)
@click.argument("other")
@click.option("--json", "as_json", is_flag=True)
@with_session
def unrelate_command(session: Session, *, item_id: str, kind: str, other: str, as_json: bool) -> None:
    """Take back a relation that was a mistake."""
    with session.archive() as archive:
        actor = session.actor(archive)
        pair = [named_item(actor, named, archive=archive) for named in (item_id, other)]
        found = unrelate(actor, pair[0], RelationKind(kind), pair[1], archive=archive)
    _tell(session, found, as_json=as_json)


def _tell(session: Session, found: tuple[RelatedPaper, ...], *, as_json: bool) -> None:
    if as_json:
        answer({"relations": [told_relation(related) for related in found]})
        return
    for related in found:
        arrow = "→" if related.forward else "←"
        other = related.other
        click.echo(f"{related.kind.value:13} {arrow} {other.reference_code or other.id}  {other.title}")
    if not found:
        session.say("没有登记任何关系", "It stands in no relation")


def _day(typed: str) -> date | None:
    day = parse_day(typed)
    if typed and day is None:
        raise Misused(Bilingual(f"看不懂日期“{typed}”。", f"“{typed}” is no date."))
    return day
