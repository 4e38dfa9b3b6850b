"""What sealing and opening cost beside the bare cipher of the same library, measured in turns within one run.

The bare cipher encrypts the same chunks with as much associated data and drops them; or puts them into the same
storage and reads them from there, without header, digest or comparison.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vault.errors import ObjectNotFound
from vault.header import CHUNK_SIZE_LOG2, HEADER_BYTES, OBJECT_ID_BYTES
from vault.secret import KEY_BYTES
from vault.storage import Storage
from vault.suite import NONCE_BYTES, SALT_BYTES, TAG_BYTES, Aead, CipherSuite, suite_named
from vault.vault import Vault

_CHUNK_BYTES: Final = 1 << CHUNK_SIZE_LOG2
_CHUNKS_A_READING: Final = 16
_OWNER: Final = b"item/0123456789abcdef0123/original/0"


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultTiming:
    """Seconds for one content, each the median of its rounds."""

    cipher_encrypt_s: float
    """The bare cipher, what it gives dropped."""
    cipher_decrypt_s: float
    bare_store_s: float
    """The bare cipher into the same storage, durably."""
    bare_store_and_read_back_s: float
    bare_read_s: float
    """Out of the storage and through the bare cipher."""
    seal_s: float
    """`Vault.seal`: stored durably, digested, read back and compared."""
    open_s: float
    """`Vault.open` and every chunk."""
    seal_shares: tuple[float, float, float]
    """Speed of `seal` over the first, third and fourth of these, each the median of the ratios of single rounds."""
    open_shares: tuple[float, float]
    """Speed of `open` over `cipher_decrypt` and `bare_read`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    encrypt_s: float
    decrypt_s: float
    store_s: float
    read_back_s: float
    read_s: float
    seal_s: float
    open_s: float


class SteadyMemory:
    """A `Storage` of one object, in memory that is there beforehand: finding new pages would be most of the time."""

    def __init__(self, most_bytes: int) -> None:
        self._room = bytearray(most_bytes)
        self._held: tuple[str, int] | None = None

    def put(self, object_id: str, chunks: Iterable[bytes]) -> int:
        """See `Storage.put`; more than there is room for is a mistake in the measurement (`ValueError`)."""
        room, size_bytes = memoryview(self._room), 0
        for chunk in chunks:
            room[size_bytes : size_bytes + len(chunk)] = chunk
            size_bytes += len(chunk)
        self._held = object_id, size_bytes
        return size_bytes

    def size(self, object_id: str) -> int:
        """See `Storage.size`."""
        if self._held is None or self._held[0] != object_id:
            raise ObjectNotFound(object_id)
        return self._held[1]

    def read_at(self, object_id: str, offset: int, length: int) -> bytes:
        """See `Storage.read_at`."""
        return bytes(memoryview(self._room)[offset : min(offset + length, self.size(object_id))])

    def exists(self, object_id: str) -> bool:
        """See `Storage.exists`."""
        return self._held is not None and self._held[0] == object_id

    def list(self) -> Iterator[str]:
        """See `Storage.list`."""
        yield from () if self._held is None else (self._held[0],)

    def remove(self, object_id: str) -> None:
        """See `Storage.remove`."""
        self.size(object_id)
        self._held = None


