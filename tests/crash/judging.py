"""Judging many archives after their faults, in one process that ends afterwards."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from crash.accounts import Complaint, Wrong, do_again, hold_to_account
from crash.children import Tell, in_child
from crash.diary import Diary
from crash.steps import Workload

TOGETHER = 20
"""Archives that one process judges."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """One archive after its fault; its folder is gone when it has been judged."""

    case: str
    home: Path
    diary: Diary
    """What had been told before the fault."""
    strict: bool
    """Whether what was refused has certainly not happened."""
    to_the_end: bool
    """Whether the same work is to be done again."""


def judge(workload: Workload, given: Diary, suspects: Sequence[Suspect]) -> list[tuple[str, Complaint]]:
    """What is wrong with which of them."""

    def judging(tell: Tell) -> None:
        for suspect in suspects:
            for complaint in _complaints(workload, given, suspect):
                tell([suspect.case, complaint.wrong.value, complaint.sentence])
            shutil.rmtree(suspect.home)

    ended = in_child(judging)
    assert not ended.killed and not ended.broke, f"the judge himself died: {ended.broke}"
    return [(case, Complaint(wrong=Wrong(wrong), sentence=sentence)) for case, wrong, sentence in ended.told]


def _complaints(workload: Workload, given: Diary, suspect: Suspect) -> Iterator[Complaint]:
    yield from hold_to_account(workload, given, suspect.diary, suspect.home, strict=suspect.strict)
    if suspect.to_the_end:
        yield from do_again(workload, given, suspect.home)
