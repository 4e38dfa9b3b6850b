"""What people ask to be printed is printed beside the service, by one process at a time."""

import threading
import time

import pytest
from simulators.archives import PASSWORD
from simulators.bound_volumes import seal
from simulators.scanner import add_customer, file_paper

from dms.bootstrap.locking import sole_holder
from dms.bootstrap.printing import LOCK, PrintKeeping, keep_printing
from dms.custody import NewAccount, acting_user, add_user, disable_user
from dms.domain.actor import OPERATOR, Origin, Role
from dms.domain.print_job import PrintState
from dms.filing.printing_out import ask_for_year, open_print_job


@pytest.fixture
def lawyer(archive):
    add_customer(archive)
    seal(archive, file_paper(archive, "甲合同"))
    add_user(OPERATOR, NewAccount(name="zhao", password=PASSWORD, roles=frozenset({Role.LAWYER})), archive=archive)
    return acting_user("zhao", archive=archive).actor(Origin.WEB)


def state_of(archive, actor, job):
    return open_print_job(actor, job.id, archive=archive).job.state


def test_a_job_is_done_soon_after_it_was_asked_for(archive, lawyer):
    job = ask_for_year(lawyer, 2024, archive=archive)
    keeping = PrintKeeping(archive)
    keeping.start()
    try:
        deadline = time.monotonic() + 30
        while state_of(archive, lawyer, job) is not PrintState.DONE:
            assert time.monotonic() < deadline
            time.sleep(0.05)
    finally:
        keeping.stop()


def test_nothing_is_printed_while_another_process_is_at_it(archive, lawyer):
    job = ask_for_year(lawyer, 2024, archive=archive)
    with sole_holder(archive.home / LOCK):
        keep_printing(archive, threading.Event())
    assert state_of(archive, lawyer, job) is PrintState.WAITING


def test_a_locked_account_gets_nothing_printed(archive, lawyer):
    job = ask_for_year(lawyer, 2024, archive=archive)
    disable_user(OPERATOR, "zhao", archive=archive)
    keep_printing(archive, threading.Event())
    assert state_of(archive, lawyer, job) is PrintState.FAILED


def test_a_job_that_was_left_under_way_is_gone_on_with(archive, lawyer):
    job = ask_for_year(lawyer, 2024, archive=archive)
    with archive.begin() as work:
        work.print_jobs.take()
    keep_printing(archive, threading.Event())
    assert state_of(archive, lawyer, job) is PrintState.DONE
