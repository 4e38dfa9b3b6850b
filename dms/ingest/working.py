"""Working off the read-tasks: from a sealed original to a paper that is read, described and searchable.

`read_item` is the table of contents of the pipeline. What always holds:
- W1 Plaintext lives in memory only: unsealed here, handed to a key-less child, sealed again.
- W2 Each page is sealed first and then committed with its rows, so work resumes at the first missing page.
- W3 Text becomes the item's text, the index row is written and the task is settled in one transaction.
- W4 One paper's failure ends in a named state of that paper; the others go on, whoever watches.
- W5 Told to stop, a reader ends the page it is at, not the paper; what it has read is kept and it was no attempt.
- W6 A disk that takes nothing is no fault of the paper, which waits until it does; it was no attempt either.
- W7 A paper that is destroyed while it is being read gets nothing more: no page text, no object, no state.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import islice, takewhile
from threading import Event, Semaphore
from typing import Protocol

from dms.archive import Archive, Content, NotSealed, settle_index_if_possible
from dms.domain.actor import SYSTEM
from dms.domain.item import Item, ItemState, Page, Problem, RenditionRole
from dms.domain.layout import encode_layout
from dms.domain.task import Task, TaskKind
from dms.errors import DmsError, Kind
from dms.ingest.describing import Describer
from dms.ingest.errors import ReadingFault
from dms.ingest.reading import Examination, PageResult, ReaderFailed
from dms.store import CatalogueBusy, CatalogueDiskFull, UnitOfWork

MAX_ATTEMPTS = 2
RETRY_AFTER = timedelta(seconds=2)
DISK_RETRY_AFTER = timedelta(minutes=1)
IDLE_WAIT_SECONDS = 0.5
SPARE_PAPERS = 2
_DISK_TAKES_NOTHING = (NotSealed, CatalogueDiskFull, CatalogueBusy)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the reading of one item has come."""

    item: Item
    state: ItemState
    pages_read: int
    pages_total: int | None


class Reader(Protocol):
    """What turns bytes into pages.

    It owes: nothing parsed in this process, a named `DmsError` for every paper it cannot read, safe use from several
    threads. It is owed: the same bytes object for every page of one paper, and `forget` when the paper is done.
    """

    @property
    def processes(self) -> int:
        """How many pages it reads at once."""
        ...

    def examine(self, uploaded_bytes: bytes) -> Examination:
        """What the paper is and how many pages it has; raises `ReadingRefused` or `ReaderFailed`."""
        ...

    def read_page(self, uploaded_bytes: bytes, number: int) -> PageResult:
        """One page, from 1; raises as `examine` does."""
        ...

    def forget(self, uploaded_bytes: bytes) -> None:
        """The paper will not be asked for again."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRoom:
    """Everything the readers need; `report` is called after every page and every paper, from several threads."""

    archive: Archive
    pool: Reader
    describer: Describer
    report: Callable[[Progress], None] = field(default=lambda progress: None)
    stop: Event = field(default_factory=Event)
    """Set by whoever wants the readers to end soon."""
    desks: Semaphore = field(init=False, repr=False, compare=False)
    """One for each child: a paper keeps its child from examination to last page, so that it is unfolded once."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "desks", Semaphore(self.pool.processes))


class _ToldToStop(Exception):
    """Pages are still missing, and the readers are to end."""


class _Destroyed(Exception):
    """The paper was destroyed while it was being read."""


def work_until_idle(room: ReadingRoom) -> None:
    """Read every waiting paper, several at once, and return when none waits; the caller holds the worker lock."""
    _work(room, stop_when_idle=True)
    settle_index_if_possible(room.archive)


def work_until_stopped(room: ReadingRoom, stop: Event) -> None:
    """Read papers as they arrive until `stop` is set; the caller holds the worker lock."""
    _work(replace(room, stop=stop), stop_when_idle=False)


def reclaim_orphans(archive: Archive) -> int:
    """How many tasks of a dead process were set waiting again; call once after taking the worker lock."""
    with archive.begin() as work:
        return work.tasks.reclaim()


def read_item(task: Task, room: ReadingRoom) -> None:
    """Take one paper through the pipeline, to its end or to a named state."""
    item = _item(task, room)
    try:
        _read_pages(item, room)
        _finish(item, room)
    except _ToldToStop:
        _put_back(task, room)
    except _Destroyed:
        return  # its task went with it
    except DmsError as error:
        _break_off(task, item, error, room)
    except Exception as error:  # noqa: BLE001 -- W4: our own fault stops no other paper
        _break_off(task, item, ReadingFault(type(error).__name__), room)


