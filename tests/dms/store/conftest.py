"""A catalogue by itself: the real one, encrypted, in a folder of the test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from store_parts import KEY

from dms.store import Store


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """Where the catalogue lies."""
    return tmp_path / "catalogue.db"


@pytest.fixture
def store(catalogue: Path) -> Iterator[Store]:
    """A new catalogue with the frame into which papers are filed."""
    opened = Store.open(catalogue, KEY)
    yield opened
    opened.close()
