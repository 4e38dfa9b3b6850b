"""An archive whose papers are random bytes, its folder of copies, and what a test does to both."""

import hashlib
import random
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from simulators.archives import PASSPHRASE, ObedientClock

from dms.archive import Archive
from dms.bootstrap import Restored, RestoreOrder, open_archive, restore_archive, unlocked_at
from dms.domain.actor import OPERATOR
from dms.domain.backup import BackupPlace, BackupRun, PlaceKind
from dms.ingest import Claim, ReceivingLimits, Upload, receive
from dms.preservation import NewPlace, Place, add_place, back_up, place_at
from vault import Passphrase

LIMITS = ReceivingLimits(max_upload_bytes=1 << 24, min_free_disk_bytes=0)
PAPER_BYTES = 20_000


@dataclass(frozen=True)
class Preserved:
    """What a test holds in its hands."""

    archive: Archive
    clock: ObedientClock
    folder: Path

    def take_in(self, count: int = 3, *, seed: int = 1, size_bytes: int = PAPER_BYTES) -> list[str]:
        """Receive so many papers; their ids."""
        chance = random.Random(seed)
        return [self._receive(chance.randbytes(size_bytes), f"{seed}-{number}.pdf") for number in range(count)]

    def place(self, **stated: object) -> BackupPlace:
        """The folder, registered as a place."""
        return add_place(OPERATOR, NewPlace(address=str(self.folder), **stated), archive=self.archive)

    def back_up(self) -> BackupRun:
        """One run to the folder, a day after the one before."""
        self.clock.advance(timedelta(days=1))
        return back_up(OPERATOR, self.place().id or 0, archive=self.archive)

    def reached(self) -> Place:
        """The folder as a place."""
        return place_at(PlaceKind.FOLDER, str(self.folder), {})

    def restore(self, home: Path, *, snapshot_id: str | None = None) -> Restored:
        """Restore from the folder."""
        place = self.reached()
        keyring = unlocked_at(place, Passphrase(PASSPHRASE))
        order = RestoreOrder(place=place, home=home, snapshot_id=snapshot_id)
        return restore_archive(order, keyring, clock=self.clock)

    def lying_there(self) -> dict[str, bytes]:
        """Everything at the place by its name."""
        return contents(self.folder)

    def _receive(self, content: bytes, name: str) -> str:
        upload = Upload(original_filename=name, uploaded_bytes=content, claim=Claim())
        item = receive(OPERATOR, upload, archive=self.archive, limits=LIMITS).item
        assert item is not None
        return item.id


def contents(folder: Path) -> dict[str, bytes]:
    """Everything below a folder by its relative name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def flip(path: Path, at: int = -1) -> None:
    """Change one bit of one byte; by default in the middle."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2 if at < 0 else at] ^= 1
    path.write_bytes(content)


def opened(home: Path, clock: ObedientClock) -> Archive:
    """A restored archive; the caller closes it."""
    return open_archive(home, PASSPHRASE, clock=clock)


def everything_in(archive: Archive) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, journal and log of backups aside; the index by its digest."""
    from sqlalchemy import text

    found = {}
    with archive.looking() as view:
        names = view.connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        for name in names:
            rows = view.connection.execute(text(f'SELECT * FROM "{name}"')).all()
            found[name] = sorted((tuple(row) for row in rows), key=repr)
    return found


def digest_of(objects: dict[str, bytes]) -> str:
    """One digest over names and contents."""
    joined = hashlib.sha256()
    for name, content in sorted(objects.items()):
        joined.update(name.encode() + content)
    return joined.hexdigest()
