"""年度装订: choose a year, look at everything that would be done, start after confirmation, watch, stop and go on."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.domain.actor import Permission
from dms.domain.binding import BindingState
from dms.domain.clock import local_day
from dms.domain.day import FIRST_YEAR
from dms.errors import DmsError
from dms.filing import frame
from dms.filing.binding import (
    CARRIED_BECAUSE,
    BindingPeriodInvalid,
    BindingPlan,
    binding_progress,
    binding_runs,
    binding_under_way,
    carry_on,
    give_up_binding,
    plan_binding,
    resume_binding,
    start_binding,
    stop_binding,
    volumes_of_run,
)
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.paging import paging_asked
from dms.web.refusals import status_of

blueprint = Blueprint("binding", __name__, url_prefix="/volumes/bind")

VOLUMES_PER_PAGE = 30
ROWS_PER_PAGE = 60
RUNS_SHOWN = 20
SECONDS_AT_ONCE = 2.0
"""After so long a page is shown that tells how far the run has come; it asks for the next stretch by itself."""
YEARS_OFFERED = 12
_ONE = f"<int(max={2**63 - 1}):run_id>"


class Part(StrEnum):
    """Which list of the dry run is shown."""

    VOLUMES = "volumes"
    CARRIED = "carried"
    MISSING = "missing"
    WARNINGS = "warnings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was chosen in the form."""

    year: int
    cut_off_on: date


@blueprint.get("")
@needs(Permission.MANAGE_CUSTOMERS)
def index() -> str:
    """Choose year and cut-off; the run under way and those that have ended."""
    actor().require(Permission.MANAGE_CUSTOMERS)
    return _start_page(None)


@blueprint.get("/plan")
@needs(Permission.MANAGE_CUSTOMERS)
def plan() -> str | tuple[str, int]:
    """Everything that a run would do, before a number is spent; ``part`` chooses the list."""
    actor().require(Permission.MANAGE_CUSTOMERS)
    try:
        wish = _wish()
        planned = plan_binding(actor(), wish.year, cut_off_on=wish.cut_off_on, archive=archive())
    except DmsError as refusal:
        return _start_page(refusal), status_of(refusal)
    part = next((each for each in Part if each.value == request.args.get("part")), Part.VOLUMES)
    paging = paging_asked(VOLUMES_PER_PAGE if part is Part.VOLUMES else ROWS_PER_PAGE)
    rows = _rows(planned, part)
    return render_template(
        "pages/binding/plan.html",
        plan=planned,
        part=part.value,
        parts=[(each.value, len(_rows(planned, each))) for each in Part],
        rows=rows[paging.offset : paging.offset + paging.limit],
        total=len(rows),
        paging=paging,
        because=CARRIED_BECAUSE,
        series_names={series.code: series for series in frame(actor(), archive=archive()).series},
        under_way=binding_under_way(actor(), archive=archive()),
    )


@blueprint.post("/start")
@needs(Permission.MANAGE_CUSTOMERS)
def start() -> Response | tuple[str, int]:
    """Start the run that was looked at; refused where its plan has changed since."""
    try:
        wish = _wish()
        seen = request.form.get("seen", "")
        run = start_binding(actor(), wish.year, cut_off_on=wish.cut_off_on, seen=seen, archive=archive())
    except DmsError as refusal:
        return _start_page(refusal), status_of(refusal)
    return redirect(url_for(".show", run_id=run.id))


@blueprint.get(f"/runs/{_ONE}")
@needs(Permission.MANAGE_CUSTOMERS)
def show(run_id: int) -> str:
    """How far a run has come, and the volumes that came out of it."""
    paging = paging_asked(VOLUMES_PER_PAGE)
    progress = binding_progress(actor(), run_id, archive=archive())
    volumes = volumes_of_run(actor(), run_id, limit=paging.limit, offset=paging.offset, archive=archive())
    return render_template("pages/binding/show.html", progress=progress, volumes=volumes, paging=paging)


@blueprint.post(f"/runs/{_ONE}/go-on")
@needs(Permission.MANAGE_CUSTOMERS)
def go_on(run_id: int) -> Response:
    """Bind the next lines for a while, then show how far the run has come."""
    progress = binding_progress(actor(), run_id, archive=archive())
    if progress.run.ended_at is None:
        carry_on(actor(), run_id, archive=archive(), go_on=_for_a_while())
    return redirect(url_for(".show", run_id=run_id))


@blueprint.post(f"/runs/{_ONE}/stop")
@needs(Permission.MANAGE_CUSTOMERS)
def stop(run_id: int) -> Response:
    """Stop after the line under way."""
    stop_binding(actor(), run_id, archive=archive())
    flash(_("装订已暂停，已编目的案卷保留，可随时继续。"), "success")
    return redirect(url_for(".show", run_id=run_id))


@blueprint.post(f"/runs/{_ONE}/resume")
@needs(Permission.MANAGE_CUSTOMERS)
def resume(run_id: int) -> Response:
    """Go on with a run that was stopped."""
    resume_binding(actor(), run_id, archive=archive())
    return redirect(url_for(".show", run_id=run_id))


@blueprint.post(f"/runs/{_ONE}/give-up")
@needs(Permission.MANAGE_CUSTOMERS)
def give_up(run_id: int) -> Response:
    """End a run where it stands."""
    run = give_up_binding(actor(), run_id, archive=archive())
    flash(_("%(year)s 年度的装订已终止，其余资料仍为活页。", year=run.year), "success")
    return redirect(url_for(".show", run_id=run_id))


def _start_page(refusal: DmsError | None) -> str:
    runs = binding_runs(actor(), archive=archive())
    today = local_day(archive().now())
    return render_template(
        "pages/binding/index.html",
        refusal=refusal,
        runs=runs[:RUNS_SHOWN],
        under_way=next((run for run in runs if run.ended_at is None), None),
        years=range(today.year, max(FIRST_YEAR, today.year - YEARS_OFFERED), -1),
        year=request.values.get("year", type=int) or today.year - 1,
        cut_off=request.values.get("cut_off", "") or today.isoformat(),
        today=today,
        paused=BindingState.WAITING,
    )


def _wish() -> Wish:
    """What the form says; raises `BindingPeriodInvalid` where it says nothing sensible."""
    today = local_day(archive().now())
    try:
        year = int(request.values.get("year", ""))
        stated = request.values.get("cut_off", "").strip()
        return Wish(year=year, cut_off_on=date.fromisoformat(stated) if stated else today)
    except ValueError as error:
        raise BindingPeriodInvalid(today=today) from error


def _rows(planned: BindingPlan, part: Part) -> Sequence[object]:
    match part:
        case Part.VOLUMES:
            return planned.volumes
        case Part.CARRIED:
            return planned.carried
        case Part.MISSING:
            return planned.missing
        case Part.WARNINGS:
            return planned.warnings


def _for_a_while() -> Callable[[], bool]:
    until = time.monotonic() + SECONDS_AT_ONCE
    return lambda: time.monotonic() < until
