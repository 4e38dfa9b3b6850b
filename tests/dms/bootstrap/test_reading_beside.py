"""One process at a time reads for an archive, and the lock comes back however its holder dies."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from simulators.archives import ObedientClock
from simulators.scanner import hand_in

from dms.bootstrap import BackgroundReading, EngineUnknown, reader_pool, worker_lock
from dms.config import settings_from
from dms.domain.item import ItemState

HOLDER = """
import sys, time
from pathlib import Path
from dms.bootstrap import worker_lock
with worker_lock(Path(sys.argv[1])) as ours:
    print(ours, flush=True)
    time.sleep(60)
"""


def settings(**environment: str):
    return settings_from(environment, home=Path("unused"), passphrase_file=None)


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the lock."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[3], text=True
    ) as process:
        assert process.stdout.readline() == "True\n"
        yield process
        process.kill()


def test_the_lock_has_one_holder_among_processes_and_comes_back_at_kill_9(tmp_path, holder):
    with worker_lock(tmp_path) as ours:
        assert not ours
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    with worker_lock(tmp_path) as ours:
        assert ours


def test_the_lock_has_one_holder_within_a_process_and_comes_back_when_it_is_done(tmp_path):
    with worker_lock(tmp_path) as first, worker_lock(tmp_path) as second:
        assert (first, second) == (True, False)
    with worker_lock(tmp_path) as again:
        assert again


def test_a_child_that_outlives_the_holder_does_not_keep_the_lock(tmp_path):
    with worker_lock(tmp_path) as ours:
        child = subprocess.Popen(["sleep", "60"])
        assert ours
    with worker_lock(tmp_path) as again:
        assert again
    child.kill()
    child.wait()


def test_an_unknown_engine_is_refused_before_anything_is_served(archive):
    for begin in (
        lambda: reader_pool(settings(DMS_OCR_ENGINE="crystal ball")),
        lambda: BackgroundReading(archive, settings(DMS_OCR_ENGINE="crystal ball")),
    ):
        with pytest.raises(EngineUnknown) as caught:
            begin()
        assert "crystal ball" in caught.value.message.zh


class StumblingClock(ObedientClock):
    """Fails the first time that anybody asks."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def now(self):
        self.asked += 1
        if self.asked == 1:
            raise OSError("the clock is not there yet")
        return super().now()


def test_a_fault_of_today_does_not_keep_readers_from_reading_tomorrow(archive, caplog):
    item = hand_in(archive, "朱砂 is no paper")
    clock = StumblingClock()
    reading = BackgroundReading(replace(archive, clock=clock), settings(DMS_READING_PROCESSES="1"))
    reading.start()
    try:
        wait_until(lambda: state_of(archive, item) is ItemState.REFUSED)
    finally:
        reading.stop()
    assert clock.asked > 1
    assert "OSError" in caplog.text
    assert "朱砂" not in caplog.text


def state_of(archive, item):
    with archive.looking() as view:
        return view.items.get(item.key).state


def wait_until(condition, limit_s=30.0):
    deadline = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_readers_beside_the_service_take_the_lock_and_give_it_back_when_stopped(archive):
    reading = BackgroundReading(archive, settings(DMS_READING_PROCESSES="1"))
    reading.start()
    reading.stop()
    with worker_lock(archive.home) as ours:
        assert ours
