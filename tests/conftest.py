"""What every test may ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from simulators.archives import ObedientClock, founded_archive

from dms.archive import Archive


@pytest.fixture
def clock() -> ObedientClock:
    """A clock that stands still until the test moves it."""
    return ObedientClock()


@pytest.fixture
def archive(tmp_path: Path, clock: ObedientClock) -> Iterator[Archive]:
    """A new archive with its series, its types and its first administrator."""
    opened = founded_archive(tmp_path / "archive", clock=clock)
    yield opened
    opened.close()
