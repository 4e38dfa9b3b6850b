"""``dms volume bind``: the yearly binding run at the command line: looked at, carried out, gone on with, given up."""

import sys
from datetime import date, datetime
from typing import Any

import click

from dms.archive import Archive
from dms.cli.registers import volume_group
from dms.cli.session import Session, answer, with_session
from dms.domain.actor import Actor
from dms.domain.binding import BindingRun
from dms.domain.day import FIRST_YEAR, LAST_YEAR
from dms.domain.volume import Volume
from dms.filing.binding import (
    CARRIED_BECAUSE,
    BindingPlan,
    BindingProgress,
    BindingUnderWay,
    PlannedVolume,
    binding_under_way,
    carry_on,
    give_up_binding,
    plan_binding,
    resume_binding,
    start_binding,
    volumes_of_run,
)

EVERY_VOLUME = 1_000_000


@volume_group.command("bind")
@click.option("--year", required=True, type=click.IntRange(FIRST_YEAR, LAST_YEAR), help="Year to bind 装订年度.")
@click.option(
    "--cut-off", type=click.DateTime(["%Y-%m-%d"]), help="What arrived later waits 截止日期; today if left out."
)
@click.option("--dry-run", is_flag=True, help="Show everything and spend no number 只预览不编号.")
@click.option("--give-up", is_flag=True, help="End the run under way; what is bound stays 终止未完成的装订.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def bind_command(
    session: Session, *, year: int, cut_off: datetime | None, dry_run: bool, give_up: bool, as_json: bool
) -> None:
    """Bind the loose papers of a year into numbered volumes; a run that was cut off is gone on with."""
    cut_off_on = cut_off.date() if cut_off else None
    with session.archive() as archive:
        actor = session.actor(archive)
        under_way = None if dry_run else _under_way(actor, year, archive)
        if give_up and under_way is not None:
            give_up_binding(actor, under_way.id, archive=archive)
            session.say(f"已终止 {year} 年度的装订。", f"The binding of {year} is given up.")
        elif dry_run or (under_way is None and not give_up):
            _plan_and_bind(session, actor, year, cut_off_on, archive, dry_run=dry_run, as_json=as_json)
        elif under_way is not None:
            resume_binding(actor, under_way.id, archive=archive)
            _carry_out(session, actor, under_way.id, archive, as_json=as_json)


def _under_way(actor: Actor, year: int, archive: Archive) -> BindingRun | None:
    """The run of this year that has not ended; raises `BindingUnderWay` for one of another year."""
    run = binding_under_way(actor, archive=archive)
    if run is not None and run.year != year:
        raise BindingUnderWay(run.year)
    return run


