"""Working the queue of prints off, one job after the other, beside the service.

What always holds:
- Q1 A job is done under the rights that its asker has when it is done; whose account is locked by then gets nothing.
- Q2 A job goes on where it was stopped: a document that is sealed and known is not made again.
- Q3 A document whose job was removed, or begun again, while it was made is thrown away.
- Q4 A document that is refused is told at the end; the others of its job do not suffer for it.
- Q5 Results are copies: they are kept as long as `KEPT` says, and can be printed again at any time.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Final

from dms.archive import Archive, ArchiveSealed, NotSealed, add_print, remove_prints, seal_print
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


class _NobodyWaits(Exception):  # no error: somebody has removed the job, or begun it again
    """The job is not under way any more."""


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

    A refusal is noted at the job; `ArchiveSealed` goes through, and the job goes on when the archive is open again.
    """
    with archive.begin() as work:
        job = work.print_jobs.take()
    if job is None:
        return False
    try:
        _do(job, archive=archive, actor_named=actor_named, should_stop=should_stop)
    except _NobodyWaits:
        pass
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
    """Remove jobs that ended and were asked for longer ago than `KEPT` (Q5); how many."""
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
    refused: list[Bilingual] = []
    for each in wanted:
        if should_stop():
            _pause(job, archive=archive)
            return
        if each.name not in made:
            refused += _made_or_refused(job, each, actor, len(wanted), archive=archive)
    _end(job, actor, len(wanted), refused, archive=archive)


def _made_or_refused(
    job: PrintJob, wanted: YearPrint, actor: Actor, total: int, *, archive: Archive
) -> Iterator[Bilingual]:
    """Why the document was not made, where it was refused; the others of the job do not suffer for it (Q4)."""
    try:
        _make_one(job, wanted, actor, total, archive=archive)
    except (ArchiveSealed, NotSealed):
        raise
    except DmsError as refusal:
        log_event(_log, "print_refused", level=logging.WARNING, job=job.id, code=refusal.code)
        yield Bilingual(f"{wanted.name}：{refusal.what.zh}", f"{wanted.name}: {refusal.what.en}")


def _end(job: PrintJob, actor: Actor, total: int, refused: Sequence[Bilingual], *, archive: Archive) -> None:
    with archive.begin() as work:
        if not _is_running(job, work=work):
            return
        archive.record(work, actor, "year_printed", str(job.wish["year"]), documents=total - len(refused))
        if refused:
            work.print_jobs.fail(job.id, _told(refused))
        else:
            work.print_jobs.finish(job.id)


def _told(refused: Sequence[Bilingual]) -> Bilingual:
    """How many documents were refused, and the first of them with the reason."""
    count, first = len(refused), refused[0]
    return Bilingual(
        f"{count} 份文档未能打印，其余均已完成。{first.zh}",
        f"{count} documents were not printed, all others were. {first.en}",
    )


def _make_one(job: PrintJob, wanted: YearPrint, actor: Actor, total: int, *, archive: Archive) -> None:
    """Make one document, seal it and let it be known; raises `_NobodyWaits` (Q3)."""
    printed = make_print(actor, wanted, archive=archive)
    sealed = seal_print(job.id, wanted.name, printed.media_type, printed.content, archive=archive)
    with archive.begin() as work:
        wanted_still = _is_running(job, work=work)
        if wanted_still:
            add_print(sealed, archive=archive, work=work)
            done = work.print_jobs.result_count(job.id)
            work.print_jobs.progress(job.id, done=done, total=total)
        else:
            work.destructions.condemn([sealed.receipt.object_id], at=archive.now())
    if not wanted_still:
        remove_prints([sealed.receipt.object_id], archive=archive)
        raise _NobodyWaits


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
