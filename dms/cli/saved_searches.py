"""``dms saved`` and ``dms recent``: the searches that a person keeps, and the ones made last."""

from datetime import datetime
from typing import Any

import click

from dms.cli.searching import DEFAULT_LIMIT, print_result, told, told_hit
from dms.cli.session import Session, answer, with_session
from dms.search import (
    MAX_LIMIT,
    Listed,
    LookWish,
    SavedLook,
    SavedSearch,
    SearchRequest,
    clear_recent_searches,
    forget_saved,
    look_at_saved,
    news_of_saved,
    recent_searches,
    rename_saved,
    request_as_json,
    saved_searches,
)

NUMBER = click.IntRange(min=1)


@click.group("saved")
def saved_group() -> None:
    """Saved searches, with what is new since the last look 已存检索."""


@saved_group.command("list")
@click.option("--json", "as_json", is_flag=True)
@with_session
def list_saved(session: Session, *, as_json: bool) -> None:
    """List your saved searches, with how much each would find and how much of it is new."""
    with session.archive() as archive:
        actor = session.actor(archive)
        kept = saved_searches(actor, archive=archive)
        news = [news_of_saved(actor, saved.id, archive=archive) for saved in kept]
    pairs = list(zip(kept, news, strict=True))
    if as_json:
        answer({"saved": [_told_saved(saved) | {"total": each.total, "new": each.new_total} for saved, each in pairs]})
        return
    for saved, each in pairs:
        click.echo(f"{saved.id:4}  {saved.name}  {each.total} (+{each.new_total})  {_told_request(saved.request)}")


@saved_group.command("look")
@click.argument("number", type=NUMBER)
@click.option("--new", "only_new", is_flag=True, help="Only what is new since the last look 只列新增.")
@click.option("--limit", type=click.IntRange(1, MAX_LIMIT), default=DEFAULT_LIMIT, show_default=True)
@click.option("--json", "as_json", is_flag=True)
@with_session
def look(session: Session, *, number: int, only_new: bool, limit: int, as_json: bool) -> None:
    """Look at a saved search; what it finds counts as seen from now on."""
    wish = LookWish(listed=Listed.NEW if only_new else Listed.ALL, limit=limit)
    with session.archive() as archive:
        seen = look_at_saved(session.actor(archive), number, archive=archive, wish=wish)
    if as_json:
        answer(_told_look(seen))
        return
    since = _moment(seen.since_at)
    session.say(
        f"“{seen.saved.name}”共 {seen.total} 件，自 {since} 以来新增 {seen.new_total} 件",
        f"“{seen.saved.name}”: {seen.total} papers, {seen.new_total} of them new since {since}",
    )
    print_result(session, seen.result, list(seen.result.hits), new=seen.new_item_ids)


@saved_group.command("rename")
@click.argument("number", type=NUMBER)
@click.argument("name")
@with_session
def rename(session: Session, *, number: int, name: str) -> None:
    """Give a saved search another name."""
    with session.archive() as archive:
        saved = rename_saved(session.actor(archive), number, name, archive=archive)
    session.say(f"已改名：{saved.name}", f"It is called {saved.name} now")


@saved_group.command("remove")
@click.argument("number", type=NUMBER)
@with_session
def remove(session: Session, *, number: int) -> None:
    """Remove a saved search; papers are not touched."""
    with session.archive() as archive:
        forget_saved(session.actor(archive), number, archive=archive)
    session.say(f"已删除检索 {number}", f"Search {number} is removed")


@click.group("recent")
def recent_group() -> None:
    """The searches you made last 最近的检索."""


@recent_group.command("list")
@click.option("--json", "as_json", is_flag=True)
@with_session
def list_recent(session: Session, *, as_json: bool) -> None:
    """List your last twenty different searches, the latest first."""
    with session.archive() as archive:
        requests = recent_searches(session.actor(archive), archive=archive)
    if as_json:
        answer({"recent": [request_as_json(request) for request in requests]})
        return
    for request in requests:
        click.echo(_told_request(request))


@recent_group.command("clear")
@with_session
def clear(session: Session) -> None:
    """Forget your recent searches; the journal keeps what it told."""
    with session.archive() as archive:
        count = clear_recent_searches(session.actor(archive), archive=archive)
    session.say(f"已清除 {count} 条最近检索", f"{count} recent searches are forgotten")


def _told_saved(saved: SavedSearch) -> dict[str, Any]:
    return {
        "id": saved.id,
        "name": saved.name,
        "request": request_as_json(saved.request),
        "made_at": saved.made_at.isoformat(),
        "looked_at": saved.looked_at.isoformat(),
    }


def _told_look(seen: SavedLook) -> dict[str, Any]:
    hits = [told_hit(hit) | {"new": hit.item_id in seen.new_item_ids} for hit in seen.result.hits]
    of_all = {"total": seen.total, "new": seen.new_total, "since": seen.since_at.isoformat()}
    return {**told(seen.result), **of_all, "hits": hits}


def _told_request(request: SearchRequest) -> str:
    stated = request_as_json(request)
    filters = (f"{name}={value}" for name, value in stated.items() if name != "query")
    return " ".join([str(stated.get("query", "")), *filters]).strip()


def _moment(at: datetime) -> str:
    return at.astimezone().strftime("%Y-%m-%d %H:%M")
