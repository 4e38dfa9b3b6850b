"""The vault: seals bytes under a key and an owner, and opens them again.

Invariants:
- `seal` returns only for an object that was read back from the storage and decrypted in full (V9).
- The vault remembers nothing; which objects must exist, under which key and owner, is the caller's knowledge.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from contextlib import suppress

from vault.errors import ReadBackFailed, VaultError
from vault.header import CHUNK_SIZE_LOG2, OBJECT_ID_BYTES, Prefix, new_header
from vault.keyring import Keyring
from vault.opening import SealedReader, open_sealed
from vault.sealing import SealedReceipt, Sealer
from vault.secret import KEY_BYTES
from vault.storage import Storage, checked_object_id
from vault.suite import SALT_BYTES, suite_named


class Vault:
    """Sealed objects of one archive; holds no state, safe to share between threads."""

    def __init__(self, keyring: Keyring, storage: Storage) -> None:
        self._keyring = keyring
        self._storage = storage
        self._suite = suite_named(keyring.suite)

    def new_item_key(self) -> bytes:
        """32 random bytes; wrap them with `Keyring.wrap_item_key` before storing them."""
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
        sealer = Sealer(new_header(prefix, salt=secrets.token_bytes(SALT_BYTES), key=key, owner=owner))
        self._storage.put(prefix.object_id.hex(), sealer.sealed_parts(plaintext))
        receipt = sealer.receipt()
        self._require_readable(receipt, key=key, owner=owner)
        return receipt

    def open(self, object_id: str, *, key: bytes, owner: bytes) -> SealedReader:
        """A reader for the object; `ObjectNotFound`, `ObjectIdUnusable`, or an error of the `ObjectDamaged` family."""
        return open_sealed(self._storage, object_id, key=key, owner=owner)

    def remove(self, object_id: str) -> None:
        """Remove the object from the storage; `ObjectNotFound`. Copies die with the item's wrapped key."""
        self._storage.remove(checked_object_id(object_id))

    def digest_keyed(self, purpose: str, chunks: Iterable[bytes] | bytes) -> str:
        """HMAC-SHA-256 of the joined chunks in hex, under the derived key of this purpose; `PurposeUnusable`.

        Tells equal contents apart from others to this archive alone, unlike a public hash.
        """
        digest = hmac.new(self._keyring.derive(purpose), digestmod=hashlib.sha256)
        for chunk in (chunks,) if isinstance(chunks, bytes) else chunks:
            digest.update(chunk)
        return digest.hexdigest()

    def _require_readable(self, receipt: SealedReceipt, *, key: bytes, owner: bytes) -> None:
        try:
            found = self._digest_of(receipt.object_id, key=key, owner=owner)
        except VaultError as error:
            self._discard(receipt.object_id)
            raise ReadBackFailed(receipt.object_id) from error
        if found != (receipt.size_bytes, receipt.digest):
            self._discard(receipt.object_id)
            raise ReadBackFailed(receipt.object_id)

    def _digest_of(self, object_id: str, *, key: bytes, owner: bytes) -> tuple[int, str]:
        digest = hashlib.sha256()
        with self.open(object_id, key=key, owner=owner) as reader:
            for chunk in reader:
                digest.update(chunk)
            return reader.size_bytes, digest.hexdigest()

    def _discard(self, object_id: str) -> None:
        with suppress(VaultError):
            self._storage.remove(object_id)
