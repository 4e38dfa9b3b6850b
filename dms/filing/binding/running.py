"""The binding run: begun after consent, carried on line by line, stopped, gone on with, given up, looked back at.

What always holds:
- R1 One run at a time; every line is one transaction that also moves the run on, so a run that was killed goes on
  where it stood, and no number is spent twice.
- R2 Consent holds for what was seen: where the plan has changed since, nothing is begun.
- R3 A line that cannot be numbered is left loose with its reason; the others go on.
- R4 Who may not see a paper does not bind it: a run sees what its actor sees.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from time import monotonic
from typing import Any

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.binding import BindingLine, BindingRun, BindingState
from dms.domain.clock import local_day
from dms.domain.volume import Volume
from dms.errors import DmsError
from dms.filing.binding.cataloguing import BoundVolume, bind_line
from dms.filing.binding.errors import (
    BindingEnded,
    BindingPlanChanged,
    BindingRunNotFound,
    BindingUnderWay,
    NothingToBind,
)
from dms.filing.binding.plan import BindingPlan, LineKey
from dms.filing.binding.planning import checked_period, plan_in
from dms.filing.binding.progress import BindingProgress, progress_in
from dms.filing.binding.rules import BindingRules, rules_of
from dms.filing.binding.sorting_out import Period
from dms.store import UnitOfWork

RUN_SUBJECT = "binding:"
GoOn = Callable[[], bool]
"""Asked after every line; the run pauses where it answers no, to be carried on by whoever comes next."""
Report = Callable[[BindingProgress], None]
"""Told a few times a second how far the run is."""
REPORT_EVERY_SECONDS = 0.25


def start_binding(
    actor: Actor, year: int, *, cut_off_on: date | None = None, seen: str | None = None, archive: Archive
) -> BindingRun:
    """The new run with its work list; nothing is bound yet, see `carry_on`.

    `seen` is the digest of the plan that a person consented to (R2). Raises `BindingPeriodInvalid`, `BindingUnderWay`,
    `NothingToBind` or `BindingPlanChanged`.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    today = local_day(archive.now())
    period = checked_period(year, cut_off_on, today=today)
    with archive.begin() as work:
        under_way = work.binding_runs.under_way()
        if under_way is not None:
            raise BindingUnderWay(under_way.year)  # R1
        plan = plan_in(actor, period, today=today, work=work)
        if not plan.volumes:
            raise NothingToBind(year)
        if seen is not None and seen != plan.digest:
            raise BindingPlanChanged  # R2
        run = work.binding_runs.begin(year=year, cut_off_on=period.cut_off_on, at=archive.now(), by=actor.name)
        work.binding_runs.add_lines(_work_list(run.id, plan))
        work.binding_runs.note(run.id, _planned(plan))
        archive.record(work, actor, "binding_begun", _subject(run.id), **_counts(plan))
        return work.binding_runs.get(run.id)


def carry_on(
    actor: Actor,
    run_id: int,
    *,
    archive: Archive,
    report: Report = lambda progress: None,
    go_on: GoOn = lambda: True,
) -> BindingProgress:
    """How far the run is after its lines were bound one by one, to the end unless stopped or told to pause.

    A run that was stopped stays stopped. Raises `BindingRunNotFound` or `BindingEnded`.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    with archive.looking() as view:
        run, rules = _unended(run_id, view), rules_of(view)
    told_at = monotonic()
    while run.state is BindingState.RUNNING and run.ended_at is None:
        run = _advance(actor, run_id, rules, archive=archive)
        if monotonic() - told_at > REPORT_EVERY_SECONDS:
            report(binding_progress(actor, run_id, archive=archive))
            told_at = monotonic()
        if not go_on():
            break
    progress = binding_progress(actor, run_id, archive=archive)
    report(progress)
    return progress


def stop_binding(actor: Actor, run_id: int, *, archive: Archive) -> BindingRun:
    """The run, stopped after the line under way; what is bound stays bound.

    Raises `BindingRunNotFound` or `BindingEnded`.
    """
    return _switch(actor, run_id, BindingState.WAITING, "binding_stopped", archive=archive)


def resume_binding(actor: Actor, run_id: int, *, archive: Archive) -> BindingRun:
    """The run, to be carried on with `carry_on`; raises `BindingRunNotFound` or `BindingEnded`."""
    return _switch(actor, run_id, BindingState.RUNNING, "binding_resumed", archive=archive)


def give_up_binding(actor: Actor, run_id: int, *, archive: Archive) -> BindingRun:
    """The run, ended where it stands: what is bound stays bound, what waits stays loose.

    Raises `BindingRunNotFound` or `BindingEnded`.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    with archive.begin() as work:
        run = _unended(run_id, work)
        for line in work.binding_runs.lines(run_id, state=BindingState.WAITING):
            work.binding_runs.change_line(replace(line, state=BindingState.ABANDONED))
        _end(actor, run, BindingState.ABANDONED, archive=archive, work=work)
        return work.binding_runs.get(run_id)


def binding_progress(actor: Actor, run_id: int, *, archive: Archive) -> BindingProgress:
    """How far a run has come; raises `BindingRunNotFound`."""
    actor.require(Permission.MANAGE_CUSTOMERS)
    with archive.looking() as view:
        return progress_in(_run(run_id, view), view)


def binding_runs(actor: Actor, *, archive: Archive, year: int | None = None) -> tuple[BindingRun, ...]:
    """Every run, or those of one year, the newest first."""
    actor.require(Permission.MANAGE_CUSTOMERS)
    with archive.looking() as view:
        return tuple(view.binding_runs.all(year=year))


