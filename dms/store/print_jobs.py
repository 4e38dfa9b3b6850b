"""Print jobs and their sealed results."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from dms.domain.print_job import PrintJob, PrintResult, PrintState
from dms.errors import Bilingual
from dms.store.engine import inserted_id
from dms.store.filing_tables import print_job as table
from dms.store.filing_tables import print_result as result_table


class PrintJobs:
    """The jobs, by id; a person sees those that he asked for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, form: str, wish: Mapping[str, Any], *, asked_by: str, at: datetime) -> PrintJob:
        """The new job, waiting."""
        values = {"form": form, "wish": dict(wish), "asked_by": asked_by, "asked_at": at, "done": 0}
        rest = {"state": PrintState.WAITING.value, "problem_zh": "", "problem_en": ""}
        return self.get(inserted_id(self._connection.execute(table.insert().values(**values, **rest))))

    def get(self, job_id: int) -> PrintJob:
        """The job with this id, which must exist."""
        return _job(self._connection.execute(select(table).where(table.c.id == job_id)).one())

    def find(self, job_id: int) -> PrintJob | None:
        """The job with this id, if there is one."""
        row = self._connection.execute(select(table).where(table.c.id == job_id)).first()
        return _job(row) if row else None

    def page(self, *, asked_by: str | None = None, limit: int, offset: int = 0) -> tuple[int, list[PrintJob]]:
        """How many jobs there are, of one person or of all, and one page of them, the newest first."""
        where = [table.c.asked_by == asked_by] if asked_by is not None else []
        total = self._connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one()
        query = select(table).where(*where).order_by(table.c.id.desc()).limit(limit).offset(offset)
        return total, [_job(row) for row in self._connection.execute(query)]

    def has_work(self, *, old_before_at: datetime) -> bool:
        """Whether a job waits or was left under way, or one ended that was asked for before this moment."""
        due = table.c.state.in_([PrintState.WAITING.value, PrintState.RUNNING.value])
        query = select(table.c.id).where(due | (table.c.asked_at < old_before_at)).limit(1)
        return self._connection.execute(query).first() is not None

    def take(self) -> PrintJob | None:
        """The job that has waited longest, running from now on; None where none waits."""
        query = select(table.c.id).where(table.c.state == PrintState.WAITING.value).order_by(table.c.id).limit(1)
        job_id = self._connection.execute(query).scalar()
        if job_id is None:
            return None
        self._change(job_id, state=PrintState.RUNNING.value)
        return self.get(job_id)

    def progress(self, job_id: int, *, done: int, total: int | None) -> None:
        """How far a job is."""
        self._change(job_id, done=done, total=total)

    def finish(self, job_id: int) -> None:
        """The job is done."""
        self._change(job_id, state=PrintState.DONE.value)

    def fail(self, job_id: int, problem: Bilingual) -> None:
        """The job failed, and why."""
        self._change(job_id, state=PrintState.FAILED.value, problem_zh=problem.zh, problem_en=problem.en)

    def wait_again(self, job_id: int) -> None:
        """The job is to be done once more from its start."""
        self._change(job_id, state=PrintState.WAITING.value, done=0, problem_zh="", problem_en="")

    def waiting_again_after_a_stop(self) -> int:
        """How many jobs were running when the service stopped; they wait again."""
        running = table.update().where(table.c.state == PrintState.RUNNING.value)
        return self._connection.execute(running.values(state=PrintState.WAITING.value, done=0)).rowcount

    def add_result(self, result: PrintResult) -> PrintResult:
        """The result with its id; the one that was stated is left out of account."""
        values = {name: getattr(result, name) for name in PrintResult.__dataclass_fields__ if name != "id"}
        result_id = inserted_id(self._connection.execute(result_table.insert().values(**values)))
        return PrintResult(**values, id=result_id)

    def results(self, job_id: int) -> list[PrintResult]:
        """What a job made, in order."""
        query = select(result_table).where(result_table.c.job_id == job_id).order_by(result_table.c.id)
        return [PrintResult(**row._mapping) for row in self._connection.execute(query)]

    def result_count(self, job_id: int) -> int:
        """How many documents a job has made."""
        query = select(func.count()).select_from(result_table).where(result_table.c.job_id == job_id)
        return self._connection.execute(query).scalar_one()

    def result(self, result_id: int) -> PrintResult | None:
        """The result with this id, if there is one."""
        row = self._connection.execute(select(result_table).where(result_table.c.id == result_id)).first()
        return PrintResult(**row._mapping) if row else None

    def expired(self, before_at: datetime, *, limit: int) -> list[int]:
        """The next so many jobs that were asked for before this moment and that neither wait nor run."""
        ended = table.c.state.in_([PrintState.DONE.value, PrintState.FAILED.value])
        query = select(table.c.id).where(table.c.asked_at < before_at, ended).order_by(table.c.id).limit(limit)
        return list(self._connection.execute(query).scalars())

    def begin_again(self) -> list[str]:
        """Forget every result; jobs under way wait again. The ids of the sealed objects that are to be removed."""
        objects = self._object_ids(result_table.c.id > 0)
        self._connection.execute(result_table.delete())
        self.waiting_again_after_a_stop()
        return objects

    def forget_results(self, job_id: int) -> list[str]:
        """Remove what a job made, but not the job; the ids of the sealed objects that are to be removed after it."""
        objects = self._object_ids(result_table.c.job_id == job_id)
        self._connection.execute(result_table.delete().where(result_table.c.job_id == job_id))
        return objects

    def forget(self, job_id: int) -> list[str]:
        """Remove a job with its results; the ids of the sealed objects that are to be removed after it."""
        objects = self.forget_results(job_id)
        self._connection.execute(table.delete().where(table.c.id == job_id))
        return objects

    def object_ids(self) -> set[str]:
        """Every sealed object that a job made."""
        return set(self._connection.execute(select(result_table.c.object_id)).scalars())

    def sealed(self, *, after_id: int = 0, limit: int) -> list[PrintResult]:
        """The next so many results of all jobs, for walks over the whole archive only."""
        query = select(result_table).where(result_table.c.id > after_id).order_by(result_table.c.id).limit(limit)
        return [PrintResult(**row._mapping) for row in self._connection.execute(query)]

    def drop_result(self, result_id: int) -> None:
        """Forget one result; its object is to be removed after it."""
        self._connection.execute(result_table.delete().where(result_table.c.id == result_id))

    def rewrap(self, result_id: int, wrapped_key: bytes) -> None:
        """The key of a result is wrapped anew."""
        of_result = result_table.update().where(result_table.c.id == result_id)
        self._connection.execute(of_result.values(wrapped_key=wrapped_key))

    def _object_ids(self, condition: ColumnElement[bool]) -> list[str]:
        query = select(result_table.c.object_id).where(condition).order_by(result_table.c.id)
        return list(self._connection.execute(query).scalars())

    def _change(self, job_id: int, **values: object) -> None:
        self._connection.execute(table.update().where(table.c.id == job_id).values(**values))


def _job(row: Row[Any]) -> PrintJob:
    values = {name: getattr(row, name) for name in PrintJob.__dataclass_fields__ if name != "problem"}
    problem = Bilingual(row.problem_zh, row.problem_en) if row.problem_zh else None
    return PrintJob(**values | {"state": PrintState(row.state)}, problem=problem)