def _work(room: ReadingRoom, *, stop_when_idle: bool) -> None:
    with ThreadPoolExecutor(max_workers=_papers_at_once(room), thread_name_prefix="paper") as papers:
        try:
            _hand_out(room, papers, stop_when_idle=stop_when_idle)
        except (KeyboardInterrupt, SystemExit):
            room.stop.set()  # W5: whoever interrupts need not wait until the papers under way are read to their end
            raise


def _hand_out(room: ReadingRoom, papers: ThreadPoolExecutor, *, stop_when_idle: bool) -> None:
    """Keep as many papers under way as there are children, until told to stop or until none waits."""
    running: set[Future[None]] = set()
    while not room.stop.is_set():
        while len(running) < _papers_at_once(room) and (task := _next_task(room)):
            running.add(papers.submit(read_item, task, room))
        if not running and stop_when_idle and not _waiting(room):
            return
        done, running = _await_some(running, room.stop)
        for finished in done:
            finished.result()


def _papers_at_once(room: ReadingRoom) -> int:
    """More than there are children, so that none waits while a paper is being sealed and described here."""
    return room.pool.processes + SPARE_PAPERS


def _await_some(running: set[Future[None]], stop: Event) -> tuple[set[Future[None]], set[Future[None]]]:
    if not running:
        stop.wait(IDLE_WAIT_SECONDS)
        return set(), set()
    done, rest = wait(running, timeout=IDLE_WAIT_SECONDS, return_when=FIRST_COMPLETED)
    return set(done), set(rest)


def _next_task(room: ReadingRoom) -> Task | None:
    with room.archive.looking() as view:
        if not view.tasks.waiting_count():
            return None
    with room.archive.begin() as work:
        return work.tasks.take(TaskKind.READ_ITEM, at=room.archive.now())


def _waiting(room: ReadingRoom) -> int:
    with room.archive.looking() as view:
        return view.tasks.waiting_count()


def _item(task: Task, room: ReadingRoom) -> Item:
    with room.archive.looking() as view:
        return view.items.get(task.subject)


def _unsealed(item: Item, room: ReadingRoom) -> bytes:
    with room.archive.looking() as view:
        original = view.contents.rendition(item.key, RenditionRole.ORIGINAL)
    if original is None:
        raise ReadingFault("OriginalMissing")
    return room.archive.unseal(item, original)


def _read_pages(item: Item, room: ReadingRoom) -> None:
    uploaded_bytes = _unsealed(item, room)
    with room.desks:
        _read_at_desk(item, uploaded_bytes, room)


def _read_at_desk(item: Item, uploaded_bytes: bytes, room: ReadingRoom) -> None:
    try:
        examination = room.pool.examine(uploaded_bytes)
        _note_examined(item, examination, room)
        _read_missing_pages(item, examination, uploaded_bytes, room)
    finally:
        room.pool.forget(uploaded_bytes)


def _note_examined(item: Item, examination: Examination, room: ReadingRoom) -> None:
    with room.archive.begin() as work:
        work.items.examined(item.key, media_type=examination.media_type, pages_total=examination.page_count)
    _tell(item, room)


def _read_missing_pages(item: Item, examination: Examination, uploaded_bytes: bytes, room: ReadingRoom) -> None:
    """Read the pages that are not in the catalogue yet, as many at once as there are children."""
    with room.archive.looking() as view:
        present = view.contents.page_numbers(item.key)
    missing = [number for number in range(1, examination.page_count + 1) if number not in present]
    still_wanted = takewhile(lambda number: not room.stop.is_set(), missing)  # W5
    key = room.archive.item_key(item)

    def read(number: int) -> None:
        _keep_page(item, key, room.pool.read_page(uploaded_bytes, number), room)

    with ThreadPoolExecutor(max_workers=room.pool.processes, thread_name_prefix="page") as pages:
        _each(read, still_wanted, pages, at_once=room.pool.processes)
    with room.archive.looking() as view:
        if not view.contents.page_numbers(item.key).issuperset(missing):
            raise _ToldToStop


