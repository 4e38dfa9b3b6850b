"""The journal (操作日志): append-only, each entry carrying the digest of the one before.

The digest is SHA-256 over the canonical JSON of the entry (keys sorted, no spaces, UTF-8), which includes the
previous digest; altering, dropping or reordering any entry breaks every later one.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

GENESIS_DIGEST = "0" * 64
"""What the first entry carries as the digest of the one before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """One act: who did what to what, when; `details` holds strings and numbers only."""

    seq: int
    at: datetime
    actor: str
    origin: str
    """The door through which the actor came in: a value of `Origin`."""
    action: str
    subject: str
    details: Mapping[str, str | int | None]
    previous_digest: str
    digest: str

    def computed_digest(self) -> str:
        """The digest (hex) that this entry's content calls for."""
        return entry_digest(self)


def entry_digest(entry: JournalEntry) -> str:
    """SHA-256 (hex) over everything in the entry except its own digest."""
    content = {
        "seq": entry.seq,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "origin": entry.origin,
        "action": entry.action,
        "subject": entry.subject,
        "details": dict(entry.details),
        "previous_digest": entry.previous_digest,
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
