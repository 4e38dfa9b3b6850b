"""A small archive with papers in it, and a folder for its copies."""

from pathlib import Path

import pytest
from preserved import Preserved
from simulators.archives import ObedientClock

from dms.archive import Archive


@pytest.fixture
def preserved(archive: Archive, clock: ObedientClock, tmp_path: Path) -> Preserved:
    """The archive with a folder place that nothing was written to yet."""
    return Preserved(archive=archive, clock=clock, folder=tmp_path / "copies")
