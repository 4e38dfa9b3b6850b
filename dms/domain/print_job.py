"""Print jobs: what was asked to be printed, how far it is, and the sealed results."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from dms.errors import Bilingual


class PrintState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintJob:
    """One wish for prints."""

    id: int
    form: str
    wish: Mapping[str, Any]
    """What to print, as plain JSON."""
    state: PrintState
    asked_by: str
    asked_at: datetime
    done: int
    """How many pieces are ready."""
    total: int | None
    """None until somebody has counted."""
    problem: Bilingual | None = None
    """Why it failed; None for every other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintResult:
    """One sealed document that a job made."""

    id: int
    job_id: int
    name: str
    """Under which a person takes it out."""
    object_id: str
    wrapped_key: bytes
    media_type: str
    size_bytes: int
    digest: str
    """SHA-256 of the plaintext, hex."""
