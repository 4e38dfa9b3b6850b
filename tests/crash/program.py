"""Run behind the door, in a process of its own: breaks one workload in every way and prints what came of it.

``python -m crash.program WORKLOAD faults|power|unsynced FOLDER [all]`` prints one JSON object. What is called
unsynced is a loss of power under a program that never syncs the vault; a lot has to be found wrong with it.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path

from crash.accounts import Complaint
from crash.cutting import Depth, cut_everywhere
from crash.door import Door, Operation
from crash.recording import Recording, record
from crash.striking import Plan, strike_everywhere
from crash.tracing import Done
from crash.workloads import WORKLOADS

USUAL = Plan(every_operation=False, kill_stride=8, no_space_stride=3, stride=17, again_stride=15)
THOROUGH = Plan(every_operation=True, kill_stride=1, no_space_stride=1, stride=1, again_stride=1)
USUAL_CUTS = Depth(stride=100, singles=4, torn=2, again_stride=25)
THOROUGH_CUTS = Depth(stride=1, singles=1000, torn=8, again_stride=5)


def main(workload: str, kind: str, folder: Path, *, thorough: bool) -> None:
    """Break the workload in every way of this kind."""
    door = Door()
    recording = record(WORKLOADS[workload], folder, door)
    if kind == "faults":
        cases, complaints = strike_everywhere(recording, THOROUGH if thorough else USUAL, door)
        _print(recording, cases, cases, complaints)
        return
    if kind == "unsynced":
        recording = replace(recording, operations=tuple(filter(_is_no_sync_of_the_vault, recording.operations)))
    cuts = cut_everywhere(recording, THOROUGH_CUTS if thorough else USUAL_CUTS)
    _print(recording, cuts.cases, cuts.disks, cuts.complaints)


def _is_no_sync_of_the_vault(done: Done) -> bool:
    return done.operation is not Operation.SYNC or not done.path.startswith("archive/vault")


def _print(recording: Recording, cases: int, opened: int, complaints: list[tuple[str, Complaint]]) -> None:
    print(
        json.dumps(
            {
                "operations": len(recording.operations),
                "cases": cases,
                "opened": opened,
                "complaints": [[case, found.wrong.value, found.sentence] for case, found in complaints],
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), thorough="all" in sys.argv[4:])
