"""Striking every single operation of a workload with every fault, each on a copy of the archive of its own."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from crash.accounts import Complaint, Wrong
from crash.children import Ended
from crash.door import Door, Fault, Operation
from crash.judging import TOGETHER, Suspect, judge
from crash.recording import Case, NotStruck, Recording, diary_of, run
from crash.tracing import Done

ATTEMPTS = 3
"""At one and the same operation, see `NotStruck`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How thoroughly to strike: every n-th of the operations that a fault concerns."""

    every_operation: bool
    """Whether to kill before operations too that change nothing, and to refuse room to those that need none."""
    kill_stride: int
    no_space_stride: int
    stride: int
    """For the faults other than killing and a full disk."""
    again_stride: int
    """After every n-th fault the same work is done again to its end."""


def cases(recording: Recording, plan: Plan) -> Iterator[Case]:
    """The faults that the plan calls for."""
    for fault in Fault:
        concerned = [done.number for done in recording.operations if _concerns(fault, done, plan)]
        stride = {Fault.KILL: plan.kill_stride, Fault.NO_SPACE: plan.no_space_stride}.get(fault, plan.stride)
        yield from (Case(number=number, fault=fault) for number in concerned[::stride])


def strike_everywhere(recording: Recording, plan: Plan, door: Door) -> tuple[int, list[tuple[str, Complaint]]]:
    """How many faults there were, and what was wrong after which of them."""
    complaints: list[tuple[str, Complaint]] = []
    planned = enumerate(cases(recording, plan), start=1)
    struck = 0
    while batch := list(islice(planned, TOGETHER)):
        suspects = []
        for struck, case in batch:
            again = struck % plan.again_stride == 0
            suspect, broke = _strike(recording, case, door, to_the_end=again)
            suspects.append(suspect)
            complaints += [(suspect.case, Complaint(wrong=Wrong.REPAIR, sentence=broke))] if broke else []
        complaints += judge(recording, suspects)
    return struck, complaints


def _run_until_struck(recording: Recording, case: Case, door: Door) -> Ended:
    for _ in range(ATTEMPTS - 1):
        shutil.copytree(recording.base, recording.world)
        with suppress(NotStruck):
            return run(recording.workload, recording.world, case, door)
        shutil.rmtree(recording.world)
    shutil.copytree(recording.base, recording.world)
    return run(recording.workload, recording.world, case, door)


def _strike(recording: Recording, case: Case, door: Door, *, to_the_end: bool) -> tuple[Suspect, str]:
    """The archive after the fault, and how the program broke on it; empty where it took the fault like a program."""
    aside = recording.folder / str(case)
    ended = _run_until_struck(recording, case, door)
    recording.world.rename(aside)
    suspect = Suspect(
        case=str(case),
        aside=aside,
        diary=diary_of(ended),
        strict=not (case.fault.kills or case.fault.lasts),
        to_the_end=to_the_end,
    )
    return suspect, f"the program breaks: {ended.broke}" if ended.broke else ""


def _concerns(fault: Fault, done: Done, plan: Plan) -> bool:
    match fault:
        case Fault.NONE:
            return False
        case Fault.SHORT_WRITE | Fault.TORN_KILL:
            return done.operation is Operation.WRITE
        case Fault.KILL | Fault.NO_SPACE | Fault.NO_SPACE_ANY_MORE:
            # Killed before an operation that changes nothing, the archive is what it is before the next that does.
            return done.changes or plan.every_operation
        case _:
            return True
