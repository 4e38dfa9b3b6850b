"""What the backup places say of the journal: a catalogue that is put back does not take them along.

Invariant: only what lies there under a mac of this archive is believed; a place that cannot be reached says nothing.
"""

from contextlib import suppress

from dms.archive import Archive
from dms.domain.backup import BackupPlace, PlaceKind
from dms.errors import Bilingual, DmsError
from dms.evidence import JournalHead
from dms.preservation import reach, usable_snapshots

RESTORED = "archive_restored"


def heads_at_places(archive: Archive) -> tuple[JournalHead, ...]:
    """The end of the journal in the newest snapshot of every folder that can be reached.

    Snapshots made before the archive was last restored say nothing: whoever restored an older one gave up the rest.
    """
    with archive.looking() as view:
        places = [place for place in view.backups.places() if place.kind is PlaceKind.FOLDER]
    return tuple(head for place in places if (head := _head_at(place, archive)) is not None)


def _head_at(place: BackupPlace, archive: Archive) -> JournalHead | None:
    with archive.looking() as view:
        restored_at = view.figures.latest_at(RESTORED)
    with suppress(DmsError, OSError):
        newest = usable_snapshots(reach(place), archive.keyring).newest
        if newest is not None and (restored_at is None or newest.made_at > restored_at):
            witness = Bilingual(f"备份位置“{place.name}”中的快照", f"the snapshot at “{place.name}”")
            return JournalHead(seq=newest.journal_seq, digest=newest.journal_digest, witness=witness)
    return None
