"""What a workload consists of: steps that are acknowledged one by one, each with a promise that outlives any fault."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dms.archive import Archive

ARCHIVE, COPIES = "archive", "copies"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One act of a person or of the archive, which may be done again after a fault."""

    name: str
    subject: str
    """What the act is about; a later step on the same subject takes the place of an earlier one."""
    act: Callable[[Archive], str]
    """Does it; what was acknowledged, for instance the id of an item. Raises a `DmsError` where it is refused."""
    stands: Callable[[Archive, str], None]
    """Raises `AssertionError` unless the archive keeps what was acknowledged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """Steps on an archive in which others were done before, undisturbed."""

    name: str
    given: tuple[Step, ...]
    steps: tuple[Step, ...]
    bounds: Callable[[Archive], None] = lambda archive: None
    """Raises `AssertionError` where the archive holds more than the steps can have brought."""


def home_in(world: Path) -> Path:
    """The folder of the archive."""
    return world / ARCHIVE


def copies_of(archive: Archive) -> Path:
    """The folder of the archive's copies, which lies beside it."""
    return archive.home.parent / COPIES
