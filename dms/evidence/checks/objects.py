"""Whether the vault holds every object that the catalogue points to, exactly as it was sealed.

Always: the key opens, the object is there, its header commits to key and owner, its last chunk is authentic and its
size is the recorded one. For the objects whose content is read: every chunk is authentic, the SHA-256 is the recorded
one, and an original still has the keyed digest by which doubles are recognised.

Rows go before objects when anything is destroyed or replaced, and objects come before rows when anything is added; so
an object was really lost if its unchanged row still stands *after* the object was looked for in vain.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from dms.archive import Archive, owner_of
from dms.domain.inspection import Finding
from dms.domain.item import RenditionRole
from dms.errors import Bilingual
from dms.evidence.findings import FindingCode, finding
from dms.evidence.walk import Stage, Walk
from dms.evidence.wording import part_name, reason_words
from dms.store import SealedRow
from vault import SealedReader, Vault, VaultError
from vault.errors import ObjectDamaged, ObjectNotFound

ROWS_A_LOOK = 250
MOST_LOOKS = 5
"""A row that changes at every look is being worked on; the next inspection will see it at rest."""

ALIKE_BUT_FOR_A_DIGIT = 16
"""An id without its last digit sorts before all ids that begin with it, of which there are at most so many."""
DUPLICATES = "duplicates"
"""Purpose of the keyed digests by which equal papers are recognised."""

Look = Callable[[SealedRow], Finding | None]
Judge = Callable[[SealedRow, SealedReader], Finding | None]


def check_objects(walk: Walk) -> None:
    """Every row of the catalogue has its object in the vault."""
    with walk.archive.looking() as view:
        total = view.survey.objects_total()
    after, look = "", _look_of(walk)
    while rows := _rows(walk.archive, after):
        after = rows[-1].object_id
        for row in rows:
            _check_object(row, look, walk)
            if walk.reads_content_of(row.object_id):
                walk.tell(Stage.OBJECTS, walk.counts["objects"], total)  # content may be long; so is the wait then
        walk.tell(Stage.OBJECTS, walk.counts["objects"], total)


def look_at(row: SealedRow, vault: Vault, key: bytes, *, judge: Judge) -> Finding | None:
    """What is wrong with one object in a vault, in its outside or by what `judge` says of its content."""
    try:
        with vault.open(row.object_id, key=key, owner=owner_of(row.item_id, row.role, row.page)) as reader:
            return _size_suspicion(row, reader) or judge(row, reader)
    except ObjectNotFound:
        return _about(FindingCode.OBJECT_MISSING, row)
    except ObjectDamaged as error:
        return _about(FindingCode.OBJECT_DAMAGED, row, reason=reason_words(error.code))
    except VaultError as error:
        return _about(FindingCode.OBJECT_UNREADABLE, row, reason=reason_words(error.code))


def outside_only(row: SealedRow, reader: SealedReader) -> Finding | None:
    """Nothing: what opening an object has shown is enough."""
    return None


def content_suspicion(row: SealedRow, chunks: Iterable[bytes]) -> Finding | None:
    """What is wrong with the content of an object, whose chunks are authenticated as they are read."""
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return None if digest.hexdigest() == row.digest else _about(FindingCode.OBJECT_DIGEST_DIFFERS, row)


def opened_key(row: SealedRow, archive: Archive) -> bytes | Finding:
    """The key of the item that an object belongs to, or what is wrong with it."""
    try:
        return archive.keyring.unwrap_item_key(row.wrapped_key, item_id=row.item_id)
    except VaultError as error:
        return finding(FindingCode.ITEM_KEY_UNUSABLE, row.item_id, reason=reason_words(error.code))


def _look_of(walk: Walk) -> Look:
    def look(row: SealedRow) -> Finding | None:
        key = opened_key(row, walk.archive)
        if isinstance(key, Finding):
            return key
        judge = _judge_for(row, walk) if walk.reads_content_of(row.object_id) else outside_only
        return look_at(row, walk.archive.vault, key, judge=judge)

    return look


def _judge_for(row: SealedRow, walk: Walk) -> Judge:
    if row.role is not RenditionRole.ORIGINAL:
        return content_suspicion
    with walk.archive.looking() as view:
        recorded = view.items.get(row.item_key).digest
    return partial(_original_suspicion, walk.archive, recorded)


def _original_suspicion(archive: Archive, recorded: str, row: SealedRow, reader: SealedReader) -> Finding | None:
    """As of any content, and the keyed digest by which the same bytes are recognised when they come again."""
    digest = hashlib.sha256()
    keyed = archive.vault.digest_keyed(DUPLICATES, _digested(reader, digest))
    if digest.hexdigest() != row.digest:
        return _about(FindingCode.OBJECT_DIGEST_DIFFERS, row)
    return None if keyed == recorded else finding(FindingCode.DUPLICATE_DIGEST_DIFFERS, row.item_id)


def _digested(chunks: Iterable[bytes], digest: "hashlib._Hash") -> Iterator[bytes]:
    for chunk in chunks:
        digest.update(chunk)
        yield chunk


def _check_object(row: SealedRow, look: Look, walk: Walk) -> None:
    deeply = walk.reads_content_of(row.object_id)
    walk.counts["objects"] += 1
    confirmed = _confirmed(row, look, walk.archive)
    if confirmed is None:
        walk.counts["objects_decrypted"] += int(deeply)
        walk.counts["bytes_decrypted"] += row.size_bytes if deeply else 0
        return
    if confirmed.code == FindingCode.ITEM_KEY_UNUSABLE:
        if confirmed.subject in walk.locked_items:
            return  # said once for the item, not for each of its objects
        walk.locked_items.add(confirmed.subject)
    walk.keep(confirmed)


def _confirmed(row: SealedRow, look: Look, archive: Archive) -> Finding | None:
    """What is wrong with an object whose row still stands unchanged after the look; None where nothing is."""
    for _ in range(MOST_LOOKS):
        suspicion = look(row)
        present = row_now(archive, row.object_id) if suspicion else None
        if suspicion is None or present is None:
            return None
        if present == row:
            return suspicion
        row = present
    return None


def _rows(archive: Archive, after_object_id: str) -> list[SealedRow]:
    with archive.looking() as view:
        return view.contents.sealed(after_object_id=after_object_id, limit=ROWS_A_LOOK)


def row_now(archive: Archive, object_id: str) -> SealedRow | None:
    """What the catalogue says of one object at this moment; None where no row points to it."""
    with archive.looking() as view:
        rows = view.contents.sealed(after_object_id=object_id[:-1], limit=ALIKE_BUT_FOR_A_DIGIT)
    return next((row for row in rows if row.object_id == object_id), None)


def _size_suspicion(row: SealedRow, reader: SealedReader) -> Finding | None:
    if reader.size_bytes == row.size_bytes:
        return None
    return _about(FindingCode.OBJECT_SIZE_DIFFERS, row, found=reader.size_bytes, recorded=row.size_bytes)


def _about(code: FindingCode, row: SealedRow, **facts: str | int | Bilingual) -> Finding:
    return finding(code, row.object_id, item=row.item_id, part=part_name(row.role, row.page), **facts)