def time_vault(vault: Vault, storage: Storage, suite: CipherSuite, *, size_bytes: int, rounds: int) -> VaultTiming:
    """Seal and open random bytes, in turns with the bare cipher; the storage is the vault's and is left as it was."""
    content = secrets.token_bytes(size_bytes // _CHUNK_BYTES * _CHUNK_BYTES)
    cipher = _bare_cipher(suite)
    _timed_round(vault, storage, cipher, content)  # the first one pays for memory and for everything else that is new
    timed = [_timed_round(vault, storage, cipher, content) for _ in range(rounds)]
    return VaultTiming(
        cipher_encrypt_s=median(each.encrypt_s for each in timed),
        cipher_decrypt_s=median(each.decrypt_s for each in timed),
        bare_store_s=median(each.store_s for each in timed),
        bare_store_and_read_back_s=median(each.store_s + each.read_back_s for each in timed),
        bare_read_s=median(each.read_s for each in timed),
        seal_s=median(each.seal_s for each in timed),
        open_s=median(each.open_s for each in timed),
        seal_shares=(
            median(each.encrypt_s / each.seal_s for each in timed),
            median(each.store_s / each.seal_s for each in timed),
            median((each.store_s + each.read_back_s) / each.seal_s for each in timed),
        ),
        open_shares=(
            median(each.decrypt_s / each.open_s for each in timed),
            median(each.read_s / each.open_s for each in timed),
        ),
    )


def _timed_round(vault: Vault, storage: Storage, cipher: Aead | AESGCM, content: bytes) -> _Round:
    bare_id, key = secrets.token_hex(OBJECT_ID_BYTES), vault.new_item_key()
    encrypted = list(_encrypted(cipher, content))
    store_s = _seconds(lambda: storage.put(bare_id, _encrypted(cipher, content)))
    read_back_s = _seconds(lambda: _exhaust(_read(cipher, storage, bare_id)))
    read_s = _seconds(lambda: _exhaust(_read(cipher, storage, bare_id)))  # once more: sealing has read its object too
    storage.remove(bare_id)
    began = perf_counter()
    receipt = vault.seal(content, key=key, owner=_OWNER)
    seal_s = perf_counter() - began

    def open_all() -> None:
        with vault.open(receipt.object_id, key=key, owner=_OWNER) as reader:
            _exhaust(iter(reader))

    open_s = _seconds(open_all)
    vault.remove(receipt.object_id)
    return _Round(
        encrypt_s=_seconds(lambda: _exhaust(_encrypted(cipher, content))),
        decrypt_s=_seconds(lambda: _exhaust(_decrypted(cipher, encrypted))),
        store_s=store_s,
        read_back_s=read_back_s,
        read_s=read_s,
        seal_s=seal_s,
        open_s=open_s,
    )


def _bare_cipher(suite: CipherSuite) -> Aead | AESGCM:
    key = secrets.token_bytes(KEY_BYTES)
    if suite is CipherSuite.AES_256_GCM:
        return AESGCM(key)
    # The library offers no more for SM4 than the stream that the suite itself drives.
    return suite_named(suite).commit(key, salt=bytes(SALT_BYTES), info=b"").aead


_ASSOCIATED_DATA: Final = bytes(HEADER_BYTES + 4 + len(_OWNER))


def _encrypted(cipher: Aead | AESGCM, content: bytes) -> Iterator[bytes]:
    view = memoryview(content)
    for index, start in enumerate(range(0, len(view), _CHUNK_BYTES)):
        chunk = view[start : start + _CHUNK_BYTES]
        yield cipher.encrypt(index.to_bytes(NONCE_BYTES, "big"), chunk, _ASSOCIATED_DATA)


def _decrypted(cipher: Aead | AESGCM, chunks: list[bytes]) -> Iterator[bytes]:
    for index, chunk in enumerate(chunks):
        yield cipher.decrypt(index.to_bytes(NONCE_BYTES, "big"), chunk, _ASSOCIATED_DATA)


def _read(cipher: Aead | AESGCM, storage: Storage, object_id: str) -> Iterator[bytes]:
    sealed_bytes = _CHUNK_BYTES + TAG_BYTES
    index = 0
    for offset in range(0, storage.size(object_id), sealed_bytes * _CHUNKS_A_READING):
        read = memoryview(storage.read_at(object_id, offset, sealed_bytes * _CHUNKS_A_READING))
        for start in range(0, len(read), sealed_bytes):
            chunk = read[start : start + sealed_bytes]
            yield cipher.decrypt(index.to_bytes(NONCE_BYTES, "big"), chunk, _ASSOCIATED_DATA)
            index += 1


def _exhaust(chunks: Iterator[bytes]) -> None:
    for _ in chunks:
        pass


def _seconds(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return perf_counter() - began
