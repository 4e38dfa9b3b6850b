"""A service with a large index has a companion; what is found with it is what is found without."""

import os
import signal
import sys

import pytest
from simulators.laid_papers import Paper, lay, open_shelf
from simulators.processes import PATIENCE_S, is_running, waiting

from dms.bootstrap import make_ready
from dms.bootstrap.index_keeping import IndexKeeping, keep_companion
from dms.domain.actor import OPERATOR
from dms.process import processors
from dms.search import SearchRequest, indexing, rebuild_index, search
from dms.store import IndexUnreadable
from dms.store.segment_files import FOLDER

PAPERS = 45
QUERIES = (
    '"违约金按日计算"',
    "违约金 -验收",
    "违约金 NEAR/8 计算",
    "金额:1000..5000",
    '"验收台格"',
    "合同 OR 付款",
    "日",
    '"此句不在任何卷宗之中"',
)
SENTENCES = ("本合同的违约金按日计算，", "验收合格之日起付款人民币{}元，", "乙方未按期交付的甲方有权解除，")


pytestmark = pytest.mark.skipif(processors() < 2, reason="on one processor there is no companion")


@pytest.fixture
def archive(tmp_path, clock, monkeypatch):
    """Papers of which five fill a segment; ten segments so small would be joined."""
    monkeypatch.setattr(indexing, "SEGMENT_UNITS", 6 * 1000)
    opened = open_shelf(tmp_path, clock=clock)
    with opened.begin() as work:
        for number in range(PAPERS):
            text = "".join(SENTENCES[(number + each) % 3].format(number * 100) for each in range(80 - number % 7))
            lay(work, Paper(pages=(text, SENTENCES[number % 2].format(number))))
    rebuild_index(opened)
    yield opened
    opened.close()


def found(archive, *, tolerant):
    results = [search(OPERATOR, SearchRequest(query=query, tolerant=tolerant), archive=archive) for query in QUERIES]
    hits = [[(hit.item_id, hit.score, hit.snippets) for hit in result.hits] for result in results]
    return [(each.total, each.exact_total, each.facets, of) for each, of in zip(results, hits, strict=True)]


@pytest.mark.parametrize("tolerant", [False, True])
def test_a_search_finds_with_a_companion_what_it_finds_without_one(archive, tolerant):
    alone = found(archive, tolerant=tolerant)
    archive.store.close()  # nothing is remembered
    assert archive.store.keep_companion(patience_s=PATIENCE_S)
    assert found(archive, tolerant=tolerant) == alone
    assert archive.store._files._companion._tasks_given >= len(QUERIES) - 2
    assert sum(total for total, *_ in alone) > PAPERS


def test_of_a_damaged_segment_it_is_told_as_without_one(archive):
    with archive.looking() as view:
        last = view.index_upkeep.names()[-1].object_id
    damaged = archive.home / FOLDER / last[:2] / last
    damaged.write_bytes(bytes(damaged.stat().st_size))
    archive.store._files.let_go(())  # read before the damage
    assert archive.store.keep_companion(patience_s=PATIENCE_S)
    with pytest.raises(IndexUnreadable):
        search(OPERATOR, SearchRequest(query='"违约金按日计算"'), archive=archive)


def test_a_small_index_has_none(tmp_path, clock):
    small = open_shelf(tmp_path, clock=clock)
    with small.begin() as work:
        lay(work, Paper(pages=SENTENCES))
    rebuild_index(small)
    make_ready(small)
    assert small.store.companion_pid is None
    small.close()


@pytest.mark.skipif(sys.platform != "linux", reason="binds this process to one processor")
def test_on_one_processor_there_is_none(archive):
    assert archive.store.keep_companion(patience_s=PATIENCE_S)
    companion, processors = archive.store.companion_pid, os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(processors)})
    try:
        assert not archive.store.keep_companion()
    finally:
        os.sched_setaffinity(0, processors)
    assert archive.store.companion_pid is None
    assert not is_running(companion)


def test_the_service_starts_one_that_was_lost_anew_and_it_ends_with_the_archive(archive):
    make_ready(archive)
    first = archive.store.companion_pid
    assert is_running(first)
    os.kill(first, signal.SIGKILL)
    assert any(archive.store.companion_pid is None for _ in waiting())
    keep_companion(archive)
    second = archive.store.companion_pid
    assert second not in (None, first)
    archive.close()
    assert not is_running(second)


def test_what_keeps_the_index_brings_one(archive):
    keeping = IndexKeeping(archive)
    keeping.start()
    try:
        assert any(archive.store.companion_pid is not None for _ in waiting())
    finally:
        keeping.stop()
