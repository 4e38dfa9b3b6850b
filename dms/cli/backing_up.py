"""``dms backup`` and ``dms backup-place``: copies of the archive in other places."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import click

from dms.archive import Archive
from dms.cli.place_options import PlaceFacts, with_place_facts
from dms.cli.session import Session, answer, with_session
from dms.cli.usage import Misused
from dms.domain.backup import MEDIUM_NAMES, BackupPlace, BackupRetention, BackupRun
from dms.errors import Bilingual, DmsError
from dms.preservation import (
    DEFAULT_RETENTION,
    NEVER_REACHED,
    BackupsStanding,
    Phase,
    PlaceStanding,
    Step,
    add_place,
    back_up,
    backups_standing,
    change_place,
    place_with_id,
    remove_place,
)

MEGABYTE = 1_000_000
KEEP_UNUSABLE = Bilingual(
    "--keep 请写成四个数，依次为保留多少日、周、月、年的快照，例如 14,8,24,10。",
    "--keep takes four numbers, how many days, weeks, months and years have their snapshot kept, as in 14,8,24,10.",
)
PHASE_NAMES: dict[Phase, Bilingual] = {
    Phase.OBJECTS: Bilingual("封存对象", "objects"),
    Phase.CATALOGUE: Bilingual("目录数据库", "catalogue"),
    Phase.CHECKING: Bilingual("核对", "checking"),
    Phase.PRUNING: Bilingual("清理旧快照", "pruning"),
}


@click.command("backup", short_help="Copy the archive to a place 备份")
@click.argument("address", metavar="DIR", default="")
@click.option("--all", "everywhere", is_flag=True, help="To every registered place 备份到全部位置.")
@click.option("--json", "as_json", is_flag=True)
@with_session
@with_place_facts
def backup_command(session: Session, *, address: str, everywhere: bool, as_json: bool, facts: PlaceFacts) -> None:
    """Back up to DIR (a folder or s3://bucket/prefix), which becomes a registered place if it is new.

    The archive stays in use meanwhile. Only what is not there yet is copied; everything written is read back.
    """
    if bool(address) == everywhere:
        raise Misused(Bilingual("请给出备份位置，或用 --all。", "Give a place to back up to, or --all."))
    with session.archive() as archive:
        actor = session.actor(archive)
        known = [standing.place for standing in backups_standing(actor, archive=archive).places]
        places = known if everywhere else [add_place(actor, facts.new_place(address), archive=archive)]
        runs, refusals = _backed_up(session, places, archive)
        if refusals and isinstance(refusals[0], NEVER_REACHED) and places[0] not in known:
            # A name mistyped once must not be tried, and fail, every night.
            remove_place(actor, places[0].id or 0, archive=archive)
    if as_json and not refusals:
        answer(_run_json(runs[0]) if not everywhere else {"runs": [_run_json(run) for run in runs]})
    if refusals:
        raise refusals[0]


@click.group("backup-place")
def place_group() -> None:
    """Places for copies of the archive 备份位置."""


@place_group.command("add")
@click.argument("address")
@click.option("--keep", metavar="D,W,M,Y", help="Snapshots kept: days, weeks, months, years 保留份数.")
@click.option("--json", "as_json", is_flag=True)
@with_session
@with_place_facts
def add_command(session: Session, *, address: str, keep: str | None, as_json: bool, facts: PlaceFacts) -> None:
    """Register ADDRESS, a folder or s3://bucket/prefix, as a place for backups."""
    with session.archive() as archive:
        new = replace(facts.new_place(address), retention=_retention(keep) or DEFAULT_RETENTION)
        place = add_place(session.actor(archive), new, archive=archive)
    if as_json:
        answer(_place_json(place))
        return
    session.say(f"已登记备份位置 {place.id}：{place.name}", f"Registered backup place {place.id}: {place.name}")


@place_group.command("list")
@click.option("--json", "as_json", is_flag=True)
@with_session
def list_command(session: Session, *, as_json: bool) -> None:
    """List the places, how old their copies are, and whether there are three copies on two media, one elsewhere."""
    with session.archive() as archive:
        standing = backups_standing(session.actor(archive), archive=archive)
    if as_json:
        answer(_standing_json(standing))
        return
    for each in standing.places:
        _tell_place(session, each)
    _tell_copies(session, standing)


@place_group.command("set")
@click.argument("place_id", type=int)
@click.option("--onsite", is_flag=True, help="It lies at the archive's own site 不在异地.")
@click.option("--keep", metavar="D,W,M,Y", help="Snapshots kept: days, weeks, months, years 保留份数.")
@with_session
@with_place_facts
def set_command(session: Session, *, place_id: int, onsite: bool, keep: str | None, facts: PlaceFacts) -> None:
    """Change what is stated about a place; what is not given stays."""
    with session.archive() as archive:
        with archive.looking() as view:
            place = place_with_id(place_id, work=view)
        changed = replace(
            place,
            name=facts.name or place.name,
            medium=facts.medium or place.medium,
            offsite=(place.offsite or facts.offsite) and not onsite,
            retention=_retention(keep) or place.retention,
            options=dict(place.options) | facts.reaching.changes(),
        )
        change_place(session.actor(archive), changed, archive=archive)
    session.say(f"已修改备份位置 {place_id}", f"Changed backup place {place_id}")


@place_group.command("remove")
@click.argument("place_id", type=int)
@with_session
def remove_command(session: Session, *, place_id: int) -> None:
    """Use a place no more; what lies there stays."""
    with session.archive() as archive:
        remove_place(session.actor(archive), place_id, archive=archive)
    session.say(
        f"已移除备份位置 {place_id}；其中的备份没有删除。",
        f"Removed backup place {place_id}; what lies there was not deleted.",
    )


@contextmanager
def telling(session: Session, zh: str, en: str) -> Iterator[Callable[[Step], None]]:
    """A line for a person who looks, written over and over; silent otherwise."""
    if not sys.stderr.isatty():
        yield lambda step: None
        return

    def report(step: Step) -> None:
        text, phase = session.text(zh, en), PHASE_NAMES[step.phase].in_language(session.settings.language)
        click.echo(f"\r\033[K{text} {phase} {step.done} · {step.bytes_done / MEGABYTE:,.0f} MB ", nl=False, err=True)

    yield report
    click.echo(err=True)


def _backed_up(session: Session, places: list[BackupPlace], archive: Archive) -> tuple[list[BackupRun], list[DmsError]]:
    """Every place has its turn, whatever happened at the one before."""
    runs: list[BackupRun] = []
    refusals: list[DmsError] = []
    for place in places:
        try:
            with telling(session, "备份", "Backing up") as report:
                runs.append(back_up(session.actor(archive), place.id or 0, archive=archive, report=report))
        except DmsError as refusal:
            refusals.append(refusal)
            if len(places) > 1:  # of a single place it is said at the end
                session.say(f"{place.name}：{refusal.message.zh}", f"{place.name}: {refusal.message.en}")
            continue
        _tell_run(session, place, runs[-1])
    return runs, refusals


def _retention(keep: str | None) -> BackupRetention | None:
    if keep is None:
        return None
    numbers = [part.strip() for part in keep.split(",")]
    if len(numbers) != 4 or not all(part.isdecimal() for part in numbers):
        raise Misused(KEEP_UNUSABLE)
    days, weeks, months, years = map(int, numbers)
    return BackupRetention(days=days, weeks=weeks, months=months, years=years)


def _tell_run(session: Session, place: BackupPlace, run: BackupRun) -> None:
    seconds = (run.ended_at - run.began_at).total_seconds()
    session.say(
        f"{place.name}：快照 {run.snapshot_id}，共 {run.objects_total} 个对象 {run.bytes_total / MEGABYTE:,.1f} MB，"
        f"本次复制 {run.objects_copied} 个 {run.bytes_copied / MEGABYTE:,.1f} MB，已逐一读回核对，"
        f"用时 {seconds:.1f} 秒。",
        f"{place.name}: snapshot {run.snapshot_id}, {run.objects_total} objects, {run.bytes_total / MEGABYTE:,.1f} MB; "
        f"copied {run.objects_copied}, {run.bytes_copied / MEGABYTE:,.1f} MB, each read back, in {seconds:.1f} s.",
    )


def _tell_place(session: Session, standing: PlaceStanding) -> None:
    place, latest = standing.place, standing.latest_complete
    when = f"{latest.ended_at.astimezone():%Y-%m-%d %H:%M}" if latest else session.text("从未备份", "never")
    medium = MEDIUM_NAMES[place.medium].in_language(session.settings.language)
    where = session.text("异地", "offsite") if place.offsite else session.text("本地", "onsite")
    click.echo(f"{place.id:4} {when:17} {medium} {where} {place.name}  {place.address}")
    if standing.shares_disk:
        warning = session.text(
            "与档案库在同一块磁盘上，磁盘损坏时会一起丢失。", "On the archive's own disk: both are lost with it."
        )
        click.echo(f"     {warning}")


def _tell_copies(session: Session, standing: BackupsStanding) -> None:
    copies = standing.copies
    session.say(
        f"共 {copies.count} 份（要求 3 份），{len(copies.media)} 种介质（要求 2 种），"
        f"异地 {copies.offsite_count} 份（要求 1 份）。",
        f"{copies.count} copies (3 wanted) on {len(copies.media)} kinds of media (2 wanted), "
        f"{copies.offsite_count} elsewhere (1 wanted).",
    )


def _run_json(run: BackupRun) -> dict[str, Any]:
    return {
        "place_id": run.place_id,
        "snapshot_id": run.snapshot_id,
        "state": run.state.value,
        "began_at": run.began_at.isoformat(),
        "ended_at": run.ended_at.isoformat(),
        "objects_total": run.objects_total,
        "bytes_total": run.bytes_total,
        "objects_copied": run.objects_copied,
        "bytes_copied": run.bytes_copied,
        "journal_seq": run.journal_seq,
        "problem_code": run.problem_code,
    }


def _place_json(place: BackupPlace) -> dict[str, Any]:
    kept = place.retention
    return {
        "id": place.id,
        "name": place.name,
        "kind": place.kind.value,
        "address": place.address,
        "medium": place.medium.value,
        "offsite": place.offsite,
        "keep": {"days": kept.days, "weeks": kept.weeks, "months": kept.months, "years": kept.years},
    }


def _standing_json(standing: BackupsStanding) -> dict[str, Any]:
    copies = standing.copies
    return {
        "places": [
            _place_json(each.place)
            | {
                "latest_complete": _run_json(each.latest_complete) if each.latest_complete else None,
                "shares_disk": each.shares_disk,
            }
            for each in standing.places
        ],
        "copies": copies.count,
        "media": sorted(medium.value for medium in copies.media),
        "offsite": copies.offsite_count,
        "complete": copies.complete,
    }
