"""``dms restore`` and ``dms drill``: bringing the archive back, and trying whether that works."""

from pathlib import Path
from typing import Any

import click

from dms.archive import Archive
from dms.bootstrap import (
    Restored,
    RestoreDepth,
    RestoreOrder,
    drill_restore,
    restore_archive,
    unlocked_at,
)
from dms.cli.backing_up import MEGABYTE, telling
from dms.cli.errors import DrillFailed, NoBackupYet, ScratchMissing
from dms.cli.place_options import Reaching, full_address, with_reaching
from dms.cli.reports import require_new, write_report
from dms.cli.session import Session, answer, with_session
from dms.domain.actor import Actor
from dms.domain.backup import BackupPlace, RestoreDrill
from dms.domain.clock import SystemClock
from dms.domain.drill_facts import DRILL_FACT_NAMES, drill_fact
from dms.evidence import machine_facts
from dms.preservation import Manifest, Snapshots, backups_standing, fits, usable_snapshots
from dms.printing import DrillSetting, drill_report
from vault import Keyring


@click.command("restore", short_help="Bring the archive back from a backup 恢复")
@click.argument("address", metavar="DIR")
@click.option("--snapshot", help="Id of the snapshot, the newest if left out 快照编号.")
@click.option("--list", "only_list", is_flag=True, help="Only list the snapshots 只列出快照.")
@click.option("--quick", is_flag=True, help="Do not decrypt every object afterwards 不逐一解密核对.")
@click.option("--json", "as_json", is_flag=True)
@with_session
@with_reaching
def restore_command(
    session: Session,
    *,
    address: str,
    snapshot: str | None,
    only_list: bool,
    quick: bool,
    as_json: bool,
    reaching: Reaching,
) -> None:
    """Restore the backup in DIR (a folder or s3://bucket/prefix) into the new folder given with --home.

    Everything is verified, and what was destroyed since is destroyed again; the archive is then ready to serve.
    """
    place = reaching.place(address)
    keyring = unlocked_at(place, session.secret())
    if only_list:
        _tell_snapshots(session, usable_snapshots(place, keyring), keyring, as_json=as_json)
        return
    order = RestoreOrder(
        place=place,
        home=session.settings.home,
        snapshot_id=snapshot,
        depth=RestoreDepth.QUICK if quick else RestoreDepth.FULL,
    )
    with telling(session, "恢复", "Restoring") as report:
        restored = restore_archive(order, keyring, clock=SystemClock(), report=report)
    _tell_restored(session, restored, as_json=as_json)


@click.command("drill", short_help="Try whether a backup can be restored 恢复演练")
@click.argument("address", metavar="DIR", default="")
@click.option("--scratch", type=click.Path(path_type=Path), help="Folder with room for it 演练用临时文件夹.")
@click.option("--pdf", "report_path", type=click.Path(path_type=Path), help="Write the report as PDF 输出 PDF 报告.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def drill_command(
    session: Session, *, address: str, scratch: Path | None, report_path: Path | None, as_json: bool
) -> None:
    """Restore the newest snapshot into a throw-away folder, verify it whole, compare it with the archive, record it.

    DIR is a registered place; left out, the one backed up to last.
    """
    require_new(report_path)
    if scratch is not None and not scratch.is_dir():
        raise ScratchMissing(scratch)
    with session.archive() as archive:
        actor = session.actor(archive)
        place = _place_to_try(session, archive, full_address(address) if address else "")
        with telling(session, "演练", "Drilling") as report:
            drill = drill_restore(
                actor, place.id or 0, archive=archive, scratch=scratch.absolute() if scratch else None, report=report
            )
        setting = _drill_setting(actor, archive)
    if report_path is not None:
        write_report(report_path, drill_report(drill, place, setting))
    _tell_drill(session, place, drill, as_json=as_json)
    if not drill.passed:
        raise DrillFailed(drill.facts.get("problem", "different"))


def _drill_setting(actor: Actor, archive: Archive) -> DrillSetting:
    with archive.looking() as view:
        company, code = "".join(view.scheme.own_names()[:1]), view.scheme.fonds_code()
    facts = machine_facts()
    return DrillSetting(
        company=company,
        fonds_code=code,
        home=str(archive.home),
        actor=actor.name,
        program=f"{facts['program']} · {facts['machine']}",
    )


def _place_to_try(session: Session, archive: Archive, address: str) -> BackupPlace:
    standing = backups_standing(session.actor(archive), archive=archive)
    tried = [each for each in standing.places if each.latest_complete and address in ("", each.place.address)]
    if not tried:
        raise NoBackupYet
    return max(tried, key=lambda each: (each.latest_complete and each.latest_complete.id) or 0).place


