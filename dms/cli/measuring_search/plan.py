"""What the person at the terminal asked to be measured."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One run of the measurement."""

    seed: int
    pages: int
    """Of the largest corpus; no part uses more, most use fewer."""
    queries: int | None
    """How many queries each part asks at most; None for as many as it is meant to."""
    say: Callable[[str], None]
    """Tells the person at the terminal how far it is."""
    keep: Path | None = None
    """Where the archive of the large corpus is kept for the next run; None for one that is thrown away."""

    def pages_up_to(self, meant: int) -> int:
        """The pages of a part that is meant to have so many."""
        return min(meant, self.pages)

    def queries_up_to(self, meant: int) -> int:
        """The queries of a part that is meant to ask so many."""
        return meant if self.queries is None else min(meant, self.queries)
