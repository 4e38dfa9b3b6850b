from collections.abc import Iterator
from pathlib import Path

import pytest
from simulators.laid_papers import open_shelf

from dms.archive import Archive
from dms.domain.clock import Clock


@pytest.fixture
def archive(tmp_path: Path, clock: Clock) -> Iterator[Archive]:
    """An empty archive that takes papers read already."""
    opened = open_shelf(tmp_path, clock=clock)
    yield opened
    opened.close()
