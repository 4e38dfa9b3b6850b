"""``dms export`` and ``dms import``: the whole archive in clear as a bag, and such a bag into an archive."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import click

from dms.archive import Archive
from dms.cli.session import Session, answer, with_session
from dms.exchange import (
    Exported,
    ExportNotConfirmed,
    ExportWish,
    Imported,
    ImportWatch,
    export_archive,
    import_bag,
)

STOPPED = 143
"""What a shell says of a process that was told to end: 128 and the number of SIGTERM."""
BAR_STEPS = 1000
WARNING = (
    "注意：导出的内容全部是明文，任何能读到该文件夹的人都能阅读全部资料、客户和操作日志。\n"
    "请写到只有您能读取的加密介质上，用完即销毁副本。",
    "Attention: everything in the export is in clear. Whoever can read the folder can read every paper, every customer "
    "and the journal.\nWrite it to an encrypted medium that only you can read, and destroy copies after use.",
)


@click.command("export", short_help="The whole archive in clear, as a bag 整库导出")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--with-images", is_flag=True, help="Page images as well, for moving to another archive 连同页面图像.")
@click.option("--leave-out-damaged", is_flag=True, help="Go on past damage and list it in the bag 跳过损坏的内容.")
@click.option("--yes", is_flag=True, help="Yes, everything in clear 确认明文导出.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def export_command(
    session: Session, *, folder: Path, with_images: bool, leave_out_damaged: bool, yes: bool, as_json: bool
) -> None:
    """Write everything the archive holds, in clear, to a new FOLDER as a BagIt bag (RFC 8493).

    For leaving, or for moving into another archive with dms import; then say --with-images, or it will show no pages.
    """
    session.say(*WARNING)
    wish = ExportWish(target=folder, with_images=with_images, leave_out_damaged=leave_out_damaged)
    signal.signal(signal.SIGTERM, _stop)  # told to end, it takes away the readable part of what it has written
    with session.archive() as archive:
        actor = session.actor(archive)
        if not yes:
            _confirm(session, archive)
        with _bar(session, "导出", "Exporting") as report:
            exported = export_archive(actor, wish, archive=archive, report=report)
    _tell_exported(session, exported, as_json=as_json)


@click.command("import", short_help="A bag that was exported into this archive 导入")
@click.argument("bag", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True)
@with_session
def import_command(session: Session, *, bag: Path, as_json: bool) -> None:
    """Take a BAG that dms export made into this archive, new or in use; checked whole before anything is written.

    Safe to run again after an interruption: what is here already is passed over.
    """
    with session.archive() as archive:
        actor = session.actor(archive)
        with _bar(session, "核验并导入", "Checking and importing") as report:
            imported = import_bag(actor, bag, archive=archive, watch=_halves(report))
    _tell_imported(session, imported, as_json=as_json)


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    sys.exit(STOPPED)


def _confirm(session: Session, archive: Archive) -> None:
    """Ask for the fonds code, which nobody types by accident; raises `ExportNotConfirmed`."""
    if not sys.stdin.isatty():
        raise ExportNotConfirmed
    with archive.looking() as view:
        code = view.scheme.fonds_code()
    asked = session.text(f"输入全宗号 {code} 确认明文导出", f"Type the fonds code {code} to export in clear")
    if str(click.prompt(asked, err=True)).strip() != code:
        raise ExportNotConfirmed


@contextmanager
def _bar(session: Session, zh: str, en: str) -> Iterator[Callable[[int, int], None]]:
    """A bar for a person who looks; silent otherwise."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    with click.progressbar(length=BAR_STEPS, label=session.text(zh, en), file=sys.stderr) as bar:
        reached = 0

        def report(done: int, total: int) -> None:
            nonlocal reached
            steps = BAR_STEPS * done // max(total, 1)
            bar.update(steps - reached)
            reached = steps

        yield report


def _halves(report: Callable[[int, int], None]) -> ImportWatch:
    """One bar for both parts of the work, of which nobody knows beforehand how long either takes."""
    return ImportWatch(
        checking=lambda done, total: report(done, 2 * total),
        entering=lambda done, total: report(total + done, 2 * total),
    )


def _tell_exported(session: Session, exported: Exported, *, as_json: bool) -> None:
    if as_json:
        answer(_exported_json(exported))
        return
    session.say(
        f"已导出 {exported.items_count} 件，{exported.size_bytes} 字节：{exported.path}",
        f"Exported {exported.items_count} papers, {exported.size_bytes} bytes: {exported.path}",
    )
    for each in exported.left_out:
        session.say(
            f"未能导出：{each.item_id} {each.name}（{each.reason}）",
            f"Left out: {each.item_id} {each.name} ({each.reason})",
        )
    click.echo(f"manifest-sha256.txt  SHA-256 {exported.manifest_digest}")


def _exported_json(exported: Exported) -> dict[str, Any]:
    return {
        "path": str(exported.path),
        "items": exported.items_count,
        "bytes": exported.size_bytes,
        "left_out": [{"item_id": each.item_id, "name": each.name, "reason": each.reason} for each in exported.left_out],
        "manifest_sha256": exported.manifest_digest,
    }


def _tell_imported(session: Session, imported: Imported, *, as_json: bool) -> None:
    if as_json:
        answer(_imported_json(imported))
        return
    session.say(
        f"已导入 {imported.imported_count} 件；此前已在库 {imported.already_count} 件，"
        f"内容重复未导入 {len(imported.duplicates)} 件，待识别 {imported.queued_count} 件。",
        f"Imported {imported.imported_count} papers; {imported.already_count} were here already, "
        f"{len(imported.duplicates)} are here under another number, {imported.queued_count} are to be read.",
    )
    for each in imported.duplicates:
        click.echo(f"{each.item_id} = {each.same_as}")
    for item_id in imported.without_original:
        session.say(f"缺原件，未导入：{item_id}", f"Without its original, not imported: {item_id}")
    if not imported.journal.is_intact:
        session.say(
            "注意：原库的操作日志前后不连贯，可能被改动过。",
            "Attention: the journal of the old archive does not hang together; it may have been altered.",
        )


def _imported_json(imported: Imported) -> dict[str, Any]:
    return {
        "imported": imported.imported_count,
        "already": imported.already_count,
        "duplicates": [{"item_id": each.item_id, "same_as": each.same_as} for each in imported.duplicates],
        "without_original": list(imported.without_original),
        "queued": imported.queued_count,
        "customers": imported.customers_count,
        "contracts": imported.contracts_count,
        "journal": {
            "entries": imported.journal.entries_count,
            "head": imported.journal.head,
            "sha256": imported.journal.digest,
            "intact": imported.journal.is_intact,
        },
        "manifest_sha256": imported.manifest_digest,
    }
