"""A whole archive without its program (§9): the catalogue by its raw key, then every object by its row."""

import hashlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import sqlcipher3

from independent.keyring_unlocking import OpenKeyring
from independent.opener import open_sealed_object

_ROWS = """SELECT item.id, item.wrapped_key, object_id, role, page, rendition.size_bytes, rendition.digest
    FROM rendition JOIN item ON item.key = rendition.item_key ORDER BY object_id"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CataloguedObject:
    """What the catalogue says of one sealed object."""

    item_id: str
    wrapped_key: bytes
    object_id: str
    role: str
    page: int | None
    size_bytes: int
    digest: str

    @property
    def owner(self) -> bytes:
        return f"item/{self.item_id}/{self.role}/{self.page or 0}".encode()


def catalogued_objects(home: Path, keyring: OpenKeyring) -> list[CataloguedObject]:
    """Every sealed object that the catalogue knows, in order of their ids."""
    for key in keyring.catalogue_keys():
        with closing(sqlcipher3.connect(home / "catalogue.db")) as catalogue:
            catalogue.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            if _is_readable(catalogue):
                return [
                    CataloguedObject(**dict(zip(CataloguedObject.__slots__, row, strict=True)))
                    for row in catalogue.execute(_ROWS)
                ]
    raise ValueError("no catalogue key of this keyring opens the catalogue")


def contents(home: Path, keyring: OpenKeyring) -> Iterator[tuple[CataloguedObject, bytes]]:
    """Every object of the archive with its content, size and digest found to be what the catalogue says."""
    for row in catalogued_objects(home, keyring):
        stored = (home / "vault" / row.object_id[:2] / row.object_id).read_bytes()
        item_key = keyring.item_key(row.wrapped_key, row.item_id)
        content = open_sealed_object(stored, name=row.object_id, item_key=item_key, owner=row.owner)
        if (len(content), hashlib.sha256(content).hexdigest()) != (row.size_bytes, row.digest):
            raise ValueError(f"{row.object_id} is not what the catalogue says")
        yield row, content


def _is_readable(catalogue: sqlcipher3.Connection) -> bool:
    try:
        catalogue.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher3.DatabaseError:
        return False
    return True
