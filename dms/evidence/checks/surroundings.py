"""What the archive folder looks like from outside: who may reach it, whose it is, and how much room is left."""

import shutil
from pathlib import Path

from dms.evidence.findings import FindingCode
from dms.evidence.walk import Stage, Walk

MEGABYTE = 1024 * 1024
LEAST_FREE_MB = 1024
OTHERS = 0o077
"""The mode bits that let anybody but the owner in."""
MODE_BITS = 0o7777
PARTS = ("keyring.json", "catalogue.db", "vault")


def check_surroundings(walk: Walk) -> None:
    """The folder is the archive's own, its parts belong to one account, and there is room on the disk."""
    walk.tell(Stage.SURROUNDINGS, 0, 1)
    _check_folder(walk.archive.home, walk)
    _check_room(walk.archive.home, walk)
    walk.tell(Stage.SURROUNDINGS, 1, 1)


def _check_folder(home: Path, walk: Walk) -> None:
    seen = home.stat()
    if seen.st_mode & OTHERS:  # a folder that keeps others out keeps them from everything in it
        walk.found(FindingCode.ARCHIVE_EXPOSED, home.name, mode=f"{seen.st_mode & MODE_BITS:04o}")
    for part in PARTS:
        if (home / part).exists() and (home / part).stat().st_uid != seen.st_uid:
            walk.found(FindingCode.OWNER_DIFFERS, part)


def _check_room(home: Path, walk: Walk) -> None:
    free_mb = shutil.disk_usage(home).free // MEGABYTE
    walk.facts["free_disk_mb"] = str(free_mb)
    if free_mb < LEAST_FREE_MB:
        walk.found(FindingCode.DISK_NEARLY_FULL, home.name, free_mb=free_mb)
