"""An attacker who has every copy of an archive and a secret, and tries everything on everything."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

from dms.errors import DmsError
from dms.store.engine import connect
from vault import Keyring, MemoryStorage, UnlockSecret, Vault, VaultError

PAGE_BYTES = 4096
SALT_BYTES, IV_BYTES, RESERVED_BYTES = 16, 16, 80
"""SQLCipher 4: at the end of every page its initialisation vector and its HMAC."""
LOG_HEADER_BYTES, FRAME_HEADER_BYTES = 32, 24


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCatalogue:
    """What one catalogue gives to somebody who can open it."""

    text: str
    """Every row of every table."""
    pages: bytes
    """Every page of the catalogue and its log as decrypted, what was deleted included where it is still there."""
    wrapped_keys: frozenset[tuple[str, bytes]]
    segment_keys: frozenset[bytes]
    """What opens the files of the index."""


class Attacker:
    """Has the content of whatever he laid his hands on, and the archive's secrets."""

    def __init__(self, contents: Iterable[bytes], logs: dict[bytes, bytes], *, secrets: list[UnlockSecret]) -> None:
        """`logs`: the write-ahead log of a catalogue, by the catalogue's bytes."""
        self.contents = {hashlib.sha256(content).hexdigest(): content for content in contents}
        self.logs = logs
        self.keyrings = list(self._unlocked(secrets))

    def catalogues(self, folder: Path) -> Iterator[ReadCatalogue]:
        """Whatever can be read of any catalogue, live or put together from the pieces of any snapshot, with any key."""
        keys = {key for keyring in self.keyrings for key in keyring.catalogue_keys()}
        candidates = {**self.logs, **dict.fromkeys(self._assembled(), b"")}
        for number, (catalogue, log) in enumerate(candidates.items()):
            for turn, key in enumerate(keys):
                place = folder / f"{number}-{turn}.db"
                place.write_bytes(catalogue)
                place.with_name(f"{place.name}-wal").write_bytes(log)
                read = _read(place, key, catalogue, log)
                if read:
                    yield read

    def snapshots(self) -> int:
        """How many snapshots he could put a catalogue together for."""
        return sum(1 for _ in self._assembled())

    def item_keys(self, wrapped_keys: Iterable[tuple[str, bytes]]) -> set[bytes]:
        """Every item key that any keyring unwraps."""
        found = set()
        for item_id, wrapped_key in wrapped_keys:
            for keyring in self.keyrings:
                try:
                    found.add(keyring.unwrap_item_key(wrapped_key, item_id=item_id))
                except VaultError:
                    continue
        return found

    def opens(self, sealed: bytes, keys: Iterable[bytes], *, owner: bytes) -> bool:
        """Whether one of the keys opens a sealed object whose owner he knows."""
        storage = MemoryStorage()
        object_id = sealed[12:28].hex()
        storage.objects[object_id] = sealed
        vault = Vault(self.keyrings[0], storage)
        return any(_opens(vault, object_id, key, owner) for key in keys)

    def _unlocked(self, secrets: list[UnlockSecret]) -> Iterator[Keyring]:
        for content in self.contents.values():
            if not (content.lstrip().startswith(b"{") and b"anjuan-keyring" in content):
                continue
            for secret in secrets:
                try:
                    yield Keyring.unlock(content.decode(), secret)
                except VaultError:
                    continue

    def _assembled(self) -> Iterator[bytes]:
        for content in self.contents.values():
            if content.startswith(b'{"hmac"'):
                names = json.loads(content)["manifest"]["catalogue"]["names"]
                if all(name in self.contents for name in names):
                    yield b"".join(self.contents[name] for name in names)


def everything_below(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its name there."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def _read(place: Path, key: bytes, catalogue: bytes, log: bytes) -> ReadCatalogue | None:
    try:
        connection = connect(place, key)
    except DmsError:
        return None
    with closing(connection):
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [repr(tuple(row)) for name in names for row in connection.execute(f"SELECT * FROM {name}")]
        wrapped = frozenset(connection.execute("SELECT id, wrapped_key FROM item").fetchall())
        segments = frozenset(key for (key,) in connection.execute("SELECT key FROM index_segment"))
    return ReadCatalogue(
        text="\n".join(rows),
        pages=b"".join(_decrypted_pages(key, catalogue, log)),
        wrapped_keys=wrapped,
        segment_keys=segments,
    )


def _decrypted_pages(key: bytes, catalogue: bytes, log: bytes) -> Iterator[bytes]:
    first_page = catalogue[SALT_BYTES:PAGE_BYTES]
    yield _decrypted(key, first_page)
    for start in range(PAGE_BYTES, len(catalogue), PAGE_BYTES):
        yield _decrypted(key, catalogue[start : start + PAGE_BYTES])
    for start in range(LOG_HEADER_BYTES, len(log), FRAME_HEADER_BYTES + PAGE_BYTES):
        page = log[start + FRAME_HEADER_BYTES :][:PAGE_BYTES]
        is_first = page.startswith(catalogue[:SALT_BYTES])
        yield _decrypted(key, page[SALT_BYTES:] if is_first else page)


def _decrypted(key: bytes, page: bytes) -> bytes:
    ciphertext, tail = page[:-RESERVED_BYTES], page[-RESERVED_BYTES:]
    decryptor = Cipher(AES256(key), CBC(tail[:IV_BYTES])).decryptor()
    return decryptor.update(ciphertext) + decryptor.finalize()


def _opens(vault: Vault, object_id: str, key: bytes, owner: bytes) -> bool:
    try:
        with vault.open(object_id, key=key, owner=owner) as reader:
            reader.read_all()
    except VaultError:
        return False
    return True