def _each(read: Callable[[int], None], numbers: Iterator[int], pages: ThreadPoolExecutor, *, at_once: int) -> None:
    """Keep `at_once` pages under way; the first failure is raised once the pages under way have ended."""
    running = {pages.submit(read, number) for number in islice(numbers, at_once)}
    while running:
        done, running = wait(running, return_when=FIRST_COMPLETED)
        for finished in done:
            finished.result()
        running |= {pages.submit(read, number) for number in islice(numbers, len(done))}


def _keep_page(item: Item, key: bytes, result: PageResult, room: ReadingRoom) -> None:
    renditions = [room.archive.seal(item.id, key, content) for content in _contents(result)]  # W2: sealed first
    with room.archive.begin() as work:
        destroyed = _is_destroyed(item, work)
        if not destroyed:
            work.contents.add_page(item.key, _page(result))
            for rendition in renditions:
                work.contents.add_rendition(item.key, rendition)
    if destroyed:
        for rendition in renditions:
            room.archive.discard(rendition)
        raise _Destroyed
    _tell(item, room)


def _is_destroyed(item: Item, work: UnitOfWork) -> bool:
    """Asked in the transaction that would write: a destruction is whole before it or comes whole after it (W7)."""
    return work.items.get(item.key).state is ItemState.DESTROYED


def _contents(result: PageResult) -> list[Content]:
    number = result.reading.number
    layout = encode_layout(result.reading)
    return [
        Content(
            role=RenditionRole.PAGE_IMAGE,
            page=number,
            plaintext=result.image,
            media_type="image/jpeg",
            recipe=result.recipe,
        ),
        Content(
            role=RenditionRole.THUMBNAIL,
            page=number,
            plaintext=result.thumbnail,
            media_type="image/jpeg",
            recipe=result.recipe,
        ),
        Content(
            role=RenditionRole.LAYOUT,
            page=number,
            plaintext=layout,
            media_type="application/json",
            recipe=result.recipe,
        ),
    ]


def _page(result: PageResult) -> Page:
    reading = result.reading
    return Page(
        number=reading.number,
        text=reading.text,
        width_px=reading.width_px,
        height_px=reading.height_px,
        turned_degrees=reading.turned_degrees,
        skew_degrees=reading.skew_degrees,
        blank=reading.blank,
        confidence=reading.confidence,
        source=reading.source.value,
        engine=reading.engine,
    )


def _finish(item: Item, room: ReadingRoom) -> None:
    description = room.describer.describe(item)
    with room.archive.begin() as work:  # W3
        work.contents.state_proposals(item.key, description.proposals)
        work.items.enter_review(item.key, classification=description.classification, doubts=description.doubts)
        room.archive.index_item(work, item.key)
        work.tasks.settle(TaskKind.READ_ITEM, item.key)
        room.archive.record(work, SYSTEM, "item_read", item.id, pages=len(work.contents.page_numbers(item.key)))
    _tell(item, room)


def _put_back(task: Task, room: ReadingRoom) -> None:
    with room.archive.begin() as work:
        work.tasks.put_back(task.id)


def _break_off(task: Task, item: Item, error: DmsError, room: ReadingRoom) -> None:
    permanent = error.kind is Kind.REFUSED_INPUT
    with room.archive.begin() as work:
        if _is_destroyed(item, work):
            return  # W7: without its key and its rows reading breaks off in many ways, and none of them matters
        if isinstance(error, _DISK_TAKES_NOTHING):  # W6
            work.tasks.put_back(task.id)
            work.tasks.postpone(task.id, until=room.archive.now() + DISK_RETRY_AFTER)
            return
        if _may_help_to_retry(error) and task.attempts < MAX_ATTEMPTS:
            work.tasks.postpone(task.id, until=room.archive.now() + RETRY_AFTER)
            return
        state = ItemState.REFUSED if permanent else ItemState.FAILED
        work.items.break_off(item.key, state, Problem(error.code, error.message))
        work.tasks.settle(TaskKind.READ_ITEM, item.key)
        room.archive.record(work, SYSTEM, f"item_{state.value}", item.id, code=error.code)
    _tell(item, room)


def _may_help_to_retry(error: DmsError) -> bool:
    if isinstance(error, ReaderFailed):
        return error.retryable
    return error.kind is not Kind.REFUSED_INPUT


def _tell(item: Item, room: ReadingRoom) -> None:
    with room.archive.looking() as view:
        present = view.items.get(item.key)
    progress = Progress(
        item=present, state=present.state, pages_read=present.pages_read, pages_total=present.pages_total
    )
    with suppress(Exception):  # W4: a paper is not failed because the terminal of whoever watches is gone
        room.report(progress)
