"""An archive is verified while people work in it: nothing that changes meanwhile is taken for damage."""

import random
import threading
from collections.abc import Callable
from time import monotonic

import pytest
from simulators.damage import FULL, QUICK, findings, items
from simulators.destroyed import destroy_papers
from simulators.scanner import add_customer, scan, statement

from dms.custody import retire_keys, rotate_keys
from dms.domain.actor import OPERATOR
from dms.domain.item import ItemState
from dms.filing import confirm

pytestmark = pytest.mark.slow
SECONDS = 12


class Busy:
    """Somebody who does one thing over and over until told to stop."""

    def __init__(self, work: Callable[[int], object], *, pause_seconds: float) -> None:
        self.times = 0
        self.trouble: list[Exception] = []
        self._work = work
        self._pause_seconds = pause_seconds
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(self._pause_seconds):
            try:
                self._work(self.times)
            except Exception as error:  # noqa: BLE001 -- judged at the end
                self.trouble.append(error)
            self.times += 1


def test_whoever_works_on_causes_no_false_alarm(archive):
    chance = random.Random(7)
    add_customer(archive)
    scan(archive, "第一份")

    def take_in(number: int) -> None:
        scan(archive, f"合同 {number}\f第二页 {chance.random()}")

    def file_one(number: int) -> None:
        waiting = [item for item in items(archive) if item.state is ItemState.REVIEW]
        if waiting:
            confirm(OPERATOR, chance.choice(waiting).id, statement(contract_no=f"HT-{number}"), archive=archive)

    def destroy_one(number: int) -> None:
        destroy_papers(archive, [chance.choice(items(archive)).id], str(number))

    def new_keys(number: int) -> None:
        rotate_keys(OPERATOR, archive=archive)
        if number % 2:
            retire_keys(OPERATOR, archive=archive)

    people = [
        Busy(take_in, pause_seconds=0.05),
        Busy(file_one, pause_seconds=0.2),
        Busy(destroy_one, pause_seconds=0.4),
        Busy(new_keys, pause_seconds=1.0),
    ]
    began, inspections = monotonic(), 0
    while monotonic() - began < SECONDS:
        assert findings(archive, FULL if inspections % 2 else QUICK) == ()
        inspections += 1
    for person in people:
        person.stop()
    assert findings(archive, FULL) == ()
    assert inspections >= 3
    assert [person.trouble for person in people if len(person.trouble) == person.times] == []
