"""Queries asked by a process that has just been started, of a catalogue that lay in no memory.

A process is started for them; in it, every query gets an archive opened for it alone, with connections of its own and
nothing remembered but what a service does at its start (see `make_ready`). What is timed is the query alone; the
templates of the search page are compiled beforehand, as they are a moment after a service started.
"""

import gc
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from enum import StrEnum
from multiprocessing import get_context
from pathlib import Path

from dms.archive import Archive
from dms.bootstrap import make_ready, open_archive
from dms.cli.measuring_search.browsing import Browser, start_as_a_service_does
from dms.cli.measuring_search.filling import FilledArchive, Secrets
from dms.cli.measuring_search.timing import milliseconds
from dms.domain.actor import OPERATOR
from dms.search import SearchRequest, search, take_in_changes

Requests = Mapping[str, Sequence[SearchRequest]]
"""Requests by the class of their queries."""


class Door(StrEnum):
    """Through what a query is asked."""

    LIBRARY = "library"
    WEB_PAGE = "web page"


class Cold(StrEnum):
    """When the machine forgot catalogue and index; the value is what a table says of it."""

    BEFORE_START = "cold"
    SINCE = "cold, page cache taken away since"

    @property
    def means(self) -> str:
        """The same in a sentence."""
        forgotten = "catalogue and index put out of the page cache (posix_fadvise)"
        started = "new process and connection, ready as a service is"
        return f"{forgotten}, then {started}" if self is Cold.BEFORE_START else f"{started}, then {forgotten}"


ColdTimes = dict[tuple[str, Door, str], list[float]]
"""Milliseconds by variant, door and class."""


def ask_cold(filled: FilledArchive, variants: Mapping[str, Requests], cold: Cold) -> ColdTimes:
    """The milliseconds of each query through each door."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_timed, filled.secrets, dict(variants), cold).result()


def forget_catalogue(home: Path) -> None:
    """Put the catalogue and the index, and nothing else, out of the page cache of the machine (posix_fadvise(2))."""
    for path in (*home.glob("catalogue.db*"), *(path for path in home.glob("index/*/*") if path.is_file())):
        descriptor = os.open(path, os.O_RDWR)
        try:
            os.fsync(descriptor)  # what is not on the disk yet cannot be forgotten
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(descriptor)


def _timed(secrets: Secrets, variants: Mapping[str, Requests], cold: Cold) -> ColdTimes:
    start_as_a_service_does()
    return {
        (variant, door, name): [_time(secrets, request, door, cold) for request in asked]
        for variant, requests in variants.items()
        for door in Door
        for name, asked in requests.items()
    }


def _time(secrets: Secrets, request: SearchRequest, door: Door, cold: Cold) -> float:
    gc.collect()  # nobody who asks a service waits until the application of an earlier query is cleared away
    if cold is Cold.BEFORE_START:
        forget_catalogue(secrets.home)
    archive = open_archive(secrets.home, secrets.passphrase)
    try:
        take_in_changes(archive)
        make_ready(archive)
        ask = _asking(archive, secrets, request, door)
        if cold is Cold.SINCE:
            forget_catalogue(secrets.home)
        return milliseconds(ask)
    finally:
        archive.close()


def _asking(archive: Archive, secrets: Secrets, request: SearchRequest, door: Door) -> Callable[[], object]:
    if door is Door.LIBRARY:
        return lambda: search(OPERATOR, request, archive=archive)
    browser = Browser(archive, secrets)
    browser.compile_pages()
    return lambda: browser.search(request)
