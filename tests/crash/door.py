"""The door between the archive and its disk (door.c): built here, loaded before a program, steered from inside it."""

import ctypes
import os
import subprocess
from enum import IntEnum
from pathlib import Path

SOURCE = Path(__file__).with_name("door.c")


class Operation(IntEnum):
    """What a program asks of the disk; the order is that of door.c."""

    OPEN = 1
    WRITE = 2
    RESIZE = 3
    SYNC = 4
    RENAME = 5
    LINK = 6
    UNLINK = 7
    MAKE_FOLDER = 8
    REMOVE_FOLDER = 9
    CLOSE = 10


class Fault(IntEnum):
    """What happens at the chosen operation; the order is that of door.c."""

    NONE = 0
    KILL = 1
    """The process dies before the operation."""
    NO_SPACE = 2
    IO_ERROR = 3
    SHORT_WRITE = 4
    """Half is written; the rest finds no room."""
    TORN_KILL = 5
    """Half is written; the process dies."""
    NO_SPACE_ANY_MORE = 6
    """From here on the disk is full: nothing that needs new room succeeds, everything else does."""
    IO_ERROR_ANY_MORE = 7

    @property
    def kills(self) -> bool:
        return self in (Fault.KILL, Fault.TORN_KILL)

    @property
    def lasts(self) -> bool:
        """Whether the disk stays broken until the program ends."""
        return self in (Fault.NO_SPACE_ANY_MORE, Fault.IO_ERROR_ANY_MORE)


def build(folder: Path) -> Path:
    """The compiled door, in this folder."""
    library = folder / "door.so"
    subprocess.run(["gcc", "-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", library, SOURCE], check=True)
    return library


def environment(library: Path) -> dict[str, str]:
    """The environment of a program that goes through this door."""
    places = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]
    return os.environ | {"LD_PRELOAD": str(library), "PYTHONPATH": os.pathsep.join(places)}


class Door:
    """The door of this very process, which was started with it."""

    def __init__(self) -> None:
        self._door = ctypes.CDLL(None)
        assert hasattr(self._door, "door_arm"), "this program was not started with the door"
        self._door.door_seed.argtypes = [ctypes.c_uint64]

    def watch(self, folder: Path) -> None:
        """Only what lies in this folder is counted from now on."""
        self._door.door_watch(os.fsencode(folder))

    def arm(self, number: int = 0, fault: Fault = Fault.NONE) -> None:
        """Count anew, and strike at this operation."""
        self._door.door_arm(number, int(fault))

    def count(self) -> int:
        """How many operations were asked for since the door was armed."""
        return self._door.door_count()

    def trace(self, descriptor: int) -> None:
        """Write every operation and its data to this descriptor; -1 ends it."""
        self._door.door_trace(descriptor)

    def seed(self, number: int) -> None:
        """Let chance be the same in every run with this number; 0 makes it real again."""
        self._door.door_seed(number)
