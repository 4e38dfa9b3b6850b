"""An archive with papers in it, whole, for the tests to damage."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from simulators.archives import PASSPHRASE, ObedientClock, founded_archive
from simulators.scanner import add_customer, file_paper, scan

from dms.archive import Archive
from dms.bootstrap import open_archive


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an archive with a filed paper of one page and one of two pages in the tray, closed."""
    home = tmp_path_factory.mktemp("papers") / "archive"
    archive = founded_archive(home)
    add_customer(archive)
    file_paper(archive, "钢材采购合同")
    scan(archive, "第一页\f第二页")
    archive.close()
    return home


@pytest.fixture
def archive(papers: Path, tmp_path: Path, clock: ObedientClock) -> Iterator[Archive]:
    """A copy of it, open."""
    shutil.copytree(papers, tmp_path / "archive")
    (tmp_path / "archive").chmod(0o700)
    opened = open_archive(tmp_path / "archive", PASSPHRASE, clock=clock)
    yield opened
    opened.close()
