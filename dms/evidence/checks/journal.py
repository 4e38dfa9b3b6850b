"""Whether the journal is unbroken, still has what others noted of it, and tells of every arrival.

The chain is followed from the first entry; each broken link is named. What was cut off at the end leaves a whole
chain, so the heads that backups, earlier inspections and the note beside the catalogue have kept are looked for too.
"""

from dms.domain.journal import GENESIS_DIGEST, JournalEntry
from dms.evidence.findings import FindingCode
from dms.evidence.walk import Stage, Walk

ENTRIES_A_LOOK = 2000
ARRIVALS = ("item_received", "item_imported")
"""The acts by which an item comes into the archive; each has the SHA-256 of the original."""


def check_journal(walk: Walk) -> None:
    """The chain is whole, and every head that was noted stands where it stood."""
    last = _follow(walk)
    walk.facts |= {"journal_seq": str(last[0]), "journal_digest": last[1]}
    _check_heads(walk)


def _follow(walk: Walk) -> tuple[int, str]:
    """Number and digest of the last entry; arrivals are gathered on the way."""
    with walk.archive.looking() as view:
        total = view.journal.count()
    seq, digest = 0, GENESIS_DIGEST
    while entries := _entries(walk, seq):
        for entry in entries:
            if not _fits(entry, seq, digest):
                walk.found(FindingCode.JOURNAL_BROKEN, f"entry-{entry.seq}", seq=entry.seq)
            seq, digest = entry.seq, entry.digest
            _note_arrival(walk, entry)
        walk.counts["journal_entries"] += len(entries)
        walk.tell(Stage.JOURNAL, walk.counts["journal_entries"], total)
    return seq, digest


def _entries(walk: Walk, after_seq: int) -> list[JournalEntry]:
    with walk.archive.looking() as view:
        return view.survey.entries(after_seq=after_seq, limit=ENTRIES_A_LOOK)


def _fits(entry: JournalEntry, seq: int, digest: str) -> bool:
    return (entry.seq, entry.previous_digest, entry.digest) == (seq + 1, digest, entry.computed_digest())


def _note_arrival(walk: Walk, entry: JournalEntry) -> None:
    if entry.action in ARRIVALS:
        walk.arrivals[entry.subject] = str(entry.details.get("sha256") or "")


def _check_heads(walk: Walk) -> None:
    for head in walk.heads:
        with walk.archive.looking() as view:
            stands = view.survey.entry_digest(head.seq) == head.digest
        if not stands:
            walk.found(FindingCode.JOURNAL_CUT_OFF, f"entry-{head.seq}", seq=head.seq, witness=head.witness)
