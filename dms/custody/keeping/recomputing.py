"""Keeping the due days up to date: all of them at night, and those of changed papers soon after the change.

What always holds:
- Papers are reckoned in batches, each in a transaction of its own, so that nobody who writes waits long; a computation
  that breaks off goes on where it was.
- A day that moved leaves the former one with the reason; a first day leaves nothing.
- Marks of what changed are taken away at the beginning of a computation of all, so that a change during it is marked.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from dms.archive import Archive
from dms.custody.keeping.reckoning import Frame, Reckoner, chained_contracts, frame_of, values_of, whole_frame
from dms.domain.actor import Actor, Permission
from dms.domain.due_day import DueBasis, DueChange, DueDay, DueReason, DueRun, DueState
from dms.store import DueRow, DueValues, StaleMark, UnitOfWork

PAPERS_A_BATCH = 10_000
MARKS_A_BATCH = 500
MOST_MARKS = 20_000
"""From so many changes on, all days are computed."""
Progress = Callable[[int], None]
"""Told how many papers were examined so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recomputation:
    """What a computation of all due days came to."""

    examined: int
    changed: int
    """Papers whose day is another than before, first days included."""
    resumed: bool
    """Whether it went on from one that had broken off."""


def recompute_due(
    actor: Actor,
    *,
    archive: Archive,
    progress: Progress | None = None,
    should_stop: Callable[[], bool] = lambda: False,
    papers_a_batch: int = PAPERS_A_BATCH,
) -> Recomputation:
    """Compute the due days of all papers, going on where an earlier computation broke off.

    Ends after the batch under way once `should_stop` says so; the next one goes on from there.
    """
    actor.require(Permission.MANAGE_RETENTION)
    begun, resumed = _taken_up(archive)
    with archive.looking() as view:
        frame = whole_frame(view)
    run = begun
    for run in _batches(begun, frame, archive, papers=papers_a_batch):
        if progress is not None:
            progress(run.examined)
        if should_stop():
            break
    if run.ended_at is None:
        return Recomputation(examined=run.examined, changed=run.changed, resumed=resumed)
    with archive.begin() as work:
        told = {"examined": run.examined, "changed": run.changed}
        archive.record(work, actor, "due_days_computed", f"due_run:{run.id}", **told)
    return Recomputation(examined=run.examined, changed=run.changed, resumed=resumed)


def settle_due(archive: Archive) -> int:
    """Bring the changes of the last while into the due days; how many papers were looked at. For the archive itself.

    Where nearly everything may have changed, it is left to `recompute_due`: see `all_due_days_stale`. While all days
    are computed nothing is settled, for what is settled would be overwritten with what was known before.
    """
    looked_at = 0
    while True:
        with archive.begin() as work:
            marks = work.due_facts.marks(limit=MARKS_A_BATCH)
            if not marks or _is_under_way(work) or any(mark.kind == "all" for mark in marks):
                return looked_at
            looked_at += _settle(marks, at=archive.now(), work=work)
            work.due_facts.clear(marks)


def all_due_days_stale(archive: Archive) -> bool:
    """Whether a rule changed, or so much else, that all due days should be computed, or their computing broke off."""
    with archive.looking() as view:
        marks = view.due_facts.marks(limit=1)
        many = any(mark.kind == "all" for mark in marks) or view.due_dates.stale_count() > MOST_MARKS
        return many or _is_under_way(view)


def _is_under_way(work: UnitOfWork) -> bool:
    last = work.due_facts.last_run()
    return last is not None and last.ended_at is None


def _taken_up(archive: Archive) -> tuple[DueRun, bool]:
    with archive.begin() as work:
        last = work.due_facts.last_run()
        if last is not None and last.ended_at is None:
            return last, True
        work.due_facts.clear()
        return work.due_facts.begin_run(archive.now()), False


def _batches(run: DueRun, frame: Frame, archive: Archive, *, papers: int) -> Iterator[DueRun]:
    """The run after each batch; what changes meanwhile is marked, and settled afterwards."""
    reckoner = Reckoner(frame)
    while run.ended_at is None:
        with archive.begin() as work:
            # As it stands now: another process may be at the same computation.
            run = _batch(work.due_facts.run(run.id), reckoner, papers=papers, at=archive.now(), work=work)
            work.due_facts.keep_run(run)
        yield run


