"""Sealing bytes into a storage under a key that the caller keeps, and opening them again.

Invariants:
- `seal` returns only for an object that was read back from the storage, decrypted in full, and the same (V9).
- Nothing is remembered; which objects must exist, under which key and owner, is the caller's knowledge.
"""

import secrets
from collections.abc import Iterable
from contextlib import suppress

from vault.content import Content, content_of
from vault.errors import ReadBackFailed, VaultError
from vault.header import CHUNK_SIZE_LOG2, OBJECT_ID_BYTES, Prefix, new_header
from vault.opening import SealedReader, open_sealed
from vault.sealing import SealedReceipt, sealed_parts
from vault.secret import KEY_BYTES
from vault.storage import Storage, checked_object_id
from vault.suite import SALT_BYTES, CipherSuite, suite_named


class SealedObjects:
    """Sealed objects in one storage; holds no state, safe to share between threads."""

    def __init__(self, storage: Storage, suite: CipherSuite) -> None:
        self._storage = storage
        self._suite = suite_named(suite)

    def new_key(self) -> bytes:
        """32 random bytes."""
        return secrets.token_bytes(KEY_BYTES)

    def seal(self, plaintext: Iterable[bytes] | bytes, *, key: bytes, owner: bytes) -> SealedReceipt:
        """Seal, store durably and read back the content; it may be acknowledged when this returns.

        Memory does not grow with the content. Raises `KeyUnusable`, `OwnerUnusable`, `ObjectTooLarge`,
        `StorageFull`, `StorageFailed`, `ReadBackFailed`; nothing may be acknowledged then, and at worst an object that
        nobody can open remains.
        """
        prefix = Prefix(
            suite=self._suite,
            chunk_size_log2=CHUNK_SIZE_LOG2,
            object_id=secrets.token_bytes(OBJECT_ID_BYTES),
        )
        opened = new_header(prefix, salt=secrets.token_bytes(SALT_BYTES), key=key, owner=owner)
        content, object_id = content_of(plaintext), prefix.object_id.hex()
        self._storage.put(object_id, sealed_parts(opened, content))
        self._require_readable(object_id, content, key=key, owner=owner)
        return SealedReceipt(object_id=object_id, size_bytes=content.size_bytes, digest=content.digest)

    def open(self, object_id: str, *, key: bytes, owner: bytes) -> SealedReader:
        """A reader for the object; `ObjectNotFound`, `ObjectIdUnusable`, or an error of the `ObjectDamaged` family."""
        return open_sealed(self._storage, object_id, key=key, owner=owner)

    def remove(self, object_id: str) -> None:
        """Remove the object from the storage; `ObjectNotFound`. Copies die with the key."""
        self._storage.remove(checked_object_id(object_id))

    def _require_readable(self, object_id: str, content: Content, *, key: bytes, owner: bytes) -> None:
        try:
            with self.open(object_id, key=key, owner=owner) as reader:
                same = reader.size_bytes == content.size_bytes and content.is_same(reader)
        except VaultError as error:
            self._discard(object_id)
            raise ReadBackFailed(object_id) from error
        if not same:
            self._discard(object_id)
            raise ReadBackFailed(object_id)

    def _discard(self, object_id: str) -> None:
        with suppress(VaultError):
            self._storage.remove(object_id)
