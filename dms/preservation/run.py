"""What the steps of one backup run share: the two sides, how far it is, and what it found."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from dms.archive import Archive
from dms.preservation.place import Place
from vault import Storage


class Phase(StrEnum):
    """What a backup, a restore or a drill is doing."""

    OBJECTS = "objects"
    CATALOGUE = "catalogue"
    CHECKING = "checking"
    PRUNING = "pruning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How far it is."""

    phase: Phase
    done: int
    """Objects or pieces."""
    bytes_done: int


Report = Callable[[Step], None]
"""Called often; what it raises ends the run, which then leaves the place as a crash would (B9)."""


def quiet(step: Step) -> None:
    """Tell nobody."""


@dataclass(slots=True, kw_only=True)
class Run:
    """One run under way."""

    archive: Archive
    place: Place
    vault_storage: Storage
    """The sealed objects of the archive, as raw bytes."""
    report: Report
    objects_copied: int = 0
    bytes_copied: int = 0
    mended: list[str] = field(default_factory=list)
    """What was damaged or missing at the place and is whole again."""
    damage: list[str] = field(default_factory=list)
    """What is not; names at the place, or ``vault/‹object id›``."""

    def note(self, phase: Phase) -> None:
        """Tell how far it is."""
        self.report(Step(phase=phase, done=self.objects_copied, bytes_done=self.bytes_copied))
