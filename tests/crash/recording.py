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
from crash.steps import Workload, home_in
from crash.tracing import Done, operations

CHANCE = 20260302
WORLD = "world"
"""The folder of the archive and of its copies; every case happens at this very place, for paths are remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """One undisturbed run."""

    workload: Workload
    folder: Path
    """Where the world and everything put aside lie."""
    given: Diary
    """What the steps told that were done before."""
    diary: Diary
    operations: tuple[Done, ...]

    @property
    def world(self) -> Path:
        """Where the cases happen, one after the other."""
        return self.folder / WORLD

    @property
    def base(self) -> Path:
        """The world before the run."""
        return self.folder / "base"


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
    world, trace = folder / WORLD, folder / "trace"
    _warm_up(workload, world)

    def prepare(tell: Tell) -> None:
        world.mkdir()
        founded_archive(home_in(world)).close()
        perform(workload.given, home_in(world), lambda entry: tell(entry.to_json()))

    given = in_child(prepare)
    assert not given.broke, given.broke
    shutil.copytree(world, folder / "base")
    with trace.open("wb") as stream:
        door.trace(stream.fileno())
        ended = run(workload, world, UNDISTURBED, door)
        door.trace(-1)
    assert not ended.broke, ended.broke
    shutil.rmtree(world)
    return Recording(
        workload=workload,
        folder=folder,
        given=diary_of(given),
        diary=diary_of(ended),
        operations=tuple(operations(trace)),
    )


class NotStruck(Exception):
    """The operation that was to be struck was another one this time: a moment is written in more or fewer bytes."""


def run(workload: Workload, world: Path, case: Case, door: Door) -> Ended:
    """Do the steps in a process of its own, which the fault may end."""

    def armed(tell: Tell) -> None:
        door.watch(world)
        door.seed(CHANCE)
        door.arm(case.number, case.fault)
        perform(workload.steps, home_in(world), lambda entry: tell(entry.to_json() | {"operations": door.count()}))

    ended = in_child(armed)
    if ended.killed != case.fault.kills:
        raise NotStruck(f"{case}: the process was {'' if ended.killed else 'not '}killed")
    return ended


def diary_of(ended: Ended) -> list[Entry]:
    """What was told before the end."""
    return [Entry.from_json(told) for told in ended.told]


def _warm_up(workload: Workload, world: Path) -> None:
    """Do everything once in this process, so that what is loaded and compiled lazily is there in every child."""
    world.mkdir()
    home = home_in(world)
    founded_archive(home).close()
    given: list[Entry] = []
    diary: list[Entry] = []
    perform(workload.given, home, given.append)
    perform(workload.steps, home, diary.append)
    for complaint in hold_to_account(workload, given, diary, home, strict=True):
        raise AssertionError(complaint.sentence)
    shutil.rmtree(world)
    gc.collect()
    gc.freeze()  # what a child never touches need not be copied for it
