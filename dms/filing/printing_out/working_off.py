"""Working the queue of prints off, one job after the other, beside the service.

What always holds:
- Q1 A job is done under the rights that its asker has when it is done; whose account is locked by then gets nothing.
- Q2 A job goes on where it was stopped: a document that is sealed and known is not made again.
- Q3 A document whose job was removed, or begun again, while it was made is thrown away.
- Q4 Results are copies: they are kept as long as `KEPT` says, and can be printed again at any time.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from dms.archive import Archive, ArchiveSealed, add_print, remove_prints, seal_print
from dms.domain.actor import Actor
from dms.domain.print_job import PrintJob, PrintState
from dms.errors import Bilingual, DmsError
from dms.filing.printing_out.errors import AskerGone
from dms.filing.printing_out.queue import forget_job
from dms.filing.printing_out.year import YearPrint, make_print, prints_of_year
from dms.logs import log_event, log_fault
from dms.store import UnitOfWork

KEPT: Final = timedelta(days=30)
JOBS_AT_ONCE: Final = 50
_UNEXPECTED: Final = Bilingual(
    "打印时程序出错，请将日志交给维护人员。",
    "The program failed while printing; show its log to whoever looks after it.",
)

_log = logging.getLogger(__name__)

ActorNamed = Callable[[str], Actor | None]
"""Whoever asked for a job, with the rights that he has now; None where he has no account any more."""


def is_anything_to_print(archive: Archive) -> bool:
    """Whether a job waits, or was left under way, or is so old that it goes."""
    with archive.looking() as view:
        return view.print_jobs.has_work(old_before_at=archive.now() - KEPT)


def reclaim_print_jobs(archive: Archive) -> int:
    """How many jobs a service that ended left under way; they wait again. Only for the new holder of the queue."""
    with archive.begin() as work:
        return work.print_jobs.waiting_again_after_a_stop()


def do_next_print_job(
    archive: Archive, *, actor_named: ActorNamed, should_stop: Callable[[], bool] = lambda: False
) -> bool:
    """Do the job that has waited longest; whether there was one. Only one doer at a time may call this.

    A refusal is noted at the job; `ArchiveSealed` and what the disk raises go through, and the job waits again.
    """
    with archive.begin() as work:
        job = work.print_jobs.take()
    if job is None:
        return False
    try:
        _do(job, archive=archive, actor_named=actor_named, should_stop=should_stop)
    except ArchiveSealed:
        raise  # whoever gives the secret next finds the job where it was left
    except DmsError as refusal:
        log_event(_log, "print_failed", level=logging.WARNING, job=job.id, code=refusal.code)
        _fail(job, refusal.message, archive=archive)
    except Exception as fault:  # noqa: BLE001 -- one job that cannot be printed must not keep the others waiting
        log_fault(_log, "print_failed", fault, job=job.id)
        _fail(job, _UNEXPECTED, archive=archive)
    return True


def forget_old_prints(archive: Archive) -> int:
    """Remove jobs that ended and were asked for longer ago than `KEPT` (Q4); how many."""
    with archive.begin() as work:
        old = work.print_jobs.expired(archive.now() - KEPT, limit=JOBS_AT_ONCE)
        objects = [each for job_id in old for each in forget_job(job_id, archive=archive, work=work)]
    remove_prints(objects, archive=archive)
    return len(old)


def _do(job: PrintJob, *, archive: Archive, actor_named: ActorNamed, should_stop: Callable[[], bool]) -> None:
    actor = actor_named(job.asked_by)
    if actor is None:
        raise AskerGone  # Q1
    wanted = prints_of_year(actor, job.wish["year"], with_papers=job.wish["with_papers"], archive=archive)
    with archive.looking() as view:
        made = {result.name for result in view.print_jobs.results(job.id)}  # Q2
    for each in wanted:
        if should_stop():
            _pause(job, archive=archive)
            return
        if each.name not in made and not _make_one(job, each, actor, len(wanted), archive=archive):
            return
    with archive.begin() as work:
        if _is_running(job, work=work):
            work.print_jobs.finish(job.id)
            archive.record(work, actor, "year_printed", str(job.wish["year"]), documents=len(wanted))


def _make_one(job: PrintJob, wanted: YearPrint, actor: Actor, total: int, *, archive: Archive) -> bool:
    """Whether the document is sealed and known; False where nobody wants it any more (Q3)."""
    printed = make_print(actor, wanted, archive=archive)
    sealed = seal_print(job.id, wanted.name, printed.media_type, printed.content, archive=archive)
    with archive.begin() as work:
        wanted_still = _is_running(job, work=work)
        if wanted_still:
            add_print(sealed, archive=archive, work=work)
            done = len(work.print_jobs.results(job.id))
            work.print_jobs.progress(job.id, done=done, total=total)
        else:
            work.destructions.condemn([sealed.receipt.object_id], at=archive.now())
    if not wanted_still:
        remove_prints([sealed.receipt.object_id], archive=archive)
    return wanted_still


def _is_running(job: PrintJob, *, work: UnitOfWork) -> bool:
    present = work.print_jobs.find(job.id)
    return present is not None and present.state is PrintState.RUNNING


def _pause(job: PrintJob, *, archive: Archive) -> None:
    with archive.begin() as work:
        if _is_running(job, work=work):
            work.print_jobs.wait_again(job.id)


def _fail(job: PrintJob, problem: Bilingual, *, archive: Archive) -> None:
    with archive.begin() as work:
        if _is_running(job, work=work):
            work.print_jobs.fail(job.id, problem)
