"""Letting a workload run, undisturbed or armed, and keeping what it asked of the disk and what it told."""

import gc
import shutil
from dataclasses import dataclass
from pathlib import Path

from simulators.archives import founded_archive

from crash.accounts import hold_to_account
from crash.children import Ended, Tell, in_child
from crash.diary import Diary, Entry, perform
from crash.door import Door, Fault
from crash.steps import Workload
from crash.tracing import Done, operations

CHANCE = 20260302


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """One undisturbed run."""

    workload: Workload
    base: Path
    """The folder of the archive before the run."""
    given: Diary
    """What the steps told that were done before."""
    diary: Diary
    operations: tuple[Done, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One fault at one operation."""

    number: int
    fault: Fault

    def __str__(self) -> str:
        return f"{self.fault.name} at operation {self.number}"


UNDISTURBED = Case(number=0, fault=Fault.NONE)


def record(workload: Workload, folder: Path, door: Door) -> Recording:
    """Found the archive of the workload in this folder and let it run once.

    Raises `AssertionError` where something is wrong without any fault.
    """
    _warm_up(workload, folder / "warm")
    base, home, trace = folder / "base", folder / "archive", folder / "trace"

    def prepare(tell: Tell) -> None:
        founded_archive(base).close()
        perform(workload.given, base, lambda entry: tell(entry.to_json()))

    given = in_child(prepare)
    assert not given.broke, given.broke
    shutil.copytree(base, home)
    with trace.open("wb") as stream:
        door.trace(stream.fileno())
        ended = run(workload, home, UNDISTURBED, door)
        door.trace(-1)
    assert not ended.broke, ended.broke
    shutil.rmtree(home)
    return Recording(
        workload=workload,
        base=base,
        given=diary_of(given),
        diary=diary_of(ended),
        operations=tuple(operations(trace)),
    )


def run(workload: Workload, home: Path, case: Case, door: Door) -> Ended:
    """Do the steps in a process of its own, which the fault may end."""

    def armed(tell: Tell) -> None:
        door.watch(home)
        door.seed(CHANCE)
        door.arm(case.number, case.fault)
        perform(workload.steps, home, lambda entry: tell(entry.to_json() | {"operations": door.count()}))

    return in_child(armed)


def diary_of(ended: Ended) -> list[Entry]:
    """What was told before the end."""
    return [Entry.from_json(told) for told in ended.told]


def _warm_up(workload: Workload, home: Path) -> None:
    """Do everything once in this process, so that what is loaded and compiled lazily is there in every child."""
    founded_archive(home).close()
    given: list[Entry] = []
    diary: list[Entry] = []
    perform(workload.given, home, given.append)
    perform(workload.steps, home, diary.append)
    for complaint in hold_to_account(workload, given, diary, home, strict=True):
        raise AssertionError(complaint.sentence)
    shutil.rmtree(home)
    gc.collect()
    gc.freeze()  # what a child never touches need not be copied for it