def volumes_of_run(actor: Actor, run_id: int, *, limit: int, offset: int = 0, archive: Archive) -> tuple[Volume, ...]:
    """One page of the volumes that came out of a run, as far as the actor may know of them, in the run's order."""
    actor.require(Permission.MANAGE_CUSTOMERS)
    with archive.looking() as view:
        ids = view.binding_runs.volume_ids(_run(run_id, view).id, limit=limit, offset=offset)
        known = view.volumes.with_ids(ids, actor=actor)
    return tuple(known[id_] for id_ in ids if id_ in known)


def binding_under_way(actor: Actor, *, archive: Archive) -> BindingRun | None:
    """The run that has not ended; None where there is none."""
    actor.require(Permission.MANAGE_CUSTOMERS)
    with archive.looking() as view:
        return view.binding_runs.under_way()


def _advance(actor: Actor, run_id: int, rules: BindingRules, *, archive: Archive) -> BindingRun:
    """The run after its next line was bound, or ended where none waits (R1)."""
    try:
        with archive.begin() as work:
            run = _run(run_id, work)
            if run.state is not BindingState.RUNNING or run.ended_at is not None:
                return run
            line = next(iter(work.binding_runs.lines(run_id, state=BindingState.WAITING, limit=1)), None)
            if line is None:
                _end(actor, run, BindingState.DONE, archive=archive, work=work)
                return _run(run_id, work)
            _bind_line(actor, run, line, rules, archive=archive, work=work)
            return run
    except _LineRefused as refused:
        return _leave_loose(refused.line, refused.refusal, archive=archive)


class _LineRefused(Exception):
    """Rolls back the transaction of a line that cannot be numbered."""

    def __init__(self, line: BindingLine, refusal: DmsError) -> None:
        self.line, self.refusal = line, refusal


def _bind_line(
    actor: Actor, run: BindingRun, line: BindingLine, rules: BindingRules, *, archive: Archive, work: UnitOfWork
) -> None:
    period = Period(year=run.year, cut_off_on=run.cut_off_on)
    key = LineKey(customer_id=line.customer_id, series_code=line.series_code)
    try:
        bound = bind_line(actor, key, rules, period, archive=archive, work=work)
    except DmsError as refusal:
        raise _LineRefused(line, refusal) from refusal
    state = BindingState.DONE if bound else BindingState.CARRIED
    work.binding_runs.change_line(replace(line, state=state, facts=_bound_facts(bound)))


def _leave_loose(line: BindingLine, refusal: DmsError, *, archive: Archive) -> BindingRun:
    """Note why a line stays loose, and go on with the others (R3)."""
    problem = {"code": refusal.code, "zh": refusal.message.zh, "en": refusal.message.en}
    with archive.begin() as work:
        abandoned = replace(line, state=BindingState.ABANDONED, facts={"problem": problem})
        work.binding_runs.change_line(abandoned)
        return _run(line.run_id, work)


def _switch(actor: Actor, run_id: int, state: BindingState, action: str, *, archive: Archive) -> BindingRun:
    actor.require(Permission.MANAGE_CUSTOMERS)
    with archive.begin() as work:
        run = _unended(run_id, work)
        if run.state is not state:
            work.binding_runs.change_state(run_id, state)
            archive.record(work, actor, action, _subject(run_id), year=run.year)
        return work.binding_runs.get(run_id)


def _end(actor: Actor, run: BindingRun, state: BindingState, *, archive: Archive, work: UnitOfWork) -> None:
    progress = progress_in(run, work)
    came_to = {"volumes": progress.volumes, "items": progress.items, "pages": progress.pages}
    work.binding_runs.end(run.id, state, at=archive.now(), facts={**run.facts, **came_to})
    action = "binding_done" if state is BindingState.DONE else "binding_given_up"
    archive.record(work, actor, action, _subject(run.id), year=run.year, **came_to)


def _run(run_id: int, work: UnitOfWork) -> BindingRun:
    run = work.binding_runs.find(run_id)
    if run is None:
        raise BindingRunNotFound(run_id)
    return run


def _unended(run_id: int, work: UnitOfWork) -> BindingRun:
    run = _run(run_id, work)
    if run.ended_at is not None:
        raise BindingEnded(run_id)
    return run


def _work_list(run_id: int, plan: BindingPlan) -> list[BindingLine]:
    return [
        BindingLine(
            run_id=run_id,
            position=position,
            customer_id=line.customer_id,
            series_code=line.series_code,
            state=BindingState.WAITING,
        )
        for position, line in enumerate(plan.lines, start=1)
    ]


def _planned(plan: BindingPlan) -> Mapping[str, Any]:
    carried = [
        {"contract": row.contract_id, "items": len(row.item_ids), "because": row.because.value} for row in plan.carried
    ]
    return {"planned": _counts(plan), "digest": plan.digest, "carried": carried, "missing": len(plan.missing)}


def _counts(plan: BindingPlan) -> dict[str, int]:
    return {"year": plan.year, "volumes": len(plan.volumes), "items": plan.item_count, "pages": plan.page_count}


def _bound_facts(bound: list[BoundVolume]) -> dict[str, Any]:
    return {
        "volumes": [
            {"id": volume.id, "code": volume.reference_code, "items": volume.item_count, "pages": volume.page_count}
            for volume in bound
        ]
    }


def _subject(run_id: int) -> str:
    return f"{RUN_SUBJECT}{run_id}"