def _tell_snapshots(session: Session, found: Snapshots, keyring: Keyring, *, as_json: bool) -> None:
    rows = [_snapshot_json(manifest, keyring) for manifest in found.readable]
    if as_json:
        answer({"snapshots": rows, "damaged": list(found.damaged)})
        return
    for row, manifest in zip(rows, found.readable, strict=True):
        mark = "" if row["opens"] else session.text("  密钥已停用", "  keys retired")
        made = f"{manifest.made_at.astimezone():%Y-%m-%d %H:%M}"
        held = session.text("{items:7} 件  {objects:7} 个对象", "{items:7} items  {objects:7} objects").format(**row)
        click.echo(f"{row['snapshot_id']}  {made}  {held}  {row['megabytes']:10,.1f} MB{mark}")
    for name in found.damaged:
        session.say(f"清单损坏：{name}", f"Damaged manifest: {name}")


def _snapshot_json(manifest: Manifest, keyring: Keyring) -> dict[str, Any]:
    return {
        "snapshot_id": manifest.snapshot_id,
        "made_at": manifest.made_at.isoformat(timespec="seconds"),
        "items": manifest.items_total,
        "objects": manifest.objects_total,
        "megabytes": (manifest.objects_bytes + manifest.catalogue.size_bytes) / MEGABYTE,
        "opens": fits(manifest.keys, keyring),
    }


def _tell_restored(session: Session, restored: Restored, *, as_json: bool) -> None:
    if as_json:
        answer(
            {
                "home": str(restored.home),
                "snapshot_id": restored.snapshot_id,
                "made_at": restored.made_at.isoformat(),
                "items": restored.items,
                "objects": restored.objects,
                "bytes": restored.bytes_total,
                "objects_opened": restored.objects_opened,
                "journal_seq": restored.journal_seq,
                "journal_digest": restored.journal_digest,
                "destroyed_again": restored.destroyed_again,
                "passed_over": list(restored.passed_over),
            }
        )
        return
    session.say(
        f"已将快照 {restored.snapshot_id} 恢复到 {restored.home}：{restored.items} 件，{restored.objects} 个对象，"
        f"{restored.bytes_total / MEGABYTE:,.1f} MB；逐字节核对 {restored.objects_opened} 个对象。"
        f"可以启动：dms serve --home {restored.home}",
        f"Restored snapshot {restored.snapshot_id} to {restored.home}: {restored.items} items, "
        f"{restored.objects} objects, {restored.bytes_total / MEGABYTE:,.1f} MB; "
        f"{restored.objects_opened} decrypted and compared. "
        f"Ready: dms serve --home {restored.home}",
    )
    session.say(
        f"快照时间 {restored.made_at.astimezone():%Y-%m-%d %H:%M}，最后一条日志 {restored.journal_seq}"
        f"（{restored.journal_digest}）。",
        f"Made {restored.made_at.astimezone():%Y-%m-%d %H:%M}; last journal entry {restored.journal_seq} "
        f"({restored.journal_digest}).",
    )
    if restored.destroyed_again:
        session.say(
            f"快照之后已销毁的 {restored.destroyed_again} 件已重新销毁。",
            f"{restored.destroyed_again} items that were destroyed since were destroyed again.",
        )
    for snapshot_id in restored.passed_over:
        session.say(f"跳过未完成的快照 {snapshot_id}。", f"Passed over the unfinished snapshot {snapshot_id}.")


def _tell_drill(session: Session, place: BackupPlace, drill: RestoreDrill, *, as_json: bool) -> None:
    if as_json:
        answer(
            {
                "place_id": place.id,
                "snapshot_id": drill.snapshot_id,
                "passed": drill.passed,
                "began_at": drill.began_at.isoformat(),
                "ended_at": drill.ended_at.isoformat(),
                "facts": dict(drill.facts),
            }
        )
        return
    verdict = session.text("通过", "passed") if drill.passed else session.text("未通过", "failed")
    click.echo(f"{session.text('恢复演练', 'Restore drill')} {drill.snapshot_id} · {place.name}: {verdict}")
    for name, label in DRILL_FACT_NAMES.items():
        if name in drill.facts:
            value = drill_fact(name, drill.facts[name])
            click.echo(f"  {session.text(label.zh, label.en)}: {session.text(value.zh, value.en)}")
    if "problem" in drill.facts:
        click.echo(f"  {session.text(drill.facts['problem_zh'], drill.facts['problem_en'])}")
