"""``dms bench``: measurements that build what they need, print one table, and leave nothing behind."""

import os
import secrets
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from dms.archive import Archive
from dms.bootstrap import (
    Foundation,
    found_archive,
    open_archive,
    reader_pool,
    reading_room,
    receiving_limits,
    worker_lock,
)
from dms.cli.errors import NothingToIngest
from dms.cli.session import Session, answer, with_session
from dms.custody import generated_password, page_image
from dms.domain.actor import OPERATOR
from dms.domain.clock import SystemClock
from dms.domain.item import ItemState
from dms.ingest import Claim, Upload, receive, work_until_idle
from dms.ingest.reading import time_bare_reading, time_shipped_reading
from dms.store import ItemFilter

SAMPLE_EVERY_SECONDS = 0.1
KIBIBYTE = 1024
MANY = 1_000_000
SECONDS_A_MINUTE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class PipelineTiming:
    """How long it took from the first byte to everything searchable."""

    pages: int
    elapsed_s: float
    peak_bytes: int
    """Most memory that all processes together held at once."""


@click.group("bench")
def bench_group() -> None:
    """Measurements 测量."""


@bench_group.command("reading")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--json", "as_json", is_flag=True)
@with_session
def bench_reading(session: Session, *, paths: tuple[Path, ...], as_json: bool) -> None:
    """Read PATHS through the whole pipeline in a throw-away archive, then by OCR alone, in one run."""
    papers = [path for given in paths for path in ([given] if given.is_file() else sorted(given.iterdir()))]
    if not papers:
        raise NothingToIngest
    settings = session.settings
    with throw_away_archive() as archive:
        whole = _time_pipeline(session, archive, papers)
        images = _straightened_pages(archive)
    engine_s = time_bare_reading(images, processes=settings.reading_processes, engine=settings.ocr_engine)
    shipped_s = time_shipped_reading(images, processes=settings.reading_processes)
    figures = {
        "papers": len(papers),
        "pages": whole.pages,
        "processes": settings.reading_processes,
        "pipeline_s": round(whole.elapsed_s, 2),
        "pages_per_minute": round(SECONDS_A_MINUTE * whole.pages / whole.elapsed_s, 1),
        "rapidocr_as_shipped_s": round(shipped_s, 2),
        "pipeline_to_rapidocr_as_shipped": round(whole.elapsed_s / shipped_s, 3),
        "our_engine_alone_s": round(engine_s, 2),
        "pipeline_to_our_engine_alone": round(whole.elapsed_s / engine_s, 3),
        "peak_memory_mb": round(whole.peak_bytes / KIBIBYTE / KIBIBYTE),
    }
    if as_json:
        answer(figures)
        return
    for name, value in figures.items():
        click.echo(f"{name:32} {value}")


@contextmanager
def throw_away_archive() -> Iterator[Archive]:
    """A newly founded archive in a temporary folder, gone when the block ends."""
    with tempfile.TemporaryDirectory(prefix="anjuan-bench-") as folder:
        home, passphrase = Path(folder) / "archive", secrets.token_urlsafe()
        foundation = Foundation(
            fonds_code="Q000", company_name="", administrator="bench", password=generated_password()
        )
        found_archive(home, passphrase, foundation, clock=SystemClock())
        archive = open_archive(home, passphrase)
        try:
            yield archive
        finally:
            archive.close()


def _time_pipeline(session: Session, archive: Archive, papers: list[Path]) -> PipelineTiming:
    with _watched_memory() as peak, worker_lock(archive.home):
        started = time.monotonic()
        for path in papers:
            upload = Upload(original_filename=path.name, uploaded_bytes=path.read_bytes(), claim=Claim())
            receive(OPERATOR, upload, archive=archive, limits=receiving_limits(session.settings))
        with reader_pool(session.settings) as pool:
            work_until_idle(reading_room(archive, pool, lambda progress: None))
        elapsed_s = time.monotonic() - started
    with archive.looking() as view:
        pages = view.contents.page_total()
    return PipelineTiming(pages=pages, elapsed_s=elapsed_s, peak_bytes=max(peak))


def _straightened_pages(archive: Archive) -> list[bytes]:
    with archive.looking() as view:
        items = view.items.list(ItemFilter(states=frozenset({ItemState.REVIEW})), actor=OPERATOR, limit=MANY)
    return [
        page_image(OPERATOR, item.id, number, archive=archive)
        for item in items
        for number in range(1, (item.pages_total or 0) + 1)
    ]


@contextmanager
def _watched_memory() -> Iterator[list[int]]:
    """A list that grows by what this process and all its children hold, ten times a second."""
    sizes, stop = [0], threading.Event()

    def watch() -> None:
        while not stop.wait(SAMPLE_EVERY_SECONDS):
            sizes.append(_family_bytes(Path("/proc/self")))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield sizes
    finally:
        stop.set()
        watcher.join()


def _family_bytes(process: Path) -> int:
    """Resident bytes of a process and everything below it; what they share is counted each time, so it is a ceiling.

    The exact figure (proportional set size) costs the kernel a walk through every page, which would slow down what is
    being measured.
    """
    try:
        resident_pages = int((process / "statm").read_text().split()[1])
        children = [child for task in (process / "task").iterdir() for child in (task / "children").read_text().split()]
    except OSError:
        return 0
    return resident_pages * os.sysconf("SC_PAGE_SIZE") + sum(_family_bytes(Path("/proc") / child) for child in children)
