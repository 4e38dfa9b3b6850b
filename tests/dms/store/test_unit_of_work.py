"""A transaction is whole or not at all, those who write queue, and those who look cannot write."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from store_parts import KEY, NOW, add_customer, add_item

from dms.domain.actor import SYSTEM
from dms.domain.journal import first_broken
from dms.domain.task import TaskKind
from dms.store import Store

WRITERS = 4
WRITES = 15
ANOTHER_PROCESS = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from dms.domain.actor import SYSTEM
from dms.store import Store
store = Store.open(Path(sys.argv[1]), bytes(range(32)))
print("ready", flush=True)
sys.stdin.readline()
for _ in range(int(sys.argv[2])):
    with store.begin() as work:
        work.journal.record(SYSTEM, "counted", "x", at=datetime.now(UTC), details={})
store.close()
"""


def record(store: Store, times: int) -> None:
    for _ in range(times):
        with store.begin() as work:
            work.journal.record(SYSTEM, "counted", "x", at=NOW, details={})


def test_what_a_failed_transaction_did_is_undone_whole(store):
    with pytest.raises(RuntimeError, match="halfway"), store.begin() as work:
        item = add_item(work)
        work.tasks.put(TaskKind.READ_ITEM, item.key, at=NOW)
        work.journal.record(SYSTEM, "item_received", item.id, at=NOW, details={})
        raise RuntimeError("halfway")
    with store.looking() as view:
        assert view.items.with_digest(item.digest) is None
        assert view.tasks.waiting_count() == 0
        assert view.journal.count() == 0


def test_whoever_looks_cannot_write(store):
    with pytest.raises(OperationalError, match="readonly"), store.looking() as view:
        add_customer(view)
    with store.begin() as work:
        add_customer(work)


def test_whoever_looks_sees_one_moment_though_others_write(store):
    with store.looking() as view:
        assert view.customers.all() == []
        with store.begin() as work:
            add_customer(work)
        assert view.customers.all() == []
    with store.looking() as view:
        assert len(view.customers.all()) == 1


def test_threads_that_write_at_once_queue_and_none_is_turned_away(store):
    threads = [threading.Thread(target=record, args=(store, WRITES)) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.looking() as view:
        assert view.journal.count() == WRITERS * WRITES
        assert first_broken(view.journal.entries()) is None


def test_two_processes_that_write_at_once_queue_and_none_is_turned_away(store, catalogue):
    with subprocess.Popen(
        [sys.executable, "-c", ANOTHER_PROCESS, str(catalogue), str(WRITES)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    ) as other:
        assert other.stdout.readline() == "ready\n"
        other.stdin.write("\n")
        other.stdin.flush()
        record(store, WRITES)
        _, complaints = other.communicate(timeout=60)
    assert complaints == ""
    with store.looking() as view:
        assert view.journal.count() == 2 * WRITES
        assert first_broken(view.journal.entries()) is None


def test_what_was_committed_is_there_after_the_process_is_killed(catalogue):
    killed = f"""
import os, signal
from dms.store import Store
from pathlib import Path
from dms.domain.customer import CustomerFacts
from datetime import UTC, datetime
store = Store.open(Path({str(catalogue)!r}), bytes(range(32)))
with store.begin() as work:
    work.customers.add(CustomerFacts(code="C1", name="甲"), at=datetime.now(UTC))
with store.begin() as work:
    work.customers.add(CustomerFacts(code="C2", name="乙"), at=datetime.now(UTC))
    os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", killed], check=False, cwd=Path(__file__).parents[3], timeout=60)
    store = Store.open(catalogue, KEY)
    with store.looking() as view:
        assert [customer.code for customer in view.customers.all()] == ["C1"]
    store.close()
