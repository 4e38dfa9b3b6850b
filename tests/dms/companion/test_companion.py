"""A companion finds what is found here, to the number; without it everything goes on, and nobody waits for it."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from simulators.processes import PATIENCE_S, is_running, waiting

from dms.companion import Companion
from dms.domain.criterion import AllOf, Chain, Gap, Mention, MentionKind, Phrase, TextPart
from dms.index import NO_ERRAND, Document, IndexMemory, LookUp, RememberedRows, Segment, pack, segment_rows, unpack
from dms.index.looking_up import look_ups_of
from dms.store.segment_files import SegmentFiles

SEGMENTS = 8
DOCUMENTS = 40
ROWS_KEPT_BYTES = 1 << 20
SENTENCES = (
    "本合同的违约金按日万分之五计算，",
    "验收合格之日起三十日内付款，",
    "乙方未按期交付的，甲方有权解除本合同。",
)
CLAUSE = Phrase("违约金按日万分之五")
LOOK_UPS = [
    *look_ups_of(CLAUSE),
    *look_ups_of(Phrase("未按期交付", tolerant=True)),
    *look_ups_of(Phrase("合同", part=TextPart.TITLE)),
    *look_ups_of(Phrase("日", tolerant=True)),
    *look_ups_of(Phrase("此句不在任何卷宗之中")),
    *look_ups_of(Chain((("违约金",), ("计算",)), (Gap(0, 12),))),
    *look_ups_of(Chain((("甲方",), ("乙方", "解除")), (Gap(0, 20),), ordered=False)),
    *look_ups_of(Mention(MentionKind.AMOUNT, 1_000_00, 3_000_00)),
]


class RowsOfFiles(RememberedRows):
    """The rows of some segments, as this process reads them."""

    def __init__(self, files, names):
        super().__init__(IndexMemory())
        self._files = files
        self._names = names

    def opened(self, segment):
        return self._files.opened(self._names[segment])

    def found(self, segment, look_up):
        return look_up.on(Segment(self._memory.head(segment, self), self)).tolist()


class Desk:
    """Segments in files, the companion that knows them, and what is to be found in them."""

    def __init__(self, folder):
        self.folder = folder
        self.files = SegmentFiles(folder)
        self.names = [self.files.seal(*_segment(number)) for number in range(SEGMENTS)]
        self.rows = RowsOfFiles(self.files, self.names)
        self.companion = Companion(folder, rows_kept_bytes=ROWS_KEPT_BYTES)
        self.companion.tell_present(self.names)
        assert self.companion.is_prepared(within_s=PATIENCE_S)

    def sent(self, look_ups=LOOK_UPS, segments=range(SEGMENTS)):
        return self.companion.sent(list(segments), [self.names[each] for each in segments], look_ups)

    def brought(self, errand, segments=range(SEGMENTS), look_ups=LOOK_UPS):
        """What an errand brings, once it has brought something for each of these segments."""
        memory = IndexMemory()
        for _ in waiting():
            errand.bring(memory)
            if all(memory.knows_weights((segment, look_ups[-1])) for segment in segments):
                return memory
        raise AssertionError("the companion has not brought what it was sent for")


def _segment(number):
    body = (SENTENCES[number % 3] * (number + 1), SENTENCES[0])
    packed = [
        pack(((f"{each}号{body[each % 2]}",), (f"第{each}号合同",), (), ()), (each * 100_00,), ())
        for each in range(DOCUMENTS)
    ]
    documents: list[Document] = [unpack(number * 1000 + each, one) for each, one in enumerate(packed)]
    return segment_rows(documents), packed


def held_files(pid):
    held = set()
    for each in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed meanwhile
            held.add(each.readlink().name)
    return held


@pytest.fixture
def desk(tmp_path):
    laid = Desk(tmp_path / "index")
    yield laid
    laid.companion.close()


def test_what_it_finds_is_what_is_found_here_to_the_number(desk):
    with desk.sent() as errand:
        memory = desk.brought(errand)
    for segment in range(SEGMENTS):
        for look_up in LOOK_UPS:
            brought = memory.weights((segment, look_up), _not_looked_up).tolist()
            assert brought == desk.rows.found(segment, look_up), (segment, look_up)
    assert sum(sum(desk.rows.found(segment, LOOK_UPS[0])) for segment in range(SEGMENTS)) > 0


def _not_looked_up():
    raise AssertionError("what was brought is looked up again")


def test_only_one_is_sent_at_a_time_and_whoever_comes_meanwhile_does_without(desk):
    with desk.sent() as errand:
        assert errand is not NO_ERRAND
        assert desk.sent() is NO_ERRAND
    with desk.sent() as errand:
        assert errand is not NO_ERRAND


def test_what_comes_for_one_errand_is_never_taken_for_another(desk):
    clause, other = [LookUp(CLAUSE, alike=False)], [LookUp(Phrase("验收合格"), alike=False)]
    for _ in range(5):
        with desk.sent(clause):
            pass  # left before anything came
        with desk.sent(other, segments=[7, 6, 5, 4, 3, 2, 1, 0]) as errand:
            memory = desk.brought(errand, look_ups=other)
        for segment in range(SEGMENTS):
            assert not memory.knows_weights((segment, clause[0]))
            assert memory.weights((segment, other[0]), _not_looked_up).tolist() == desk.rows.found(segment, other[0])


def test_nobody_waits_for_one_that_does_not_stir_and_it_is_sent_again_once_it_does(desk):
    os.kill(desk.companion.pid, signal.SIGSTOP)
    try:
        errands, began = [], time.monotonic()
        for _ in range(10):
            with desk.sent() as errand:
                errand.bring(IndexMemory())
                errands.append(errand)
        assert NO_ERRAND in errands  # it is behind
        assert time.monotonic() - began < 1
    finally:
        os.kill(desk.companion.pid, signal.SIGCONT)
    for _ in waiting():
        with desk.sent() as errand:
            if errand is not NO_ERRAND:
                desk.brought(errand)
                return
    raise AssertionError("it was never sent again")


def test_one_that_was_killed_brings_nothing_more_and_is_known_to_be_lost(desk):
    with desk.sent() as errand:
        os.kill(desk.companion.pid, signal.SIGKILL)
        memory = IndexMemory()
        for _ in waiting():
            errand.bring(memory)
            if not desk.companion.is_usable:
                break
        errand.bring(memory)
    assert not desk.companion.is_usable
    assert desk.sent() is NO_ERRAND


def test_it_ends_when_it_is_closed_and_whoever_asks_then_does_without(desk):
    pid = desk.companion.pid
    desk.companion.close()
    assert not is_running(pid)
    assert desk.sent() is NO_ERRAND
    desk.companion.close()


START = """
import os, sys
from pathlib import Path
from dms.companion import Companion
companion = Companion(Path(sys.argv[1]), rows_kept_bytes=1 << 20)
print(companion.pid, flush=True)
os.kill(os.getpid(), 9)
"""


def test_it_ends_with_the_process_that_started_it_however_that_one_ends(desk):
    said = subprocess.run([sys.executable, "-c", START, str(desk.folder)], capture_output=True, text=True, check=False)
    pid = int(said.stdout)
    for _ in waiting():
        if not is_running(pid):
            return
    os.kill(pid, signal.SIGKILL)
    raise AssertionError("it outlived the service")


def test_of_a_damaged_segment_it_brings_nothing_and_of_the_others_everything(desk):
    damaged = desk.folder / desk.names[3].object_id[:2] / desk.names[3].object_id
    damaged.write_bytes(bytes(damaged.stat().st_size))
    others = [segment for segment in range(SEGMENTS) if segment != 3]
    companion, desk.companion = desk.companion, Companion(desk.folder, rows_kept_bytes=ROWS_KEPT_BYTES)
    companion.close()
    with desk.sent() as errand:
        memory = desk.brought(errand, segments=others)
    assert not any(memory.knows_weights((3, look_up)) for look_up in LOOK_UPS)


def test_it_holds_no_file_open_of_a_segment_that_is_no_more(desk):
    first, *others = desk.names
    assert first.object_id in held_files(desk.companion.pid)
    desk.companion.tell_present(others)
    for _ in waiting():
        if first.object_id not in held_files(desk.companion.pid):
            break
    assert held_files(desk.companion.pid) >= {name.object_id for name in others}
    assert first.object_id not in held_files(desk.companion.pid)


@pytest.mark.skipif(sys.platform != "linux", reason="what a process has is told by Linux")
def test_it_knows_nothing_of_the_surroundings_and_leaves_no_core_dump(desk, monkeypatch):
    monkeypatch.setenv("DMS_PASSPHRASE_FILE", "/secret/place")
    started = Companion(desk.folder, rows_kept_bytes=ROWS_KEPT_BYTES)
    try:
        started.tell_present(desk.names)
        assert started.is_prepared(within_s=PATIENCE_S)
        surroundings = Path(f"/proc/{started.pid}/environ").read_text()
        assert "DMS_" not in surroundings
        arguments = Path(f"/proc/{started.pid}/cmdline").read_text()
        assert not any(name.key.hex() in arguments for name in desk.names)
        limits = Path(f"/proc/{started.pid}/limits").read_text().splitlines()
        assert next(line.split()[4] for line in limits if line.startswith("Max core file size")) == "0"
    finally:
        started.close()


def test_what_a_criterion_may_ask_of_a_shelf_is_named_once_and_the_quick_things_first():
    tolerant, chain = Phrase("违约金", tolerant=True), Chain((("违约",), ("赔偿",)), (Gap(0, 10),))
    asked = look_ups_of(AllOf((chain, tolerant, tolerant, CLAUSE)))
    assert asked == [
        LookUp(tolerant, alike=False),
        LookUp(tolerant, alike=True),
        LookUp(CLAUSE, alike=False),
        LookUp(chain, alike=False),
    ]
