"""How far a run has come, from what its lines say."""

from dataclasses import dataclass

from dms.domain.binding import BindingRun, BindingState
from dms.errors import Bilingual
from dms.store import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class LineLeftLoose:
    """A line that could not be numbered, and why."""

    position: int
    customer_id: int | None
    series_code: str
    because: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class BindingProgress:
    """A run with what is done of it."""

    run: BindingRun
    lines_total: int
    lines_done: int
    """Bound, carried forward or left loose."""
    volumes: int
    items: int
    pages: int
    """What was bound so far."""
    left_loose: tuple[LineLeftLoose, ...]

    @property
    def percent(self) -> int:
        """How much of the work list is done, in hundredths; 100 where there is none."""
        return 100 * self.lines_done // self.lines_total if self.lines_total else 100


def progress_in(run: BindingRun, work: UnitOfWork) -> BindingProgress:
    """How far the run has come, as this transaction sees it."""
    counts = work.binding_runs.line_counts(run.id)
    came_to = work.binding_runs.came_to(run.id)
    abandoned = work.binding_runs.lines(run.id, state=BindingState.ABANDONED)
    return BindingProgress(
        run=run,
        lines_total=sum(counts.values()),
        lines_done=sum(counts.values()) - counts.get(BindingState.WAITING, 0),
        volumes=came_to.volumes,
        items=came_to.items,
        pages=came_to.pages,
        left_loose=tuple(
            LineLeftLoose(
                position=line.position,
                customer_id=line.customer_id,
                series_code=line.series_code,
                because=Bilingual(zh=line.facts["problem"]["zh"], en=line.facts["problem"]["en"]),
            )
            for line in abandoned
            if "problem" in line.facts
        ),
    )
