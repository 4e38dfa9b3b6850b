"""Other search libraries beside our own: the same corpus and the same queries in the same run.

Whoosh and tantivy keep their index in plain text in a temporary folder; the corpus is made up, so it may lie there.
"""

import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from dms.cli.measuring_search.asked_classes import ClassDrawer, TextQuery
from dms.cli.measuring_search.brute_force import item_id
from dms.cli.measuring_search.corpus import Corpus
from dms.cli.measuring_search.drawing import quoted
from dms.cli.measuring_search.filling import FilledArchive, founded_for, index_papers, lay_papers
from dms.cli.measuring_search.folding import plain_pages
from dms.cli.measuring_search.plan import Plan
from dms.cli.measuring_search.rival_engine import Document, RivalEngine
from dms.cli.measuring_search.rival_whoosh import WhooshEngine
from dms.cli.measuring_search.table import Figure
from dms.cli.measuring_search.timing import milliseconds, told_times
from dms.domain.actor import OPERATOR
from dms.search import SearchRequest, search

PART = "rivals"
BEARABLE_PAGES = 2_000
"""Whoosh writes about so many pages in the time in which one waits."""
QUERIES = 50
OURS = "Anjuan"

Count = Callable[[TextQuery], int]
Queries = Mapping[str, Sequence[TextQuery]]
Totals = dict[TextQuery, int]


def measure_rivals(plan: Plan) -> Iterator[Figure]:
    """The figures of this part: everything at a size that Whoosh bears, then tantivy alone at the whole size."""
    small = Corpus(plan.seed, plan.pages_up_to(BEARABLE_PAGES))
    queries = ClassDrawer(small, plan.seed).text_classes(plan.queries_up_to(QUERIES))
    with founded_for(small) as filled:
        totals = yield from _ours(filled, queries)
    yield from _rival(plan, WhooshEngine(), small, queries, totals)
    yield from _tantivy(plan, small, queries, totals)
    if plan.pages > BEARABLE_PAGES:
        whole = Corpus(plan.seed, plan.pages)
        yield from _tantivy(plan, whole, ClassDrawer(whole, plan.seed).text_classes(plan.queries_up_to(QUERIES)), {})


def _ours(filled: FilledArchive, queries: Queries) -> Generator[Figure, None, Totals]:
    lay_papers(filled, filled.corpus.papers())
    indexing = index_papers(filled)
    yield from _cost(OURS, indexing.pages, indexing.elapsed_s, indexing.index_bytes)
    totals: Totals = {}

    def count(query: TextQuery) -> int:
        texts = " ".join(f"正文:{quoted(phrase)}" for phrase in query.phrases)
        request = SearchRequest(query=texts, facets=False)
        totals[query] = search(OPERATOR, request, archive=filled.archive).total
        return totals[query]

    yield from _times(OURS, indexing.pages, queries, count)
    return totals


def _tantivy(plan: Plan, corpus: Corpus, queries: Queries, totals: Totals) -> Iterator[Figure]:
    if find_spec("tantivy") is None:
        yield Figure(part=PART, name="tantivy", value="not installed")
        return
    engine: RivalEngine = import_module("dms.cli.measuring_search.rival_tantivy").TantivyEngine()
    yield from _rival(plan, engine, corpus, queries, totals)


def _rival(
    plan: Plan,
    engine: RivalEngine,
    corpus: Corpus,
    queries: Queries,
    totals: Totals,
) -> Iterator[Figure]:
    plan.say(f"{engine.name}: {corpus.pages_total} pages")
    with tempfile.TemporaryDirectory(prefix="anjuan-bench-") as folder:
        place, waiting_s = Path(folder), [0.0]
        began = time.perf_counter()
        engine.index(_documents(corpus, waiting_s), place)
        elapsed_s = time.perf_counter() - began - waiting_s[0]
        size_bytes = sum(path.stat().st_size for path in place.rglob("*") if path.is_file())
        yield from _cost(engine.name, corpus.pages_total, elapsed_s, size_bytes)
        yield from _times(engine.name, corpus.pages_total, queries, engine.count)
        others = sum(engine.count(query) != total for query, total in totals.items())
    if totals:
        yield Figure(part=PART, name=f"{engine.name}: queries with another total than ours", value=others)


def _documents(corpus: Corpus, waiting_s: list[float]) -> Iterator[Document]:
    """The texts ready to be indexed; how long making them took is added up, to be taken off the engine's time."""
    papers, began = corpus.papers(), time.perf_counter()
    for paper in papers:
        document = item_id(paper.number), plain_pages(paper.pages)
        waiting_s[0] += time.perf_counter() - began
        yield document
        began = time.perf_counter()


def _cost(name: str, pages: int, elapsed_s: float, size_bytes: int) -> Iterator[Figure]:
    at = f"{name}, {pages:,} pages"
    yield Figure(part=PART, name=f"{at}: indexing", value=round(pages / elapsed_s), unit="pages/s")
    yield Figure(part=PART, name=f"{at}: index", value=round(size_bytes / pages), unit="bytes/page")


def _times(name: str, pages: int, queries: Queries, count: Count) -> Iterator[Figure]:
    for kind, asked in queries.items():
        times = [milliseconds(partial(count, query)) for query in asked]
        yield told_times(PART, f"{name}, {pages:,} pages: {kind}", times, None)
