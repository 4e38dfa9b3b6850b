"""The note beside the catalogue: how far the journal reached when the archive was last inspected.

A catalogue that is put back to an older state takes its own records along; this note does not go back with it. It
holds a number and two digests, and is authentic under a key of the archive, so nobody can forge one that accuses.
"""

import hmac
import json
import os
from pathlib import Path

from dms.archive import Archive
from dms.domain.journal import JournalEntry
from dms.errors import Bilingual
from dms.evidence.walk import JournalHead
from vault import Disk

NOTE = "journal-head.json"
_PURPOSE = "journal-head"
_TEMPORARY = f".{NOTE}.part"
_LARGEST_BYTES = 1024
_WITNESS = Bilingual("档案库文件夹中的上次检查记录", "the note of the last verification in the archive folder")


def noted_head(archive: Archive) -> JournalHead | None:
    """The head as it was noted; None where there is no note, or none of this archive."""
    disk = Disk()
    try:
        noted = json.loads(disk.read_at(archive.home / NOTE, 0, _LARGEST_BYTES))
        seq, digest, mac = int(noted["seq"]), str(noted["digest"]), str(noted["mac"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
    if not hmac.compare_digest(mac.encode(), _mac(archive, seq, digest).encode()):
        return None
    return JournalHead(seq=seq, digest=digest, witness=_WITNESS)


def note_head(archive: Archive, entry: JournalEntry) -> None:
    """Note that the journal reaches to this entry, in the place of what was noted before, durably."""
    mac = _mac(archive, entry.seq, entry.digest)
    content = json.dumps({"seq": entry.seq, "digest": entry.digest, "mac": mac}).encode()
    _replace(archive.home, content, Disk())


def _replace(home: Path, content: bytes, disk: Disk) -> None:
    temporary = home / _TEMPORARY
    if os.path.lexists(temporary):
        disk.remove(temporary)
    descriptor = disk.create(temporary)
    try:
        disk.append(descriptor, content)
        disk.sync(descriptor)
    finally:
        disk.close(descriptor)
    disk.replace(temporary, home / NOTE)
    disk.sync_folder(home)


def _mac(archive: Archive, seq: int, digest: str) -> str:
    return archive.vault.digest_keyed(_PURPOSE, f"{seq} {digest}".encode())
