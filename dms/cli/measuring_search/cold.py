"""A query asked by a process that has just been started, of a catalogue that lies in no cache of the machine.

What is timed is the query alone; opening the archive comes before it and reads a few pages of the catalogue.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from dms.bootstrap import open_archive
from dms.cli.measuring_search.browsing import Browser
from dms.cli.measuring_search.filling import FilledArchive
from dms.cli.measuring_search.timing import milliseconds
from dms.domain.actor import OPERATOR
from dms.search import SearchRequest, search

_DROP_CACHES = Path("/proc/sys/vm/drop_caches")
_EVERYTHING = "3"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColdQuery:
    """One query for a process of its own."""

    request: SearchRequest
    through_web: bool


def ask_cold(filled: FilledArchive, queries: Sequence[ColdQuery]) -> list[float]:
    """The milliseconds of each query, each in a new process after the caches were emptied."""
    return [_ask(filled, query) for query in queries]


def empty_caches(home: Path) -> str:
    """Put the catalogue out of the memory of the machine; how that was done, in words."""
    os.sync()
    with suppress(OSError):
        _DROP_CACHES.write_text(_EVERYTHING)
        return "new process, all caches of the machine dropped"
    for path in home.glob("catalogue.db*"):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(descriptor)
    return "new process, the machine asked to forget the catalogue"


def _ask(filled: FilledArchive, query: ColdQuery) -> float:
    empty_caches(filled.home)
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        secrets = (filled.home, filled.passphrase, filled.user, filled.password)
        return pool.submit(_timed, *secrets, query).result()


def _timed(home: Path, passphrase: str, user: str, password: str, query: ColdQuery) -> float:
    archive = open_archive(home, passphrase)
    try:
        if not query.through_web:
            return milliseconds(lambda: search(OPERATOR, query.request, archive=archive))
        browser = Browser(archive, user, password)
        return milliseconds(lambda: browser.search(query.request))
    finally:
        archive.close()
