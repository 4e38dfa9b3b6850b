"""``dms location``: the places where paper stands, and moving volumes."""

from typing import Any

import click

from dms.cli.session import Session, answer, with_session
from dms.domain.location import Location, LocationKind
from dms.filing.places import (
    LOCATION_KIND_NAMES,
    PlaceStated,
    add_place,
    change_place,
    move_volumes,
    place_tree,
    retire_place,
    show_place,
)

EVERYTHING = 1_000_000
KINDS = click.Choice([kind.value for kind in LocationKind])


@click.group("location")
def location_group() -> None:
    """Places where paper stands 库位."""


@location_group.command("add")
@click.argument("code")
@click.option("--kind", type=KINDS, required=True)
@click.option("--name", required=True, help="名称.")
@click.option("--in", "parent_code", default="", help="Code or barcode of what it stands in 上级库位.")
@click.option("--barcode", default="", help="条码.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def add(session: Session, *, code: str, kind: str, name: str, parent_code: str, barcode: str, as_json: bool) -> None:
    """Register a place."""
    stated = PlaceStated(kind=LocationKind(kind), code=code, name=name, barcode=barcode, parent_code=parent_code)
    with session.archive() as archive:
        place = add_place(session.actor(archive), stated, archive=archive)
    _told(session, place, as_json=as_json)


@location_group.command("change")
@click.argument("code")
@click.option("--kind", type=KINDS)
@click.option("--name", help="名称.")
@click.option("--in", "parent_code", help="What it stands in 上级库位; empty for nothing 留空为独立.")
@click.option("--barcode", help="条码.")
@click.option("--code", "new_code", help="Another code 新代码.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def change(
    session: Session,
    *,
    code: str,
    kind: str | None,
    name: str | None,
    parent_code: str | None,
    barcode: str | None,
    new_code: str | None,
    as_json: bool,
) -> None:
    """Change a place, or put it elsewhere with everything in it; what is left out stays as it is."""
    with session.archive() as archive:
        actor = session.actor(archive)
        known = show_place(actor, code, archive=archive)
        parents = [place.code for place in known.path[:-1]]
        stated = PlaceStated(
            kind=LocationKind(kind) if kind else known.place.kind,
            code=known.place.code if new_code is None else new_code,
            name=known.place.name if name is None else name,
            barcode=known.place.barcode if barcode is None else barcode,
            parent_code="".join(parents[-1:]) if parent_code is None else parent_code,
        )
        place = change_place(actor, code, stated, archive=archive)
    _told(session, place, as_json=as_json)


@location_group.command("retire")
@click.argument("code")
@click.option("--yes", is_flag=True, help="Do not ask 不再询问.")
@with_session
def retire(session: Session, *, code: str, yes: bool) -> None:
    """Give up a place in which nothing stands any more."""
    session.require_consent(f"停用库位 {code}？", f"Retire the place {code}?", given=yes)
    with session.archive() as archive:
        place = retire_place(session.actor(archive), code, archive=archive)
    session.say(f"已停用 {place.code} {place.name}", f"Retired {place.code} {place.name}")


@location_group.command("list")
@click.option("--json", "as_json", is_flag=True)
@with_session
def show_tree(session: Session, *, as_json: bool) -> None:
    """List the places as a tree, with how many volumes stand there."""
    with session.archive() as archive:
        tree = place_tree(session.actor(archive), archive=archive)
    if as_json:
        counts = [{"depth": each.depth, "volumes": each.volumes_here} for each in tree]
        rows = [_facts(each.place) | counted for each, counted in zip(tree, counts, strict=True)]
        answer({"locations": rows})
        return
    for each in tree:
        kind = LOCATION_KIND_NAMES[each.place.kind].in_language(session.settings.language)
        click.echo(f"{'  ' * each.depth}{each.place.code} {each.place.name} ({kind}) {each.volumes_inside}")


@location_group.command("show")
@click.argument("code")
@click.option("--json", "as_json", is_flag=True)
@with_session
def show(session: Session, *, code: str, as_json: bool) -> None:
    """Show what stands at the place with this code or barcode."""
    with session.archive() as archive:
        shown = show_place(session.actor(archive), code, archive=archive, limit=EVERYTHING)
    path = " / ".join(place.name for place in shown.path)
    volumes = [
        {"id": each.id, "code": each.reference_code, "title": each.title, "year": each.year} for each in shown.volumes
    ]
    if as_json:
        answer(_facts(shown.place) | {"path": path, "volumes": volumes})
        return
    click.echo(path)
    for volume in volumes:
        click.echo(f"{volume['code'] or volume['id']:30} {volume['year']} {volume['title']}".rstrip())


@location_group.command("move")
@click.argument("place")
@click.argument("volumes", nargs=-1, required=True)
@with_session
def move(session: Session, *, place: str, volumes: tuple[str, ...]) -> None:
    """Put VOLUMES (reference codes, or ids) at PLACE; an empty place: nobody says any more where they stand."""
    with session.archive() as archive:
        count = move_volumes(session.actor(archive), volumes, place, archive=archive)
    session.say(f"已移动 {count} 卷", f"{count} volumes moved")


def _told(session: Session, place: Location, *, as_json: bool) -> None:
    if as_json:
        answer(_facts(place))
        return
    session.say(f"库位 {place.code} {place.name}", f"Place {place.code} {place.name}")


def _facts(place: Location) -> dict[str, Any]:
    return {"code": place.code, "name": place.name, "kind": place.kind.value, "barcode": place.barcode}
