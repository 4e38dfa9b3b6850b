"""Many transactions pass at once; whoever exchanges the catalogue is alone."""

import threading
import time

import pytest

from dms.store import CatalogueBusy
from dms.store.gate import Gate


@pytest.fixture
def gate(tmp_path):
    return Gate(tmp_path / "catalogue.db")


def test_two_pass_at_the_same_time(gate):
    both = threading.Barrier(2, timeout=5)

    def pass_through():
        with gate.passing():
            both.wait()

    threads = [threading.Thread(target=pass_through) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    assert not both.broken


def test_whoever_closes_the_gate_waits_for_those_inside_and_holds_back_newcomers(gate, tmp_path):
    events = []
    inside, may_leave, at_the_gate = threading.Event(), threading.Event(), threading.Event()

    def early():
        with gate.passing():
            inside.set()
            may_leave.wait(5)
            events.append("early")

    def closing():
        at_the_gate.set()
        with Gate(tmp_path / "catalogue.db").closed():
            events.append("closed")
            time.sleep(0.05)
            events.append("opened")

    def late():
        with gate.passing():
            events.append("late")

    threads = [threading.Thread(target=early), threading.Thread(target=closing), threading.Thread(target=late)]
    threads[0].start()
    inside.wait(5)
    threads[1].start()
    at_the_gate.wait(5)
    time.sleep(0.1)
    threads[2].start()
    time.sleep(0.1)
    assert events == []
    may_leave.set()
    for thread in threads:
        thread.join(5)
    assert events == ["early", "closed", "opened", "late"]


def test_a_transaction_within_a_transaction_does_not_wait_at_the_turnstile(gate, tmp_path):
    reached = threading.Event()
    with gate.passing():
        closer = threading.Thread(target=lambda: _close_once(Gate(tmp_path / "catalogue.db"), reached))
        closer.start()
        time.sleep(0.1)
        with gate.passing():
            assert not reached.is_set()
    closer.join(5)
    assert reached.is_set()


def test_a_transaction_that_would_wait_for_its_own_end_is_a_fault_of_the_program(gate):
    with gate.passing(), pytest.raises(RuntimeError, match="own end"), gate.closed():
        pass


def test_nobody_waits_for_ever_for_one_that_was_stopped_in_the_middle(gate, tmp_path):
    hasty = Gate(tmp_path / "catalogue.db", passing_patience_s=0.1, closing_patience_s=0.1)
    with gate.passing():
        with pytest.raises(CatalogueBusy), hasty.closed():
            pass
        with hasty.passing():  # and whoever gave up holds nobody back
            pass
    with gate.closed(), pytest.raises(CatalogueBusy), hasty.passing():
        pass
    with hasty.closed():
        pass


def test_what_stands_still_is_not_exchanged_though_transactions_go_on(gate, tmp_path):
    other = Gate(tmp_path / "catalogue.db")
    with gate.standing():
        with other.passing():
            pass
        with pytest.raises(CatalogueBusy), other.exchanging():
            pass
    with other.exchanging():
        pass


def _close_once(gate, reached):
    with gate.closed():
        reached.set()


def test_outwaiting_those_inside_ends_with_the_last_of_them(gate, tmp_path):
    inside, left = threading.Event(), []

    def early():
        with gate.passing():
            inside.set()
            time.sleep(0.2)
            left.append("early")

    thread = threading.Thread(target=early)
    thread.start()
    inside.wait(5)
    Gate(tmp_path / "catalogue.db").outwait()
    assert left == ["early"]
    thread.join(5)
    with gate.passing():
        pass


def test_who_stays_inside_is_outwaited_for_a_moment_only(gate, tmp_path):
    with gate.passing(), pytest.raises(CatalogueBusy):
        Gate(tmp_path / "catalogue.db").outwait()
