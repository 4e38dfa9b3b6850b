"""The journal (操作日志): append-only, each entry carrying the digest of the one before.

The digest is SHA-256 over the canonical JSON of the entry (keys sorted, no spaces, UTF-8), which includes the
previous digest; altering, dropping or reordering any entry breaks every later one.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
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


def first_broken(entries: Iterable[JournalEntry]) -> int | None:
    """The number of the first entry, oldest first from the very first on, that does not fit its digest or the entry
    before it; None for a journal that nobody has altered. What was cut off at the end leaves no trace here.
    """
    seq, digest = 0, GENESIS_DIGEST
    for entry in entries:
        if (entry.seq, entry.previous_digest, entry.digest) != (seq + 1, digest, entry.computed_digest()):
            return entry.seq
        seq, digest = entry.seq, entry.digest
    return None


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
