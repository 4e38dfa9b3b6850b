"""Run behind the door, in a process of its own: breaks one workload in every way and prints what came of it.

``python -m crash.program WORKLOAD faults|power FOLDER [all]`` prints one JSON object.
"""

import json
import sys
from pathlib import Path

from crash.accounts import Complaint
from crash.cutting import cut_everywhere
from crash.door import Door
from crash.recording import Recording, record
from crash.striking import Plan, strike_everywhere
from crash.workloads import WORKLOADS

USUAL = Plan(every_operation=False, stride=11, again_stride=5)
THOROUGH = Plan(every_operation=True, stride=1, again_stride=1)
USUAL_CUTS = {"stride": 60, "again_stride": 20}
THOROUGH_CUTS = {"stride": 1, "again_stride": 5}


def main(workload: str, kind: str, folder: Path, *, thorough: bool) -> None:
    """Break the workload in every way of this kind."""
    door = Door()
    recording = record(WORKLOADS[workload], folder, door)
    if kind == "power":
        cuts = cut_everywhere(recording, **(THOROUGH_CUTS if thorough else USUAL_CUTS))
        _print(recording, cuts.cases, cuts.disks, cuts.complaints)
    else:
        cases, complaints = strike_everywhere(recording, THOROUGH if thorough else USUAL, door)
        _print(recording, cases, cases, complaints)


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
