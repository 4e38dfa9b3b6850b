"""Real archives in a folder of the test: real catalogue, real vault, a cheap passphrase and a clock that obeys."""

import atexit
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from dms.archive import Archive
from dms.bootstrap import Foundation, found_archive, open_archive
from vault import Argon2Cost

PASSPHRASE = "correct horse battery staple"
PASSWORD = "四海之内皆兄弟 2026"
CHEAP = Argon2Cost(memory_kib=8, time=1, parallelism=1)
COMPANY = "安徽皖江重工机械有限公司"


class ObedientClock:
    """Stands still until it is told to go on."""

    def __init__(self, at: datetime = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at

    def advance(self, by: timedelta) -> None:
        self._at += by


def founded_archive(home: Path, *, clock: ObedientClock | None = None, company: str = COMPANY) -> Archive:
    """A new archive, open; the caller closes it."""
    shutil.copytree(_just_founded(company), home)
    return open_archive(home, PASSPHRASE, clock=clock or ObedientClock())


@cache
def _just_founded(company: str) -> Path:
    """An archive on its first day, founded once for all tests that begin with a copy of it."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    foundation = Foundation(fonds_code="Q001", company_name=company, administrator="admin", password=PASSWORD)
    found_archive(folder / "archive", PASSPHRASE, foundation, clock=ObedientClock(), cost=CHEAP)
    return folder / "archive"


def sealed_objects(archive: Archive) -> list[Path]:
    """Everything that lies in the vault."""
    return [path for path in (archive.home / "vault").rglob("*") if path.is_file()]
