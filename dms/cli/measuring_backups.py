"""``dms bench backup``: how long a backup, the next one, a restore and a drill take, beside a plain copy."""

import filecmp
import os
import secrets
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from dms.archive import Archive
from dms.bootstrap import (
    Foundation,
    RestoreOrder,
    drill_restore,
    found_archive,
    open_archive,
    restore_archive,
    unlocked_at,
)
from dms.cli.measuring import bench_group
from dms.cli.session import Session, answer, with_session
from dms.custody import generated_password
from dms.domain.actor import OPERATOR
from dms.domain.backup import PlaceKind
from dms.domain.clock import SystemClock
from dms.ingest import Claim, ReceivingLimits, Upload, receive
from dms.preservation import NewPlace, add_place, back_up, place_at
from vault import Passphrase

MEGABYTE = 1_000_000
PAPER_BYTES = 250_000
LIMITS = ReceivingLimits(max_upload_bytes=PAPER_BYTES, min_free_disk_bytes=0)
CHUNK_BYTES = 1 << 20
Result = TypeVar("Result")


@bench_group.command("backup")
@click.option("--megabytes", default=1000, show_default=True, type=click.IntRange(1), help="Size of the archive 大小.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def bench_backup(session: Session, *, megabytes: int, as_json: bool) -> None:
    """Fill a throw-away archive with random papers; back it up, add 1 %, back up again, restore, drill, compare."""
    papers = megabytes * MEGABYTE // PAPER_BYTES
    with tempfile.TemporaryDirectory(prefix="anjuan-bench-") as folder:
        figures = _measured(Path(folder), papers, secrets.token_urlsafe(), session)
    if as_json:
        answer(figures)
        return
    for name, value in figures.items():
        click.echo(f"{name:32} {value}")


def _measured(folder: Path, papers: int, passphrase: str, session: Session) -> dict[str, Any]:
    archive = _founded(folder / "archive", passphrase)
    try:
        session.say("正在生成资料……", "Making papers …")
        _take_in(archive, papers)
        place = add_place(OPERATOR, NewPlace(address=str(folder / "copies")), archive=archive)
        number = place.id or 0
        plain_s, _ = _timed(lambda: _plain_copy(folder / "archive" / "vault", folder / "plain"))
        first_s, first = _timed(lambda: back_up(OPERATOR, number, archive=archive))
        _take_in(archive, max(1, papers // 100))
        second_s, second = _timed(lambda: back_up(OPERATOR, number, archive=archive))
        third_s, third = _timed(lambda: back_up(OPERATOR, number, archive=archive))
        restore_s, equal = _timed(lambda: _restored_equally(folder, passphrase))
        drill_s, drill = _timed(lambda: drill_restore(OPERATOR, number, archive=archive))
    finally:
        archive.close()
    return {
        "papers": papers,
        "first_bytes": first.bytes_total,
        "first_s": round(first_s, 2),
        "first_mb_per_s": round(first.bytes_total / MEGABYTE / first_s, 1),
        "plain_copy_synced_s": round(plain_s, 2),
        "first_to_plain_copy": round(first_s / plain_s, 2),
        "second_objects_copied": second.objects_copied,
        "second_bytes_copied": second.bytes_copied,
        "second_to_first_bytes": round(second.bytes_copied / first.bytes_copied, 4),
        "second_s": round(second_s, 2),
        "nothing_new_bytes_copied": third.bytes_copied,
        "nothing_new_s": round(third_s, 2),
        "restore_s": round(restore_s, 2),
        "restore_mb_per_s": round(second.bytes_total / MEGABYTE / restore_s, 1),
        "restored_bit_for_bit": equal,
        "drill_s": round(drill_s, 2),
        "drill_passed": drill.passed,
    } | {f"drill_{name}": value for name, value in drill.facts.items()}


def _founded(home: Path, passphrase: str) -> Archive:
    foundation = Foundation(fonds_code="Q000", company_name="", administrator="bench", password=generated_password())
    found_archive(home, passphrase, foundation, clock=SystemClock())
    return open_archive(home, passphrase)


def _take_in(archive: Archive, papers: int) -> None:
    for number in range(papers):
        content = secrets.token_bytes(PAPER_BYTES)
        upload = Upload(original_filename=f"{number}.bin", uploaded_bytes=content, claim=Claim())
        receive(OPERATOR, upload, archive=archive, limits=LIMITS)


def _plain_copy(source: Path, target: Path) -> None:
    """The same bytes as names in folders, each synced: what the disk can do without any of our promises."""
    for path in sorted(source.rglob("*")):
        copied = target / path.relative_to(source)
        if path.is_dir():
            copied.mkdir(parents=True, exist_ok=True)
            continue
        copied.parent.mkdir(parents=True, exist_ok=True)
        with path.open("rb") as reading, copied.open("wb") as writing:
            while block := reading.read(CHUNK_BYTES):
                writing.write(block)
            writing.flush()
            os.fsync(writing.fileno())


def _restored_equally(folder: Path, passphrase: str) -> bool:
    place = place_at(PlaceKind.FOLDER, str(folder / "copies"), {})
    order = RestoreOrder(place=place, home=folder / "restored")
    restore_archive(order, unlocked_at(place, Passphrase(passphrase)), clock=SystemClock())
    ours, theirs = folder / "archive" / "vault", folder / "restored" / "vault"
    names = [str(path.relative_to(ours)) for path in ours.rglob("*") if path.is_file()]
    there = [str(path.relative_to(theirs)) for path in theirs.rglob("*") if path.is_file()]
    _, different, failed = filecmp.cmpfiles(ours, theirs, names, shallow=False)
    return sorted(names) == sorted(there) and not different and not failed


def _timed(act: Callable[[], Result]) -> tuple[float, Result]:
    began = time.monotonic()
    result = act()
    return time.monotonic() - began, result
