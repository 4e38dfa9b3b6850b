"""The queue of prints: asked for by a person, made beside the service, sealed in the vault until they are taken out.

What always holds:
- Only who asked for a job sees it and takes its results out.
- A job that its asker removes takes its results with it, also while it is being done.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from zipfile import ZIP_STORED, ZipFile

from dms.archive import Archive, read_print, remove_prints
from dms.domain.actor import Actor, Permission
from dms.domain.print_job import PrintJob, PrintResult, PrintState
from dms.domain.printed import Printed
from dms.filing.printing_out.errors import PrintJobNotFound, PrintResultDamaged
from dms.filing.printing_out.year import prints_of_year
from dms.store import UnitOfWork
from vault import VaultError

YEAR: Final = "year"
"""The form of a job that prints a whole year."""
JOBS_LOOKED_AT: Final = 50
_ACTING_ITSELF: Final = "*"
"""Stands before the name of whoever has no account; no account can bear such a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintJobList:
    """One page of a person's jobs, the newest first, and how many there are."""

    total: int
    jobs: tuple[PrintJob, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedJob:
    """One job with what it has made so far."""

    job: PrintJob
    results: tuple[PrintResult, ...]


def asker_name(actor: Actor) -> str:
    """Under which name the jobs of an actor are kept."""
    return actor.name if actor.user_id is not None else f"{_ACTING_ITSELF}{actor.name}"


def ask_for_year(actor: Actor, year: int, *, with_papers: bool = False, archive: Archive) -> PrintJob:
    """A job that prints a whole year; one that waits already is not asked for twice. Raises `NothingOfTheYear`."""
    actor.require(Permission.CONSULT)
    total = len(prints_of_year(actor, year, with_papers=with_papers, archive=archive))
    wish = {"year": year, "with_papers": with_papers}
    with archive.begin() as work:
        waiting = _waiting_alike(asker_name(actor), wish, work=work)
        if waiting is not None:
            return waiting
        job = work.print_jobs.add(YEAR, wish, asked_by=asker_name(actor), at=archive.now())
        work.print_jobs.progress(job.id, done=0, total=total)
        archive.record(work, actor, "print_asked", job_subject(job), year=year, documents=total)
        return work.print_jobs.get(job.id)


def list_print_jobs(actor: Actor, *, archive: Archive, limit: int = 20, offset: int = 0) -> PrintJobList:
    """The jobs that the actor asked for."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        total, jobs = view.print_jobs.page(asked_by=asker_name(actor), limit=limit, offset=offset)
    return PrintJobList(total=total, jobs=tuple(jobs))


def open_print_job(actor: Actor, job_id: int, *, archive: Archive) -> OpenedJob:
    """One job of the actor's with its results; raises `PrintJobNotFound`."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        job = _own_job(actor, job_id, work=view)
        return OpenedJob(job=job, results=tuple(view.print_jobs.results(job.id)))


def take_print(actor: Actor, result_id: int, *, archive: Archive) -> Printed:
    """One printed document, journaled; raises `PrintJobNotFound` or `PrintResultDamaged`."""
    actor.require(Permission.CONSULT)
    with archive.begin() as work:
        result = work.print_jobs.result(result_id)
        if result is None:
            raise PrintJobNotFound
        job = _own_job(actor, result.job_id, work=work)
        _require_still_taking(actor, job)
        archive.record(work, actor, "print_taken", job_subject(job), name=result.name, sha256=result.digest)
    name = result.name.rpartition("/")[2]
    return Printed(suggested_name=name, media_type=result.media_type, content=_read(result, archive=archive))


def take_all_prints(actor: Actor, job_id: int, *, archive: Archive) -> Printed:
    """Everything that a job has made, as one ZIP; journaled. Raises `PrintJobNotFound` or `PrintResultDamaged`."""
    actor.require(Permission.CONSULT)
    with archive.begin() as work:
        job = _own_job(actor, job_id, work=work)
        _require_still_taking(actor, job)
        results = work.print_jobs.results(job.id)
        if not results:
            raise PrintJobNotFound
        archive.record(work, actor, "prints_taken", job_subject(job), documents=len(results))
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as folder:  # what is in it is compressed already
        for result in results:
            folder.writestr(result.name, _read(result, archive=archive))
    name = f"{job.wish.get('year', job.id)}年度打印结果.zip"
    return Printed(suggested_name=name, media_type="application/zip", content=packed.getvalue())


def remove_print_job(actor: Actor, job_id: int, *, archive: Archive) -> None:
    """Forget a job with everything it has made; one under way stops. Raises `PrintJobNotFound`."""
    actor.require(Permission.CONSULT)
    with archive.begin() as work:
        job = _own_job(actor, job_id, work=work)
        objects = forget_job(job.id, archive=archive, work=work)
        archive.record(work, actor, "print_removed", job_subject(job), documents=len(objects))
    remove_prints(objects, archive=archive)


def print_again(actor: Actor, job_id: int, *, archive: Archive) -> PrintJob:
    """The job, waiting to be done once more from its start; raises `PrintJobNotFound`."""
    actor.require(Permission.CONSULT)
    with archive.begin() as work:
        job = _own_job(actor, job_id, work=work)
        objects = work.print_jobs.forget_results(job.id)
        work.destructions.condemn(objects, at=archive.now())
        work.print_jobs.wait_again(job.id)
        archive.record(work, actor, "print_asked", job_subject(job), year=job.wish.get("year"))
        begun = work.print_jobs.get(job.id)
    remove_prints(objects, archive=archive)
    return begun


def _waiting_alike(asked_by: str, wish: Mapping[str, object], *, work: UnitOfWork) -> PrintJob | None:
    _, newest = work.print_jobs.page(asked_by=asked_by, limit=JOBS_LOOKED_AT)
    return next((job for job in newest if job.state is PrintState.WAITING and dict(job.wish) == wish), None)


def _own_job(actor: Actor, job_id: int, *, work: UnitOfWork) -> PrintJob:
    job = work.print_jobs.find(job_id)
    if job is None or job.asked_by != asker_name(actor):
        raise PrintJobNotFound
    return job


def _require_still_taking(actor: Actor, job: PrintJob) -> None:
    """Papers bound into a print are copies of them; whoever may take none any more does not get them out either."""
    if job.wish.get("with_papers"):
        actor.require(Permission.TAKE_COPIES)


def forget_job(job_id: int, *, archive: Archive, work: UnitOfWork) -> list[str]:
    """Forget a job and condemn what it has made; the ids of these objects, to be removed after the transaction."""
    objects = work.print_jobs.forget(job_id)
    work.destructions.condemn(objects, at=archive.now())
    return objects


def _read(result: PrintResult, *, archive: Archive) -> bytes:
    try:
        return read_print(result, archive=archive)
    except VaultError as error:
        raise PrintResultDamaged(error.code) from error


def job_subject(job: PrintJob) -> str:
    """What the journal calls a job."""
    return f"print-{job.id}"
