"""Whether the vault holds anything that it should not: objects nobody knows, unfinished and foreign names, links.

Nothing here is a loss. An object that no row knows may be one that is being taken in at this moment, so only those of
some age are told, after the catalogue was asked anew.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dms.archive import Archive
from dms.evidence.findings import FindingCode
from dms.evidence.walk import Stage, Walk

SHELVES = "vault"
SET_ASIDE = "set-aside"
"""Folder of the vault in which a repair keeps the damaged bytes that it replaced."""
SHARDS = 256
UNDER_WAY = timedelta(minutes=15)
"""What is younger may still be waiting for its transaction."""
IDS_A_LOOK = 500
_SHARD = re.compile(r"[0-9a-f]{2}", re.ASCII)
_OBJECT = re.compile(r"[0-9a-f]{32}", re.ASCII)
_UNFINISHED = re.compile(r"\.[0-9a-f]{32}\.[0-9a-f]{16}\.part", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownObject:
    """An object to which no row points."""

    object_id: str
    written_at: datetime


def check_vault_folder(walk: Walk) -> None:
    """Every name in the vault is an object that the catalogue knows."""
    root = shelf_of(walk.archive)
    with walk.archive.looking() as view:
        condemned = set(view.destructions.condemned())
    _check_root(root, walk)
    for done, shard in enumerate(_shards(root), start=1):
        _check_shard(shard, condemned, walk)
        walk.tell(Stage.VAULT, done, SHARDS)


def shelf_of(archive: Archive) -> Path:
    """The folder of the vault."""
    return archive.home / SHELVES


def unknown_objects(archive: Archive, *, older_than: timedelta) -> list[UnknownObject]:
    """The objects of some age that the catalogue neither knows nor has condemned."""
    with archive.looking() as view:
        condemned = set(view.destructions.condemned())
    return [
        unknown
        for shard in _shards(shelf_of(archive))
        for unknown in _unknown(archive, _objects(shard), older_than=older_than)
        if unknown.object_id not in condemned
    ]


def _check_root(root: Path, walk: Walk) -> None:
    with os.scandir(root) as entries:
        for entry in sorted(entries, key=lambda each: each.name):
            if entry.is_symlink() and _SHARD.fullmatch(entry.name):
                walk.found(FindingCode.VAULT_FOLDER_REDIRECTED, entry.name)
            elif not _belongs_in_root(entry):
                walk.found(FindingCode.FOREIGN_NAME_IN_VAULT, _printable(entry.name))


def _belongs_in_root(entry: os.DirEntry[str]) -> bool:
    named = entry.name == SET_ASIDE or _SHARD.fullmatch(entry.name) is not None
    return named and entry.is_dir(follow_symlinks=False)


def _check_shard(shard: Path, condemned: set[str], walk: Walk) -> None:
    for name in _other_names(shard):
        code = FindingCode.LEFTOVER_IN_VAULT if _UNFINISHED.fullmatch(name) else FindingCode.FOREIGN_NAME_IN_VAULT
        if code is FindingCode.FOREIGN_NAME_IN_VAULT or _is_old(shard / name, walk.archive):
            walk.found(code, f"{shard.name}/{_printable(name)}")
    for unknown in _unknown(walk.archive, _objects(shard), older_than=UNDER_WAY):
        if unknown.object_id in condemned:
            walk.found(FindingCode.OBJECT_CONDEMNED, unknown.object_id)
        else:
            hours = (walk.archive.now() - unknown.written_at) // timedelta(hours=1)
            walk.found(FindingCode.OBJECT_UNKNOWN, unknown.object_id, hours=hours)


def _is_old(path: Path, archive: Archive) -> bool:
    try:
        return archive.now() - _written_at(path) >= UNDER_WAY
    except FileNotFoundError:
        return False


def _unknown(archive: Archive, object_ids: list[str], *, older_than: timedelta) -> Iterator[UnknownObject]:
    """Those of the objects that no row knows, asked after they were listed, and that are still there."""
    for start in range(0, len(object_ids), IDS_A_LOOK):
        some = object_ids[start : start + IDS_A_LOOK]
        with archive.looking() as view:
            strangers = sorted(set(some) - view.survey.known_objects(some))
        yield from filter(None, (_of_age(archive, object_id, older_than) for object_id in strangers))


def _of_age(archive: Archive, object_id: str, older_than: timedelta) -> UnknownObject | None:
    try:
        written_at = _written_at(shelf_of(archive) / object_id[:2] / object_id)
    except FileNotFoundError:
        return None
    if archive.now() - written_at < older_than:
        return None
    with archive.looking() as view:
        known = view.survey.knows_object(object_id)
    return None if known else UnknownObject(object_id=object_id, written_at=written_at)


def _written_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat(follow_symlinks=False).st_mtime, UTC)


def _shards(root: Path) -> list[Path]:
    with os.scandir(root) as entries:
        names = [e.name for e in entries if _SHARD.fullmatch(e.name) and e.is_dir(follow_symlinks=False)]
    return [root / name for name in sorted(names)]


def _objects(shard: Path) -> list[str]:
    with os.scandir(shard) as entries:
        return sorted(entry.name for entry in entries if _is_object(entry, shard))


def _other_names(shard: Path) -> list[str]:
    with os.scandir(shard) as entries:
        return sorted(entry.name for entry in entries if not _is_object(entry, shard))


def _is_object(entry: os.DirEntry[str], shard: Path) -> bool:
    named = _OBJECT.fullmatch(entry.name) is not None and entry.name.startswith(shard.name)
    return named and entry.is_file(follow_symlinks=False)


def _printable(name: str) -> str:
    """The name with anything that is no text made visible: it was chosen by whoever put it there."""
    return name.encode("unicode_escape").decode("ascii") if not name.isprintable() else name
