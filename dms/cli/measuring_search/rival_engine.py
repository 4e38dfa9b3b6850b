"""What other search libraries are measured by: the same texts, the same queries, an index in a folder of their own."""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from dms.cli.measuring_search.asked_classes import TextQuery

Document = tuple[str, str]
"""Id and text of an item, as it is compared."""


class RivalEngine(Protocol):
    """A search library: indexes texts once, then counts the items that hold all of some phrases."""

    name: str

    def index(self, documents: Iterable[Document], folder: Path) -> None:
        """Make the index in an empty folder."""

    def count(self, query: TextQuery) -> int:
        """How many items hold every phrase; the first twenty of them are fetched as well."""


FETCHED = 20
