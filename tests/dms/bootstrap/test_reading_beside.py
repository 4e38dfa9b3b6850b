"""One process at a time reads for an archive, and the lock comes back however its holder dies."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dms.bootstrap import BackgroundReading, EngineUnknown, reader_pool, worker_lock
from dms.config import settings_from

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


def test_readers_beside_the_service_take_the_lock_and_give_it_back_when_stopped(archive):
    reading = BackgroundReading(archive, settings(DMS_READING_PROCESSES="1"))
    reading.start()
    reading.stop()
    with worker_lock(archive.home) as ours:
        assert ours
