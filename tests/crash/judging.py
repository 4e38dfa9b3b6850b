"""Judging many archives after their faults, in one process that ends afterwards."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from crash.accounts import Complaint, Wrong, do_again, hold_to_account
from crash.children import Tell, in_child
from crash.diary import Diary
from crash.recording import Recording
from crash.steps import home_in

TOGETHER = 20
"""Archives that one process judges."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """One archive after its fault; it is gone when it has been judged."""

    case: str
    aside: Path
    """Where it lies until it is judged, together with its copies."""
    diary: Diary
    """What had been told before the fault."""
    strict: bool
    """Whether what was refused has certainly not happened."""
    to_the_end: bool
    """Whether the same work is to be done again."""


def judge(recording: Recording, suspects: Sequence[Suspect]) -> list[tuple[str, Complaint]]:
    """What is wrong with which of them."""

    def judging(tell: Tell) -> None:
        for suspect in suspects:
            suspect.aside.rename(recording.world)
            for complaint in _complaints(recording, suspect):
                tell([suspect.case, complaint.wrong.value, complaint.sentence])
            shutil.rmtree(recording.world)

    ended = in_child(judging)
    assert not ended.killed and not ended.broke, f"the judge himself died: {ended.broke}"
    return [(case, Complaint(wrong=Wrong(wrong), sentence=sentence)) for case, wrong, sentence in ended.told]


def _complaints(recording: Recording, suspect: Suspect) -> Iterator[Complaint]:
    workload, given, home = recording.workload, recording.given, home_in(recording.world)
    yield from hold_to_account(workload, given, suspect.diary, home, strict=suspect.strict)
    if suspect.to_the_end:
        yield from do_again(workload, given, home)
