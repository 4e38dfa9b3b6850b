"""Reaching a place by what is recorded of it, and holding it for one run at a time (B1)."""

import fcntl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from dms.archive import disk_refusals
from dms.domain.backup import BackupPlace, PlaceKind
from dms.preservation.errors import PlaceBusy
from dms.preservation.folder_place import FolderPlace
from dms.preservation.place import Place


def place_at(kind: PlaceKind, address: str, options: Mapping[str, str]) -> Place:
    """The place at an address; `S3NotInstalled`, `CredentialsUnusable`. Whether it is there shows when it is used."""
    match kind:
        case PlaceKind.FOLDER:
            return FolderPlace(Path(address))
        case PlaceKind.S3:
            # Loaded here so that everything else works without the optional library.
            from dms.preservation.s3_place import s3_place

            return s3_place(address, options)


def reach(place: BackupPlace) -> Place:
    """The place itself, see `place_at`."""
    return place_at(place.kind, place.address, place.options)


@contextmanager
def held(home: Path, place: BackupPlace) -> Iterator[None]:
    """While the block lasts no other run or drill uses the place; `PlaceBusy`, `DiskRefuses`."""
    # On the archive's own disk: many shares only pretend to lock. The kernel gives it back when its holder dies.
    with disk_refusals():
        handle = (home / f"backup-{place.id}.lock").open("w")
    try:
        _lock(handle, place)
        yield
    finally:
        with suppress(OSError):  # the lock goes with the descriptor, and the run is done or not done already
            handle.close()


def _lock(handle: IO[str], place: BackupPlace) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise PlaceBusy(place.address) from error
