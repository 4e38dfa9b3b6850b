"""What a test of the web may ask for: a desk before a real archive, and the same desk with someone signed in."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from simulators.archives import PASSPHRASE, PASSWORD, ObedientClock, founded_archive
from simulators.desk import Desk

from dms.archive import Archive
from dms.bootstrap import open_archive


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an archive just founded and closed; founding costs a hash made to be slow, signing in another."""
    home = tmp_path_factory.mktemp("founded") / "archive"
    archive = founded_archive(home)
    with archive.begin() as work:
        # Tests let days go by between two requests; those of the sessions themselves state rules of their own.
        work.settings.state("sign_in_rules", {"idle_minutes": 10**7, "session_hours": 10**5})
        work.users.change_password(1, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD))
    archive.close()
    return home


@pytest.fixture
def archive(founded: Path, tmp_path: Path, clock: ObedientClock) -> Iterator[Archive]:
    """A copy of the founded archive, open."""
    shutil.copytree(founded, tmp_path / "archive")
    opened = open_archive(tmp_path / "archive", PASSPHRASE, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def desk(archive: Archive) -> Desk:
    """A browser that has not signed in."""
    return Desk(archive)


@pytest.fixture
def office(desk: Desk) -> Desk:
    """A browser with the first administrator signed in, who is an archivist and an auditor too."""
    return desk.sign_in()
