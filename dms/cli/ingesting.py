"""``dms ingest``: take papers in from files and folders, and wait until they are read."""

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import click

from dms.archive import Archive, proposals_for
from dms.bootstrap import reader_pool, reading_room, receiving_limits, worker_lock
from dms.cli.errors import NothingToIngest, PathMissing, PathUnreadable
from dms.cli.session import Session, answer, with_session
from dms.domain.actor import Actor
from dms.domain.day import FIRST_YEAR, LAST_YEAR
from dms.domain.item import Item, ItemState
from dms.domain.proposal import FieldName
from dms.errors import Bilingual, DmsError, Kind
from dms.ingest import (
    Claim,
    Progress,
    ReceivingLimits,
    Upload,
    UploadTooLarge,
    receive,
    reclaim_orphans,
    work_until_idle,
)

POLL_SECONDS = 0.5
EXITS = {"failed": 1, "refused": 3}
"""Exit codes by what became of a paper; the highest one counts."""
JSON_FIELDS = (
    FieldName.CONTRACT_NO,
    FieldName.CUSTOMER_NAME,
    FieldName.USCC,
    FieldName.DOC_DATE,
    FieldName.AMOUNT,
)
UNDER_WAY = frozenset({ItemState.RECEIVED, ItemState.READING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one path."""

    path: Path
    item: Item | None
    """None when nothing was accepted, or for a duplicate that the actor may not see."""
    duplicate: bool
    refusal: DmsError | None


@click.command("ingest", short_help="Take papers in 收取资料")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--customer", "customer_code", help="Customer code 客户代码.")
@click.option("--contract", "contract_no", default="", help="Contract number 合同编号.")
@click.option("--type", "type_code", help="Document type 资料类型.")
@click.option("--year", type=click.IntRange(FIRST_YEAR, LAST_YEAR), help="Year 年度.")
@click.option("--wait", is_flag=True, help="Wait until everything is read 等待识别完成.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def ingest_command(
    session: Session,
    *,
    paths: tuple[Path, ...],
    customer_code: str | None,
    contract_no: str,
    type_code: str | None,
    year: int | None,
    wait: bool,
    as_json: bool,
) -> None:
    """Take in files and folders (with everything below them); exit code 3 when any of them was refused.

    Hidden files are left where they are. With --wait and no path it only reads on where an earlier run was stopped.
    """
    started = time.monotonic()
    claim = Claim(customer_code=customer_code, contract_no=contract_no, type_code=type_code, year=year)
    chosen = list(_files(paths, may_be_empty=wait))
    with session.archive() as archive:
        actor = session.actor(archive)
        outcomes = [_receive(session, archive, actor, path, claim) for path in chosen]
        if wait:
            read_until_idle(session, archive)
        results = [_result(session, archive, actor, outcome) for outcome in outcomes]
    _report(session, results, elapsed_s=round(time.monotonic() - started, 3), as_json=as_json)
    worst = max((EXITS.get(result["status"], 0) for result in results), default=0)
    if worst:
        sys.exit(worst)


def read_until_idle(session: Session, archive: Archive) -> None:
    """Read every waiting paper, or watch another process of this archive do it, with a progress bar."""
    with progress_bar(session, archive) as report:
        while _waiting(archive):
            _read_if_free(session, archive, report)
            if _waiting(archive):
                time.sleep(POLL_SECONDS)


def _read_if_free(session: Session, archive: Archive, report: Callable[[Progress], None]) -> None:
    """Read what waits, unless another process of this archive does."""
    with worker_lock(archive.home) as ours:
        if not ours:
            return
        reclaim_orphans(archive)
        with reader_pool(session.settings) as pool:
            work_until_idle(reading_room(archive, pool, report))


def _waiting(archive: Archive) -> int:
    with archive.looking() as view:
        return view.tasks.waiting_count()


@contextmanager
def progress_bar(session: Session, archive: Archive) -> Iterator[Callable[[Progress], None]]:
    """A bar over the papers that wait now; silent unless a person looks, for names do not belong into a log."""
    if not sys.stderr.isatty():
        yield lambda progress: None
        return
    label = session.text("识别", "Reading")
    with click.progressbar(length=_waiting(archive), label=label, file=sys.stderr, show_pos=True) as bar:

        def advance(progress: Progress) -> None:
            bar.label = f"{progress.item.original_filename[:24]} {progress.pages_read}/{progress.pages_total or '?'}"
            bar.update(0 if progress.state in UNDER_WAY else 1)

        yield advance


def _files(paths: Sequence[Path], *, may_be_empty: bool) -> Iterator[Path]:
    found = [path for given in paths for path in _below(given)]
    if not found and not (may_be_empty and not paths):
        raise NothingToIngest
    yield from found


def _below(given: Path) -> list[Path]:
    if not given.exists():
        raise PathMissing(given)
    if not given.is_dir():
        return [given]
    return sorted(_walked(given))


def _walked(given: Path) -> Iterator[Path]:
    """Every computer file in a folder and below it, but for hidden ones; raises `PathUnreadable`."""

    def complain(error: OSError) -> NoReturn:
        raise PathUnreadable(Path(error.filename)) from error

    for place, folders, names in os.walk(given, onerror=complain):
        folders[:] = [folder for folder in folders if not folder.startswith(".")]
        seen = (Path(place, name) for name in names if not name.startswith("."))
        yield from (path for path in seen if path.is_file())


def _receive(session: Session, archive: Archive, actor: Actor, path: Path, claim: Claim) -> Outcome:
    limits = receiving_limits(session.settings)
    try:
        upload = Upload(original_filename=path.name, uploaded_bytes=_bytes_of(path, limits), claim=claim)
        received = receive(actor, upload, archive=archive, limits=limits)
    except DmsError as error:
        if error.kind is not Kind.REFUSED_INPUT:
            raise
        return Outcome(path=path, item=None, duplicate=False, refusal=error)
    return Outcome(path=path, item=received.item, duplicate=received.duplicate, refusal=None)


def _bytes_of(path: Path, limits: ReceivingLimits) -> bytes:
    if not path.is_file():  # a pipe or a device may go on for ever
        raise PathUnreadable(path)
    try:
        with path.open("rb") as stream:
            content = stream.read(limits.max_upload_bytes + 1)
    except OSError as error:
        raise PathUnreadable(path) from error
    if len(content) > limits.max_upload_bytes:
        raise UploadTooLarge(limits.max_upload_bytes)
    return content


def _result(session: Session, archive: Archive, actor: Actor, outcome: Outcome) -> dict[str, Any]:
    with archive.looking() as view:
        item = view.items.get(outcome.item.key) if outcome.item else None
        # A paper may turn out to be a customer's whose papers the person may not see.
        known = view.items.with_id(item.id, actor=actor) if item else None
        proposals = proposals_for(actor, known, work=view) if known else {}
    status = _status(outcome, item)
    code, message = _trouble(outcome, item)
    return {
        "file": str(outcome.path),
        "item_id": item.id if item else None,
        "status": status,
        "code": code,
        "message": message.in_language(session.settings.language) if message else None,
        "message_zh": message.zh if message else None,
        "message_en": message.en if message else None,
        "pages": item.pages_total if item else None,
        "type": _type(known, proposals),
        "fields": {name.value: _field(name, proposals) for name in JSON_FIELDS},
    }


def _type(item: Item | None, proposals: dict[FieldName, Any]) -> str | None:
    stated = item.classification.type_code if item else None
    return stated or (proposals[FieldName.TYPE].value if FieldName.TYPE in proposals else None)


def _field(name: FieldName, proposals: dict[FieldName, Any]) -> str | None:
    return proposals[name].value if name in proposals else None


def _status(outcome: Outcome, item: Item | None) -> str:
    if outcome.refusal:
        return "refused"
    if outcome.duplicate or item is None:
        return "duplicate"
    match item.state:
        case ItemState.FILED:
            return "ready"
        case ItemState.REVIEW:
            return "review" if item.doubts else "ready"
        case ItemState.WITHDRAWN | ItemState.DESTROYED:
            return "refused"
        case ItemState.REFUSED | ItemState.FAILED | ItemState.RECEIVED | ItemState.READING:
            return item.state.value


def _trouble(outcome: Outcome, item: Item | None) -> tuple[str | None, Bilingual | None]:
    if outcome.refusal:
        return outcome.refusal.code, outcome.refusal.message
    if outcome.duplicate:
        return "duplicate", Bilingual(
            zh="同样的文件此前已经收取，没有重复入库。",
            en="Exactly this file was taken in before; it was not added again.",
        )
    problem = item.problem if item else None
    return (problem.code, problem.message) if problem else (None, None)


def _report(session: Session, results: list[dict[str, Any]], *, elapsed_s: float, as_json: bool) -> None:
    if as_json:
        answer({"items": results, "elapsed_s": elapsed_s})
        return
    for result in results:
        tail = f"  {result['message']}" if result["message"] else ""
        click.echo(f"{result['status']:9} {result['item_id'] or '-':20} {result['file']}{tail}")
    session.say(f"共 {len(results)} 件，用时 {elapsed_s:.1f} 秒。", f"{len(results)} papers in {elapsed_s:.1f} s.")