def _batch(run: DueRun, reckoner: Reckoner, *, papers: int, at: datetime, work: UnitOfWork) -> DueRun:
    if run.ended_at is not None:
        return run
    to_id = work.due_facts.volumes_after(run.after_volume_id, papers=papers)
    if to_id is not None:
        rows = work.due_facts.rows_in_volumes(after_id=run.after_volume_id, to_id=to_id)
        return _reckoned(replace(run, after_volume_id=to_id), rows, reckoner, at=at, work=work)
    rows = work.due_facts.rows_in_no_volume(after_key=run.after_item_key, limit=papers)
    if not rows:
        return replace(run, ended_at=at)
    return _reckoned(replace(run, after_item_key=rows[-1].key), rows, reckoner, at=at, work=work)


def _reckoned(run: DueRun, rows: Sequence[DueRow], reckoner: Reckoner, *, at: datetime, work: UnitOfWork) -> DueRun:
    changed = write_days(rows, reckoner, at=at, work=work)
    return replace(run, examined=run.examined + len(rows), changed=run.changed + changed)


def _settle(marks: Sequence[StaleMark], *, at: datetime, work: UnitOfWork) -> int:
    named = {kind: {mark.subject_id for mark in marks if mark.kind == kind} for kind in ("item", "contract", "volume")}
    contracts = chained_contracts(named["contract"], work=work) if named["contract"] else frozenset[int]()
    keys = named["item"] | work.due_facts.keys_of_contracts(contracts) | work.due_facts.keys_of_volumes(named["volume"])
    return recompute_papers(keys, at=at, work=work)


def recompute_papers(item_keys: Collection[int], *, at: datetime, work: UnitOfWork) -> int:
    """Compute the due days of these papers and of what they are bound together with; how many that were."""
    rows = work.due_facts.rows_of(item_keys) if item_keys else ()
    contracts = {row.contract_id for row in rows if row.contract_id is not None}
    reckoner = Reckoner(frame_of(contracts, [row.key for row in rows], work=work))
    write_days(rows, reckoner, at=at, work=work)
    return len(rows)


def write_days(rows: Iterable[DueRow], reckoner: Reckoner, *, at: datetime, work: UnitOfWork) -> int:
    """Keep the days of these rows; how many are others than before."""
    listed = list(rows)
    moved = [(row, day, values) for row, day in reckoner.days(listed) if (values := values_of(day)) != row[_KEPT:]]
    work.due_facts.write([(row.key, values) for row, _, values in moved])
    work.due_facts.forget([row.key for row in listed if not row.filed and row.state is not None])
    work.due_dates.note_changes(_change(row, day, at) for row, day, values in moved if _tells(row, values))
    return len(moved)


_KEPT = DueRow._fields.index("state")


def _tells(row: DueRow, values: DueValues) -> bool:
    """Whether there is anything to tell: the same day by another version of the rule is none."""
    return row.state is not None and (row.state, row.due_on) != values[:2]


def _change(row: DueRow, day: DueDay, at: datetime) -> DueChange:
    before = _before(DueValues._make(row[_KEPT:]))
    return DueChange(item_key=row.key, changed_at=at, reason=_reason(before, day), before=before, after=day)


@lru_cache(maxsize=10_000)
def _before(kept: DueValues) -> DueDay:
    return DueDay(
        state=DueState(kept.state),
        due_on=_day_written(kept.due_on),
        rule_code=kept.rule_code,
        rule_version=kept.rule_version,
        basis=DueBasis(kept.basis),
        basis_on=_day_written(kept.basis_on),
    )


def _day_written(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


_OF_CONTRACTS = frozenset(
    {
        DueBasis.PERFORMED,
        DueBasis.SETTLED,
        DueBasis.WARRANTY,
        DueBasis.TERMINATED,
        DueBasis.TERM_END,
        DueBasis.CONTRACT_RUNNING,
        DueBasis.NO_CLOSING_DAY,
    }
)
_OF_DISPUTES = frozenset({DueBasis.DISPUTE, DueBasis.DISPUTE_OPEN})


def _reason(before: DueDay, after: DueDay) -> DueReason:
    bases = {before.basis, after.basis}
    if DueBasis.EXTENSION in bases:
        return DueReason.EXTENSION
    if (before.rule_code, before.rule_version) != (after.rule_code, after.rule_version):
        return DueReason.RULE
    if bases & _OF_DISPUTES:
        return DueReason.DISPUTE
    if bases & _OF_CONTRACTS:
        return DueReason.CONTRACT
    return DueReason.VOLUME if DueBasis.VOLUME in bases else DueReason.DOCUMENT
