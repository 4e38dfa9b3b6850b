"""Bringing sealed objects and pieces to a place, each read back and compared (B3, B4, B5)."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Final

from dms.archive import Archive, owner_of
from dms.preservation.errors import NotKept
from dms.preservation.manifest import Pieces
from dms.preservation.object_list import ListedObject
from dms.preservation.place import BLOCK_BYTES, OBJECTS, PIECES, Entry, EntryMissing, Place, sharded
from dms.preservation.run import Phase, Run
from dms.store import SealedRow
from vault import VaultError

PARTS: Final = 30
_PART_DIGITS: Final = 8


class SourceUnreadable(Exception):
    """The vault cannot give the bytes of one of its objects."""


def is_due(name: str, part: int) -> bool:
    """Whether an object or a piece belongs to this thirtieth; names are random or hashes, so the parts are even."""
    return int(name[:_PART_DIGITS], 16) % PARTS == part


def brought(rows: Iterable[SealedRow], run: Run, *, part: int | None) -> Iterator[ListedObject | str]:
    """Every object as it now lies at the place, or the id of one that neither side has.

    `rows` come in ascending order of object ids, and the answers follow one by one. What is there already is compared
    by size, and this part of it byte by byte; None compares sizes only.
    """
    for row, there in beside(rows, run.place.entries(OBJECTS)):
        run.note(Phase.OBJECTS)
        yield _brought(row, there, run, reread=part is not None and is_due(row.object_id, part))


def beside(rows: Iterable[SealedRow], entries: Iterator[Entry]) -> Iterator[tuple[SealedRow, int | None]]:
    """Each row with the size of what lies at the place under its id; both come in ascending order."""
    entry = next(entries, None)
    for row in rows:
        while entry is not None and entry.name < row.object_id:
            entry = next(entries, None)
        yield row, entry.size_bytes if entry is not None and entry.name == row.object_id else None


def still_known(object_ids: Iterable[str], archive: Archive) -> list[str]:
    """Those of the objects that the catalogue points to at this moment: lost, not merely gone since they were listed.

    Rows go before objects, so an object that is missing although its row is there was not removed by the archive.
    """
    with archive.looking() as view:
        return [object_id for object_id in object_ids if view.survey.knows_object(object_id)]


def put_pieces(chunks: Iterable[bytes], run: Run, *, there: set[tuple[str, int]]) -> Pieces:
    """Store content in pieces; those in `there` (name and size) are relied on, and added ones join them."""
    names, size = [], 0
    for chunk in chunks:
        name = hashlib.sha256(chunk).hexdigest()
        if (name, len(chunk)) not in there:
            put_verified(run.place, sharded(PIECES, name), [chunk])
            run.bytes_copied += len(chunk)
            there.add((name, len(chunk)))
        names.append(name)
        size += len(chunk)
        run.note(Phase.CATALOGUE)
    return Pieces(size_bytes=size, names=tuple(names))


def put_verified(place: Place, name: str, chunks: Iterable[bytes]) -> int:
    """Store it, read it back and compare; its size in bytes. `NotKept`, or what the place or the chunks raise."""
    written = hashlib.sha256()
    size = 0

    def noted() -> Iterator[bytes]:
        nonlocal size
        for chunk in chunks:
            written.update(chunk)
            size += len(chunk)
            yield chunk

    place.put(name, noted())
    if digest_at(place, name) != written.hexdigest():
        place.remove(name)
        raise NotKept(place.address, name)
    return size


def digest_at(place: Place, name: str) -> str | None:
    """SHA-256 (hex) of what lies there; None where nothing does."""
    digest = hashlib.sha256()
    try:
        for block in place.read(name):
            digest.update(block)
    except EntryMissing:
        return None
    return digest.hexdigest()


def _brought(row: SealedRow, there: int | None, run: Run, *, reread: bool) -> ListedObject | str:
    try:
        size = run.vault_storage.size(row.object_id)
    except VaultError:
        return _only_there(row, there, run)
    if there == size and not (reread and _differs(row.object_id, size, run)):
        return ListedObject(object_id=row.object_id, size_bytes=size)
    # B4: what lies there is replaced only by what is known to open.
    if there is not None and not _is_authentic(row, run):
        return _only_there(row, there, run)
    if there is not None:
        run.mended.append(sharded(OBJECTS, row.object_id))
    try:
        return _copied(row, size, run)
    except SourceUnreadable:
        return _only_there(row, there, run)


def _copied(row: SealedRow, size: int, run: Run) -> ListedObject:
    put_verified(run.place, sharded(OBJECTS, row.object_id), _vault_bytes(row.object_id, size, run))
    run.objects_copied += 1
    run.bytes_copied += size
    return ListedObject(object_id=row.object_id, size_bytes=size)


def _only_there(row: SealedRow, there: int | None, run: Run) -> ListedObject | str:
    """The vault has lost it; a copy that is there is kept as it is, for it may be the last."""
    if there is None:
        return row.object_id
    if still_known([row.object_id], run.archive):
        _add(run.damage, f"vault/{row.object_id}")
    return ListedObject(object_id=row.object_id, size_bytes=there)


def _differs(object_id: str, size: int, run: Run) -> bool:
    ours = hashlib.sha256()
    with suppress(SourceUnreadable):
        for block in _vault_bytes(object_id, size, run):
            ours.update(block)
        return digest_at(run.place, sharded(OBJECTS, object_id)) != ours.hexdigest()
    return True


def _is_authentic(row: SealedRow, run: Run) -> bool:
    """Whether the vault's own object opens and is what was sealed."""
    archive, digest = run.archive, hashlib.sha256()
    try:
        key = archive.unwrapped_key(row.item_id, row.item_key, row.wrapped_key)
        with archive.vault.open(row.object_id, key=key, owner=owner_of(row.item_id, row.role, row.page)) as reader:
            for chunk in reader:
                digest.update(chunk)
    except VaultError:
        return False
    return digest.hexdigest() == row.digest


def _vault_bytes(object_id: str, size: int, run: Run) -> Iterator[bytes]:
    # An error of the vault must not pass for one of the place, which writes these bytes.
    try:
        for offset in range(0, size, BLOCK_BYTES):
            yield run.vault_storage.read_at(object_id, offset, BLOCK_BYTES)
    except VaultError as error:
        raise SourceUnreadable(object_id) from error


def _add(names: list[str], name: str) -> None:
    if name not in names:
        names.append(name)
