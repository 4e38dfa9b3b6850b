"""Index and queries at the size of a large company: speed, size on disk, memory, by class of query, warm and cold.

New: this process has asked other queries of the class, but not this one; queries are drawn anew for every variant and
door, so rare phrases, ranges and pairs of words are asked for the first time. Warm: all of them are asked once more.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from dms.archive import Archive
from dms.bootstrap import make_ready
from dms.cli.measuring_search.asked_classes import ClassDrawer
from dms.cli.measuring_search.browsing import Browser, start_as_a_service_does
from dms.cli.measuring_search.cold import Cold, Door, Requests, ask_cold
from dms.cli.measuring_search.filling import FilledArchive, Indexing, index_papers, is_filled, lay_papers
from dms.cli.measuring_search.hostile import endure, told
from dms.cli.measuring_search.memory import peak_bytes, watch_peak_anew
from dms.cli.measuring_search.plan import Plan
from dms.cli.measuring_search.table import AtLeast, AtMost, Figure
from dms.cli.measuring_search.timing import milliseconds, told_times
from dms.domain.actor import OPERATOR
from dms.search import SearchRequest, search

PART = "scale"
QUERIES = 100
WARM_UPS = 5
COLD_QUERIES = 4
HOSTILE_STRINGS = 300
UNFILTERED, FILTERED = AtMost(100), AtMost(30)
"""Milliseconds that 95 of 100 queries may take."""
PAGES_A_SECOND = AtLeast(1500)
BYTES_A_PAGE = AtMost(5000)
MEMORY_MB = AtMost(1000)
MEGABYTE = 1_000_000

Ask = Callable[[SearchRequest], object]


def measure_scale(plan: Plan, filled: FilledArchive) -> Iterator[Figure]:
    """The figures of this part over an archive that is founded, and filled here unless it was before."""
    yield Figure(part=PART, name="load of the machine at the beginning", value=_load())
    yield from _filled(plan, filled)
    watch_peak_anew()
    # After the corpus has gone from memory: no service has one there.
    start_as_a_service_does()
    make_ready(filled.archive)
    drawer, warm_ups = ClassDrawer(filled.corpus, plan.seed), plan.queries_up_to(WARM_UPS)
    count = plan.queries_up_to(QUERIES) + warm_ups
    browser = Browser(filled.archive, filled.secrets)
    doors: dict[Door, Ask] = {
        Door.LIBRARY: lambda request: search(OPERATOR, request, archive=filled.archive),
        Door.WEB_PAGE: browser.search,
    }
    for door, ask in doors.items():
        plan.say(f"asking through the {door}")
        requests = _requests(drawer, count)
        yield from _warm(door, requests if door is Door.LIBRARY else _with_facets(requests), ask, warm_ups)
    yield _peak(filled.archive)
    plan.say("asking cold")
    for cold in Cold:
        yield from _cold(filled, _with_facets(_requests(drawer, plan.queries_up_to(COLD_QUERIES))), cold)
    yield Figure(part=PART, name="load of the machine at the end", value=_load())
    yield from told(f"{PART}, hostile", endure(filled, plan.queries_up_to(HOSTILE_STRINGS)))


def fill(plan: Plan, filled: FilledArchive) -> tuple[float, Indexing]:
    """Lay and index the corpus; pages laid a second, and what indexing took."""
    plan.say(f"laying {filled.corpus.pages_total} pages")
    pages, laying_s = lay_papers(filled, filled.corpus.papers())
    plan.say("making the index")
    return pages / laying_s, index_papers(filled)


def _peak(archive: Archive) -> Figure:
    """The memory of the process that searches, and of its companion."""
    companion = archive.store.companion_pid
    total_bytes = peak_bytes() + (0 if companion is None else peak_bytes(companion))
    name = "memory at most, searching"
    return Figure(part=PART, name=name, value=round(total_bytes / MEGABYTE), unit="MB", aim=MEMORY_MB)


def _filled(plan: Plan, filled: FilledArchive) -> Iterator[Figure]:
    if is_filled(filled):
        yield Figure(part=PART, name="indexing", value="not measured: the archive was filled by an earlier run")
        return
    laid_a_second, indexing = fill(plan, filled)
    pages = indexing.pages
    yield Figure(part=PART, name="pages", value=pages)
    yield Figure(part=PART, name="items", value=indexing.items)
    yield Figure(part=PART, name="laying made-up pages", value=round(laid_a_second), unit="pages/s")
    speed = round(pages / indexing.elapsed_s)
    yield Figure(part=PART, name="indexing from ready text", value=speed, unit="pages/s", aim=PAGES_A_SECOND)
    size = round(indexing.index_bytes / pages)
    yield Figure(part=PART, name="index on disk", value=size, unit="bytes/page", aim=BYTES_A_PAGE)
    whole = round(indexing.catalogue_bytes / pages)
    yield Figure(part=PART, name="catalogue on disk, texts and index", value=whole, unit="bytes/page")
    peak_mb = round(indexing.peak_bytes / MEGABYTE)
    yield Figure(part=PART, name="memory at most, indexing", value=peak_mb, unit="MB", aim=MEMORY_MB)


def _requests(drawer: ClassDrawer, count: int) -> Mapping[str, Requests]:
    """Variant to class to requests."""
    return {
        "facets": _each(drawer, count, lambda request: request),
        "no facets": _each(drawer, count, lambda request: replace(request, facets=False)),
        "customer and year": _each(drawer, count, lambda request: _narrowed(request, drawer)),
        "tolerant": _each(drawer, count, lambda request: replace(request, tolerant=True)),
    }


def _each(drawer: ClassDrawer, count: int, change: Callable[[SearchRequest], SearchRequest]) -> Requests:
    return {
        name: [change(SearchRequest(query=query)) for query in queries]
        for name, queries in drawer.classes(count).items()
    }


def _narrowed(request: SearchRequest, drawer: ClassDrawer) -> SearchRequest:
    customer, year = drawer.customer_and_year()
    return replace(request, customer_code=customer, year=year)


def _with_facets(requests: Mapping[str, Requests]) -> Mapping[str, Requests]:
    """What can be asked of the page, which always shows the facets; cold, that variant is left out."""
    return {variant: of for variant, of in requests.items() if variant != "no facets"}


def _warm(door: Door, requests: Mapping[str, Requests], ask: Ask, warm_ups: int) -> Iterator[Figure]:
    for variant, classes in requests.items():
        for name, asked in classes.items():
            for request in asked[-warm_ups:]:
                ask(request)
            for said, aim in ((f"new, {door}", None), (f"warm, {door}", _aim(variant))):
                times = [milliseconds(partial(ask, request)) for request in asked[:-warm_ups]]
                yield told_times(PART, f"{said}, {variant}: {name}", times, aim)


def _cold(filled: FilledArchive, requests: Mapping[str, Requests], cold: Cold) -> Iterator[Figure]:
    yield Figure(part=PART, name=f"{cold}, means", value=cold.means)
    for (variant, door, name), times in ask_cold(filled, requests, cold).items():
        yield told_times(PART, f"{cold}, {door}, {variant}: {name}", times, _aim(variant))


def _load() -> str:
    """What else goes on: processes that wait for a processor, over 1, 5 and 15 minutes, on so many processors."""
    return f"{', '.join(f'{load:.1f}' for load in os.getloadavg())} on {os.cpu_count()} processors"


def _aim(variant: str) -> AtMost:
    return FILTERED if variant == "customer and year" else UNFILTERED
