"""``dms verify`` and ``dms repair``: whether everything is there and unaltered, and mending what is not."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import click

from dms.archive import Archive
from dms.bootstrap import ArchiveIncomplete, KeyringUnreadable, heads_at_places
from dms.cli.reports import require_new, write_report
from dms.cli.session import Session, answer, with_session
from dms.cli.usage import Misused
from dms.cli.verifying_errors import DamageFound, RepairsLeft, ScopesContradict
from dms.domain.actor import OPERATOR
from dms.domain.clock import SystemClock
from dms.domain.inspection import (
    COUNT_NAMES,
    SCOPE_NAMES,
    SEVERITY_NAMES,
    Finding,
    Inspection,
    InspectionScope,
    Severity,
)
from dms.errors import Bilingual, DmsError
from dms.evidence import (
    STAGE_NAMES,
    InspectionProgress,
    InspectionRequest,
    Repair,
    RepairKind,
    RepairRequest,
    carry_out,
    planned_repairs,
    unopened_inspection,
    verify,
)
from dms.printing import inspection_report
from dms.store import CatalogueUnreadable

REPAIRS: dict[RepairKind, Bilingual] = {
    RepairKind.FETCH_OBJECT: Bilingual("从备份取回对象", "fetch object"),
    RepairKind.REBUILD_INDEX: Bilingual("重建检索索引", "make the index anew"),
    RepairKind.REMOVE_UNKNOWN: Bilingual("移除目录不认识的对象", "remove unknown object"),
}
NOTHING_TO_REPAIR = Bilingual(
    "请说明要修复什么：--from、--rebuild-index 或 --remove-unknown-objects。",
    "Name what to repair: --from, --rebuild-index or --remove-unknown-objects.",
)
_UNOPENED: dict[type[DmsError], tuple[str, str]] = {
    ArchiveIncomplete: ("archive_incomplete", "archive"),
    KeyringUnreadable: ("keyring_damaged", "keyring.json"),
    CatalogueUnreadable: ("catalogue_unreadable", "catalogue.db"),
}
"""What keeps an archive from being opened is a finding too: its code and what it is about."""


@click.command("verify", short_help="Whether everything is there and unaltered 完整性检查")
@click.option("--full", is_flag=True, help="Decrypt and compare every byte 逐字节解密核对.")
@click.option("--sample", metavar="1/N", help="Decrypt and compare one N-th, another each time 抽检 N 分之一.")
@click.option("--json", "as_json", is_flag=True)
@click.option("--pdf", "report_path", type=click.Path(path_type=Path), help="Write the report as PDF 输出 PDF 报告.")
@with_session
def verify_command(
    session: Session, *, full: bool, sample: str | None, as_json: bool, report_path: Path | None
) -> None:
    """Verify keyring, catalogue, journal, items, index and vault; leave with 7 where damage was found."""
    wanted = _wanted(full=full, sample=sample)
    require_new(report_path)
    began = monotonic()
    made = _inspected(session, wanted)
    elapsed_s = monotonic() - began
    if report_path is not None:
        write_report(report_path, inspection_report(made))
    if as_json:
        answer(_inspection_json(made, session.settings.language, elapsed_s))
    else:
        _print_inspection(session, made, elapsed_s)
    damages = sum(finding.severity is Severity.DAMAGE for finding in made.findings)
    if damages:
        raise DamageFound(damages)


@click.command("repair", short_help="Mend what a verification found 修复")
@click.option("--from", "place", type=click.Path(path_type=Path), help="Folder of a backup 备份文件夹.")
@click.option("--rebuild-index", is_flag=True, help="Make the full-text index anew 重建检索索引.")
@click.option("--remove-unknown-objects", "remove_unknown", is_flag=True, help="Older than a day 移除无主对象.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done 只列出不执行.")
@click.option("--yes", "consent", is_flag=True, help="Do it without asking 不再询问.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def repair_command(
    session: Session,
    *,
    place: Path | None,
    rebuild_index: bool,
    remove_unknown: bool,
    dry_run: bool,
    consent: bool,
    as_json: bool,
) -> None:
    """Do only what is asked for, and only where a verification found something; says first what it will do."""
    wanted = RepairRequest(place=place, rebuild_index=rebuild_index, remove_unknown=remove_unknown)
    if wanted == RepairRequest():
        raise Misused(NOTHING_TO_REPAIR)
    with session.archive() as archive:
        actor = session.actor(archive)
        witnesses = heads_at_places(archive) if remove_unknown else ()
        planned = planned_repairs(actor, wanted, archive=archive, witnesses=witnesses)
        _tell_plan(session, planned, archive)
        done: dict[Repair, bool] = {}
        if not dry_run and any(repair.possible for repair in planned):
            session.require_consent("确认执行以上修复？", "Do all this?", given=consent)
            done = {repair: repair.possible and carry_out(actor, repair, archive=archive) for repair in planned}
    if as_json:
        answer({"dry_run": dry_run, "repairs": [_repair_json(repair, done.get(repair)) for repair in planned]})
    elif done:
        _tell_done(session, sum(done.values()))
    left = sum(not done.get(repair, False) for repair in planned)
    if left and not dry_run:
        raise RepairsLeft(left)


def _wanted(*, full: bool, sample: str | None) -> InspectionRequest:
    if full and sample:
        raise ScopesContradict
    if sample:
        return InspectionRequest.sample(sample).checked()
    return InspectionRequest(scope=InspectionScope.FULL if full else InspectionScope.QUICK)


def _inspected(session: Session, wanted: InspectionRequest) -> Inspection:
    """The inspection; of an archive that does not even open, one with that as its finding."""
    try:
        with session.archive() as archive, _progress(session) as report:
            witnesses = heads_at_places(archive)
            return verify(session.actor(archive), wanted, archive=archive, report=report, witnesses=witnesses)
    except tuple(_UNOPENED) as error:
        code, subject = _UNOPENED[type(error)]
        reason = Finding(code=code, severity=Severity.DAMAGE, subject=subject, what=error.what, remedy=error.remedy)
        return unopened_inspection(OPERATOR, wanted, reason, clock=SystemClock())


@contextmanager
def _progress(session: Session) -> Iterator[Callable[[InspectionProgress], None]]:
    """A line for a person who looks, written over and over; silent otherwise."""
    if not sys.stderr.isatty():
        yield lambda progress: None
        return

    def report(progress: InspectionProgress) -> None:
        name = STAGE_NAMES[progress.stage].in_language(session.settings.language)
        of_total = f" / {progress.total:,}" if progress.total else ""
        click.echo(f"\r\033[K{name} {progress.done:,}{of_total}", nl=False, err=True)

    yield report
    click.echo("\r\033[K", nl=False, err=True)


def _inspection_json(made: Inspection, language: str, elapsed_s: float) -> dict[str, Any]:
    return {
        "sound": made.is_sound,
        "scope": made.scope.value,
        "part": made.part,
        "parts": made.parts,
        "counts": dict(made.counts),
        "findings": [_finding_json(finding, language) for finding in made.findings],
        "report_digest": made.report_digest,
        "inspection_id": made.id,
        "elapsed_s": round(elapsed_s, 3),
    }


def _finding_json(finding: Finding, language: str) -> dict[str, str]:
    message = Bilingual(f"{finding.what.zh}{finding.remedy.zh}", f"{finding.what.en} {finding.remedy.en}")
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "subject": finding.subject,
        "message": message.in_language(language),
        "message_zh": message.zh,
        "message_en": message.en,
    }


def _print_inspection(session: Session, made: Inspection, elapsed_s: float) -> None:
    part = (
        session.text(f"（第 {made.part}/{made.parts} 部分）", f" (part {made.part} of {made.parts})")
        if made.parts
        else ""
    )
    verdict = session.text("完好", "sound") if made.is_sound else session.text("发现损坏", "DAMAGE FOUND")
    scope = SCOPE_NAMES[made.scope].in_language(session.settings.language)
    number = (
        session.text(f"第 {made.id} 号", f"no. {made.id}") if made.id else session.text("（未入库）", "(not recorded)")
    )
    click.echo(f"{scope}{part} {number}  {verdict}")
    for name, label in COUNT_NAMES.items():
        if name in made.counts:
            click.echo(f"  {made.counts[name]:>16,}  {label.in_language(session.settings.language)}")
    for finding in made.findings:
        _print_finding(session, finding)
    click.echo(session.text(f"报告摘要 {made.report_digest}", f"report digest {made.report_digest}"))
    session.say(f"用时 {elapsed_s:.1f} 秒", f"{elapsed_s:.1f} s")


def _print_finding(session: Session, finding: Finding) -> None:
    language = session.settings.language
    severity = SEVERITY_NAMES[finding.severity].in_language(language)
    click.echo(f"[{severity}] {finding.what.in_language(language)} ({finding.code})")
    click.echo(f"    → {finding.remedy.in_language(language)}")


def _tell_plan(session: Session, planned: tuple[Repair, ...], archive: Archive) -> None:
    if not planned:
        session.say("没有需要修复的。", "There is nothing to repair.")
    for repair in planned:
        name = REPAIRS[repair.kind].in_language(session.settings.language)
        lacking = (
            "" if repair.possible else session.text("——该备份中没有完好的副本", " — this backup has no sound copy")
        )
        click.echo(f"{name} {repair.subject}{lacking}", err=True)
        if repair.finding is not None:
            click.echo(f"    {repair.finding.what.in_language(session.settings.language)}", err=True)


def _tell_done(session: Session, count: int) -> None:
    session.say(
        f"已完成 {count} 项修复。请再运行 dms verify --full 确认。",
        f"{count} repairs done. Run dms verify --full to make sure.",
    )


def _repair_json(repair: Repair, done: bool | None) -> dict[str, Any]:
    return {
        "kind": repair.kind.value,
        "subject": repair.subject,
        "finding": repair.finding.code if repair.finding else None,
        "possible": repair.possible,
        "done": bool(done),
    }
