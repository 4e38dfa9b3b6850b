"""What a workload told before its end: which steps it began, which were acknowledged, which were refused."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from simulators.archives import PASSPHRASE, ObedientClock

from crash.steps import Step, Workload
from dms.archive import Archive
from dms.bootstrap import open_archive
from dms.errors import DmsError


class Word(StrEnum):
    """What can be told of a step."""

    BEGUN = "begun"
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing told; `number` is that of the step, -1 for the opening of the archive."""

    word: Word
    number: int
    detail: str = ""
    operations: int = 0
    """How many operations the disk had been asked for by then."""

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> "Entry":
        """The entry that was sent by another process."""
        return cls(**told | {"word": Word(told["word"])})

    def to_json(self) -> dict[str, Any]:
        """The entry as it is sent."""
        return asdict(self)


Diary = Sequence[Entry]


def perform(steps: Sequence[Step], home: Path, tell: Callable[[Entry], None]) -> None:
    """Open the archive and do the steps one after the other; what is refused does not keep the next one from trying.

    Anything but a `DmsError` goes on: a person would see a fault of the program.
    """
    clock = ObedientClock()
    try:
        archive = open_archive(home, PASSPHRASE, clock=clock)
    except DmsError as error:
        tell(Entry(word=Word.REFUSED, number=-1, detail=error.code))
        return
    try:
        for number, step in enumerate(steps):
            _do(step, number, archive, tell)
    finally:
        archive.close()


def _do(step: Step, number: int, archive: Archive, tell: Callable[[Entry], None]) -> None:
    tell(Entry(word=Word.BEGUN, number=number))
    try:
        tell(Entry(word=Word.DONE, number=number, detail=step.act(archive)))
    except DmsError as error:
        tell(Entry(word=Word.REFUSED, number=number, detail=error.code))


def promises(workload: Workload, given: Diary, diary: Diary, *, strict: bool) -> Iterator[list[tuple[Step, str]]]:
    """For every subject, what may stand now: the last step acknowledged, and those begun after it.

    Strict: what was refused has certainly not happened.
    """
    told = [(workload.given, entry) for entry in given] + [(workload.steps, entry) for entry in diary]
    possible: dict[str, list[tuple[Step, str]]] = {}
    for steps, entry in told:
        if entry.number < 0:
            continue
        step = steps[entry.number]
        known = possible.setdefault(step.subject, [])
        if entry.word is Word.DONE:
            possible[step.subject] = [(step, entry.detail)]
        elif entry.word is Word.BEGUN and known:
            known.append((step, known[0][1]))
        elif entry.word is Word.REFUSED and strict and len(known) > 1:
            known.pop()
    yield from (choices for choices in possible.values() if choices)
