"""The door counts what changes the disk below its folder, and breaks the operation that it is told to break."""

import subprocess
import sys
from pathlib import Path

import pytest

from crash.door import Operation, environment
from crash.tracing import operations

PROGRAM = """
import os, sys
from pathlib import Path
from crash.door import Door, Fault
folder, number, fault = Path(sys.argv[1]), int(sys.argv[2]), Fault[sys.argv[3]]
door = Door()
door.watch(folder / "watched")
with (folder / "trace").open("wb") as trace:
    door.trace(trace.fileno())
    door.arm(number, fault)
    (folder / "elsewhere").write_bytes(b"not counted")
    try:
        with open(folder / "watched" / "paper", "wb", buffering=0) as stream:
            done = stream.write(b"four")
            done += stream.write(b"four"[done:]) if done < 4 else 0
            os.fsync(stream.fileno())
        (folder / "watched" / "paper").rename(folder / "watched" / "filed")
    except OSError as error:
        print(error.errno)
    print(door.count())
"""


def through_the_door(door: Path, folder: Path, number: int, fault: str) -> subprocess.CompletedProcess[bytes]:
    (folder / "watched").mkdir()
    command = [sys.executable, "-c", PROGRAM, str(folder), str(number), fault]
    return subprocess.run(command, env=environment(door), stdout=subprocess.PIPE)


def test_every_change_is_counted_and_written_down(door, tmp_path):
    ended = through_the_door(door, tmp_path, 0, "NONE")
    names = [(done.operation, done.path, done.data) for done in operations(tmp_path / "trace")]
    assert names == [
        (Operation.OPEN, "paper", b""),
        (Operation.WRITE, "paper", b"four"),
        (Operation.SYNC, "paper", b""),
        (Operation.CLOSE, "paper", b""),
        (Operation.RENAME, "paper", b""),
    ]
    assert ended.stdout.split() == [b"5"]


@pytest.mark.parametrize(("fault", "error"), [("NO_SPACE", b"28"), ("IO_ERROR", b"5")])
@pytest.mark.parametrize("number", range(1, 6))
def test_the_chosen_operation_is_refused(door, tmp_path, number, fault, error):
    assert through_the_door(door, tmp_path, number, fault).stdout.split()[0] == error


def test_the_killed_process_does_nothing_more(door, tmp_path):
    ended = through_the_door(door, tmp_path, 5, "KILL")
    assert ended.returncode == -9
    assert [path.name for path in (tmp_path / "watched").iterdir()] == ["paper"]


def test_half_of_a_write_arrives_before_the_disk_is_full(door, tmp_path):
    ended = through_the_door(door, tmp_path, 2, "SHORT_WRITE")
    assert ended.stdout.split()[0] == b"28"
    assert (tmp_path / "watched" / "paper").read_bytes() == b"fo"


def test_half_of_a_write_arrives_before_the_death(door, tmp_path):
    assert through_the_door(door, tmp_path, 2, "TORN_KILL").returncode == -9
    assert (tmp_path / "watched" / "paper").read_bytes() == b"fo"


def test_a_full_disk_still_takes_what_needs_no_room(door, tmp_path):
    ended = through_the_door(door, tmp_path, 3, "NO_SPACE_ANY_MORE")
    assert ended.stdout.split() == [b"5"]
