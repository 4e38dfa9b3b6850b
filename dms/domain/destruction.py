"""What remains of a destroyed item beside its stub: proof of what it was, without any of its content."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Destroyed:
    """One destroyed item."""

    item_id: str
    destroyed_at: datetime
    destroyed_by: str
    authority: str
    """By what right: the number of the approved destruction list."""
    original_digest: str
    """SHA-256 (hex) of the original; empty where it was not known any more."""
    size_bytes: int
    pages: int
