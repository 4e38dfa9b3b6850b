"""One archive that has been lived in and its bag, made once; tests that spoil something work on copies."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from simulators.archives import founded_archive
from simulators.lived_in import live_in

from dms.archive import Archive
from dms.domain.actor import OPERATOR
from dms.exchange import Exported, ExportWish, export_archive


@dataclass(frozen=True)
class House:
    """The archive that is left, and what was taken out of it."""

    archive: Archive
    papers: dict[str, str]
    """Ids by what became of the paper."""
    exported: Exported


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Nothing in it is changed by a test; some export from it once more, which its journal tells."""
    folder = tmp_path_factory.mktemp("house")
    archive = founded_archive(folder / "archive")
    papers = live_in(archive)
    exported = export_archive(OPERATOR, ExportWish(target=folder / "bag", with_images=True), archive=archive)
    yield House(archive=archive, papers=papers, exported=exported)
    archive.close()


@pytest.fixture
def bag(house: House, tmp_path: Path) -> Path:
    """A copy of the bag that a test may spoil."""
    return Path(shutil.copytree(house.exported.path, tmp_path / "bag"))


@pytest.fixture
def new_archive(tmp_path: Path) -> Iterator[Archive]:
    """An archive on its first day, its company not named yet."""
    opened = founded_archive(tmp_path / "new", company="")
    yield opened
    opened.close()
