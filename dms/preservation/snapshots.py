"""The snapshots that lie at a place, as far as they can be read (B10)."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dms.preservation.errors import ManifestDamaged, PlaceForeign, PlaceMissing, PlaceNewer
from dms.preservation.manifest import VERSION, Manifest, Pieces, is_snapshot_id, parse_description, parse_manifest
from dms.preservation.object_list import ListedObject, ListMalformed, unpacked
from dms.preservation.place import (
    BLOCK_BYTES,
    DESCRIPTION,
    PIECES,
    SNAPSHOTS,
    EntryMissing,
    Place,
    read_text,
    sharded,
    snapshot_name,
)

_ENDING: Final = ".json"


class PieceDamaged(Exception):
    """A piece is missing or is not what its name says; the name at the place goes with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshots:
    """What was found."""

    readable: tuple[Manifest, ...]
    """In the order in which they were made."""
    damaged: tuple[str, ...]
    """The names at the place of manifests that cannot be trusted."""

    @property
    def newest(self) -> Manifest | None:
        """The latest readable one."""
        return self.readable[-1] if self.readable else None


def require_own(place: Place, mark: str) -> None:
    """Refuse what is not a place of this archive (B1); `PlaceMissing`, `PlaceForeign`, `PlaceNewer`."""
    try:
        version, found = parse_description(read_text(place, DESCRIPTION))
    except EntryMissing as error:
        raise PlaceMissing(place.address) from error
    except ValueError as error:
        raise PlaceForeign(place.address) from error
    if version > VERSION:
        raise PlaceNewer(place.address)
    if found != mark:
        raise PlaceForeign(place.address)


def snapshots_at(place: Place, *, key: bytes) -> Snapshots:
    """Every snapshot there; what does not verify is named, not believed."""
    readable, damaged = [], []
    for entry in place.entries(SNAPSHOTS):
        snapshot_id = entry.name.removesuffix(_ENDING)
        if not is_snapshot_id(snapshot_id):
            continue
        try:
            readable.append(parse_manifest(read_text(place, snapshot_name(snapshot_id)), snapshot_id, key=key))
        except (ManifestDamaged, EntryMissing):
            damaged.append(snapshot_name(snapshot_id))
    return Snapshots(readable=tuple(sorted(readable, key=lambda manifest: manifest.order)), damaged=tuple(damaged))


def piece_bytes(place: Place, name: str) -> bytes:
    """A piece, known to be what its name says; `PieceDamaged`."""
    gathered = bytearray()
    try:
        for block in place.read(sharded(PIECES, name)):
            gathered += block
            if len(gathered) > BLOCK_BYTES:
                break
    except EntryMissing as error:
        raise PieceDamaged(sharded(PIECES, name)) from error
    if hashlib.sha256(gathered).hexdigest() != name:
        raise PieceDamaged(sharded(PIECES, name))
    return bytes(gathered)


def content_of(place: Place, pieces: Pieces) -> Iterator[bytes]:
    """The pieces in order, each verified; `PieceDamaged`."""
    for name in pieces.names:
        yield piece_bytes(place, name)


def objects_of(place: Place, manifest: Manifest) -> Iterator[ListedObject]:
    """The objects of a snapshot in ascending order; `PieceDamaged`."""
    for name in manifest.objects.names:
        try:
            yield from unpacked(piece_bytes(place, name))
        except ListMalformed as error:
            raise PieceDamaged(sharded(PIECES, name)) from error
