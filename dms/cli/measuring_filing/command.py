"""The command of the filing bench: two years filed and bound, late papers after them, and everything judged."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import click

from dms.archive import Archive
from dms.cli.measuring import bench_group, throw_away_archive
from dms.cli.measuring_filing.drawing import DrawnPaper, DrawnYear, Mishap, drawn_year
from dms.cli.measuring_filing.filling import lay_frame, lay_papers, set_right
from dms.cli.measuring_filing.judging import fingerprint, judged, left_to_bind
from dms.cli.session import Session, answer, with_session
from dms.domain.actor import OPERATOR
from dms.domain.clock import local_day
from dms.filing.binding import BindingPlan, carry_on, plan_binding, start_binding
from dms.search import rebuild_index


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One binding run, timed."""

    volumes: int
    items: int
    plan_s: float
    run_s: float
    run_cpu_s: float
    """Processor time of the run, which other programs of the machine hardly lengthen."""


@bench_group.command("filing")
@click.option("--customers", default=200, show_default=True, type=click.IntRange(2), help="Customers 客户数.")
@click.option("--contracts", default=2000, show_default=True, type=click.IntRange(1), help="Contracts 合同数.")
@click.option("--items", default=20_000, show_default=True, type=click.IntRange(10), help="Papers 件数.")
@click.option("--seed", default=1, show_default=True, help="Another seed draws another year 随机种子.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def bench_filing(session: Session, *, customers: int, contracts: int, items: int, seed: int, as_json: bool) -> None:
    """File two years of made-up papers in a throw-away archive, bind them, and hold what came out to every rule."""
    session.say("正在生成资料……", "Making papers …")
    with throw_away_archive() as archive:
        year = local_day(archive.now()).year - 1
        drawn = drawn_year(year, customers=customers, contracts=contracts, items=items, seed=seed)
        figures = measured(archive, drawn)
    if as_json:
        answer(figures)
        return
    for name, value in figures.items():
        click.echo(f"{name:32} {value}")


def measured(archive: Archive, drawn: DrawnYear) -> dict[str, Any]:
    """What binding the drawn year and the one before took, and what was found afterwards."""
    lay_frame(archive, drawn)
    year, today = drawn.year, local_day(archive.now())
    cut_off_on = min(date(year + 1, 1, 31), today)
    in_time, late, after = _by_mishap(drawn.papers)
    before = [paper for paper in in_time if paper.year < year]
    now = [paper for paper in in_time if paper.year == year]
    number = 1 + lay_papers(archive, before, arrived_on=date(year, 1, 10), first_number=1)
    misfiled = set_right(archive, before, first_number=1)
    _bind(archive, year - 1, date(year, 1, 31))
    first = number
    number += lay_papers(archive, now, arrived_on=date(year, 12, 1), first_number=first)
    misfiled += set_right(archive, now, first_number=first)
    number += lay_papers(archive, after, arrived_on=today, first_number=number)
    rebuild_index(archive)
    run = _bind(archive, year, cut_off_on)
    verdict = judged(archive)
    number += lay_papers(archive, late, arrived_on=cut_off_on, first_number=number)
    again = _bind(archive, year, cut_off_on)
    _bind(archive, year - 1, cut_off_on)
    stood = fingerprint(archive)
    third = _bind(archive, year, cut_off_on)
    last = judged(archive)
    return {
        "customers": len(drawn.customers),
        "contracts": len(drawn.contracts),
        "items": number - 1,
        "misfiled_and_corrected": misfiled,
        "plan_s": round(run.plan_s, 2),
        "run_s": round(run.run_s, 2),
        "run_cpu_s": round(run.run_cpu_s, 2),
        "run_volumes": run.volumes,
        "run_items": run.items,
        "late_items": len(late),
        "continuation_volumes": again.volumes,
        "continuation_s": round(again.run_s, 2),
        "bound_items": last.bound,
        "loose_items": last.loose,
        "still_to_bind": left_to_bind(archive, year, cut_off_on),
        "gaps": last.gaps,
        "third_run_volumes": third.volumes,
        "third_run_changed": fingerprint(archive) != stood,
        "rules_broken": [*verdict.broken, *last.broken],
    }


def _by_mishap(
    papers: Sequence[DrawnPaper],
) -> tuple[list[DrawnPaper], list[DrawnPaper], list[DrawnPaper]]:
    """Those that come in time, late, and after the cut-off."""
    late = [paper for paper in papers if paper.mishap is Mishap.LATE]
    after = [paper for paper in papers if paper.mishap is Mishap.AFTER_CUT_OFF]
    return [paper for paper in papers if paper.mishap not in (Mishap.LATE, Mishap.AFTER_CUT_OFF)], late, after


def _bind(archive: Archive, year: int, cut_off_on: date) -> Run:
    began = time.perf_counter()
    plan = plan_binding(OPERATOR, year, cut_off_on=cut_off_on, archive=archive)
    planned, before_cpu_s = time.perf_counter(), time.process_time()
    if plan.volumes:
        _carry_out(archive, plan)
    done = time.perf_counter()
    return Run(
        volumes=len(plan.volumes),
        items=plan.item_count,
        plan_s=planned - began,
        run_s=done - planned,
        run_cpu_s=time.process_time() - before_cpu_s,
    )


def _carry_out(archive: Archive, plan: BindingPlan) -> None:
    run = start_binding(OPERATOR, plan.year, cut_off_on=plan.cut_off_on, seen=plan.digest, archive=archive)
    carry_on(OPERATOR, run.id, archive=archive)
