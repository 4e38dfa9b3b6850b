"""Copies of the archive in other places: where they lie, how each run went, and whether a restore was tried."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from dms.errors import Bilingual


class PlaceKind(StrEnum):
    """How a backup place is reached."""

    FOLDER = "folder"
    """A folder, which may be a mounted share."""
    S3 = "s3"
    """A store that speaks the S3 protocol."""


class Medium(StrEnum):
    """On what a copy lies; GB/T 18894 asks for three copies on two kinds of media, one of them elsewhere."""

    DISK = "disk"
    REMOVABLE = "removable"
    TAPE = "tape"
    OPTICAL = "optical"
    OBJECT_STORE = "object_store"


MEDIUM_NAMES: dict[Medium, Bilingual] = {
    Medium.DISK: Bilingual("硬盘", "disk"),
    Medium.REMOVABLE: Bilingual("移动硬盘", "removable disk"),
    Medium.TAPE: Bilingual("磁带", "tape"),
    Medium.OPTICAL: Bilingual("光盘", "optical disc"),
    Medium.OBJECT_STORE: Bilingual("对象存储", "object store"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupRetention:
    """How many snapshots of a place are kept: the latest of each of the last so many days, weeks, months and years."""

    days: int = 14
    weeks: int = 8
    months: int = 24
    years: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupPlace:
    """A place for copies of the archive."""

    id: int | None
    """None until it is recorded."""
    name: str
    kind: PlaceKind
    address: str
    """The folder's path, or the bucket with its prefix."""
    medium: Medium
    offsite: bool
    """Whether it lies at another site than the archive."""
    retention: BackupRetention
    added_at: datetime
    options: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What reaching it needs beside the address, credentials included; the catalogue that keeps it is encrypted."""


class RunState(StrEnum):
    """How a backup run ended."""

    COMPLETE = "complete"
    """Everything is at the place, and was read back and verified there."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupRun:
    """One run of a backup to one place."""

    id: int | None
    place_id: int
    snapshot_id: str
    """Empty where the run failed before there was one."""
    began_at: datetime
    ended_at: datetime
    state: RunState
    objects_total: int
    bytes_total: int
    """What the snapshot refers to, whether copied by this run or an earlier one."""
    objects_copied: int
    bytes_copied: int
    journal_seq: int
    """The number of the last journal entry in the snapshot."""
    journal_digest: str
    problem_code: str = ""
    """Why it failed, or that a complete run met with damage it could not mend; empty otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreDrill:
    """One trial of a restore: a snapshot put into a throw-away folder, opened, verified and thrown away."""

    id: int | None
    place_id: int
    snapshot_id: str
    began_at: datetime
    ended_at: datetime
    passed: bool
    facts: Mapping[str, str]
    """What was compared and found, for the report."""