def _plan_and_bind(
    session: Session,
    actor: Actor,
    year: int,
    cut_off_on: date | None,
    archive: Archive,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    plan = plan_binding(actor, year, cut_off_on=cut_off_on, archive=archive)
    if dry_run or not plan.volumes:
        if as_json:
            answer(_plan_json(plan, session.settings.language))
        else:
            _tell_plan(session, plan)
        return
    run = start_binding(actor, year, cut_off_on=plan.cut_off_on, seen=plan.digest, archive=archive)
    _carry_out(session, actor, run.id, archive, as_json=as_json)


def _carry_out(session: Session, actor: Actor, run_id: int, archive: Archive, *, as_json: bool) -> None:
    def tell(progress: BindingProgress) -> None:
        counted = f"{progress.lines_done}/{progress.lines_total}"
        told = session.text(f"装订 {counted}，已成 {progress.volumes} 卷", f"{counted}, {progress.volumes} volumes")
        if sys.stderr.isatty():
            click.echo(f"\r\033[K{told}", nl=False, err=True)

    progress = carry_on(actor, run_id, archive=archive, report=tell)
    if sys.stderr.isatty():
        click.echo(err=True)
    volumes = volumes_of_run(actor, run_id, limit=EVERY_VOLUME, archive=archive)
    if as_json:
        answer(_run_json(progress, volumes, session.settings.language))
        return
    for volume in volumes:
        click.echo(f"{volume.reference_code}  {volume.item_count:4} / {volume.page_count:5}  {volume.title}")
    for left in progress.left_loose:
        session.say(f"未装订：{left.because.zh}", f"Left loose: {left.because.en}")
    session.say(
        f"{progress.run.year} 年度装订完成：{progress.volumes} 卷，{progress.items} 件，{progress.pages} 页。",
        f"{progress.run.year} is bound: volumes {progress.volumes}, items {progress.items}, pages {progress.pages}.",
    )


def _tell_plan(session: Session, plan: BindingPlan) -> None:
    for volume in plan.volumes:
        continues = f"  ← {volume.continues_code}" if volume.continues_code else ""
        click.echo(
            f"{volume.reference_code or '-'}  {volume.item_count:4} / {volume.page_count:5}  "
            f"{volume.spine_mm:2} mm  {volume.title}{continues}"
        )
    for carried in plan.carried:
        because = CARRIED_BECAUSE[carried.because].in_language(session.settings.language)
        head = session.text("结转", "carried forward")
        click.echo(f"{head}  {carried.customer_code}  {carried.number}  {len(carried.item_ids):3}  {because}")
    for lack in plan.missing:
        named = session.text(lack.missing.requirement.zh, lack.missing.requirement.en)
        click.echo(f"{session.text('缺', 'missing')}  {lack.customer_code}  {lack.contract_no or '-'}  {named}")
    for warning in plan.warnings:
        session.say(f"注意：{warning.told.zh}", f"Note: {warning.told.en}")
    session.say(
        f"{plan.year} 年度可装订 {len(plan.volumes)} 卷，{plan.item_count} 件，{plan.page_count} 页；"
        f"结转合同 {len(plan.carried)} 份，缺资料 {len(plan.missing)} 项。没有占用任何编号。",
        f"{plan.year}: volumes {len(plan.volumes)}, items {plan.item_count}, pages {plan.page_count}; "
        f"contracts carried forward {len(plan.carried)}, papers missing {len(plan.missing)}. No number was spent.",
    )


def _plan_json(plan: BindingPlan, language: str) -> dict[str, Any]:
    return {
        "year": plan.year,
        "cut_off_on": plan.cut_off_on.isoformat(),
        "run": None,
        "items": plan.item_count,
        "pages": plan.page_count,
        "volumes": [_volume_json(volume, language) for volume in plan.volumes],
        "carried": [
            {
                "customer": row.customer_code,
                "contract_no": row.number,
                "title": row.title,
                "because": row.because.value,
                "items": len(row.item_ids),
            }
            for row in plan.carried
        ],
        "missing": [
            {
                "customer": row.customer_code,
                "contract_no": row.contract_no or None,
                "requirement": row.missing.requirement.code,
                "because": row.missing.because.value,
                "department": row.missing.department,
            }
            for row in plan.missing
        ],
        "warnings": [
            {"kind": each.kind.value, "item_id": each.item_id, "message": each.told.in_language(language)}
            for each in plan.warnings
        ],
    }


def _volume_json(volume: PlannedVolume, language: str) -> dict[str, Any]:
    return {
        "code": volume.reference_code,
        "title": volume.title,
        "customer": volume.customer_code,
        "series": volume.line.series_code,
        "retention": volume.retention_code,
        "items": volume.item_count,
        "annexes": len(volume.annexes),
        "pages": volume.page_count,
        "sheets": volume.sheet_count,
        "spine_mm": volume.spine_mm,
        "first_on": volume.first_on.isoformat() if volume.first_on else None,
        "last_on": volume.last_on.isoformat() if volume.last_on else None,
        "continues": volume.continues_code,
        "problem": volume.problem.in_language(language) if volume.problem else None,
        "papers": [
            {
                "item_id": paper.item_id,
                "code": paper.reference_code,
                "position": paper.position,
                "title": paper.title,
                "first_page": paper.first_page,
                "last_page": paper.last_page,
            }
            for paper in volume.papers
        ],
    }


def _run_json(progress: BindingProgress, volumes: tuple[Volume, ...], language: str) -> dict[str, Any]:
    return {
        "year": progress.run.year,
        "cut_off_on": progress.run.cut_off_on.isoformat(),
        "run": progress.run.id,
        "state": progress.run.state.value,
        "items": progress.items,
        "pages": progress.pages,
        "volumes": [
            {
                "id": volume.id,
                "code": volume.reference_code,
                "title": volume.title,
                "items": volume.item_count,
                "pages": volume.page_count,
            }
            for volume in volumes
        ],
        "left_loose": [each.because.in_language(language) for each in progress.left_loose],
    }
